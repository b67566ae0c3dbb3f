//! What if: scenarios of a few companies, a question, and the answer by hand.

use actix_web::test::TestRequest;
use linchpin::dataset::Folder;
use serde_json::{Value, json};

use crate::site::{Answer, Site, company, small_files};

/// The text that a pointer leads to, in each item of a list.
fn named(list: &Value, pointer: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|item| item.pointer(pointer).unwrap().as_str().unwrap().to_owned()).collect()
}

/// What fails, as `company:layer@wave`.
fn failed(answer: &Value) -> Vec<String> {
    let text = |item: &Value, key: &str| item[key].as_str().unwrap_or("-").to_owned();
    let rows = answer["failed"].as_array().unwrap().iter();
    rows.map(|row| format!("{}:{}@{}", text(&row["company"], "id"), text(row, "layer"), row["wave"])).collect()
}

/// An app on one of two clouds, both on one chip maker, which has one tool maker.
fn stack() -> [Value; 5] {
    [
        company("app", &[("east", "cloud"), ("west", "cloud")]),
        company("east", &[("chips", "chip")]),
        company("west", &[("chips", "chip")]),
        company("chips", &[("tools", "tool")]),
        company("tools", &[]),
    ]
}

#[actix_web::test]
async fn a_need_with_an_alternative_is_degraded_and_without_one_it_is_lost() {
    let site = Site::of_companies(stack()).await;
    let one = site.json("/v1/impact?down=east").await;
    assert!(failed(&one).is_empty());
    assert_eq!(
        one["degraded"],
        json!([{"company": {"id": "app", "name": "app", "href": "/v1/companies/app"},
        "layer": "cloud", "input": null, "lost_share": 0.5}])
    );
    let both = site.json("/v1/impact?down=east,west").await;
    assert_eq!(failed(&both), ["app:-@1"]);
    assert_eq!(named(&both["stopped"], "/id"), ["app"], "what is down itself is left out");
}

#[actix_web::test]
async fn a_failure_goes_up_the_stack_wave_by_wave_and_says_why() {
    let site = Site::of_companies(stack()).await;
    let answer = site.json("/v1/impact?down=tools").await;
    assert_eq!(failed(&answer), ["chips:chip@1", "east:cloud@2", "west:cloud@2", "app:-@3"]);
    let app = &answer["failed"][3];
    assert_eq!(named(&app["lost"][0]["suppliers"], "/id"), ["east", "west"]);
    assert_eq!((&app["cause"]["company"]["id"], &app["cause"]["layer"]), (&json!("east"), &json!("cloud")));
    let chip = answer["layers"].as_array().unwrap().iter().find(|row| row["layer"] == "chip").unwrap();
    assert_eq!((&chip["activities"], &chip["failed"], &chip["down"]), (&json!(1), &json!(1), &json!(0)));
}

#[actix_web::test]
async fn a_firm_that_loses_one_of_its_activities_is_curtailed() {
    // Its office suite rests on somebody's model; its chips do not.
    let giant = json!({"id": "giant", "roles": [{"role": "builder"}, {"role": "maker"}],
        "dependencies": [{"on": "host", "layer": "cloud"}]});
    let site = Site::of_companies([giant, company("host", &[])]).await;
    let answer = site.json("/v1/impact?down=host:cloud").await;
    assert_eq!(failed(&answer), ["giant:app@1"]);
    assert_eq!((named(&answer["stopped"], "/id").len(), named(&answer["curtailed"], "/id")), (0, vec!["giant".into()]));
}

#[actix_web::test]
async fn a_supplier_of_another_input_is_no_alternative_and_one_that_is_not_critical_is_no_need() {
    let host = json!({"id": "host", "dependencies": [
        {"on": "one", "layer": "chip", "input": "gpu"}, {"on": "two", "layer": "chip"},
        {"on": "three", "layer": "tool", "critical": false}]});
    let site = Site::of_companies([host, company("one", &[]), company("two", &[]), company("three", &[])]).await;
    assert_eq!(failed(&site.json("/v1/impact?down=one").await), ["host:-@1"]);
    assert!(failed(&site.json("/v1/impact?down=three").await).is_empty());
}

#[actix_web::test]
async fn selectors_add_up_and_take_what_they_name() {
    let mut firms = stack();
    firms[3]["country"] = json!("TW");
    firms[1]["roles"] = json!([{"role": "host"}]);
    let site = Site::of_companies(firms).await;
    let down = |answer: &Value| named(&answer["down"], "/company/id");
    assert_eq!(down(&site.json("/v1/impact?country=tw").await), ["chips"]);
    assert_eq!(down(&site.json("/v1/impact?role=host").await), ["east"]);
    assert_eq!(down(&site.json("/v1/impact?layer=cloud").await), ["east", "west"]);
    assert_eq!(
        down(&site.json("/v1/impact?layer=cloud&down=TOOLS&country=TW").await),
        ["chips", "east", "tools", "west"]
    );
    assert_eq!(site.problem("/v1/impact", 400).await["parameter"], "down");
    let problem = site.problem("/v1/impact?down=east:tool", 400).await;
    assert_eq!(named(&problem["suggestions"], "/id"), ["east:cloud"]);
    assert_eq!(site.problem("/v1/impact?down=eastt", 400).await["suggestions"][0]["id"], "east");
    assert_eq!(site.problem("/v1/impact?down=:chip", 400).await["parameter"], "down");
    assert_eq!(site.problem("/v1/impact?country=XX", 400).await["parameter"], "country");
}

#[actix_web::test]
async fn chokepoints_are_who_alone_stops_a_company_and_pairs_who_only_together() {
    let site = Site::of_companies(stack()).await;
    let single = site.json("/v1/companies/app/chokepoints").await;
    assert_eq!(named(&single["items"], "/company/id"), ["chips", "tools"]);
    assert_eq!(single["items"][0]["layers"], json!([]), "the app acts in no layer");
    // Every way to the tool maker leads through the chip maker.
    assert_eq!((&single["items"][0]["dominates"], &single["items"][1]["dominates"]), (&json!(1), &json!(0)));
    let pairs = site.json("/v1/companies/app/chokepoints?size=2").await;
    assert_eq!(
        (named(&pairs["items"], "/company/id"), named(&pairs["items"], "/other/id")),
        (vec!["east".into()], vec!["west".into()])
    );
    let all = site.json("/v1/chokepoints").await;
    assert_eq!(named(&all["items"], "/company/id"), ["tools", "chips"]);
    assert_eq!((&all["items"][0]["stops"], &all["items"][1]["stops"]), (&json!(4), &json!(3)));
}

#[actix_web::test]
async fn who_only_the_structure_sees_as_a_chokepoint_is_listed_apart() {
    // All ways to the tool maker lead through `host`, but the app has another host.
    let companies = [
        company("app", &[("host", "cloud"), ("other", "cloud")]),
        company("host", &[("tools", "tool")]),
        company("other", &[]),
        company("tools", &[]),
    ];
    let answer = Site::of_companies(companies).await.json("/v1/companies/app/chokepoints").await;
    assert_eq!(answer["total"], 0);
    assert_eq!(named(&answer["structural_only"], "/company/id"), ["host"]);
}

#[actix_web::test]
async fn each_company_has_one_vote_in_a_layer_split_by_its_shares() {
    let shared = json!({"id": "b", "dependencies": [
        {"on": "east", "layer": "cloud", "share": 0.8}, {"on": "west", "layer": "cloud"}]});
    let site =
        Site::of_companies([company("a", &[("east", "cloud")]), shared, company("east", &[]), company("west", &[])])
            .await;
    let row = &site.json("/v1/concentration").await["items"][0];
    // East has (1 + 0.8) / 2, west 0.2 / 2.
    assert_eq!((&row["suppliers"], &row["dependents"]), (&json!(2), &json!(2)));
    assert!((row["cr1"].as_f64().unwrap() - 0.9).abs() < 1e-12 && (row["hhi"].as_f64().unwrap() - 8200.0).abs() < 1e-6);
    assert_eq!(named(&row["shares"], "/company/id"), ["east", "west"]);
}

#[actix_web::test]
async fn a_series_is_the_concentration_of_the_last_day_of_each_step() {
    let late = json!({"id": "b", "dependencies": [{"on": "west", "layer": "cloud", "since": "2022-03-15"}]});
    let site =
        Site::of_companies([company("a", &[("east", "cloud")]), late, company("east", &[]), company("west", &[])])
            .await;
    let series = site.json("/v1/concentration?from=2021-11&to=2022-08&step=quarter").await;
    let days = named(&series["items"], "/date");
    assert_eq!(days, ["2021-12-31", "2022-03-31", "2022-06-30", "2022-08-31"]);
    let suppliers: Vec<&Value> = series["items"].as_array().unwrap().iter().map(|row| &row["suppliers"]).collect();
    assert_eq!(suppliers, [1, 2, 2, 2]);
    let on_the_day = site.json("/v1/concentration?as_of=2022-03-31").await["items"][0].clone();
    assert_eq!(series["items"][1], on_the_day);
    for (query, parameter) in [("from=2024&to=2020", "from"), ("from=0001&step=month", "from"), ("step=week", "step")] {
        assert_eq!(site.problem(&format!("/v1/concentration?{query}"), 400).await["parameter"], parameter, "{query}");
    }
}

/// Apps spend 20–40 % on clouds, clouds half on chips.
fn spending() -> Folder {
    let builder =
        json!({"id": "app", "roles": [{"role": "builder"}], "dependencies": [{"on": "host", "layer": "cloud"}]});
    let host = json!({"id": "host", "roles": [{"role": "host"}], "dependencies": [{"on": "chips", "layer": "chip"}]});
    let mut files = small_files([builder, host, company("chips", &[])]);
    let mut roles: Value = serde_json::from_str(&files["roles.json"]).unwrap();
    roles[0]["rates"] = json!([{"layer": "cloud", "low": 0.2, "high": 0.4, "year": 2023, "sources": ["one"]},
        {"layer": "tool", "low": 0.1, "high": 0.1, "year": 2023, "sources": ["one"]}]);
    roles[1]["rates"] = json!([{"layer": "chip", "low": 0.5, "high": 0.5, "year": 2023, "sources": ["one"]}]);
    files.insert("roles.json".into(), roles.to_string());
    Folder::memory(files)
}

fn takings<'a>(answer: &'a Value, layer: &str) -> &'a Value {
    answer["layers"].as_array().unwrap().iter().find(|row| row["layer"] == layer).unwrap()
}

#[actix_web::test]
async fn revenue_is_spent_at_the_rates_of_roles_and_the_rest_stays() {
    let site = Site::of(&spending()).await;
    let answer = site.json("/v1/flows?amount=1000&from=app").await;
    let close = |value: &Value, number: f64| (value.as_f64().unwrap() - number).abs() < 1e-9;
    for (layer, low, high) in [
        ("app", [1000.0, 800.0], [1000.0, 600.0]),
        ("cloud", [200.0, 100.0], [400.0, 200.0]),
        ("chip", [100.0, 100.0], [200.0, 200.0]),
    ] {
        let row = takings(&answer, layer);
        for (case, [received, retained]) in [("low", low), ("high", high)] {
            assert!(close(&row[case]["received"], received) && close(&row[case]["retained"], retained), "{row}");
        }
    }
    // A tenth would go to tool makers, but none is on record.
    assert!(close(&takings(&answer, "app")["low"]["unplaced"], 100.0));
    assert_eq!(named(&answer["rates"], "/layer"), ["cloud", "tool", "chip"]);
    let link = &answer["links"][0];
    assert_eq!(
        (&link["from"]["id"], &link["to"]["id"], &link["layer"]),
        (&json!("app"), &json!("host"), &json!("cloud"))
    );
}

#[actix_web::test]
async fn money_enters_a_layer_an_activity_or_the_first_activity_of_a_company() {
    let site = Site::of(&spending()).await;
    for from in ["cloud", "host", "host:cloud", "Host"] {
        let answer = site.json(&format!("/v1/flows?from={from}")).await;
        assert_eq!(named(&answer["from"], "/layer"), ["cloud"], "{from}");
    }
    for (query, parameter) in [
        ("from=tool", "from"),
        ("from=nobody", "from"),
        ("amount=0", "amount"),
        ("amount=NaN", "amount"),
        ("amount=-1", "amount"),
        ("from=host:chip", "from"),
    ] {
        assert_eq!(site.problem(&format!("/v1/flows?{query}"), 400).await["parameter"], parameter, "{query}");
    }
}

/// The founding post: 10–20 % of the revenue of generative AI goes to the clouds. Apps spend 20–40 % on models, makers of
/// models half of theirs on clouds.
#[actix_web::test]
async fn the_clouds_get_the_ten_to_twenty_per_cent_of_the_founding_post() {
    let answer = Site::built_in().await.json("/v1/flows?amount=100&from=github:app&as_of=2023-02").await;
    let cloud = takings(&answer, "cloud");
    for (case, expected) in [("low", 10.0), ("high", 20.0)] {
        assert!((cloud[case]["received"].as_f64().unwrap() - expected).abs() < 1e-6, "{cloud}");
    }
    let said: Vec<String> = named(&answer["rates"], "/sources/0");
    assert!(said.iter().any(|source| source.starts_with("a16z-who-owns")), "{said:?}");
}

#[actix_web::test]
async fn equal_scores_share_a_rank() {
    let site =
        Site::of_companies([company("a", &[("x", "cloud"), ("y", "cloud")]), company("x", &[]), company("y", &[])])
            .await;
    let answer = site.json("/v1/rankings/dependents").await;
    let rows: Vec<(String, u64)> = answer["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["company"]["id"].as_str().unwrap().to_owned(), row["rank"].as_u64().unwrap()))
        .collect();
    assert_eq!(rows, [("x".into(), 1), ("y".into(), 1), ("a".into(), 3)]);
    assert_eq!(answer["measure"], "dependents");
    assert!(answer["method"].as_str().unwrap().len() > 20);
    let problem = site.problem("/v1/rankings/fame", 404).await;
    assert!(problem["takes"].as_str().unwrap().contains("pagerank"));
}

#[actix_web::test]
async fn layers_stand_side_by_side() {
    let answer = Site::built_in().await.json("/v1/rankings").await;
    let row =
        |layer: &str| answer["layers"].as_array().unwrap().iter().find(|row| row["layer"] == layer).unwrap().clone();
    let rank = |layer: &str| {
        row(layer)["scores"].as_array().unwrap().iter().find(|it| it["measure"] == "pagerank").unwrap()["mean"]
            .as_f64()
            .unwrap()
    };
    assert!(rank("chip") > rank("cloud") && rank("cloud") > rank("app"), "who wins without lifting a finger");
    let retained: f64 =
        answer["layers"].as_array().unwrap().iter().map(|row| row["retained"]["high"].as_f64().unwrap()).sum();
    assert!((retained - 1.0).abs() < 1e-9);
}

async fn post(site: &Site, kind: &str, body: &str) -> Answer {
    site.ask(TestRequest::post().uri("/v1/exposure").insert_header(("Content-Type", kind)).set_payload(body.to_owned()))
        .await
}

#[actix_web::test]
async fn vendors_in_any_spelling_share_suppliers_at_any_depth() {
    let mut firms = stack();
    firms[1]["name"] = json!({"en": "East Cloud Hosting"});
    firms[3]["country"] = json!("TW");
    let site = Site::of_companies(firms).await;
    let list = json!({"vendors": [{"name": "East Cloud Hosting, Inc.", "weight": 3}, {"name": "WEST"}, {"name": "Wets"}, {"name": "Nobody"}]});
    let answer = post(&site, "application/json", &list.to_string()).await;
    assert_eq!((answer.status, answer.header("cache-control")), (200, Some("no-store")));
    let answer = answer.json();
    assert_eq!(named(&answer["vendors"], "/company/id"), ["east", "west"]);
    assert_eq!(named(&answer["unresolved"], "/name"), ["Wets", "Nobody"]);
    assert_eq!(answer["unresolved"][0]["suggestions"][0]["id"], "west");
    let shared = answer["shared"].as_array().unwrap();
    assert_eq!(named(&answer["shared"], "/company/id"), ["chips", "tools"]);
    assert_eq!((&shared[0]["vendors"], &shared[0]["weight"]), (&json!(2), &json!(4.0)));
    assert_eq!(shared[1]["fails"], json!({"vendors": 2, "weight": 4.0}), "the tool maker stops both");
    assert_eq!(
        (named(&answer["single_points"], "/company/id"), &answer["single_points"][0]["all"]),
        (vec!["chips".into(), "tools".into()], &json!(true))
    );
    assert_eq!(answer["countries"][1], json!({"country": "TW", "companies": 1, "vendors": 2, "weight": 4.0}));
    assert_eq!(answer["concentration"][0]["cr1"], 1.0);
}

#[actix_web::test]
async fn a_table_of_vendors_is_read_as_spreadsheets_write_it() {
    let site = Site::of_companies(stack()).await;
    for table in ["name,weight\neast,3\n\"west\",\n", "\u{feff}east,3\r\nwest\r\n", "Weight;Name\n3,0;east\n;west\n"] {
        let answer = post(&site, "text/csv; charset=utf-8", table).await;
        assert_eq!(answer.status, 200, "{table}: {}", answer.text());
        let answer = answer.json();
        assert_eq!(named(&answer["vendors"], "/company/id"), ["east", "west"], "{table}");
        assert_eq!(answer["recognised"], json!({"vendors": 2, "weight": 4.0}), "{table}");
    }
}

#[actix_web::test]
async fn a_list_that_cannot_be_read_gets_a_clear_answer() {
    let site = Site::of_companies(stack()).await;
    let many = json!({"vendors": vec![json!({"name": "east"}); 10_001]}).to_string();
    let large = format!("{{\"vendors\": [{{\"name\": \"{}\"}}]}}", "x".repeat(5 << 20));
    for (kind, body, status, problem) in [
        ("application/json", "{\"vendors\": [{\"name\": 1}]}", 400, "invalid-body"),
        ("application/json", "{\"vendors\": []}", 400, "invalid-body"),
        ("application/json", "{\"vendors\": [{\"name\": \" \"}]}", 400, "invalid-body"),
        ("application/json", "{\"vendors\": [{\"name\": \"east\", \"weight\": -1}]}", 400, "invalid-body"),
        ("application/json", "{\"vendors\": [{\"name\": \"east\", \"wieght\": 1}]}", 400, "invalid-body"),
        ("application/json", &many, 400, "invalid-body"),
        ("application/json", "", 400, "invalid-body"),
        ("text/csv", "name,weight\neast,many\n", 400, "invalid-body"),
        ("text/csv", "name\n", 400, "invalid-body"),
        ("text/plain", "east", 415, "unsupported-media-type"),
        ("application/json", &large, 413, "body-too-large"),
    ] {
        let answer = post(&site, kind, body).await;
        assert_eq!(answer.status, status, "{}", answer.text());
        assert_eq!(answer.json()["type"], format!("/problems/{problem}"));
        assert!(answer.json()["takes"].is_string());
    }
    let wrong = post(&site, "application/json", "{\"vendors\":\n [{\"name\": 1}]}").await.json();
    assert!(wrong["detail"].as_str().unwrap().contains("line 2 column"), "{wrong}");
    let refused = site.ask(TestRequest::get().uri("/v1/exposure")).await;
    assert_eq!((refused.status, refused.header("allow")), (405, Some("POST, OPTIONS")));
    let asked = TestRequest::post()
        .uri("/v1/exposure")
        .insert_header(("Accept", "text/html"))
        .set_json(json!({"vendors": [{"name": "east"}]}));
    assert_eq!(site.ask(asked).await.status, 406);
}

#[actix_web::test]
async fn the_stops_of_the_built_in_data_are_those_an_analyst_expects() {
    let site = Site::built_in().await;
    let stopped_by = async |down: &str| {
        let answer = site.json(&format!("/v1/impact?down={down}")).await;
        failed(&answer).into_iter().map(|row| row.split('@').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let asml = stopped_by("asml").await;
    for activity in ["tsmc:fabrication", "samsung:fabrication", "sk-hynix:memory", "nvidia:chip"] {
        assert!(asml.iter().any(|failed| failed == activity), "{activity} stands without ASML: {asml:?}");
    }
    let tsmc = stopped_by("tsmc").await;
    assert!(tsmc.iter().any(|failed| failed == "nvidia:chip"), "{tsmc:?}");
    assert!(!tsmc.iter().any(|failed| failed.starts_with("asml")), "a customer stops no supplier");
}
