//! The formats of answers: one table for solutions and one for statements.

use actix_web::http::header::HeaderMap;
use oxrdfio::{JsonLdProfileSet, RdfFormat};
use sparesults::QueryResultsFormat;

use crate::http::liked;

/// Formats of solutions, the usual one first: media type, what it is, its name among W3C's formats.
pub const SOLUTIONS: &[(&str, QueryResultsFormat, &str)] = &[
    ("application/sparql-results+json", QueryResultsFormat::Json, "SPARQL_Results_JSON"),
    ("application/sparql-results+xml", QueryResultsFormat::Xml, "SPARQL_Results_XML"),
    ("text/csv", QueryResultsFormat::Csv, "SPARQL_Results_CSV"),
    ("text/tab-separated-values", QueryResultsFormat::Tsv, "SPARQL_Results_TSV"),
    // As people write them.
    ("application/json", QueryResultsFormat::Json, ""),
    ("application/xml", QueryResultsFormat::Xml, ""),
    ("text/xml", QueryResultsFormat::Xml, ""),
];

/// Formats of statements, the usual one first.
pub const STATEMENTS: &[(&str, RdfFormat, &str)] = &[
    ("text/turtle", RdfFormat::Turtle, "Turtle"),
    ("application/n-triples", RdfFormat::NTriples, "N-Triples"),
    ("application/rdf+xml", RdfFormat::RdfXml, "RDF_XML"),
    ("application/ld+json", RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }, "JSON-LD"),
];

/// The row of a table that a client likes best.
pub fn chosen<T: Copy>(headers: &HeaderMap, table: &[(&'static str, T, &str)]) -> Option<(&'static str, T)> {
    let kinds: Vec<&str> = table.iter().map(|(kind, ..)| *kind).collect();
    liked(headers, &kinds).and_then(|at| table.get(at)).map(|(kind, format, _)| (*kind, *format))
}

/// The media types of a table, in words.
pub fn offered<T>(table: &[(&str, T, &str)]) -> String {
    table.iter().map(|(kind, ..)| format!("`{kind}`")).collect::<Vec<_>>().join(", ")
}
