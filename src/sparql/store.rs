//! The statements of one world, for good: terms by number, and numbers in three orders.

use indexmap::IndexSet;
use oxrdf::Term;
use oxttl::{NTriplesParser, TurtleSyntaxError};

/// The terms of a statement by their numbers, in some order.
pub type Numbers = [u32; 3];

/// The origin under which the document is asked for. Addresses begin with that of the client when they are read.
pub const NEUTRAL: &str = "http://linchpin.invalid";

/// All statements, in the three orders in which any pattern is a range.
#[derive(Debug, Default)]
pub struct Store {
    terms: IndexSet<Term>,
    by_subject: Vec<Numbers>,
    by_predicate: Vec<Numbers>,
    by_object: Vec<Numbers>,
    /// Whether addresses begin with the neutral origin, and not with an address that is set.
    pub is_neutral: bool,
}

impl Store {
    /// The store of a document in N-Triples.
    ///
    /// # Errors
    /// If it is none.
    pub fn read(document: &[u8]) -> Result<Self, TurtleSyntaxError> {
        let mut store = Self::default();
        for triple in NTriplesParser::new().for_slice(document) {
            let triple = triple?;
            let [subject, predicate, object] = [triple.subject.into(), triple.predicate.into(), triple.object];
            let numbers = [store.number(subject), store.number(predicate), store.number(object)];
            store.by_subject.push(numbers);
        }
        store.by_subject.sort_unstable();
        store.by_subject.dedup();
        store.by_predicate = turned(&store.by_subject, |[s, p, o]| [p, o, s]);
        store.by_object = turned(&store.by_subject, |[s, p, o]| [o, s, p]);
        store.terms.shrink_to_fit();
        store.is_neutral =
            store.terms.iter().any(|term| matches!(term, Term::NamedNode(iri) if iri.as_str().starts_with(NEUTRAL)));
        Ok(store)
    }

    fn number(&mut self, term: Term) -> u32 {
        // A document of as many terms as this does not fit into memory.
        u32::try_from(self.terms.insert_full(term).0).unwrap_or(u32::MAX)
    }

    /// The number of a term.
    pub fn find(&self, term: &Term) -> Option<u32> {
        self.terms.get_index_of(term).and_then(|at| u32::try_from(at).ok())
    }

    /// The term of a number.
    pub fn term(&self, number: u32) -> Option<&Term> {
        self.terms.get_index(number as usize)
    }

    /// How many statements there are.
    pub fn len(&self) -> usize {
        self.by_subject.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_subject.is_empty()
    }

    /// The statements of a pattern, and how to turn their numbers back into subject, predicate, object.
    pub fn matching(&self, subject: Option<u32>, predicate: Option<u32>, object: Option<u32>) -> (&[Numbers], Turn) {
        match (subject, predicate, object) {
            (Some(s), None, Some(o)) => (range(&self.by_object, &[o, s]), |[o, s, p]| [s, p, o]),
            (None, None, Some(o)) => (range(&self.by_object, &[o]), |[o, s, p]| [s, p, o]),
            (None, Some(p), Some(o)) => (range(&self.by_predicate, &[p, o]), |[p, o, s]| [s, p, o]),
            (None, Some(p), None) => (range(&self.by_predicate, &[p]), |[p, o, s]| [s, p, o]),
            (Some(s), Some(p), Some(o)) => (range(&self.by_subject, &[s, p, o]), |same| same),
            (Some(s), Some(p), None) => (range(&self.by_subject, &[s, p]), |same| same),
            (Some(s), None, None) => (range(&self.by_subject, &[s]), |same| same),
            (None, None, None) => (&self.by_subject, |same| same),
        }
    }
}

/// Brings numbers back into the order of a statement.
pub type Turn = fn(Numbers) -> Numbers;

fn turned(rows: &[Numbers], turn: Turn) -> Vec<Numbers> {
    let mut turned: Vec<Numbers> = rows.iter().copied().map(turn).collect();
    turned.sort_unstable();
    turned
}

/// The rows that begin so.
fn range<'a>(rows: &'a [Numbers], beginning: &[u32]) -> &'a [Numbers] {
    let length = beginning.len();
    let first = rows.partition_point(|row| row.get(..length) < Some(beginning));
    let rest = rows.get(first..).unwrap_or_default();
    let count = rest.partition_point(|row| row.get(..length) == Some(beginning));
    rest.get(..count).unwrap_or_default()
}
