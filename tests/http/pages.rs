//! Pages: a chain of them repeats and skips nothing, whatever happens to the data meanwhile.

use linchpin::dataset::Folder;
use serde_json::{Value, json};

use crate::site::{Files, Site, small_files};

/// A folder in which every list has rows that are hard to tell apart.
fn before() -> Files {
    let figure = |value: u32| json!({"subject": "market:m", "measure": "size", "value": value, "unit": "USD", "year": 2020, "kind": "actual", "sources": ["one"]});
    let stake = |amount: u32| json!({"in": "n", "kind": "investment", "amount_usd": amount, "sources": ["one"]});
    let plan = |text: &str| json!({"text": {"en": text}, "date": "2021", "sources": ["one"]});
    let depends = |on: &str, since: Value| json!({"on": on, "layer": "chip", "since": since, "sources": ["one"]});
    let m = json!({"id": "m", "aliases": ["Mount"],
        "roles": [{"role": "maker", "since": "2021"}, {"role": "maker", "since": "2021", "note": {"en": "Twice."}},
                  {"role": "smith", "since": "2021"}],
        "dependencies": [depends("n", json!(null)), depends("n", json!("2021")), depends("o", json!("2021")),
                         {"on": "o", "layer": "chip", "input": "gpu", "since": "2021"}],
        "self_supply": [{"layer": "chip", "since": "2021"}, {"layer": "tool", "since": "2021"}],
        "stakes": [stake(1), stake(2), stake(2), {"in": "o", "kind": "ownership", "date": "2021"}],
        "strategies": [plan("Shrink."), plan("Grow.")],
    });
    let n = json!({"id": "n", "aliases": ["Mount"], "dependencies": [depends("p", json!("2021"))]});
    let (o, p) = (json!({"id": "o", "aliases": ["Mount"]}), json!({"id": "p", "aliases": ["Mount"]}));
    let mut files = small_files([m, n, o, p]);
    files.insert("figures.json".into(), json!([figure(2), figure(1), figure(1)]).to_string());
    files
}

/// The same folder once more came to it, so that it stands before what was there.
fn after() -> Files {
    let mut files = before();
    let mut edit = |file: &str, change: &dyn Fn(&mut Value)| {
        let mut value = files.get(file).map_or(json!([]), |text| serde_json::from_str(text).unwrap());
        change(&mut value);
        files.insert(file.into(), value.to_string());
    };
    let first = |list: &mut Value, item: Value| list.as_array_mut().unwrap().insert(0, item);
    edit("roles.json", &|roles| {
        first(roles, json!({"id": "zero", "number": 0, "layer": "app", "name": {"en": "Zero"}}));
    });
    edit("layers.json", &|layers| first(layers, json!({"id": "aa", "tier": 0, "name": {"en": "AA"}})));
    edit("sources.json", &|sources| first(sources, json!({"id": "a0", "title": "A0"})));
    edit("figures.json", &|figures| {
        let other = json!({"subject": "market:a", "measure": "size", "value": 1, "unit": "USD", "year": 2020, "kind": "actual", "sources": []});
        first(figures, other);
    });
    edit("companies/m.json", &|m| {
        first(&mut m["roles"], json!({"role": "zero", "since": "2019"}));
        first(&mut m["dependencies"], json!({"on": "n", "layer": "aa", "since": "2019"}));
        first(&mut m["self_supply"], json!({"layer": "aa", "since": "2019"}));
        first(&mut m["stakes"], json!({"in": "n", "kind": "investment", "date": "2019"}));
        first(&mut m["strategies"], json!({"text": {"en": "Begin."}, "date": "2019"}));
        // Of the same pair and day as those that were there, and before them.
        first(&mut m["stakes"], json!({"in": "n", "kind": "investment", "amount_usd": 0.5, "sources": ["one", "two"]}));
        let alter = json!({"text": {"en": "Alter."}, "date": "2021", "sources": ["two"]});
        m["strategies"].as_array_mut().unwrap().push(alter);
    });
    let a = json!({"id": "a", "name": {"en": "A"}, "aliases": ["Mount"],
        "dependencies": [{"on": "n", "layer": "chip"}], "stakes": [{"in": "n", "kind": "investment", "date": "2018"}],
        "roles": [{"role": "zero"}], "strategies": [{"text": {"en": "Be."}, "date": "2018"}]});
    files.insert("companies/a.json".into(), a.to_string());
    files
}

const LISTS: [&str; 14] = [
    "/v1/layers",
    "/v1/roles",
    "/v1/companies",
    "/v1/companies?sort=-id",
    "/v1/companies?sort=name",
    "/v1/companies?sort=-founded",
    "/v1/companies/m/roles",
    "/v1/companies/p/dependents?depth=all",
    "/v1/dependencies",
    "/v1/figures",
    "/v1/stakes",
    "/v1/sources",
    "/v1/changes",
    "/v1/search?q=Mount",
];

/// What tells a row of a list from the others, whatever else changes with the data.
fn identity(row: &Value) -> Value {
    let mut row = row.clone();
    if let Some(fields) = row.as_object_mut() {
        // A role counts its companies, a company in short lists its roles, a layer its roles; the layers in which a company is found are not its place.
        fields
            .retain(|key, _| !["company_count", "roles", "summary", "layers", "dependencies"].contains(&key.as_str()));
    }
    row
}

async fn chain(sites: [&Site; 2], switch: usize, list: &str) -> Vec<Value> {
    let mut next = Some(format!("{list}{}limit=1", if list.contains('?') { '&' } else { '?' }));
    let mut rows = Vec::new();
    for page in 0.. {
        let Some(address) = next else { break };
        let answer = sites[usize::from(page >= switch)].json(&address).await;
        rows.extend(answer["items"].as_array().unwrap().iter().map(identity));
        next = answer["next"].as_str().map(str::to_owned);
        assert!(page < 100, "{list} never ends");
    }
    rows
}

#[actix_web::test]
async fn a_chain_of_pages_neither_repeats_nor_skips_a_row_across_a_reload() {
    let (old, new) = (Site::of(&Folder::memory(before())).await, Site::of(&Folder::memory(after())).await);
    for list in LISTS {
        let rows: Vec<_> = old.all(list).await.iter().map(identity).collect();
        assert!(rows.len() > 1, "{list}");
        assert_eq!(chain([&old, &old], 0, list).await, rows, "{list} without a reload");
        let all_new: Vec<_> = new.all(list).await.iter().map(identity).collect();
        let is_new = |row: &Value| {
            let count = |rows: &[Value]| rows.iter().filter(|other| *other == row).count();
            count(&all_new) > count(&rows) && count(&rows) == 0
        };
        for switch in 1..=rows.len() {
            let mut seen = chain([&old, &new], switch, list).await;
            seen.retain(|row| !is_new(row));
            assert_eq!(seen, rows, "{list} with a reload after {switch} pages");
        }
    }
}

#[actix_web::test]
async fn a_cursor_outlives_the_row_it_came_from() {
    let mut gone = before();
    gone.remove("companies/o.json");
    let m = gone["companies/m.json"].replace("\"o\"", "\"p\"");
    gone.insert("companies/m.json".into(), m);
    let (old, new) = (Site::of(&Folder::memory(before())).await, Site::of(&Folder::memory(gone)).await);
    let page = old.json("/v1/companies?limit=3").await;
    assert_eq!(page["items"][2]["id"], "o");
    let rest = new.json(page["next"].as_str().unwrap()).await;
    assert_eq!((rest["items"][0]["id"].as_str(), rest["total"].as_u64()), (Some("p"), Some(3)));
}

#[actix_web::test]
async fn next_keeps_the_question() {
    let site = Site::built_in().await;
    let first = site.json("/v1/companies/nvidia/dependents?depth=all&limit=2&country=US&lang=ko&as_of=2025").await;
    let next = first["next"].as_str().unwrap();
    assert!(next.starts_with("/v1/companies/nvidia/dependents?"), "{next}");
    for part in ["depth=all", "limit=2", "country=US", "lang=ko", "as_of=2025"] {
        assert_eq!(next.matches(part).count(), 1, "{part} in {next}");
    }
    assert_eq!(next.matches("after=").count(), 1);
    let second = site.json(next).await;
    assert_eq!(second["total"], first["total"]);
    assert_eq!(second["next"].as_str().unwrap().matches("after=").count(), 1);
}

#[actix_web::test]
async fn a_cursor_that_is_damaged_or_of_another_list_is_refused() {
    let site = Site::built_in().await;
    let cursor = |answer: &Value| answer["next"].as_str().unwrap().split("after=").nth(1).unwrap().to_owned();
    let good = cursor(&site.json("/v1/companies?limit=1").await);
    let other = cursor(&site.json("/v1/sources?limit=1").await);
    let turned = cursor(&site.json("/v1/companies?limit=1&sort=-id").await);
    let mut damaged = good.clone().into_bytes();
    let middle = damaged.len() / 2;
    damaged[middle] = if damaged[middle] == b'A' { b'B' } else { b'A' };
    let damaged = String::from_utf8(damaged).unwrap();
    let (short, long) = (&good[..good.len() - 2], format!("{good}AA"));
    for cursor in ["x", "%00", "openai", "1", &other, &turned, &damaged, short, &long] {
        let problem = site.problem(&format!("/v1/companies?after={cursor}"), 400).await;
        assert_eq!(
            (&problem["type"], &problem["parameter"]),
            (&json!("/problems/invalid-cursor"), &json!("after")),
            "{cursor}"
        );
    }
    site.json(&format!("/v1/companies?after={good}&limit=1000")).await;
    site.json(&format!("/v1/companies?after={good}&limit=3&lang=ko")).await;
}
