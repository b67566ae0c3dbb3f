//! The graph as documents: every format carries the same companies and dependencies, whatever they are called.

use std::collections::BTreeSet;

use linchpin::export::Format;
use oxjsonld::JsonLdParser;
use oxttl::{NTriplesParser, TurtleParser};
use quick_xml::events::Event;
use serde_json::{Value, json};

use crate::site::{Answer, Files, Site, company, small_files, under};

const HOSTILE: &str = "<script>alert(1)</script> \"]; --> \\ & `x` #1; \u{202e}\u{7}\n=1+1 한";

async fn hostile() -> Site {
    let mut acme = company("acme", &[("nimbus", "cloud"), ("end", "chip")]);
    acme["name"] = json!({"en": HOSTILE});
    acme["roles"] = json!([{"role": "builder"}]);
    acme["dependencies"][0]["since"] = json!("2020-05");
    acme["dependencies"][0]["share"] = json!(0.5);
    acme["dependencies"][0]["what"] = json!({"en": HOSTILE});
    acme["dependencies"][1]["critical"] = json!(false);
    let nimbus = company("nimbus", &[("end", "chip")]);
    Site::of_companies([acme, nimbus, company("end", &[]), company("lone", &[])]).await
}

/// The ids of the nodes and the ends of the edges of an XML document.
fn of_xml(answer: &Answer) -> (BTreeSet<String>, Vec<(String, String)>) {
    let (mut nodes, mut edges) = (BTreeSet::new(), Vec::new());
    let mut reader = quick_xml::Reader::from_str(answer.text());
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return (nodes, edges),
            Event::Start(tag) | Event::Empty(tag) => {
                let attribute = |name: &str| {
                    let found = tag.try_get_attribute(name).unwrap()?;
                    Some(found.value.into_owned())
                };
                match tag.name().0 {
                    "node" => _ = nodes.insert(attribute("id").unwrap()),
                    "edge" => edges.push((attribute("source").unwrap(), attribute("target").unwrap())),
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

fn ends(graph: &Value) -> Vec<(String, String)> {
    let end = |edge: &Value, key: &str| edge[key].as_str().unwrap().to_owned();
    graph["edges"].as_array().unwrap().iter().map(|edge| (end(edge, "from"), end(edge, "to"))).collect()
}

#[actix_web::test]
async fn every_format_is_had_by_its_name_and_by_its_media_type() {
    let site = Site::built_in().await;
    for path in ["/v1/graph", "/v1/companies/tsmc/graph"] {
        for &format in Format::ALL.iter().take_while(|format| **format != Format::Atom) {
            let named = site.get(&format!("{path}?format={}", format.name())).await;
            assert_eq!((named.status, named.header("content-type")), (200, Some(format.media_type())), "{path}");
            if format != Format::Cytoscape {
                let accepted = site.get_with(path, ("Accept", format.media_type())).await;
                assert_eq!(accepted.body, named.body, "{path} {}", format.name());
            }
        }
        assert_eq!(site.problem(&format!("{path}?format=png"), 400).await["parameter"], "format");
        assert_eq!(site.get_with(path, ("Accept", "image/png")).await.status, 406);
    }
}

#[actix_web::test]
async fn every_document_has_the_companies_and_dependencies_of_the_json_whatever_they_are_called() {
    let site = hostile().await;
    let graph = site.json("/v1/graph").await;
    let ids: BTreeSet<String> = under(&graph["nodes"], "id").into_iter().map(str::to_owned).collect();
    assert_eq!(ids.len(), 4);
    let edges = ends(&graph);
    assert_eq!(edges.len(), 3);
    for format in ["graphml", "gexf"] {
        assert_eq!(
            of_xml(&site.get(&format!("/v1/graph?format={format}")).await),
            (ids.clone(), edges.clone()),
            "{format}"
        );
    }
    let cytoscape = site.json("/v1/graph?format=cytoscape").await["elements"].clone();
    let data = |list: &Value, key: &str| -> Vec<String> {
        list.as_array().unwrap().iter().map(|item| item["data"][key].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(data(&cytoscape["nodes"], "id").into_iter().collect::<BTreeSet<_>>(), ids);
    let joined = data(&cytoscape["edges"], "source").into_iter().zip(data(&cytoscape["edges"], "target"));
    assert_eq!(joined.collect::<Vec<_>>(), edges);

    let sheet = site.get("/v1/graph?format=csv").await;
    let mut reader = csv::Reader::from_reader(&sheet.body[..]);
    let rows: Vec<_> = reader.deserialize::<std::collections::BTreeMap<String, String>>().map(Result::unwrap).collect();
    assert_eq!(
        rows.iter().filter(|row| row["type"] == "node").map(|row| row["id"].clone()).collect::<BTreeSet<_>>(),
        ids
    );
    let of_sheet = rows.iter().filter(|row| row["type"] == "edge").map(|row| (row["from"].clone(), row["to"].clone()));
    assert_eq!(of_sheet.collect::<Vec<_>>(), edges);

    let dot = site.get("/v1/graph?format=dot").await;
    let mermaid = site.get("/v1/graph?format=mermaid").await;
    for (from, to) in &edges {
        assert!(dot.text().contains(&format!("\"{from}\" -> \"{to}\"")));
        let to = if to == "end" { "end_" } else { to };
        assert!(mermaid.text().lines().any(|line| line.trim().starts_with(from) && line.ends_with(&format!(" {to}"))));
    }
    assert!(!mermaid.text().contains("<script"));
}

#[actix_web::test]
async fn the_three_formats_of_rdf_say_the_same() {
    let site = hostile().await;
    for path in ["/v1/graph", "/v1/companies/acme/graph"] {
        let turtle = site.get(&format!("{path}?format=turtle")).await;
        let turtle: BTreeSet<String> =
            TurtleParser::new().for_slice(&turtle.body[..]).map(|triple| triple.unwrap().to_string()).collect();
        let lines = site.get(&format!("{path}?format=ntriples")).await;
        let lines: BTreeSet<String> =
            NTriplesParser::new().for_slice(&lines.body[..]).map(|triple| triple.unwrap().to_string()).collect();
        let linked = site.get(&format!("{path}?format=jsonld")).await;
        let linked: BTreeSet<String> =
            JsonLdParser::new().for_slice(&linked.body[..]).map(|quad| quad.unwrap().to_string()).collect();
        assert!(turtle.len() > 50, "{path}");
        assert_eq!(turtle, lines, "{path}");
        assert_eq!(turtle, linked, "{path}");
        let told = |text: &str| turtle.iter().any(|triple| triple.contains(text));
        assert!(told("ns#dependsOn") && told("\"2020-05\"^^") && told("<script>alert(1)</script>"));
    }
    let terms = site.get("/ns").await;
    assert_eq!(terms.header("content-type"), Some("text/turtle"));
    assert!(TurtleParser::new().for_slice(&terms.body[..]).all(|triple| triple.is_ok()));
}

#[actix_web::test]
async fn a_company_and_a_role_are_described_in_rdf_at_their_own_addresses() {
    let site = hostile().await;
    let triples = |answer: &Answer| -> BTreeSet<String> {
        assert_eq!(answer.header("content-type"), Some("text/turtle"), "{}", answer.address);
        TurtleParser::new().for_slice(&answer.body[..]).map(|triple| triple.unwrap().to_string()).collect()
    };
    let acme = triples(&site.get_with("/v1/companies/acme", ("Accept", "text/turtle, application/json;q=0.5")).await);
    let nimbus = triples(&site.get("/v1/companies/nimbus?format=turtle").await);
    let depends = |from: &str, to: &str| {
        let [from, to] = [from, to].map(|id| format!("<http://127.0.0.1:8080/v1/companies/{id}>"));
        format!("{from} <http://127.0.0.1:8080/ns#dependsOn> {to}")
    };
    assert!(acme.contains(&depends("acme", "nimbus")) && acme.contains(&depends("acme", "end")));
    assert!(nimbus.contains(&depends("acme", "nimbus")) && nimbus.contains(&depends("nimbus", "end")));
    assert!(!nimbus.contains(&depends("acme", "end")), "it is about one company");
    let whole = triples(&site.get("/v1/graph?format=turtle").await);
    assert!(acme.is_subset(&whole), "{:?}", acme.difference(&whole).collect::<Vec<_>>());

    let role = triples(&site.get("/v1/roles/builder?format=turtle").await);
    assert!(role.is_subset(&whole) && role.iter().any(|triple| triple.contains("acme#role-builder")));
    let moved = site.get_with("/v1/companies/ACME", ("Accept", "text/turtle")).await;
    assert_eq!((moved.status, moved.header("location")), (308, Some("/v1/companies/acme")));
    assert_eq!(site.problem("/v1/companies/acme?format=svg", 400).await["parameter"], "format");
    assert_eq!(site.problem("/v1/layers/cloud?format=turtle", 400).await["parameter"], "format");
}

#[actix_web::test]
async fn numbers_and_strategies_are_told_in_rdf_as_in_json() {
    let site = Site::built_in().await;
    let whole = site.get("/v1/graph?format=ntriples").await;
    let told = |text: &str| whole.text().lines().filter(|line| line.contains(text)).count();
    let figures = site.all("/v1/figures?limit=1000").await;
    assert_eq!(told("<https://schema.org/Observation>"), figures.len());
    let values =
        whole.text().lines().filter_map(|line| line.split_once("<https://schema.org/value> \"")?.1.split('"').next());
    let mut values: Vec<f64> = values.map(|value| value.parse().unwrap()).collect();
    let mut expected: Vec<f64> = figures.iter().map(|figure| figure["value"].as_f64().unwrap()).collect();
    values.sort_by(f64::total_cmp);
    expected.sort_by(f64::total_cmp);
    assert_eq!(values, expected);
    let roles = site.all("/v1/roles").await;
    let mut rates = 0;
    for role in roles {
        rates += site.json(role["href"].as_str().unwrap()).await["rates"].as_array().unwrap().len();
    }
    assert_eq!(told("/ns#Rate>"), rates);
    let openai = site.json("/v1/companies/openai").await;
    let alone = site.get("/v1/companies/openai?format=ntriples").await;
    let of_it = |text: &str| alone.text().lines().filter(|line| line.contains(text)).count();
    assert_eq!(of_it("/ns#Strategy>"), openai["strategies"].as_array().unwrap().len());
    assert_eq!(of_it("<https://schema.org/Observation>"), openai["figures"].as_array().unwrap().len());
}

#[actix_web::test]
async fn addresses_in_rdf_begin_where_the_client_asks_and_are_not_given_to_others() {
    let site = Site::built_in().await;
    for host in ["one.example", "two.example:81", "one.example"] {
        let answer = site.get_with("/v1/companies/arm/graph?format=ntriples", ("Host", host)).await;
        assert!(answer.text().contains(&format!("<http://{host}/v1/companies/arm>")), "{host}");
        let other = if host.starts_with("one") { "two.example" } else { "one.example" };
        assert!(!answer.text().contains(other));
    }
    let forwarded = site.get_with("/v1/companies/arm?format=ntriples", ("X-Forwarded-Host", "evil.example")).await;
    assert!(!forwarded.text().contains("evil"), "a cache on the way would give it to others");
    let named =
        crate::site::site(&linchpin::dataset::Folder::embedded(), 1 << 20).known_as(Some("https://linchpin.example/"));
    let named = Site::new(&named).await;
    for address in ["/v1/companies/nvidia?format=ntriples", "/v1/graph?format=ntriples&layer=chip"] {
        let answer = named.get_with(address, ("Host", "one.example")).await;
        assert!(
            answer.text().contains("<https://linchpin.example/v1/companies/nvidia>")
                && !answer.text().contains("one.example")
        );
    }
    let odd = site.get_with("/v1/companies/arm/graph?format=ntriples", ("Host", "a> <b")).await;
    assert!(NTriplesParser::new().for_slice(&odd.body[..]).all(|triple| triple.is_ok()));
}

#[actix_web::test]
async fn a_drawing_names_everybody_runs_nothing_and_is_drawn_the_same_again() {
    let site = hostile().await;
    let drawing = site.get("/v1/companies/acme/graph?format=svg").await;
    assert!(drawing.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
    let text = drawing.text();
    assert!(!text.contains("<script") && !text.contains('\u{7}'));
    let mut reader = quick_xml::Reader::from_str(text);
    while reader.read_event().unwrap() != Event::Eof {}
    for id in ["acme", "nimbus", "end"] {
        assert!(text.contains(&format!("/companies/{id}\"")), "{id}");
    }
    assert!(text.contains("2023-06-30"), "the day stands in the corner");
    assert_eq!(hostile().await.get("/v1/companies/acme/graph?format=svg").await.body, drawing.body);
}

#[actix_web::test]
async fn an_impact_and_paths_are_drawn_with_everybody_in_them() {
    let site = Site::built_in().await;
    let impact = site.json("/v1/impact?down=tsmc").await;
    let drawing = site.get("/v1/impact?down=tsmc&format=svg").await;
    let waves = impact["failed"].as_array().unwrap().iter().map(|failure| failure["wave"].as_u64().unwrap()).max();
    assert!(drawing.text().contains(&format!("Wave {}", waves.unwrap())) && drawing.text().contains("Down"));
    assert!(!drawing.text().contains(&format!("Wave {}", waves.unwrap() + 1)));
    let boxes = drawing.text().matches("<rect ").count();
    let count = |key: &str| impact[key].as_array().unwrap().len();
    assert_eq!(boxes, count("down") + count("failed"), "a box for each activity");
    for failure in impact["failed"].as_array().unwrap() {
        let id = failure["company"]["id"].as_str().unwrap();
        assert!(drawing.text().contains(&format!("/companies/{id}\"")), "{id}");
    }
    assert_eq!(
        drawing.text().matches("class=\"edge\"").count(),
        count("failed") + 1,
        "a line for each, and the legend"
    );

    let paths = site.json("/v1/paths?from=naver&to=asml&limit=5").await;
    let drawing = site.get("/v1/paths?from=naver&to=asml&limit=5&format=svg&lang=ko").await;
    let passed: BTreeSet<&str> =
        paths["paths"].as_array().unwrap().iter().flat_map(|path| under(&path["companies"], "id")).collect();
    assert_eq!(drawing.text().matches("<rect ").count(), passed.len());
    assert!(drawing.text().contains("네이버") && drawing.text().contains("의존 경로"));
    let none = site.get("/v1/paths?from=asml&to=naver&format=svg").await;
    assert_eq!((none.status, none.text().matches("<rect ").count()), (200, 2), "both ends, and nothing between them");

    let hostile = hostile().await.get("/v1/paths?from=acme&to=end&format=svg").await;
    assert!(!hostile.text().contains("<script") && hostile.text().matches("<rect ").count() == 3);
}

#[actix_web::test]
async fn a_neighbourhood_is_who_is_found_within_so_many_hops_and_all_between_them() {
    let site = Site::built_in().await;
    for (direction, lists) in [
        ("both", &["dependencies", "dependents"][..]),
        ("upstream", &["dependencies"]),
        ("downstream", &["dependents"]),
    ] {
        let graph = site.json(&format!("/v1/companies/openai/graph?depth=1&direction={direction}")).await;
        let ids: BTreeSet<&str> = under(&graph["nodes"], "id").into_iter().collect();
        let mut found = BTreeSet::from(["openai".to_owned()]);
        for list in lists {
            found.extend(site.texts(&format!("/v1/companies/openai/{list}?limit=1000"), "/company/id").await);
        }
        assert_eq!(ids, found.iter().map(String::as_str).collect(), "{direction}");
        assert!(ends(&graph).iter().all(|(from, to)| ids.contains(&**from) && ids.contains(&**to)));
    }
    let whole = site.json("/v1/graph").await;
    assert_eq!(whole["edges"].as_array().unwrap().len(), site.all("/v1/dependencies?limit=1000").await.len());
}

#[actix_web::test]
async fn a_diagram_of_more_than_five_hundred_dependencies_says_so() {
    let site = Site::built_in().await;
    let total = site.json("/v1/dependencies?limit=1").await["total"].as_u64().unwrap();
    let diagram = site.get("/v1/graph?format=mermaid").await;
    assert!(diagram.text().contains(&format!("%% 500 of {total}")));
    assert_eq!(diagram.text().lines().filter(|line| line.contains("->|")).count(), 500);
}

#[actix_web::test]
async fn a_large_document_is_sent_whole_while_it_is_written() {
    let mut files: Files = small_files([company("hub", &[])]);
    for at in 0..10_050 {
        let mut one = company(&format!("c{at}"), &[("hub", "cloud")]);
        one["name"] = json!({"en": format!("c{at}")});
        files.insert(format!("companies/c{at}.json"), one.to_string());
    }
    let site = Site::of(&linchpin::dataset::Folder::memory(files)).await;
    let graph = site.get("/v1/graph").await;
    let tag = graph.header("etag").unwrap().to_owned();
    let graph = graph.json();
    assert_eq!((graph["nodes"].as_array().unwrap().len(), ends(&graph).len()), (10_051, 10_050));
    let again = site.get_with("/v1/graph", ("If-None-Match", &tag)).await;
    assert_eq!(again.status, 304, "what it is made of is its tag");
    let packed = site.get_with("/v1/graph?format=csv", ("Accept-Encoding", "gzip")).await;
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&packed.body[..]), &mut sheet).unwrap();
    assert_eq!(sheet.lines().count(), 1 + 10_051 + 10_050);
}
