//! `/ns`: the terms that our RDF uses and no other vocabulary has.

use actix_web::{HttpRequest, get};

use super::answer::{Given, unwritable};
use super::arrival::Arrival;
use super::problem::{self, Problem};
use crate::export::vocabulary;
use crate::model::Lang;

/// Describe our own RDF terms
///
/// An ontology: the classes and properties of Linchpin's RDF documents for which no common vocabulary has a word.
#[utoipa::path(
    operation_id = "showVocabulary", tag = "documents", extensions(("x-formats" = json!("vocabulary"))),
    responses((status = 200, description = "The ontology.", body = String, content_type = "text/turtle"),
              (status = 400, description = "There is no such format.", body = Problem, content_type = problem::MEDIA_TYPE),
              (status = 406, description = "None of its formats is accepted.", body = Problem, content_type = problem::MEDIA_TYPE)),
)]
#[get("/ns")]
pub async fn show_vocabulary(request: HttpRequest) -> Result<Given, Problem> {
    let arrival = Arrival::of(&request)?;
    let mut body = Vec::new();
    let written = vocabulary(&arrival.origin(request.headers()), arrival.format, &mut body);
    written.map_err(|_| unwritable(arrival.format))?;
    Ok(Given::new(body, arrival.format, Lang::EN))
}
