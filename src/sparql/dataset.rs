//! A store as the evaluator sees it, with addresses that begin at the client's origin, and with every term counted.

use std::convert::Infallible;
use std::rc::Rc;

use oxrdf::{NamedNode, Term};
use spareval::{ExpressionTerm, InternalQuad, QueryableDataset};

use super::meter;
use super::store::{NEUTRAL, Store};

/// No term that a query makes is longer, in bytes.
const LONGEST_MADE: usize = 8 << 10;

/// A store, seen from an origin.
#[derive(Debug)]
pub struct Dataset<'a> {
    store: &'a Store,
    /// Where addresses begin, if not where they do in the store.
    origin: Option<Rc<str>>,
    /// The name of the one graph.
    graph: Counted,
}

/// A term in an evaluation: one of the store, or one that the query made.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Held {
    Known(u32),
    Made(Rc<Term>),
}

/// A term that is counted for as long as it is held.
#[derive(Debug)]
pub struct Counted(Held);

impl Counted {
    fn new(held: Held) -> Self {
        meter::hold();
        Self(held)
    }
}

impl Clone for Counted {
    fn clone(&self) -> Self {
        Self::new(match &self.0 {
            Held::Known(number) => Held::Known(*number),
            Held::Made(term) => Held::Made(Rc::clone(term)),
        })
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        meter::release();
    }
}

impl PartialEq for Counted {
    fn eq(&self, other: &Self) -> bool {
        meter::pass();
        self.0 == other.0
    }
}

impl Eq for Counted {}

impl std::hash::Hash for Counted {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<'a> Dataset<'a> {
    /// A store, seen from `origin`; its one graph is called `graph`.
    pub fn new(store: &'a Store, origin: &str, graph: NamedNode) -> Self {
        let origin = store.is_neutral.then(|| Rc::from(origin));
        let mut dataset = Self { store, origin, graph: Counted(Held::Known(u32::MAX)) };
        dataset.graph = dataset.intern(graph.into());
        dataset
    }

    fn intern(&self, term: Term) -> Counted {
        let stored = match (&term, &self.origin) {
            (Term::NamedNode(iri), Some(origin)) => moved(iri.as_str(), origin, NEUTRAL),
            _ => None,
        };
        let found = self.store.find(stored.as_ref().unwrap_or(&term));
        Counted::new(found.map_or_else(|| Held::Made(Rc::new(term)), Held::Known))
    }

    /// The term as the client reads it; nothing for a number that is none.
    fn shown(&self, term: &Counted) -> Term {
        let stored = match &term.0 {
            Held::Made(made) => return Term::clone(made),
            Held::Known(number) => self.store.term(*number),
        };
        let stored = stored.cloned().unwrap_or_else(|| oxrdf::Literal::from("").into());
        match (&stored, &self.origin) {
            (Term::NamedNode(iri), Some(origin)) => moved(iri.as_str(), NEUTRAL, origin).unwrap_or(stored),
            _ => stored,
        }
    }
}

/// An address that begins otherwise; `None` if it does not begin so.
fn moved(iri: &str, from: &str, to: &str) -> Option<Term> {
    let rest = iri.strip_prefix(from).filter(|rest| rest.is_empty() || rest.starts_with('/'))?;
    Some(NamedNode::new_unchecked(format!("{to}{rest}")).into())
}

/// How many bytes a term has.
fn length(term: &Term) -> usize {
    match term {
        Term::NamedNode(iri) => iri.as_str().len(),
        Term::BlankNode(node) => node.as_str().len(),
        Term::Literal(literal) => literal.value().len(),
    }
}

impl<'a> QueryableDataset<'a> for Dataset<'a> {
    type InternalTerm = Counted;
    type Error = Infallible;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Counted>,
        predicate: Option<&Counted>,
        object: Option<&Counted>,
        graph_name: Option<Option<&Counted>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Counted>, Infallible>> + use<'a> {
        let number = |term: Option<&Counted>| match term.map(|term| &term.0) {
            None => Some(None),
            Some(Held::Known(number)) => Some(Some(*number)),
            Some(Held::Made(_)) => None,
        };
        let here = graph_name.flatten().is_none_or(|name| *name == self.graph);
        let pattern = number(subject).zip(number(predicate)).zip(number(object)).filter(|_| here);
        let ((subject, predicate), object) = pattern.unwrap_or_default();
        let (rows, turn) = self.store.matching(subject, predicate, object);
        let rows = if pattern.is_some() { rows } else { &[] };
        // The default graph has no name; asked for all graphs that have one, it has.
        let name = match graph_name {
            Some(None) => None,
            _ => Some(self.graph.clone()),
        };
        rows.iter().map(move |&row| {
            let [subject, predicate, object] = turn(row).map(|number| Counted::new(Held::Known(number)));
            Ok(InternalQuad { subject, predicate, object, graph_name: name.clone() })
        })
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<Counted, Infallible>> + use<'a> {
        std::iter::once(Ok(self.graph.clone()))
    }

    fn contains_internal_graph_name(&self, name: &Counted) -> Result<bool, Infallible> {
        Ok(*name == self.graph)
    }

    fn internalize_term(&self, term: Term) -> Result<Counted, Infallible> {
        Ok(self.intern(term))
    }

    fn externalize_term(&self, term: Counted) -> Result<Term, Infallible> {
        meter::pass();
        Ok(self.shown(&term))
    }

    fn externalize_expression_term(&self, term: Counted) -> Result<ExpressionTerm, Infallible> {
        let term = self.shown(&term);
        meter::read(length(&term));
        Ok(term.into())
    }

    fn internalize_expression_term(&self, term: ExpressionTerm) -> Result<Counted, Infallible> {
        let term = Term::from(term);
        // A text can be doubled again and again; one that is too long uses all that may be read.
        meter::read(if length(&term) > LONGEST_MADE { usize::MAX } else { length(&term) });
        Ok(self.intern(term))
    }
}
