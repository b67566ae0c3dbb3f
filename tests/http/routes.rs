//! What each route answers: keys that stay, order, filters, and numbers that agree with the lists they count.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::site::{Site, company, texts, under};

/// Every list of the built-in data that is asked for without a question.
const LISTS: [&str; 9] = [
    "/v1/layers",
    "/v1/roles",
    "/v1/companies",
    "/v1/dependencies",
    "/v1/figures",
    "/v1/stakes",
    "/v1/sources",
    "/v1/changes",
    "/v1/search?q=ai",
];

#[actix_web::test]
async fn the_overview_counts_what_the_lists_list() {
    let site = Site::built_in().await;
    for view in ["", "as_of=2021", "status=confirmed", "status=reported", "source=caucasus-2023-02-08&as_of=2023-02"] {
        let overview = site.json(&format!("/v1?{view}")).await;
        for list in ["companies", "dependencies", "layers", "roles", "sources"] {
            let total = site.json(&format!("/v1/{list}?limit=1&{view}")).await["total"].clone();
            assert_eq!(overview[list], total, "{list} {view}");
        }
    }
    let overview = site.json("/v1").await;
    assert_eq!((&overview["license"], &overview["as_of"]), (&json!("CC0-1.0"), &json!("2026-11-27")));
    assert_eq!(overview["languages"], json!(["en", "ko"]));
    assert!(overview["revision"].as_str().unwrap().len() >= 16);
    for link in overview["links"].as_array().unwrap() {
        let href = link["href"].as_str().unwrap();
        let status = match href {
            "/v1/search" | "/v1/paths" | "/v1/impact" => 400, // something has to be asked for
            "/v1/exposure" => 405,                            // it takes a list
            _ => 200,
        };
        assert_eq!(site.get(href).await.status, status, "{href}");
    }
}

#[actix_web::test]
async fn a_total_is_the_length_of_all_pages_and_nothing_stands_twice() {
    let site = Site::built_in().await;
    for list in LISTS {
        let joint = if list.contains('?') { '&' } else { '?' };
        let (many, few) = (format!("{list}{joint}limit=1000"), format!("{list}{joint}limit=97"));
        let items = site.all(&many).await;
        assert!(!items.is_empty(), "{list}");
        assert_eq!(items, site.all(&few).await, "{list}");
        let distinct: BTreeSet<_> = items.iter().map(Value::to_string).collect();
        assert_eq!(distinct.len(), items.len(), "{list}");
        let default = site.json(list).await;
        assert_eq!(default["items"].as_array().unwrap().len(), items.len().min(50), "{list}");
    }
}

#[actix_web::test]
async fn lists_are_in_the_order_they_state() {
    let site = Site::built_in().await;
    let keys = [
        ("/v1/companies", vec!["/id"]),
        ("/v1/layers", vec!["/tier", "/id"]),
        ("/v1/roles", vec!["/number"]),
        ("/v1/sources", vec!["/id"]),
        ("/v1/dependencies", vec!["/from/id", "/to/id"]),
        ("/v1/figures", vec!["/subject", "/measure", "/year"]),
        ("/v1/stakes", vec!["/holder/id", "/in/id"]),
        ("/v1/changes", vec!["/date"]),
        ("/v1/companies/nvidia/dependents?depth=all", vec!["/hops", "/company/id"]),
        ("/v1/companies/openai/dependencies?depth=all", vec!["/hops", "/company/id"]),
    ];
    for (list, pointers) in keys {
        let key = |item: &Value| {
            let part = |pointer: &&str| match item.pointer(pointer).unwrap() {
                Value::Number(number) => format!("{:010}", number.as_u64().unwrap()),
                other => other.as_str().unwrap().to_owned(),
            };
            pointers.iter().map(part).collect::<Vec<_>>()
        };
        let keys: Vec<_> = site.all(list).await.iter().map(key).collect();
        assert!(keys.windows(2).all(|pair| pair[0] <= pair[1]), "{list}");
        assert!(keys.len() > 1, "{list}");
    }
}

#[actix_web::test]
async fn companies_are_sorted_as_asked_and_those_unknown_come_last() {
    let site = Site::of_companies([
        json!({"id": "a", "name": {"en": "Zeta", "ko": "가"}, "founded": "2001"}),
        json!({"id": "b", "name": {"en": "eta", "ko": "다"}}),
        json!({"id": "c", "name": {"en": "Eta", "ko": "나"}, "founded": "1999-05"}),
        json!({"id": "d", "name": {"en": "Élan", "ko": "라"}, "founded": "1999-05-01"}),
    ])
    .await;
    let orders = [
        ("sort=id", "abcd"),
        ("sort=-id", "dcba"),
        ("sort=name", "dbca"),
        ("sort=-name", "acbd"),
        ("sort=name&lang=ko", "acbd"),
        ("sort=founded", "cdab"),
        ("sort=-founded", "badc"),
    ];
    for (order, expected) in orders {
        for limit in [1, 2, 50] {
            let found = site.texts(&format!("/v1/companies?limit={limit}&{order}"), "/id").await;
            assert_eq!(found.concat(), expected, "{order} {limit}");
        }
    }
}

#[actix_web::test]
async fn filters_of_companies_keep_those_that_fit() {
    let site = Site::built_in().await;
    let clouds = site.texts("/v1/companies?role=cloud&limit=1000", "/id").await;
    for item in site.all("/v1/companies?limit=1000").await {
        let holds = texts(&item["roles"]).contains(&"cloud");
        assert_eq!(holds, clouds.contains(&item["id"].as_str().unwrap().to_owned()), "{item}");
    }
    let both = site.all("/v1/companies?role=cloud&country=us").await;
    assert!(!both.is_empty() && both.iter().all(|it| it["country"] == "US" && texts(&it["roles"]).contains(&"cloud")));
    let layers = site.texts("/v1/companies?layer=model&limit=1000", "/id").await;
    let mut by_role = site.texts("/v1/companies?role=closed-model&limit=1000", "/id").await;
    by_role.extend(site.texts("/v1/companies?role=open-model&limit=1000", "/id").await);
    let by_role: BTreeSet<_> = by_role.into_iter().collect();
    assert_eq!(layers, by_role.into_iter().collect::<Vec<_>>());
    assert_eq!(site.texts("/v1/companies?id=openai,google,openai", "/id").await, ["google", "openai"]);
    let found: BTreeSet<_> = site.texts("/v1/search?q=open&limit=1000", "/company/id").await.into_iter().collect();
    assert_eq!(site.texts("/v1/companies?q=open&limit=1000", "/id").await, found.into_iter().collect::<Vec<_>>());
}

#[actix_web::test]
async fn counts_of_a_company_are_the_totals_of_its_lists() {
    let site = Site::built_in().await;
    for view in ["", "as_of=2022", "status=confirmed", "source=caucasus-2023-02-08"] {
        for company in ["amazon", "asml", "github", "google", "kt", "microsoft", "nvidia", "openai", "sk-hynix", "tsmc"]
        {
            let counts = site.json(&format!("/v1/companies/{company}?{view}")).await["counts"].clone();
            for list in ["dependencies", "dependents"] {
                let total = site.json(&format!("/v1/companies/{company}/{list}?limit=1&{view}")).await["total"].clone();
                assert_eq!(counts[list], total, "{company} {list} {view}");
                assert_eq!(counts[format!("{list}_href")], format!("/v1/companies/{company}/{list}"));
            }
        }
    }
}

#[actix_web::test]
async fn a_company_is_shown_with_all_of_it() {
    let site = Site::built_in().await;
    let google = site.json("/v1/companies/google").await;
    assert_eq!((&google["id"], &google["name"]), (&json!("google"), &json!("Google")));
    assert_eq!(google["names"], json!({"en": "Google", "ko": "구글"}));
    assert_eq!(site.json("/v1/companies/google?lang=ko").await["name"], "구글");
    let activities = google["activities"].as_array().unwrap();
    let layers = under(&google["activities"], "layer");
    assert!(["model", "cloud", "chip"].iter().all(|layer| layers.contains(layer)), "{layers:?}");
    assert!(activities.iter().all(|activity| activity["uses"].is_array()));
    let chip = google["needs"].as_array().unwrap().iter().find(|need| need["input"] == "ai-accelerator").unwrap();
    assert_eq!((&chip["layer"], &chip["self_supplied"]), (&json!("chip"), &json!(true)));
    assert!(under(&chip["suppliers"], "id").contains(&"nvidia"));
    for key in ["roles", "stakes", "figures", "strategies", "gaps", "sources", "aliases", "products"] {
        assert!(google[key].is_array(), "{key}");
    }
    let listed = site.all("/v1/companies/google/roles").await;
    assert_eq!(json!(listed), google["roles"]);
    for role in listed {
        for key in ["role", "layer", "since", "until", "sources"] {
            assert!(role.get(key).is_some(), "{key} in {role}");
        }
    }
    let sources: BTreeSet<_> = under(&google["sources"], "id").into_iter().collect();
    for facts in ["roles", "stakes", "figures", "strategies"] {
        for fact in google[facts].as_array().unwrap() {
            assert!(texts(&fact["sources"]).iter().all(|source| sources.contains(source)), "{fact}");
        }
    }
}

#[actix_web::test]
async fn an_edge_is_shown_as_it_is_listed() {
    let site = Site::built_in().await;
    for edge in site.json("/v1/dependencies?limit=60").await["items"].as_array().unwrap() {
        for key in [
            "id",
            "from",
            "to",
            "layer",
            "input",
            "status",
            "since",
            "known_since",
            "until",
            "critical",
            "share",
            "sources",
        ] {
            assert!(edge.get(key).is_some(), "{key}");
        }
        let mut alone = site.json(edge["href"].as_str().unwrap()).await;
        assert_eq!(alone["holds"], true);
        let fields = alone.as_object_mut().unwrap();
        fields.retain(|key, _| key != "holds" && key != "as_of");
        assert_eq!(alone, *edge);
        if let Some(since) = edge["since"].as_str() {
            assert_eq!(edge["known_since"], since);
        }
    }
}

#[actix_web::test]
async fn filters_of_edges_keep_those_that_fit() {
    let site = Site::built_in().await;
    let all = site.all("/v1/dependencies?limit=1000").await;
    let ends =
        |edge: &Value| (edge["from"]["id"] == "microsoft", edge["to"]["id"] == "openai", edge["layer"] == "model");
    let kept =
        |keep: fn((bool, bool, bool)) -> bool| all.iter().filter(|edge| keep(ends(edge))).cloned().collect::<Vec<_>>();
    assert_eq!(site.all("/v1/dependencies?from=microsoft&limit=3").await, kept(|(from, ..)| from));
    assert_eq!(site.all("/v1/dependencies?to=openai&limit=3").await, kept(|(_, to, _)| to));
    assert_eq!(site.all("/v1/dependencies?layer=model&limit=7").await, kept(|(.., layer)| layer));
    let narrow = kept(|(from, to, layer)| from && to && layer);
    assert_eq!(site.all("/v1/dependencies?from=microsoft&to=openai&layer=model").await, narrow);
    assert!(!narrow.is_empty());
}

#[actix_web::test]
async fn every_address_in_an_answer_leads_to_what_it_names() {
    let site = Site::built_in().await;
    let mut known = BTreeSet::new();
    let mut pages: Vec<String> = LISTS.map(|list| list.to_owned()).to_vec();
    pages.extend(
        [
            "/v1/companies/google",
            "/v1/roles/cloud",
            "/v1/layers/chip",
            "/v1/sources/caucasus-2023-02-08",
            "/v1/paths?from=github&to=asml",
        ]
        .map(str::to_owned),
    );
    for page in pages {
        collect(&site.json(&page).await, &mut known);
    }
    assert!(known.len() > 150, "{}", known.len());
    for (href, id) in known {
        let answer = site.json(&href).await;
        if let Some(id) = id {
            assert_eq!(answer["id"], id, "{href}");
        }
    }
}

fn collect(value: &Value, known: &mut BTreeSet<(String, Option<String>)>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                if let Some(href) = value.as_str().filter(|_| key == "href" || key.ends_with("_href")) {
                    let id = fields.get("id").and_then(Value::as_str).map(str::to_owned);
                    known.insert((href.to_owned(), id.filter(|_| key == "href")));
                }
                collect(value, known);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, known)),
        _ => {}
    }
}

#[actix_web::test]
async fn a_walk_goes_as_deep_as_asked_and_its_filters_hold_for_the_answer_only() {
    // a:app → b:cloud → c:chip → d:tool, and d is also a cloud that nobody uses.
    let with = |id: &str, roles: &[&str], suppliers: &[(&str, &str)], country: &str| {
        let mut record = company(id, suppliers);
        record["roles"] = roles.iter().map(|role| json!({"role": role})).collect();
        record["country"] = json!(country);
        record
    };
    let site = Site::of_companies([
        with("a", &["builder"], &[("b", "cloud")], "US"),
        with("b", &["host"], &[("c", "chip")], "KR"),
        with("c", &["maker"], &[("d", "tool")], "US"),
        with("d", &["smith", "host"], &[], "NL"),
    ])
    .await;
    let walks = [
        ("a/dependencies", "b1"),
        ("a/dependencies?depth=2", "b1c2"),
        ("a/dependencies?depth=all", "b1c2d3"),
        ("a/dependencies?depth=99", "b1c2d3"),
        ("d/dependents?depth=all", "c1b2a3"),
        ("a/dependencies?depth=all&country=US", "c2"),
        ("a/dependencies?depth=all&role=smith", "d3"),
        ("a/dependencies?depth=all&role=host", "b1d3"),
        ("a/dependencies?depth=all&layer=tool", "d3"),
        ("a/dependencies?depth=all&layer=cloud", "b1"),
        ("a/dependencies?depth=all&via=cloud", "b1"),
        ("a/dependencies?depth=all&via=cloud,tool", "b1"),
        ("a/dependencies?depth=all&via=chip", ""),
        ("c/dependents?depth=all&via=chip", "b1"),
        ("a/dependents?depth=all", ""),
    ];
    for (walk, expected) in walks {
        let found = site.all(&format!("/v1/companies/{walk}")).await;
        let told: String =
            found.iter().map(|it| format!("{}{}", it["company"]["id"].as_str().unwrap(), it["hops"])).collect();
        assert_eq!(told, expected, "{walk}");
        for item in found {
            assert!(!item["dependencies"].as_array().unwrap().is_empty() && item["layers"].is_array(), "{item}");
        }
    }
}

#[actix_web::test]
async fn a_walk_enters_an_activity_and_not_the_whole_company() {
    // The office suite of b rests on c; its cloud, on which a rests, does not.
    let mut b = company("b", &[("c", "cloud")]);
    b["roles"] = json!([{"role": "builder"}, {"role": "host"}]);
    let mut a = company("a", &[("b", "cloud")]);
    a["roles"] = json!([{"role": "builder"}]);
    let site = Site::of_companies([a, b, company("c", &[])]).await;
    assert_eq!(site.texts("/v1/companies/a/dependencies?depth=all", "/company/id").await, ["b"]);
    assert_eq!(site.texts("/v1/companies/c/dependents?depth=all", "/company/id").await, ["b"]);
    let answer = site.json("/v1/paths?from=a&to=c").await;
    assert_eq!((&answer["paths"], &answer["truncated"]), (&json!([]), &json!(false)));
}

#[actix_web::test]
async fn a_path_is_no_longer_than_eight_hops_unless_more_are_asked_for() {
    let chain = (0..20).map(|at| {
        let next = format!("c{:02}", at + 1);
        company(&format!("c{at:02}"), if at < 19 { &[] } else { &[] as &[(&str, &str)] })
            .as_object_mut()
            .map(|fields| {
                if at < 19 {
                    fields.insert("dependencies".into(), json!([{"on": next, "layer": "tool"}]));
                }
                Value::Object(fields.clone())
            })
            .unwrap()
    });
    let site = Site::of_companies(chain).await;
    let hops = |query: String| {
        let site = &site;
        async move {
            let answer = site.json(&format!("/v1/paths?from=c00&{query}")).await;
            answer["paths"].as_array().unwrap().iter().map(|path| path["hops"].as_u64().unwrap()).collect::<Vec<_>>()
        }
    };
    assert_eq!(hops("to=c08".into()).await, [8]);
    assert_eq!(hops("to=c09&max_hops=8".into()).await, [0; 0]);
    assert_eq!(hops("to=c09".into()).await, [9], "the nearest way is told however long it is");
    assert_eq!(hops("to=c17".into()).await, [17]);
    assert_eq!(hops("to=c09&max_hops=9".into()).await, [9]);
    assert_eq!(hops("to=c16&max_hops=16".into()).await, [16]);
    assert_eq!(hops("to=c17&max_hops=16".into()).await, [0; 0]);
    assert_eq!(hops("to=c00".into()).await, [0; 0]);
}

#[actix_web::test]
async fn a_day_shows_what_held_on_it() {
    let fact = |on: &str, since: Value, until: Value, sources: Value| json!({"on": on, "layer": "tool", "since": since, "until": until, "sources": sources});
    let a = json!({"id": "a", "dependencies": [
        fact("b", json!("2020-03"), json!("2022"), json!([])),
        fact("c", json!(null), json!(null), json!(["one"])),
        fact("d", json!(null), json!("2021-06-02"), json!(["two"])),
        fact("e", json!("2019"), json!(null), json!([])),
        fact("f", json!("2030"), json!(null), json!(["one"])),
    ]});
    let e = json!({"id": "e", "founded": "2021-02"});
    let site =
        Site::of_companies([a, company("b", &[]), company("c", &[]), company("d", &[]), e, company("f", &[])]).await;
    // `one` was published in 2020, `two` bears no date; e was founded in 2021-02.
    let days = [
        ("2019", "d"),
        ("2019-12-31", "d"),
        ("2020-01-01", "cd"),
        ("2020-02-29", "cd"),
        ("2020-03", "bcd"),
        ("2021-01", "bcd"),
        ("2021-02-01", "bcde"),
        ("2021-06-01", "bcde"),
        ("2021-06-02", "bce"),
        ("2021-12-31", "bce"),
        ("2021", "bce"),
        ("2022-01-01", "ce"),
        ("2023-06-30", "ce"),
        ("2030", "cef"),
    ];
    for (day, expected) in days {
        let address = format!("/v1/companies/a/dependencies?as_of={day}");
        assert_eq!(site.texts(&address, "/company/id").await.concat(), expected, "{day}");
        assert_eq!(site.texts(&format!("/v1/dependencies?as_of={day}"), "/to/id").await.concat(), expected, "{day}");
    }
    assert_eq!(site.json("/v1").await["as_of"], "2023-06-30");
    assert_eq!(site.json("/v1?as_of=2024-02").await["as_of"], "2024-02-29");
    let known = site.each("/v1/dependencies?as_of=2021-03", "/known_since").await;
    assert_eq!(json!(known), json!(["2020-03", "2020-01-01", null, "2019"]));
    assert_eq!(site.json("/v1/companies/e?as_of=2021-01").await["present"], false);
}

#[actix_web::test]
async fn changes_tell_what_began_and_ended_with_both_days_included() {
    let a = json!({"id": "a",
        "roles": [{"role": "host", "since": "2020-05-01", "until": "2020-06-01", "sources": ["one"]}],
        "dependencies": [{"on": "b", "layer": "tool", "since": "2020-04", "until": "2020-07"}],
        "self_supply": [{"layer": "chip", "sources": ["one"]}],
        "stakes": [{"in": "b", "kind": "investment", "date": "2020-05-31"}],
        "strategies": [{"text": {"en": "Grow."}, "sources": ["two"]}],
    });
    let site = Site::of_companies([a, company("b", &[])]).await;
    let told = |query: &str| {
        let (site, address) = (&site, format!("/v1/changes?{query}"));
        async move {
            let items = site.all(&address).await;
            let line = |it: &Value| format!("{} {} {}", it["date"], it["change"], it["kind"]).replace('"', "");
            items.iter().map(line).collect::<Vec<_>>()
        }
    };
    let all = [
        "2020-01-01 began self-supply",
        "2020-04-01 began dependency",
        "2020-05-01 began role",
        "2020-05-31 began stake",
        "2020-06-01 ended role",
        "2020-07-01 ended dependency",
    ];
    assert_eq!(told("").await, all);
    assert_eq!(told("since=2020-05&until=2020-05").await, all[2..4]);
    assert_eq!(told("since=2020-05-31&until=2020-06-01").await, all[3..5]);
    assert_eq!(told("since=2020-05-02&until=2020-05-30").await, [""; 0]);
    assert_eq!(told("since=2020-06-02").await, all[5..]);
    assert_eq!(told("until=2020-04-01").await, all[..2]);
    assert_eq!(
        told("source=one").await,
        ["2020-01-01 began self-supply", "2020-05-01 began role", "2020-06-01 ended role"]
    );
    let stated: Vec<_> = site.each("/v1/changes", "/stated").await;
    assert_eq!(json!(stated), json!([false, true, true, true, true, true]));
}

#[actix_web::test]
async fn a_gap_is_a_layer_that_is_used_and_that_nobody_supplies() {
    let record = |dependencies: Value, made: Value| json!({"id": "a", "roles": [{"role": "builder"}, {"role": "host"}], "dependencies": dependencies, "self_supply": made});
    let cases = [
        (json!([]), json!([]), json!(["cloud", "chip"])),
        (json!([{"on": "b", "layer": "cloud", "critical": false}]), json!([]), json!(["chip"])),
        (json!([{"on": "b", "layer": "cloud"}]), json!([{"layer": "chip", "input": "gpu"}]), json!(["tool"])),
        (json!([{"on": "b", "layer": "cloud", "until": "2021"}]), json!([]), json!(["cloud", "chip"])),
    ];
    for (dependencies, made, gaps) in cases {
        let site = Site::of_companies([record(dependencies, made), company("b", &[])]).await;
        assert_eq!(site.json("/v1/companies/a").await["gaps"], gaps);
    }
}
