//! One query: parsed, weighed, evaluated within limits and written, on a thread of its own.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use actix_web::http::header::HeaderMap;
use oxrdf::NamedNode;
use oxrdfio::RdfSerializer;
use sparesults::QueryResultsSerializer;
use spareval::{QueryEvaluationError, QueryEvaluator, QueryResults};
use spargebra::{Query, SparqlParser};
use tokio::sync::{SemaphorePermit, oneshot};

use super::dataset::Dataset;
use super::formats::{self, SOLUTIONS, STATEMENTS};
use super::meter::{Limits, Stop, within};
use super::shape;
use super::store::Store;
use crate::http::{Problem, ProblemKind};

/// An answer is no larger than this, in bytes.
const LARGEST: usize = 64 << 20;
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

fn failed(error: QueryEvaluationError) -> Problem {
    let detail = match error {
        QueryEvaluationError::UnsupportedService(_) | QueryEvaluationError::Service(_) => {
            "SERVICE is not offered: nothing is fetched from elsewhere".to_owned()
        }
        other => format!("the query cannot be evaluated: {other}"),
    };
    Problem::new(ProblemKind::InvalidParameter, detail)
}

/// What is written, up to the largest answer.
#[derive(Default)]
struct Sheet {
    bytes: Vec<u8>,
    full: bool,
}

impl Write for Sheet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.full |= self.bytes.len() + bytes.len() > LARGEST;
        if self.full {
            return Err(io::Error::other("the answer is too large"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn write(results: QueryResults<'_>, headers: &HeaderMap) -> Answer {
    let mut sheet = Sheet::default();
    let (kind, written) = match results {
        QueryResults::Graph(triples) => {
            let (kind, format) =
                formats::chosen(headers, STATEMENTS).ok_or_else(|| refused(formats::offered(STATEMENTS)))?;
            let mut writer = RdfSerializer::from_format(format).for_writer(&mut sheet);
            let written = each(triples, |triple| writer.serialize_triple(&triple));
            (kind, written.and_then(|()| writer.finish().map(drop).map_err(|_| Wrong::Sheet)))
        }
        QueryResults::Boolean(value) => {
            let (kind, format) =
                formats::chosen(headers, SOLUTIONS).ok_or_else(|| refused(formats::offered(SOLUTIONS)))?;
            let writer = QueryResultsSerializer::from_format(format);
            (usual(kind), writer.serialize_boolean_to_writer(&mut sheet, value).map(drop).map_err(|_| Wrong::Sheet))
        }
        QueryResults::Solutions(solutions) => {
            let (kind, format) =
                formats::chosen(headers, SOLUTIONS).ok_or_else(|| refused(formats::offered(SOLUTIONS)))?;
            let writer = QueryResultsSerializer::from_format(format);
            let started = writer.serialize_solutions_to_writer(&mut sheet, solutions.variables().to_vec());
            let written = started.map_err(|_| Wrong::Sheet).and_then(|mut writer| {
                each(solutions, |solution| writer.serialize(&solution))?;
                writer.finish().map(drop).map_err(|_| Wrong::Sheet)
            });
            (usual(kind), written)
        }
    };
    match written {
        Ok(()) => Ok((kind, sheet.bytes)),
        Err(Wrong::Evaluation(error)) => Err(failed(*error)),
        Err(Wrong::Sheet) if sheet.full => {
            let detail = format!("the answer is larger than {LARGEST} bytes");
            Err(Problem::new(ProblemKind::TooLarge, detail).taking("a query that finds less: add LIMIT"))
        }
        Err(Wrong::Sheet) => Err(Problem::new(ProblemKind::Unwritable, "the answer cannot be written")),
    }
}

/// The media type of an answer: aliases stand for the registered one.
fn usual(kind: &'static str) -> &'static str {
    let format = SOLUTIONS.iter().find(|row| row.0 == kind).map(|row| row.1);
    SOLUTIONS.iter().find(|row| Some(row.1) == format).map_or(kind, |row| row.0)
}

enum Wrong {
    Evaluation(Box<QueryEvaluationError>),
    Sheet,
}

fn each<T>(
    all: impl Iterator<Item = Result<T, QueryEvaluationError>>,
    mut write: impl FnMut(T) -> io::Result<()>,
) -> Result<(), Wrong> {
    for one in all {
        write(one.map_err(|error| Wrong::Evaluation(Box::new(error)))?).map_err(|_| Wrong::Sheet)?;
    }
    Ok(())
}

fn refused(takes: String) -> Problem {
    Problem::new(ProblemKind::NotAcceptable, format!("the answer can be given as {takes}")).taking(takes)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;
    use std::sync::LazyLock;
    use std::time::Instant;

    use super::*;

    static STORE: LazyLock<Arc<Store>> = LazyLock::new(|| {
        let mut text = String::new();
        for at in 0..20_000 {
            let (on, kind) = (at * 7 % 1999, at % 5);
            _ = writeln!(
                text,
                "<http://linchpin.invalid/c/{at}> <http://linchpin.invalid/on{kind}> <http://linchpin.invalid/c/{on}> ."
            );
        }
        Arc::new(Store::read(text.as_bytes()).unwrap())
    });

    fn ask(query: &str) -> Result<String, String> {
        let question = Question {
            query: query.to_owned(),
            graphs: None,
            origin: "http://here.example".to_owned(),
            headers: HeaderMap::new(),
            time: Duration::from_secs(1),
            store: Arc::clone(&STORE),
        };
        static TURNS: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(64);
        let answered = actix_web::rt::System::new().block_on(async {
            let permit = TURNS.acquire().await.unwrap();
            answer(question, permit).await
        });
        answered.map(|(_, body)| String::from_utf8(body).unwrap()).map_err(|problem| problem.to_string())
    }

    #[test]
    fn a_query_ends_on_time_whatever_it_does() {
        let rows = |name: &str| {
            let values = (0..300).map(|at| at.to_string()).collect::<Vec<_>>().join(" ");
            format!("VALUES ?{name} {{ {values} }}")
        };
        let product = ["a", "b", "c", "d", "e"].map(rows).join(" ");
        let twice = (0..60)
            .map(|at| format!("{{ BIND(1 AS ?x{at}) }} UNION {{ BIND(2 AS ?x{at}) }}"))
            .collect::<Vec<_>>()
            .join(" ");
        let all = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i";
        for hostile in [
            format!("SELECT * {{ {all} }}"),
            format!("SELECT (COUNT(*) AS ?n) {{ {all} }}"),
            format!("SELECT * {{ {all} }} ORDER BY ?a ?f ?i"),
            format!("SELECT DISTINCT ?a ?d ?g {{ {all} }}"),
            format!("SELECT (GROUP_CONCAT(STR(?a)) AS ?n) {{ {all} }}"),
            format!("ASK {{ {all} FILTER(?a = ?i && ?b = ?f && ?c = <x>) }}"),
            format!("CONSTRUCT {{ ?a ?e ?i }} {{ {all} }}"),
            format!("SELECT (COUNT(*) AS ?n) {{ {product} }}"),
            format!("SELECT (COUNT(*) AS ?n) {{ {twice} }}"),
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c MINUS { ?a ?d ?e . ?f ?g ?h } }".to_owned(),
            "SELECT (COUNT(*) AS ?n) { ?a (<http://here.example/on0>|<http://here.example/on1>|<http://here.example/on2>|!<x>)* ?b }".to_owned(),
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f FILTER(?d > ?a) } }".to_owned(),
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c FILTER EXISTS { ?d ?e ?f . ?g ?h ?i FILTER(?a = ?i && ?d = <x>) } }".to_owned(),
        ] {
            let started = Instant::now();
            let said = ask(&hostile);
            let took = started.elapsed();
            println!("{took:?} {} {hostile:.90}", said.clone().map_or_else(|wrong| wrong, |_| "answered".to_owned()));
            assert!(took < Duration::from_secs(4), "{took:?} {hostile:.200}");
        }
    }

    #[test]
    fn a_query_cannot_outgrow_memory_or_stack() {
        let many = |what: &str, count: usize| what.repeat(count);
        let doubled =
            (1..40).map(|at| format!("BIND(CONCAT(?x{},?x{}) AS ?x{at}) ", at - 1, at - 1)).collect::<String>();
        for hostile in [
            format!("SELECT * {{ BIND(\"aaaaaaaa\" AS ?x0) {doubled} }}"),
            format!("SELECT * {{ {} ?a ?b ?c {} }}", many("{", 16000), many("}", 16000)),
            format!("SELECT (1{} AS ?x) {{}}", many("+1", 15000)),
            format!("SELECT (1{} AS ?x) {{}}", many("+1", 4000)),
            format!("SELECT ({}1 AS ?x) {{}}", many("!", 30000)),
            format!("SELECT ({}1 AS ?x) {{}}", many("- ", 15000)),
            format!("SELECT * {{ {} }}", many("{}", 15000)),
            format!("SELECT * {{ {} {{}} }}", many("{} UNION ", 3500)),
            format!("SELECT * {{ ?a <p>{} ?b }}", many("/<p>", 8000)),
            format!("SELECT * {{ ?a {}<p> ?b }}", many("^", 30000)),
            format!("SELECT * {{ ?a <p>{} ?b }}", many("|<p>", 8000)),
            format!("SELECT * {{ ?a <p> ?b {} }}", many("OPTIONAL {} ", 2500)),
            format!("SELECT * {{ ?a <p> ?b FILTER({}1{}) }}", many("(", 14), many(")", 14)),
            format!("SELECT * {{ ?a <p> ?b {} {} }}", many("OPTIONAL { ?b ?c ?d ", 15), many("}", 15)),
            format!(
                "SELECT * {{ ?a <p> ?b FILTER{} }}",
                many("(NOT EXISTS { ?b ?c ?d FILTER", 7) + "(1)" + &many("})", 7)
            ),
            format!("SELECT * {{ ?a <p> ?b {} {} }}", many("{ ?b ?c ?d } UNION { ?d ?e ?f ", 15), many("}", 15)),
            format!("SELECT * {{ ?a <p> ?b {} {} }}", many("MINUS { ?b ?c ?d ", 15), many("}", 15)),
            format!("SELECT * {{ {} }}", (0..2000).map(|at| format!("?a{at} ?b ?c. ")).collect::<String>()),
            format!("SELECT * {{ {} }}", (0..58).map(|at| format!("?a{at} ?b ?c. ")).collect::<String>()),
            format!("SELECT * {{ {} }}", many("{} UNION {} . ", 60)),
            format!("SELECT (COUNT(*) AS ?n) {{ {} }}", many("{{} UNION {}} ", 60)),
            format!("SELECT (COUNT(*) AS ?n) {{ {} }}", many("{ SELECT ?no { ?a ?b ?c } } ", 4)),
            format!("SELECT (COUNT(*) AS ?n) {{ {} }}", many("VALUES ?x { UNDEF UNDEF UNDEF UNDEF } ", 40)),
            "SELECT (REPLACE(REPLACE(REPLACE(\"aaaa\", \"a\", \"aaaa\"), \"a\", \"aaaa\"), \"a\", \"aaaa\") AS ?x) {}"
                .to_owned(),
        ] {
            let started = Instant::now();
            let said = ask(&hostile);
            println!(
                "{:?} {:.120} {hostile:.60}",
                started.elapsed(),
                said.map_or_else(|wrong| wrong, |_| "answered".to_owned())
            );
            assert!(started.elapsed() < Duration::from_secs(4), "{hostile:.200}");
        }
    }

    #[test]
    fn addresses_begin_where_the_client_asks() {
        let here = ask("SELECT ?b (STR(?b) AS ?s) { <http://here.example/c/1> <on1> ?b FILTER(STRSTARTS(STR(?b), 'http://here')) }").unwrap();
        assert_eq!(here.matches("http://here.example/c/7").count(), 2, "{here}");
        assert!(!here.contains("linchpin.invalid"));
    }

    #[test]
    fn what_is_wrong_is_told_by_line_and_column() {
        let wrong = ask("SELECT *\nWHERE { ?a ?b }").unwrap_err();
        assert!(wrong.contains("line 2, column 16"), "{wrong}");
        assert!(
            ask("SELECT * { SERVICE <http://elsewhere.example/> { ?a ?b ?c } }")
                .unwrap_err()
                .contains("nothing is fetched")
        );
        assert!(ask("INSERT DATA { <a> <b> <c> }").is_err());
    }
}
