//! Our own terms: one table, from which `/ns` describes them.

use std::io::{self, Write};

use oxrdf::{LiteralRef, NamedNode, NamedNodeRef, TripleRef};

use super::terms::{self, OWL, RDF, RDFS};
use crate::export::Format;

/// What kind of term it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Class,
    Relation,
    Attribute,
}

/// Terms: name, sort, and what it means. A company, a role and a layer are things of other vocabularies.
const TERMS: &[(&str, Sort, &str)] = &[
    (
        "Dependency",
        Sort::Class,
        "Something that one company gets from another. It points from the dependent to the supplier.",
    ),
    ("SelfSupply", Sort::Class, "Something that a company makes for itself."),
    ("Stake", Sort::Class, "What a company holds of another."),
    ("Rate", Sort::Class, "What share of its revenue a role spends in a layer: between two estimates, 0 to 1."),
    ("Strategy", Sort::Class, "What a company is after."),
    (
        "dependsOn",
        Sort::Relation,
        "The company gets something from that company: there is a lp:Dependency between them.",
    ),
    ("dependent", Sort::Relation, "The company that depends."),
    ("supplier", Sort::Relation, "The company that supplies."),
    ("layer", Sort::Relation, "The layer of what is got, made or supplied: a kind of thing that is bought."),
    ("input", Sort::Relation, "The finer kind within the layer."),
    ("needs", Sort::Relation, "The role cannot be played without something of that layer."),
    ("actsIn", Sort::Relation, "The company acts in that layer: it has a role there or supplies somebody."),
    ("spends", Sort::Relation, "The role spends that share of its revenue."),
    ("pursues", Sort::Relation, "The company is after that."),
    ("holder", Sort::Relation, "The company that holds the stake."),
    ("in", Sort::Relation, "The company that the stake is a part of."),
    ("tier", Sort::Attribute, "The layer's column in the stack, 0 next to the end user."),
    ("status", Sort::Attribute, "How sure the sources are: confirmed, or reported."),
    ("critical", Sort::Attribute, "Whether the dependent cannot do without at least one such supplier."),
    ("share", Sort::Attribute, "The part of the dependent's supply in the layer, 0 to 1."),
    (
        "knownSince",
        Sort::Attribute,
        "The day from which the fact counts: its stated beginning, or the earliest day that one of its sources bears.",
    ),
    ("kind", Sort::Attribute, "What kind of holding it is: investment, ownership or commitment."),
    ("amountUsd", Sort::Attribute, "What was paid or promised, in US dollars."),
    ("percent", Sort::Attribute, "The part of the company that is held, in per cent."),
    ("seen", Sort::Attribute, "When the source was read."),
    ("asOf", Sort::Attribute, "The day that the document speaks of."),
];

/// Writes the description of our own terms.
///
/// # Errors
/// If it cannot be written, or the format is not one of RDF.
pub fn vocabulary(origin: &str, format: Format, out: &mut dyn Write) -> io::Result<()> {
    let node = |iri: String| NamedNode::new(iri).map_err(io::Error::other);
    let whole = node(terms::own(origin, ""))?;
    let [a, comment, label, defined] =
        [format!("{RDF}type"), format!("{RDFS}comment"), format!("{RDFS}label"), format!("{RDFS}isDefinedBy")]
            .map(node);
    let [a, comment, label, defined] = [a?, comment?, label?, defined?];
    super::document(origin, format, out, |state| {
        let ontology = node(format!("{OWL}Ontology"))?;
        state(TripleRef::new(&whole, &a, &ontology))?;
        state(TripleRef::new(&whole, &label, LiteralRef::new_language_tagged_literal_unchecked("Linchpin", "en")))?;
        for (name, sort, meaning) in TERMS {
            let term = node(terms::own(origin, name))?;
            let class = node(sort.class())?;
            let text = |text| LiteralRef::new_language_tagged_literal_unchecked(text, "en");
            state(TripleRef::new(&term, &a, &class))?;
            state(TripleRef::new(&term, &label, text(name)))?;
            state(TripleRef::new(&term, &comment, text(meaning)))?;
            state(TripleRef::new(&term, &defined, NamedNodeRef::from(&whole)))?;
        }
        Ok(())
    })
}

impl Sort {
    fn class(self) -> String {
        match self {
            Self::Class => format!("{OWL}Class"),
            Self::Relation => format!("{OWL}ObjectProperty"),
            Self::Attribute => format!("{OWL}DatatypeProperty"),
        }
    }
}

/// Whether there is a term of this name.
pub(super) fn is_own(name: &str) -> bool {
    TERMS.iter().any(|(term, ..)| *term == name)
}
