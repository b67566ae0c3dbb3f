//! The SPARQL 1.1 Protocol: queries by GET, by a form and as a body of their own.

use std::time::Duration;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, ResponseError, web};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::evaluate::{self, Question};
use super::{description, kept};
use crate::http::{Arrival, Door, Problem, ProblemKind, body_type, read_body};

/// A query is no longer than this, in bytes.
const LONGEST: usize = 32 << 10;
/// A body is no larger than this: escaped, a query is up to three times as long.
const LARGEST: usize = 3 * LONGEST + 4096;
/// No query takes longer, in seconds.
const LONGEST_TIME: f32 = 10.0;
/// So many queries are answered at once; more wait their turn, but not for long.
const AT_ONCE: usize = 4;
/// How long a query waits for its turn.
const PATIENCE: Duration = Duration::from_secs(2);

static RUNNING: Semaphore = Semaphore::const_new(AT_ONCE);

const FORM: &str = "application/x-www-form-urlencoded";
const QUERY: &str = "application/sparql-query";
const UPDATE: &str = "application/sparql-update";

/// The parameters of the protocol.
#[derive(Debug, Default)]
struct Parameters {
    query: Vec<String>,
    default_graphs: Vec<String>,
    named_graphs: Vec<String>,
    timeout: Option<String>,
    update: bool,
}

impl Parameters {
    /// Others are let pass: clients add their own.
    fn read(&mut self, text: &[u8]) {
        for (name, value) in form_urlencoded::parse(text) {
            let value = value.into_owned();
            match &*name {
                "query" => self.query.push(value),
                "default-graph-uri" => self.default_graphs.push(value),
                "named-graph-uri" => self.named_graphs.push(value),
                "timeout" => self.timeout = Some(value),
                "update" | "using-graph-uri" | "using-named-graph-uri" => self.update = true,
                _ => {}
            }
        }
    }

    fn time(&self) -> Result<Duration, Problem> {
        let Some(text) = &self.timeout else { return Ok(Duration::from_secs_f32(LONGEST_TIME)) };
        let seconds = text.parse().ok().filter(|seconds: &f32| *seconds > 0.0 && seconds.is_finite());
        let takes = || format!("seconds, up to {LONGEST_TIME}");
        let wrong = || Problem::with_parameter(ProblemKind::InvalidParameter, "timeout", Some(text), takes());
        Ok(Duration::from_secs_f32(seconds.ok_or_else(wrong)?.min(LONGEST_TIME)))
    }
}

/// `GET /sparql`.
pub async fn get(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut parameters = Parameters::default();
    parameters.read(request.query_string().as_bytes());
    if parameters.query.is_empty() && !parameters.update {
        return description::describe(&request, &Arrival::of(&request)?.origin(request.headers()));
    }
    answer(&request, parameters).await
}

/// `POST /sparql`.
pub async fn post(request: HttpRequest, payload: web::Payload) -> Result<HttpResponse, Problem> {
    let kind = body_type(&request);
    let mut parameters = Parameters { update: kind == UPDATE, ..Parameters::default() };
    parameters.read(request.query_string().as_bytes());
    match kind.as_str() {
        FORM => parameters.read(&read_body(payload, LARGEST).await?),
        QUERY => {
            let body = read_body(payload, LARGEST).await?;
            let text = String::from_utf8(body.to_vec());
            parameters.query.push(text.map_err(|_| Problem::new(ProblemKind::InvalidBody, "the body is no UTF-8"))?);
        }
        UPDATE => {}
        _ => {
            let takes = format!("`{FORM}`, `{QUERY}`");
            let detail = format!("the body is given as `{kind}`; the service takes {takes}");
            return Err(Problem::new(ProblemKind::UnsupportedMediaType, detail).taking(takes));
        }
    }
    answer(&request, parameters).await
}

fn too_long() -> Problem {
    Problem::new(ProblemKind::BodyTooLarge, format!("the query is longer than {LONGEST} bytes"))
        .taking(format!("a query of at most {LONGEST} bytes"))
}

async fn answer(request: &HttpRequest, mut parameters: Parameters) -> Result<HttpResponse, Problem> {
    if parameters.update {
        let detail = "updates are not taken: the data are changed in their files";
        return Err(Problem::new(ProblemKind::InvalidBody, detail).taking("a query, as `query`"));
    }
    let time = parameters.time()?;
    let query = parameters.query.pop().ok_or_else(|| {
        Problem::with_parameter(ProblemKind::MissingParameter, "query", None, "a query in SPARQL 1.1")
    })?;
    if !parameters.query.is_empty() {
        return Err(Problem::with_parameter(ProblemKind::RepeatedParameter, "query", None, "one query"));
    }
    if query.len() > LONGEST {
        return Err(too_long());
    }
    let Ok(Ok(permit)) = timeout(PATIENCE, RUNNING.acquire()).await else { return Ok(busy()) };
    let origin = Arrival::of(request)?.origin(request.headers());
    let store = kept::store(&Door::of(request)?).await?;
    let graphs = [parameters.default_graphs, parameters.named_graphs];
    let graphs = graphs.iter().any(|names| !names.is_empty()).then_some(graphs);
    let question = Question { query, graphs, origin, headers: request.headers().clone(), time, store };
    let (kind, body) = evaluate::answer(question, permit).await?;
    let kind = if kind.starts_with("text/") { format!("{kind}; charset=utf-8") } else { kind.to_owned() };
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, kind))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::VARY, "Accept"))
        .body(body))
}

fn busy() -> HttpResponse {
    let detail =
        format!("{AT_ONCE} queries are being answered; this one found no turn within {} s", PATIENCE.as_secs());
    let mut response = Problem::new(ProblemKind::Busy, detail).error_response();
    response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("5"));
    response
}
