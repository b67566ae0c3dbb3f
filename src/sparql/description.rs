//! What the service offers, in the SPARQL 1.1 Service Description vocabulary.

use std::fmt::Write;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use oxrdfio::{RdfFormat, RdfSerializer};
use oxttl::TurtleParser;

use super::formats::{SOLUTIONS, STATEMENTS};
use crate::http::{Problem, ProblemKind, liked};

/// The description for who asks for RDF; for anybody else what is missing.
pub fn describe(request: &HttpRequest, origin: &str) -> Result<HttpResponse, Problem> {
    let described = STATEMENTS.iter().map(|(kind, ..)| *kind);
    // In doubt it is a query that was meant.
    let kinds: Vec<&str> = std::iter::once("application/problem+json").chain(described).collect();
    let chosen = liked(request.headers(), &kinds).and_then(|at| at.checked_sub(1)).and_then(|at| STATEMENTS.get(at));
    let Some((kind, format, _)) = chosen else {
        let takes = "a query in SPARQL 1.1, such as SELECT * WHERE { ?s ?p ?o } LIMIT 10";
        return Err(Problem::with_parameter(ProblemKind::MissingParameter, "query", None, takes));
    };
    let unwritable = || Problem::new(ProblemKind::Unwritable, "the description cannot be written");
    let body = written(&turtle(origin), *format).ok_or_else(unwritable)?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, *kind))
        .insert_header((header::VARY, "Accept"))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(body))
}

fn turtle(origin: &str) -> String {
    let mut formats = String::new();
    let names = SOLUTIONS.iter().map(|row| row.2).chain(STATEMENTS.iter().map(|row| row.2));
    for name in names.filter(|name| !name.is_empty()) {
        _ = write!(formats, " ; sd:resultFormat <http://www.w3.org/ns/formats/{name}>");
    }
    format!(
        "@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .\n\
         <{origin}/sparql> a sd:Service ; sd:endpoint <{origin}/sparql> ; sd:supportedLanguage sd:SPARQL11Query{formats} ;\n\
         sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph <{origin}/v1/graph> ] .\n\
         <{origin}/v1/graph> a sd:Graph .\n"
    )
}

fn written(turtle: &str, format: RdfFormat) -> Option<Vec<u8>> {
    let prefix = "http://www.w3.org/ns/sparql-service-description#";
    let mut writer = RdfSerializer::from_format(format).with_prefix("sd", prefix).ok()?.for_writer(Vec::new());
    for triple in TurtleParser::new().for_slice(turtle) {
        writer.serialize_triple(&triple.ok()?).ok()?;
    }
    writer.finish().ok()
}
