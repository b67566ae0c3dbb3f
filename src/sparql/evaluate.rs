//! One query: parsed, weighed and evaluated within limits, on a thread of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use actix_web::http::header::HeaderMap;
use oxrdf::NamedNode;
use spareval::QueryEvaluator;
use spargebra::{Query, SparqlParser};
use tokio::sync::{SemaphorePermit, oneshot};

use super::dataset::Dataset;
use super::meter::{Limits, Stop, within};
use super::shape;
use super::store::Store;
use super::written::{failed, write};
use crate::http::{Problem, ProblemKind};

/// So many terms a query may hold at once: about a gigabyte.
const MOST_HELD: i64 = 10_000_000;
/// So many bytes of terms the expressions of a query may read.
const MOST_READ: u64 = 4 << 30;
/// Deep queries are parsed and evaluated by recursion. The stack is only used as far as a query is deep.
const STACK: usize = 256 << 20;

/// A query and all that it is answered from.
pub struct Question {
    /// The text.
    pub query: String,
    /// The graphs that the default graph is made of, and those that have names, where the client says so.
    pub graphs: Option<[Vec<String>; 2]>,
    /// Where addresses begin.
    pub origin: String,
    /// What the client takes.
    pub headers: HeaderMap,
    /// How long it may take.
    pub time: Duration,
    /// What it is asked of.
    pub store: Arc<Store>,
}

/// An answer and its media type.
pub type Answer = Result<(&'static str, Vec<u8>), Problem>;

/// Tells the thread of a query that nobody waits for it any more.
struct Waiting(Arc<AtomicBool>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Answers on a thread of its own, which keeps the permit to the end.
pub async fn answer(question: Question, permit: SemaphorePermit<'static>) -> Answer {
    let unanswered = || Problem::new(ProblemKind::Unwritable, "the query could not be answered");
    let waiting = Waiting(Arc::default());
    let gone = Arc::clone(&waiting.0);
    let (sender, receiver) = oneshot::channel();
    let run = move || {
        let limits = Limits { time: question.time, terms: MOST_HELD, read: MOST_READ };
        let done =
            within(limits, &gone, || evaluate(&question)).unwrap_or_else(|stop| Err(stopped(stop, question.time)));
        drop((question, permit));
        // Who asked may be gone.
        _ = sender.send(done);
    };
    std::thread::Builder::new().name("sparql".to_owned()).stack_size(STACK).spawn(run).map_err(|_| unanswered())?;
    receiver.await.map_err(|_| unanswered())?
}

fn stopped(stop: Stop, time: Duration) -> Problem {
    let why = match stop {
        Stop::Time => format!("the query was stopped after {} s", time.as_secs_f32()),
        Stop::Memory => "the query was stopped because it needs too much memory".to_owned(),
        Stop::Gone => "nobody waits for the answer".to_owned(),
    };
    Problem::new(ProblemKind::TooLarge, why).taking("a query that finds less: join over shared variables, add LIMIT")
}

fn evaluate(question: &Question) -> Answer {
    let query = parse(question)?;
    let graph = NamedNode::new(format!("{}/v1/graph", question.origin));
    let graph = graph.map_err(|_| Problem::new(ProblemKind::InvalidParameter, "the host is no part of an IRI"))?;
    let evaluator = QueryEvaluator::new();
    let mut prepared = evaluator.prepare(&query);
    if let Some([default, named]) = graphs(question, &query) {
        if let Some(other) = default.iter().chain(&named).find(|name| **name != graph.as_str()) {
            let detail =
                format!("there is no graph `{other}`, and none is fetched: the one there is is `{}`", graph.as_str());
            return Err(Problem::new(ProblemKind::UnknownName, detail));
        }
        let names = |graphs: Vec<String>| graphs.into_iter().map(|_| graph.clone());
        prepared.dataset_mut().set_default_graph(names(default).map(Into::into).collect());
        prepared.dataset_mut().set_available_named_graphs(names(named).map(Into::into).collect());
    }
    let dataset = Dataset::new(&question.store, &question.origin, graph);
    write(prepared.execute(dataset).map_err(failed)?, &question.headers)
}

fn parse(question: &Question) -> Result<Query, Problem> {
    let wrong = |detail: String| Problem::new(ProblemKind::InvalidParameter, detail).about("query", &question.query);
    shape::check_text(&question.query).map_err(wrong)?;
    let parser = SparqlParser::new().with_base_iri(format!("{}/", question.origin)).unwrap_or_default();
    let query = parser.parse_query(&question.query).map_err(|error| wrong(located(&error.to_string())))?;
    shape::check(&query).map_err(wrong)?;
    Ok(query)
}

/// What the parser says, with the place in words.
fn located(said: &str) -> String {
    let place = said.strip_prefix("error at ").and_then(|rest| rest.split_once(": "));
    let place = place.and_then(|(place, wrong)| Some((place.split_once(':')?, wrong)));
    match place {
        Some(((line, column), wrong)) => format!("`query` is no SPARQL query: line {line}, column {column}: {wrong}"),
        None => format!("`query` is no SPARQL query: {said}"),
    }
}

/// The graphs that are asked for by name: by parameters, else by the query.
fn graphs(question: &Question, query: &Query) -> Option<[Vec<String>; 2]> {
    let texts = |graphs: &[NamedNode]| graphs.iter().map(|graph| graph.as_str().to_owned()).collect();
    let of_query = || {
        let dataset = query.dataset()?;
        Some([texts(&dataset.default), texts(dataset.named.as_deref().unwrap_or_default())])
    };
    question.graphs.clone().or_else(of_query)
}
