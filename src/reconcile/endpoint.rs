//! The endpoint: a manifest, queries or data extension, as the parameters say.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, rt, web};
use serde_json::{Map, Value, json};

use super::door::Door;
use super::entity::Stack;
use super::question::{self, Question};
use super::{candidates, extend, manifest};
use crate::http::{Arrival, Problem, ProblemKind, body_type, read_body};

/// A body is no larger than this, in bytes.
const LARGEST: usize = 4 << 20;
/// What a body is.
const FORM: &str = "application/x-www-form-urlencoded";

/// Parameters, those of the body before those of the address.
#[derive(Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Those of an address.
    pub fn of(request: &HttpRequest) -> Self {
        Self::default().and(request.query_string().as_bytes())
    }

    fn and(mut self, text: &[u8]) -> Self {
        self.0.extend(form_urlencoded::parse(text).map(|(name, value)| (name.into_owned(), value.into_owned())));
        self
    }

    /// The value of one.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The value of one that has to be given.
    pub fn need(&self, name: &str, takes: &str) -> Result<&str, Problem> {
        self.get(name).ok_or_else(|| Problem::with_parameter(ProblemKind::MissingParameter, name, None, takes))
    }

    /// The value of one that is a whole number, within bounds.
    pub fn number(&self, name: &str, usual: usize, most: usize) -> Result<usize, Problem> {
        let Some(text) = self.get(name) else { return Ok(usual) };
        let number = text.parse().ok().filter(|number| *number <= most);
        let takes = || format!("a whole number up to {most}");
        number.ok_or_else(|| Problem::with_parameter(ProblemKind::InvalidParameter, name, Some(text), takes()))
    }
}

/// `GET /reconcile`.
pub async fn get(request: HttpRequest) -> Result<HttpResponse, Problem> {
    answer(&request, &Fields::of(&request)).await
}

/// `POST /reconcile`.
pub async fn post(request: HttpRequest, payload: web::Payload) -> Result<HttpResponse, Problem> {
    let kind = body_type(&request);
    if kind != FORM {
        let detail = format!("the body is given as `{kind}`; the service takes `{FORM}`");
        return Err(Problem::new(ProblemKind::UnsupportedMediaType, detail).taking(format!("`{FORM}`")));
    }
    let body = read_body(payload, LARGEST).await?;
    let fields = Fields::default().and(&body).and(request.query_string().as_bytes());
    answer(&request, &fields).await
}

async fn answer(request: &HttpRequest, fields: &Fields) -> Result<HttpResponse, Problem> {
    if let Some(name) = fields.get("callback") {
        let detail = "JSONP is not offered: the answer may be read from any origin without it";
        return Err(Problem::new(ProblemKind::UnknownParameter, detail).about("callback", name));
    }
    let door = Door::open(request, fields.get("lang")).await?;
    if let Some(text) = fields.get("queries") {
        return Ok(json(&many(&door, question::batch(text)?).await));
    }
    if let Some(text) = fields.get("query") {
        let stack = Stack::read(&door).await;
        let found = candidates::answer(&door, &stack, &question::single(text)?).await;
        return Ok(json(&json!({"result": found})));
    }
    if let Some(text) = fields.get("extend") {
        return Ok(json(&extend::answer(&door, question::parse("extend", text)?).await?));
    }
    if request.method() == actix_web::http::Method::POST {
        let takes = "`queries`, `query` or `extend` in the form";
        return Err(Problem::new(ProblemKind::MissingParameter, "the form has nothing to answer").taking(takes));
    }
    let origin = Arrival::of(request)?.origin(request.headers());
    Ok(json(&manifest::manifest(&origin, &door, fields.get("lang"))))
}

/// Answers one query after another, and lets other requests in between.
async fn many(door: &Door, questions: Vec<(String, Question)>) -> Value {
    let stack = Stack::read(door).await;
    let mut results = Map::new();
    for (name, question) in questions {
        results.insert(name, json!({"result": candidates::answer(door, &stack, &question).await}));
        rt::task::yield_now().await;
    }
    Value::Object(results)
}

/// An answer. What a client looks up may be confidential, so nobody on the way keeps it.
pub fn json(answer: &Value) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(answer)
}
