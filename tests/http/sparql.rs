//! SPARQL over HTTP: the protocol, formats, limits, and that what is asked is the document that the routes export.

use std::time::{Duration, Instant};

use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::site::{Answer, Site, company, escaped, site, small};

const DEPENDENTS: &str = "PREFIX lp: </ns#> SELECT ?c { ?c lp:dependsOn </v1/companies/tsmc> } ORDER BY ?c";

async fn ask(site: &Site, query: &str, accept: &str) -> Answer {
    site.get_with(&format!("/sparql?query={}", escaped(query)), ("Accept", accept)).await
}

/// The solutions of a query.
async fn solutions(site: &Site, query: &str) -> Vec<Value> {
    let answer = ask(site, query, "application/sparql-results+json").await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    answer.json()["results"]["bindings"].as_array().unwrap().clone()
}

async fn refused(site: &Site, query: &str, status: u16) -> String {
    let answer = ask(site, query, "*/*").await;
    assert_eq!(answer.status, status, "{query}: {}", answer.text());
    answer.json()["detail"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn it_is_the_exported_document_that_is_asked() {
    let site = Site::built_in().await;
    let document = site.get("/v1/graph?format=ntriples").await;
    let lines = document.text().lines().collect::<std::collections::BTreeSet<_>>().len();
    let counted = solutions(&site, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").await;
    assert_eq!(counted[0]["n"]["value"], json!(lines.to_string()));
    let found: Vec<String> =
        solutions(&site, DEPENDENTS).await.iter().map(|row| row["c"]["value"].as_str().unwrap().to_owned()).collect();
    let expected = site.texts("/v1/companies/tsmc/dependents?limit=1000", "/company/href").await;
    let mut paths: Vec<String> =
        found.iter().map(|iri| iri.splitn(4, '/').nth(3).map(|path| format!("/{path}")).unwrap()).collect();
    let mut expected = expected;
    paths.sort();
    expected.sort();
    assert_eq!(paths, expected);
}

#[actix_web::test]
async fn addresses_are_those_of_the_client() {
    let site = Site::built_in().await;
    for host in ["one.example:80", "two.example"] {
        let request =
            TestRequest::get().uri(&format!("/sparql?query={}", escaped(DEPENDENTS))).insert_header(("Host", host));
        let found = site.ask(request).await.json();
        let first = found["results"]["bindings"][0]["c"]["value"].as_str().unwrap();
        assert!(first.starts_with(&format!("http://{host}/v1/companies/")), "{first}");
    }
}

#[actix_web::test]
async fn a_query_comes_by_get_by_form_and_as_a_body() {
    let site = Site::built_in().await;
    let expected = ask(&site, DEPENDENTS, "*/*").await.json();
    let form = format!("query={}", escaped(DEPENDENTS));
    for (kind, body) in
        [("application/x-www-form-urlencoded", form.as_str()), ("application/sparql-query; charset=utf-8", DEPENDENTS)]
    {
        let request =
            TestRequest::post().uri("/sparql").insert_header(("Content-Type", kind)).set_payload(body.to_owned());
        let answer = site.ask(request).await;
        assert_eq!((answer.status, answer.json()), (200, expected.clone()), "{kind}");
    }
    assert_eq!(site.head(&format!("/sparql?query={}", escaped(DEPENDENTS))).await.status, 200);
    let odd = site.get(&format!("/sparql?query={}&format=json&output=json&results=json", escaped(DEPENDENTS))).await;
    assert_eq!(odd.status, 200, "what clients add is let pass");
}

#[actix_web::test]
async fn answers_come_in_the_format_that_is_accepted() {
    let site = Site::built_in().await;
    let select = "SELECT ?o { </v1/companies/openai> <https://schema.org/name> ?o } ORDER BY ?o";
    for (accept, kind, part) in [
        ("*/*", "application/sparql-results+json", r#"{"head":{"vars":["o"]}"#),
        ("application/json", "application/sparql-results+json", r#""xml:lang":"ko""#),
        ("application/sparql-results+xml", "application/sparql-results+xml", "<variable name=\"o\"/>"),
        ("text/csv", "text/csv; charset=utf-8", "OpenAI"),
        ("text/tab-separated-values, */*;q=0.1", "text/tab-separated-values; charset=utf-8", "\"OpenAI\"@en"),
    ] {
        let answer = ask(&site, select, accept).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(kind)), "{accept}");
        assert!(answer.text().contains(part), "{accept}: {}", answer.text());
        let yes = ask(&site, "ASK { </v1/companies/openai> ?p ?o }", accept).await;
        assert!(yes.text().contains("true"), "{accept}: {}", yes.text());
    }
    for (accept, kind, part) in [
        ("*/*", "text/turtle; charset=utf-8", "OpenAI"),
        ("application/n-triples", "application/n-triples", "<https://schema.org/name> \"OpenAI\"@en ."),
        ("application/rdf+xml", "application/rdf+xml", "<rdf:RDF"),
        ("application/ld+json", "application/ld+json", "\"@language\":\"en\""),
    ] {
        let construct = "CONSTRUCT WHERE { </v1/companies/openai> <https://schema.org/name> ?o }";
        let answer = ask(&site, construct, accept).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(kind)), "{accept}");
        assert!(answer.text().contains(part), "{accept}: {}", answer.text());
        let described = ask(&site, "DESCRIBE </v1/companies/openai>", accept).await;
        assert!(described.status == 200 && described.body.len() > answer.body.len(), "{accept}");
    }
    assert_eq!(ask(&site, select, "image/png").await.status, 406);
}

#[actix_web::test]
async fn a_mistake_is_told_by_line_and_column() {
    let site = Site::built_in().await;
    let said = refused(&site, "SELECT *\nWHERE { ?a ?b }", 400).await;
    assert!(said.contains("line 2, column 16"), "{said}");
    let said = refused(&site, "", 400).await;
    assert!(said.contains("line 1, column 1"), "{said}");
    refused(&site, "SELECT (x:y() AS ?a) {}", 400).await;
    let twice = site.get("/sparql?query=ASK{}&query=ASK{}").await;
    assert_eq!(twice.json()["parameter"], "query");
    let json = site.ask(TestRequest::post().uri("/sparql").set_json(json!({"query": "ASK {}"}))).await;
    assert_eq!(json.status, 415);
    let long = site
        .ask(
            TestRequest::post()
                .uri("/sparql")
                .insert_header(("Content-Type", "application/sparql-query"))
                .set_payload(" ".repeat(1 << 20)),
        )
        .await;
    assert_eq!(long.status, 413);
    assert_eq!(site.get("/sparql?query=ASK%7B%7D&timeout=never").await.json()["parameter"], "timeout");
}

#[actix_web::test]
async fn nothing_is_changed_and_nothing_fetched() {
    let site = Site::built_in().await;
    for update in
        ["DROP ALL", "LOAD <http://elsewhere.example/>", "DELETE WHERE { ?s ?p ?o }", "INSERT DATA { <a> <b> <c> }"]
    {
        refused(&site, update, 400).await;
        for (kind, body) in [
            ("application/sparql-update", update.to_owned()),
            ("application/x-www-form-urlencoded", format!("update={}", escaped(update))),
        ] {
            let request = TestRequest::post().uri("/sparql").insert_header(("Content-Type", kind)).set_payload(body);
            let answer = site.ask(request).await;
            assert_eq!(answer.status, 400, "{update}");
            assert!(answer.text().contains("updates are not taken"), "{}", answer.text());
        }
    }
    for silent in ["", "SILENT"] {
        let said =
            refused(&site, &format!("SELECT * {{ SERVICE {silent} <http://127.0.0.1:9/> {{ ?a ?b ?c }} }}"), 400).await;
        assert!(said.contains("nothing is fetched"), "{said}");
    }
    let said = refused(&site, "SELECT * FROM <http://elsewhere.example/> { ?a ?b ?c }", 400).await;
    assert!(said.contains("none is fetched"), "{said}");
    let put = site.ask(TestRequest::put().uri("/sparql")).await;
    assert_eq!((put.status, put.header("allow")), (405, Some("GET, POST, HEAD, OPTIONS")));
}

#[actix_web::test]
async fn the_one_graph_has_a_name() {
    let site = Site::built_in().await;
    let count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }";
    let all = solutions(&site, count).await;
    assert_eq!(solutions(&site, "SELECT (COUNT(*) AS ?n) FROM </v1/graph> { ?s ?p ?o }").await, all);
    assert_eq!(solutions(&site, "SELECT (COUNT(*) AS ?n) { GRAPH </v1/graph> { ?s ?p ?o } }").await, all);
    let graph = &solutions(&site, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").await[0]["g"]["value"].clone();
    let graph = graph.as_str().unwrap();
    let named = site.get(&format!("/sparql?query={}&default-graph-uri={}", escaped(count), escaped(graph))).await;
    assert_eq!(named.json()["results"]["bindings"], json!(all));
    let other =
        site.get(&format!("/sparql?query={}&default-graph-uri=http%3A%2F%2Fx.example%2F", escaped(count))).await;
    assert_eq!(other.status, 400);
    let empty = "SELECT (COUNT(*) AS ?n) FROM NAMED </v1/graph> { ?s ?p ?o }";
    assert_eq!(
        solutions(&site, empty).await[0]["n"]["value"],
        "0",
        "without FROM there is no default graph beside FROM NAMED"
    );
}

#[actix_web::test]
async fn without_a_query_the_service_describes_itself() {
    let site = Site::built_in().await;
    for accept in ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"] {
        let answer = site.get_with("/sparql", ("Accept", accept)).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(accept)));
        assert!(answer.text().contains("SPARQL11Query"), "{}", answer.text());
    }
    for accept in ["*/*", "text/html,application/xhtml+xml,*/*;q=0.8"] {
        assert_eq!(site.get_with("/sparql", ("Accept", accept)).await.json()["parameter"], "query", "{accept}");
    }
}

#[actix_web::test]
async fn a_hostile_query_stops_on_time_and_frees_its_core() {
    let site = Site::built_in().await;
    solutions(&site, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").await;
    let product = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    let started = Instant::now();
    let answer = site.get(&format!("/sparql?timeout=0.5&query={}", escaped(product))).await;
    let took = started.elapsed();
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert!(answer.text().contains("stopped after 0.5 s"), "{}", answer.text());
    assert!(took > Duration::from_millis(400) && took < Duration::from_secs(4), "{took:?}");
    // Its thread is gone, and with it what used the core.
    let deadline = Instant::now() + Duration::from_secs(20);
    while threads_of_queries().is_some_and(|count| count > 0) {
        assert!(Instant::now() < deadline, "the query still runs");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// How many threads answer queries now, where the system tells.
fn threads_of_queries() -> Option<usize> {
    let tasks = std::fs::read_dir("/proc/self/task").ok()?;
    let name = |task: std::fs::DirEntry| std::fs::read_to_string(task.path().join("comm")).unwrap_or_default();
    Some(
        tasks
            .flatten()
            .filter(|task| std::fs::metadata(task.path()).is_ok())
            .map(name)
            .filter(|name| name.trim() == "sparql")
            .count(),
    )
}

#[actix_web::test]
async fn a_new_world_is_asked_as_soon_as_it_is_served() {
    let served = site(&small([company("a", &[("b", "chip")]), company("b", &[])]), 0);
    let here = Site::new(&served).await;
    let count = "PREFIX lp: </ns#> SELECT (COUNT(*) AS ?n) { ?a lp:dependsOn ?b }";
    assert_eq!(solutions(&here, count).await[0]["n"]["value"], "1");
    let old = std::sync::Arc::downgrade(&served.live.world());
    let more = small([company("a", &[("b", "chip"), ("c", "cloud")]), company("b", &[]), company("c", &[])]);
    let dataset = linchpin::dataset::load(&more).dataset.unwrap();
    served.live.replace(linchpin::http::World::new(linchpin::graph::Graph::build(dataset).unwrap(), 0));
    assert_eq!(solutions(&here, count).await[0]["n"]["value"], "2");
    assert!(old.upgrade().is_none(), "the world before, and its store, are gone");
}

#[actix_web::test]
async fn the_queries_shown_in_the_document_are_answered() {
    let site = Site::built_in().await;
    let text = include_str!("../../docs/KNOWLEDGE-GRAPH.md");
    let mut shown = 0;
    for part in text.split("```sparql\n").skip(1) {
        let (query, rest) = part.split_once("```").unwrap();
        let table = rest.split_once("```csv\n").and_then(|(_, rest)| rest.split_once("```")).unwrap().0;
        let answer = ask(&site, query, "text/csv").await;
        assert_eq!(answer.status, 200, "{query}: {}", answer.text());
        let mut lines = answer.text().lines();
        assert_eq!(lines.next(), table.lines().next(), "{query}");
        assert!(lines.next().is_some(), "nothing is found: {query}");
        shown += 1;
    }
    assert_eq!(shown, 5);
}
