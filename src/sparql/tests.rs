//! Queries that want to do harm.

use std::fmt::Write;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use actix_web::http::header::HeaderMap;

use super::evaluate::{Question, answer};
use super::store::Store;

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
        assert!(took < Duration::from_secs(8), "{took:?} {hostile:.200}");
    }
}

#[test]
fn a_query_cannot_outgrow_memory_or_stack() {
    let many = |what: &str, count: usize| what.repeat(count);
    let doubled = (1..40).map(|at| format!("BIND(CONCAT(?x{},?x{}) AS ?x{at}) ", at - 1, at - 1)).collect::<String>();
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
        format!("SELECT * {{ ?a <p> ?b FILTER{} }}", many("(NOT EXISTS { ?b ?c ?d FILTER", 7) + "(1)" + &many("})", 7)),
        format!("SELECT * {{ ?a <p> ?b {} {} }}", many("{ ?b ?c ?d } UNION { ?d ?e ?f ", 15), many("}", 15)),
        format!("SELECT * {{ ?a <p> ?b {} {} }}", many("MINUS { ?b ?c ?d ", 15), many("}", 15)),
        format!("SELECT * {{ {} }}", (0..2000).map(|at| format!("?a{at} ?b ?c. ")).collect::<String>()),
        format!("SELECT * {{ {} }}", (0..58).map(|at| format!("?a{at} ?b ?c. ")).collect::<String>()),
        format!("SELECT * {{ {} }}", many("{} UNION {} . ", 60)),
        format!("SELECT (COUNT(*) AS ?n) {{ {} }}", many("{{} UNION {}} ", 60)),
        format!("SELECT (COUNT(*) AS ?n) {{ {} }}", many("{ SELECT ?no { ?a ?b ?c } } ", 4)),
        format!("SELECT (COUNT(*) AS ?n) {{ {} }}", many("VALUES ?x { UNDEF UNDEF UNDEF UNDEF } ", 40)),
        format!("SELECT * {{ ?a <p> {} 1 {} }}", many("[ <p> ", 14), many("]", 14)),
        format!("SELECT * {{ ?a <p> {} 1 {} }}", many("( 1 ", 14), many(")", 14)),
        format!("SELECT * {{ ?a <p> {} 1 {} ", many("( [ <p> ", 7), many("])", 6)),
        format!("SELECT * {{ FILTER{} 1 {} ", many("(!(1 IN ", 7), many("))", 6)),
        format!("SELECT ({} 1 {} AS ?x) {{}}", many("IF(1,COALESCE(", 7), many("),2)", 7)),
        format!("SELECT ({} 1 {} AS ?x) {{}}", many("1+(2*(", 7), many("))", 7)),
        format!("SELECT * {{ ?a {} <p> {} ?b }}", many("(<p>/(!<p>|", 7), many(")*)+", 7)),
        format!("SELECT * {{ ?a {} <p> {} ", many("(^(<p>|", 7), many(")?)", 7)),
        format!("SELECT * {{ {} ?a ?b ?c {} }}", many("GRAPH ?g {", 14), many("}", 14)),
        format!("SELECT * {{ {} ?a ?b ?c {} ", many("{ SELECT * {", 7), many("} }", 6)),
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
        assert!(started.elapsed() < Duration::from_secs(8), "{hostile:.200}");
    }
}

#[test]
fn addresses_begin_where_the_client_asks() {
    let here = ask(
        "SELECT ?b (STR(?b) AS ?s) { <http://here.example/c/1> <on1> ?b FILTER(STRSTARTS(STR(?b), 'http://here')) }",
    )
    .unwrap();
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
