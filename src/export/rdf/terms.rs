//! Terms: the vocabularies whose words are used, and the addresses of things.

/// Prefixes and what they stand for.
pub const PREFIXES: &[(&str, &str)] = &[
    ("schema", SCHEMA),
    ("skos", SKOS),
    ("org", ORG),
    ("prov", PROV),
    ("rdf", RDF),
    ("rdfs", RDFS),
    ("owl", OWL),
    ("xsd", XSD),
];

/// schema.org.
pub const SCHEMA: &str = "https://schema.org/";
/// The Simple Knowledge Organization System, <https://www.w3.org/TR/skos-reference/>.
pub const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
/// The Organization Ontology, <https://www.w3.org/TR/vocab-org/>.
pub const ORG: &str = "http://www.w3.org/ns/org#";
/// The Provenance Ontology, <https://www.w3.org/TR/prov-o/>.
pub const PROV: &str = "http://www.w3.org/ns/prov#";
/// RDF itself.
pub const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
/// RDF Schema.
pub const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";
/// The Web Ontology Language.
pub const OWL: &str = "http://www.w3.org/2002/07/owl#";
/// Datatypes of XML Schema.
pub const XSD: &str = "http://www.w3.org/2001/XMLSchema#";
/// Items of Wikidata.
pub const WIKIDATA: &str = "http://www.wikidata.org/entity/";

/// An own term: it is described at its address.
pub fn own(origin: &str, term: &str) -> String {
    format!("{origin}/ns#{term}")
}
