//! Statements: what a document is about, and how one statement is made.

use std::collections::BTreeSet;
use std::io;

use oxrdf::{Literal, NamedNode, Term, TripleRef};

use super::State;
use super::terms::{self, RDF, SCHEMA, XSD};
use super::vocabulary::is_own;
use crate::export::{Href, Subgraph};
use crate::graph::{CompanyIx, DependencyIx, HeldRole, LayerIx, RoleIx, SourceIx, TermsId};
use crate::model::{Lang, PartialDate, Text};

/// Says statements about a part of the graph.
pub struct Statements<'a, 's> {
    pub(super) part: Subgraph<'a>,
    origin: &'a str,
    state: &'s mut State<'s>,
    pub(super) cited: BTreeSet<SourceIx>,
}

/// One thing about which statements are made, by its address.
pub(super) struct Subject(pub(super) NamedNode);

impl<'a, 's> Statements<'a, 's> {
    pub fn new(part: Subgraph<'a>, origin: &'a str, state: &'s mut State<'s>) -> Self {
        Self { part, origin, state, cited: BTreeSet::new() }
    }

    /// All of the part: the stack, its companies, its dependencies, and who says so.
    pub fn part(&mut self) -> io::Result<()> {
        let graph = self.part.graph;
        self.dataset()?;
        (0..graph.layers.len() as LayerIx).try_for_each(|layer| self.layer(layer))?;
        (0..graph.roles.len() as RoleIx).try_for_each(|role| self.role(role))?;
        for company in self.part.companies() {
            self.company(company)?;
            self.facts_of(company, |other| self.part.scope.companies.contains(other as usize))?;
        }
        self.part.dependencies().try_for_each(|at| self.dependency(at))?;
        if self.part.scope.focus.is_none() {
            self.figures_of_markets()?;
        }
        self.sources()
    }

    /// One company: its facts, and the dependencies at which it stands.
    pub fn about_company(&mut self, company: CompanyIx) -> io::Result<()> {
        let (graph, view) = (self.part.graph, self.part.view);
        self.company(company)?;
        self.facts_of(company, |_| true)?;
        let own = graph.dependencies.of(company).filter(|&at| view.holds(graph, at));
        let mut others: Vec<CompanyIx> = Vec::new();
        for node in graph.activities.of(company) {
            let (ends, _) = graph.structure.row(node, petgraph::Direction::Incoming);
            others.extend(ends.iter().map(|&end| graph.activities.company(end)).filter(|&other| other != company));
        }
        others.sort_unstable();
        others.dedup();
        let on_it = others.into_iter().flat_map(|other| graph.dependencies.between(other, company));
        let all: Vec<DependencyIx> = own.chain(on_it.filter(|&at| view.holds(graph, at))).collect();
        all.iter().try_for_each(|&at| self.dependency(at))?;
        let ends = all.iter().flat_map(|&at| [graph.dependencies.from(at), graph.dependencies.to(at)]);
        let named: BTreeSet<CompanyIx> = ends.filter(|&end| end != company).collect();
        named.into_iter().try_for_each(|other| {
            let subject = self.company_node(other)?;
            self.texts(&subject, SCHEMA, "name", &graph.companies[other as usize].name)
        })?;
        self.sources()
    }

    /// One role, its layers, and who holds it.
    pub fn about_role(&mut self, role: RoleIx) -> io::Result<()> {
        let (graph, view) = (self.part.graph, self.part.view);
        let record = &graph.roles[role as usize];
        self.role(role)?;
        let layers: BTreeSet<LayerIx> = record.needs.iter().copied().chain([record.layer]).collect();
        layers.into_iter().try_for_each(|layer| self.layer(layer))?;
        let held_now =
            |company: CompanyIx, held: &HeldRole| held.role == role && view.has(company) && view.keeps(held.terms);
        for (company, held) in graph.held_roles.iter().filter(|(company, held)| held_now(*company, held)) {
            let subject = self.company_node(company)?;
            self.texts(&subject, SCHEMA, "name", &graph.companies[company as usize].name)?;
            self.membership(company, held)?;
        }
        self.sources()
    }

    pub(super) fn dataset(&mut self) -> io::Result<()> {
        let manifest = &self.part.graph.manifest;
        let subject = self.at("/v1")?;
        self.is(&subject, SCHEMA, "Dataset")?;
        self.texts(&subject, SCHEMA, "name", &manifest.title)?;
        self.plain(&subject, SCHEMA, "version", &manifest.version)?;
        if let Some(license) = &manifest.license {
            self.plain(&subject, SCHEMA, "license", license)?;
        }
        let day = self.part.view.filter.day.to_string();
        self.own(&subject, "asOf", Literal::new_typed_literal(day, xsd("date")))
    }

    pub(super) fn at(&self, path: &str) -> io::Result<Subject> {
        node(format!("{}{path}", self.origin)).map(Subject)
    }

    pub(super) fn company_node(&self, company: CompanyIx) -> io::Result<Subject> {
        self.at(&Href::company(self.part.graph, company).to_string())
    }

    pub(super) fn role_node(&self, role: RoleIx) -> io::Result<Subject> {
        self.at(&Href::role(self.part.graph, role).to_string())
    }

    pub(super) fn layer_node(&self, layer: LayerIx) -> io::Result<Subject> {
        self.at(&Href::layer(self.part.graph, layer).to_string())
    }

    pub(super) fn input_node(&self, layer: LayerIx, input: &str) -> io::Result<Subject> {
        self.at(&format!("{}#{input}", Href::layer(self.part.graph, layer)))
    }

    pub(super) fn source_node(&self, source: SourceIx) -> io::Result<Subject> {
        self.at(&Href::source(self.part.graph, source).to_string())
    }

    /// A fact that has no address of its own: a part of its company's, with its beginning, since a fact may come again.
    pub(super) fn part_of(&self, company: CompanyIx, what: &str, name: &str, terms: TermsId) -> io::Result<Subject> {
        let graph = self.part.graph;
        let since = graph.terms.get(terms).period.since.map(|since| format!("@{since}")).unwrap_or_default();
        self.at(&format!("{}#{what}-{name}{since}", Href::company(graph, company)))
    }

    pub(super) fn say(&mut self, subject: &Subject, base: &str, term: &str, object: impl Into<Term>) -> io::Result<()> {
        let predicate = NamedNode::new_unchecked(format!("{base}{term}"));
        (self.state)(TripleRef::new(&subject.0, &predicate, &object.into()))
    }

    pub(super) fn own(&mut self, subject: &Subject, term: &str, object: impl Into<Term>) -> io::Result<()> {
        debug_assert!(is_own(term), "{term} is not described");
        let predicate = node(terms::own(self.origin, term))?;
        (self.state)(TripleRef::new(&subject.0, &predicate, &object.into()))
    }

    pub(super) fn is(&mut self, subject: &Subject, base: &str, class: &str) -> io::Result<()> {
        self.say(subject, RDF, "type", NamedNode::new_unchecked(format!("{base}{class}")))
    }

    pub(super) fn own_class(&mut self, subject: &Subject, class: &str) -> io::Result<()> {
        debug_assert!(is_own(class), "{class} is not described");
        let class = node(terms::own(self.origin, class))?;
        self.say(subject, RDF, "type", class)
    }

    pub(super) fn texts(&mut self, subject: &Subject, base: &str, term: &str, texts: &Text) -> io::Result<()> {
        texts.iter().try_for_each(|(lang, text)| self.say(subject, base, term, in_language(text, lang)))
    }

    pub(super) fn plain(&mut self, subject: &Subject, base: &str, term: &str, text: &str) -> io::Result<()> {
        self.say(subject, base, term, Literal::new_simple_literal(text))
    }

    /// A web address: a node if it is an IRI, else a text.
    pub(super) fn link(&mut self, subject: &Subject, term: &str, address: &str) -> io::Result<()> {
        match NamedNode::new(address) {
            Ok(iri) => self.say(subject, SCHEMA, term, iri),
            Err(_) => self.plain(subject, SCHEMA, term, address),
        }
    }
}

pub(super) fn node(iri: String) -> io::Result<NamedNode> {
    NamedNode::new(iri).map_err(io::Error::other)
}

pub(super) fn in_language(text: &str, lang: Lang) -> Literal {
    Literal::new_language_tagged_literal(text, lang.as_str()).unwrap_or_else(|_| Literal::new_simple_literal(text))
}

pub(super) fn xsd(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{XSD}{name}"))
}

/// A date as exact as it is known.
pub(super) fn date(date: PartialDate) -> Literal {
    let text = date.to_string();
    let kind = match text.len() {
        4 => "gYear",
        7 => "gYearMonth",
        _ => "date",
    };
    Literal::new_typed_literal(text, xsd(kind))
}
