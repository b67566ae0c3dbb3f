//! Faults that comparable systems had, each kept out by a test named after what would go wrong.

use std::time::{Duration, Instant};

use linchpin::dataset::{Folder, load};
use serde_json::{Value, json};

use crate::site::{Files, Site, company, escaped, small_files, under};

fn report(files: Files) -> (u64, String) {
    let report = load(&Folder::memory(files)).report;
    (report.errors, report.to_string())
}

#[actix_web::test]
async fn companies_that_rest_on_each_other_are_not_skipped() {
    let site = Site::of_companies([company("a", &[("b", "tool")]), company("b", &[("a", "tool")])]).await;
    for (one, other) in [("a", "b"), ("b", "a")] {
        for walk in ["dependencies", "dependents"] {
            for depth in ["1", "2", "all"] {
                let found = site.texts(&format!("/v1/companies/{one}/{walk}?depth={depth}"), "/company/id").await;
                assert_eq!(found, [other], "{one} {walk} {depth}");
            }
        }
        let paths = site.json(&format!("/v1/paths?from={one}&to={other}")).await;
        assert_eq!(under(&paths["paths"][0]["companies"], "id"), [one, other]);
    }
}

#[actix_web::test]
async fn a_clique_of_two_hundred_does_not_hang_and_says_that_there_is_more() {
    let id = |at: usize| format!("c{at:03}");
    let clique = (0..200).map(|at| {
        let others = (0..200).filter(|other| *other != at).map(|other| json!({"on": id(other), "layer": "tool"}));
        json!({"id": id(at), "dependencies": others.collect::<Vec<_>>()})
    });
    // Behind the clique there is nobody, so that a search for a way out of it has everything to look at.
    let site = Site::of_companies(clique.chain([company("zz", &[("c000", "tool")])])).await;
    let begun = Instant::now();
    for (query, found) in [("limit=10", 10), ("limit=100&max_hops=16", 100)] {
        let answer = site.json(&format!("/v1/paths?from=c000&to=c199&{query}")).await;
        assert_eq!((answer["paths"].as_array().unwrap().len(), &answer["truncated"]), (found, &json!(true)), "{query}");
    }
    let none = site.json("/v1/paths?from=c000&to=zz&max_hops=16").await;
    assert_eq!((&none["paths"], &none["truncated"]), (&json!([]), &json!(false)));
    for walk in ["dependencies", "dependents"] {
        let answer = site.json(&format!("/v1/companies/c000/{walk}?depth=all&limit=1000")).await;
        assert_eq!(answer["total"], if walk == "dependents" { 200 } else { 199 });
    }
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[actix_web::test]
async fn a_search_for_paths_where_only_a_walk_goes_through_gives_up_and_says_so() {
    // s → b:chip → a clique → b:cloud → goal: a walk passes b twice, a path may not, and the clique has no end of ways.
    let way = |size: usize| {
        let id = |at: usize| format!("c{at:02}");
        let member = move |at: usize| {
            let others = (0..size).filter(|other| *other != at).map(|other| json!({"on": id(other), "layer": "tool"}));
            let to: Vec<_> = others.chain([json!({"on": "b", "layer": "cloud"})]).collect();
            json!({"id": id(at), "dependencies": to})
        };
        let b = json!({"id": "b", "roles": [{"role": "maker"}, {"role": "host"}],
            "dependencies": [{"on": "c00", "layer": "tool"}, {"on": "goal", "layer": "chip"}]});
        Site::of_companies((0..size).map(member).chain([b, company("s", &[("b", "chip")]), company("goal", &[])]))
    };
    for (size, gives_up) in [(3, false), (80, true)] {
        let site = way(size).await;
        let begun = Instant::now();
        let answer = site.json("/v1/paths?from=s&to=goal&max_hops=16").await;
        assert_eq!((&answer["paths"], &answer["truncated"]), (&json!([]), &json!(gives_up)), "{size}");
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
        let walk = site.all("/v1/companies/s/dependencies?depth=all&layer=chip").await;
        let told: Vec<_> = walk.iter().map(|it| json!([it["company"]["id"], it["hops"]])).collect();
        assert_eq!(told, [json!(["b", 1]), json!(["goal", 4])]);
    }
}

#[actix_web::test]
async fn the_edges_of_a_path_do_not_hold_only_on_another_day() {
    let site = Site::built_in().await;
    for day in ["2021", "2023-02", "2026"] {
        let answer = site.json(&format!("/v1/paths?from=github&to=tsmc&limit=100&as_of={day}")).await;
        for path in answer["paths"].as_array().unwrap() {
            let companies = under(&path["companies"], "id");
            let hops = path["dependencies"].as_array().unwrap();
            assert_eq!((hops.len() as u64, companies.len()), (path["hops"].as_u64().unwrap(), hops.len() + 1));
            for (ends, hop) in companies.windows(2).zip(hops) {
                for step in hop.as_array().unwrap() {
                    assert_eq!([step["from"]["id"].as_str().unwrap(), step["to"]["id"].as_str().unwrap()], ends);
                    let edge =
                        site.json(&format!("/v1/dependencies/{}?as_of={day}", step["id"].as_str().unwrap())).await;
                    assert_eq!(edge["holds"], true, "{edge}");
                }
            }
        }
    }
}

#[actix_web::test]
async fn a_relation_is_not_inverted() {
    let site = Site::of_companies([company("buyer", &[("seller", "tool")]), company("seller", &[])]).await;
    let edge = &site.all("/v1/dependencies").await[0];
    assert_eq!((&edge["from"]["id"], &edge["to"]["id"]), (&json!("buyer"), &json!("seller")));
    assert_eq!(site.texts("/v1/companies/buyer/dependencies", "/company/id").await, ["seller"]);
    assert_eq!(site.texts("/v1/companies/seller/dependents", "/company/id").await, ["buyer"]);
    assert_eq!(site.all("/v1/companies/buyer/dependents").await, [json!(null); 0]);
    assert_eq!(site.all("/v1/companies/seller/dependencies").await, [json!(null); 0]);
}

#[actix_web::test]
async fn source_and_status_hold_before_a_walk_and_not_after() {
    // a → b → c: the first is only reported, the second only another source says.
    let edge = |on: &str, status: &str, source: &str| json!([{"on": on, "layer": "tool", "status": status, "sources": [source]}]);
    let a = json!({"id": "a", "dependencies": edge("b", "reported", "one")});
    let b = json!({"id": "b", "dependencies": edge("c", "confirmed", "two")});
    let site = Site::of_companies([a, b, company("c", &[])]).await;
    for (query, found) in
        [("", "bc"), ("&status=confirmed", ""), ("&status=reported", "b"), ("&source=one", "b"), ("&source=two", "")]
    {
        let walk = site.texts(&format!("/v1/companies/a/dependencies?depth=all{query}"), "/company/id").await;
        assert_eq!(walk.concat(), found, "{query}");
        let paths = site.json(&format!("/v1/paths?from=a&to=c{query}")).await;
        assert_eq!(paths["paths"].as_array().unwrap().len(), usize::from(found == "bc"), "{query}");
    }
}

#[actix_web::test]
async fn slash_plus_and_percent_in_a_path_are_not_left_escaped() {
    let odd = |id: &str, name: &str| json!({"id": id, "name": {"en": name}});
    let site = Site::of_companies([
        odd("slash", "A/B"),
        odd("plus", "C+D"),
        odd("percent", "100%"),
        odd("double", "%2F"),
        odd("space", "E F"),
        odd("question", "Who?"),
        odd("hash", "G#1"),
        odd("dots", ".."),
        odd("control", "H\u{1}I"),
    ])
    .await;
    for (name, id) in [
        ("A/B", "slash"),
        ("C+D", "plus"),
        ("100%", "percent"),
        ("%2F", "double"),
        ("E F", "space"),
        ("Who?", "question"),
        ("G#1", "hash"),
        ("..", "dots"),
        ("H\u{1}I", "control"),
    ] {
        let answer = site.get(&format!("/v1/companies/{}/roles?limit=2", escaped(name))).await;
        let home = format!("/v1/companies/{id}/roles?limit=2");
        assert_eq!((answer.status, answer.header("location")), (308, Some(&*home)), "{name}");
        assert_eq!(site.texts(&format!("/v1/companies?id={}", escaped(name)), "/id").await, [id], "{name}");
        let found = site.get(&format!("/v1/search?q={}", escaped(name))).await;
        assert_eq!(found.status, 200, "{name}");
    }
    assert_eq!(site.texts("/v1/companies?id=E+F", "/id").await, ["space"]);
    for sort in ["name", "-name"] {
        assert_eq!(site.all(&format!("/v1/companies?sort={sort}&limit=1")).await.len(), 9);
    }
}

#[actix_web::test]
async fn the_id_of_an_edge_with_an_input_and_a_beginning_leads_back_to_it() {
    let a = json!({"id": "a-1", "dependencies": [
        {"on": "b", "layer": "chip", "input": "gpu", "since": "2020-02"},
        {"on": "b", "layer": "chip", "input": "gpu", "since": "2021", "until": "2022"},
        {"on": "b", "layer": "chip", "input": "gpu"},
        {"on": "b", "layer": "chip"},
    ]});
    let site = Site::of_companies([a, company("b", &[])]).await;
    let edges = site.all("/v1/dependencies?as_of=2021-06").await;
    assert_eq!(edges.len(), 4);
    for edge in &edges {
        let id = edge["id"].as_str().unwrap();
        for spelled in [id.to_owned(), escaped(id)] {
            assert_eq!(site.json(&format!("/v1/dependencies/{spelled}")).await["id"], id);
        }
    }
    // An unrelated edit leaves ids as they are.
    let a = json!({"id": "a-1", "dependencies": [
        {"on": "b", "layer": "app"},
        {"on": "b", "layer": "chip", "input": "gpu", "since": "2020-02", "share": 0.5, "sources": ["one"]},
        {"on": "a", "layer": "chip", "input": "gpu"},
    ]});
    let edited = Site::of_companies([a, company("a", &[]), company("b", &[])]).await;
    assert!(edited.texts("/v1/dependencies", "/id").await.contains(&edges[2]["id"].as_str().unwrap().to_owned()));
}

#[actix_web::test]
async fn other_unicode_forms_of_a_name_are_not_other_names() {
    let site = Site::of_companies([
        json!({"id": "cafe", "name": {"en": "Café", "ko": "카페"}}),
        json!({"id": "kk", "name": {"en": "㍿カブト"}}),
        json!({"id": "wide", "name": {"en": "ＷＩＤＥ"}}),
        json!({"id": "strasse", "name": {"en": "Große Straße"}}),
        json!({"id": "ga", "name": {"en": "ガ"}}),
    ])
    .await;
    for (spelled, id) in [
        ("Cafe\u{301}", "cafe"),
        ("CAFÉ", "cafe"),
        ("\u{110f}\u{1161}\u{1111}\u{1166}", "cafe"),
        ("株式会社カブト", "kk"),
        ("㍿ｶﾌﾞﾄ", "kk"),
        ("wide", "wide"),
        ("GROSSE  STRASSE", "strasse"),
        ("カ\u{3099}", "ga"),
    ] {
        let location = format!("/v1/companies/{id}");
        let answer = site.get(&format!("/v1/companies/{}", escaped(spelled))).await;
        // What is the id already is answered as it is.
        let moved = answer.status == 308 && answer.header("location") == Some(&*location);
        assert!(moved || answer.status == 200 && spelled == id, "{spelled}: {}", answer.status);
        let found = site.json(&format!("/v1/search?q={}", escaped(spelled))).await;
        assert_eq!(
            (&found["items"][0]["company"]["id"], &found["items"][0]["score"]),
            (&json!(id), &json!(1.0)),
            "{spelled}"
        );
    }
    site.problem(&format!("/v1/companies/{}", escaped("カ")), 404).await;
}

#[actix_web::test]
async fn a_byte_order_mark_and_carriage_returns_do_not_change_what_is_read() {
    let plain = small_files([company("a", &[("b", "tool")]), company("b", &[])]);
    let crlf: Files = plain.iter().map(|(name, text)| (name.clone(), pretty(text).replace('\n', "\r\n"))).collect();
    let marked: Files = crlf.iter().map(|(name, text)| (name.clone(), format!("\u{feff}{text}"))).collect();
    assert_eq!(report(crlf.clone()), (0, report(plain.clone()).1), "CRLF is no finding");
    assert!(report(marked.clone()).1.contains("byte-order-mark"));
    let mut answers = Vec::new();
    for files in [plain, crlf, marked] {
        let site = Site::of(&Folder::memory(files)).await;
        answers.push((site.all("/v1/dependencies").await, site.all("/v1/companies").await));
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]) && answers[0].0.len() == 1);
}

fn pretty(text: &str) -> String {
    format!("{:#}\n", serde_json::from_str::<Value>(text).unwrap())
}

#[test]
fn the_last_of_two_equal_keys_does_not_win() {
    let cases = [
        ("companies/a.json", r#"{"id": "a", "name": {"en": "A"}, "country": "US", "country": "KR"}"#),
        ("companies/a.json", r#"{"id": "a", "name": {"en": "A", "en": "B"}}"#),
        ("companies/a.json", r#"{"id": "a", "name": {"en": "A"}, "\u0069d": "a"}"#),
        ("companies/a.json", r#"{"id": "a", "name": {"en": "A"}, "roles": [{"role": "host", "role": "maker"}]}"#),
    ];
    for (file, text) in cases {
        let mut files = small_files([company("a", &[])]);
        files.insert(file.into(), text.into());
        let (errors, shown) = report(files);
        assert!(errors > 0 && shown.contains("duplicate-key") && shown.contains("a.json:1"), "{text}\n{shown}");
    }
}

#[test]
fn a_number_that_is_none_does_not_become_null() {
    for number in ["NaN", "Infinity", "-Infinity", "1e999", "-1e999"] {
        let mut files = small_files([company("a", &[])]);
        let figure = r#"[{"subject": "market:m", "measure": "size", "value": NUMBER, "unit": "USD", "year": 2020, "kind": "actual"}]"#;
        files.insert("figures.json".into(), figure.replace("NUMBER", number));
        let (errors, shown) = report(files);
        assert!(errors > 0 && shown.contains("figures.json:1"), "{number}\n{shown}");
    }
}

#[actix_web::test]
async fn a_number_is_given_back_as_it_was_written() {
    let numbers = ["0.1", "3.2e9", "1e300", "-0.5", "123456789012345680", "0.30000000000000004", "5e-324"];
    let figure = |value: &str, year: usize| {
        format!(
            r#"{{"subject": "market:m", "measure": "size", "value": {value}, "unit": "USD", "year": {year}, "kind": "actual"}}"#
        )
    };
    let figures: Vec<_> = numbers.iter().zip(2000..).map(|(value, year)| figure(value, year)).collect();
    let mut files = small_files([company("a", &[])]);
    files.insert("figures.json".into(), format!("[{}]", figures.join(",")));
    let site = Site::of(&Folder::memory(files)).await;
    let given: Vec<f64> =
        site.each("/v1/figures", "/value").await.iter().map(|value| value.as_f64().unwrap()).collect();
    assert_eq!(given, numbers.map(|number| number.parse::<f64>().unwrap()));
}

#[actix_web::test]
async fn a_company_may_be_called_like_a_route() {
    let site = Site::of_companies(["roles", "dependencies", "v1", "all", "companies"].map(|id| company(id, &[]))).await;
    for id in ["roles", "dependencies", "v1", "all", "companies"] {
        assert_eq!(site.json(&format!("/v1/companies/{id}")).await["id"], id);
        assert_eq!(site.json(&format!("/v1/companies/{id}/roles")).await["total"], 0);
    }
}

#[actix_web::test]
async fn a_company_without_a_layer_is_found_all_the_same() {
    let site = Site::of_companies([company("a", &[("b", "tool")]), company("b", &[])]).await;
    let found = &site.all("/v1/companies/b/dependents").await[0];
    assert_eq!((&found["company"]["id"], &found["layers"]), (&json!("a"), &json!([])));
    assert_eq!(site.json("/v1/companies/a").await["activities"], json!([{"layer": null, "uses": ["tool"]}]));
    assert_eq!(site.all("/v1/companies/b/dependents?layer=tool").await, [json!(null); 0]);
}

#[actix_web::test]
async fn several_edges_between_two_companies_are_listed_each_and_counted_once() {
    let a = json!({"id": "a", "dependencies": [
        {"on": "b", "layer": "chip"}, {"on": "b", "layer": "chip", "input": "gpu"}, {"on": "b", "layer": "tool"},
    ]});
    let site = Site::of_companies([a, company("b", &[])]).await;
    let found = site.all("/v1/companies/a/dependencies").await;
    assert_eq!((found.len(), found[0]["dependencies"].as_array().unwrap().len()), (1, 3));
    assert_eq!(found[0]["layers"], json!(["chip", "tool"]));
    assert_eq!(site.json("/v1/companies/a").await["counts"]["dependencies"], 1);
    assert_eq!(site.json("/v1/dependencies").await["total"], 3);
}
