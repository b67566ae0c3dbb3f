//! A folder that is edited while it is served.

use std::fs;

use serde_json::json;

use crate::client::{Client, wait_until};
use crate::folder::{Scratch, company, file, put, write};
use crate::server::Server;

/// A folder of three companies, and a server that watches it.
fn watched() -> (Scratch, Server, Client) {
    let scratch = Scratch::new();
    write(&scratch.path(""), "A", 3);
    let server = Server::start(&["--graph", scratch.path("").to_str().unwrap(), "--watch", "--workers", "2"]);
    let client = Client::new(&server);
    (scratch, server, client)
}

#[test]
fn an_edit_is_served_and_the_revision_and_the_tag_change() {
    let (scratch, server, mut client) = watched();
    let (before, overview) = (client.get("/v1/companies/c000"), client.json("/v1"));
    assert_eq!(client.json("/health/ready").get("reload"), None, "nothing was loaded anew");

    put(&scratch.path(""), &file(0), &json!({"id": "c000", "name": {"en": "Renamed"}}));
    wait_until("the edit is served", || client.json("/v1/companies/c000")["name"] == "Renamed");
    let (after, ready) = (client.get("/v1/companies/c000"), client.json("/health/ready"));
    assert!(after.header("etag") != before.header("etag"));
    assert!(ready["revision"] != overview["revision"] && ready["revision"] == client.json("/v1")["revision"]);
    assert_eq!((&ready["status"], &ready["reload"]["outcome"]), (&json!("ok"), &json!("replaced")));
    assert_eq!(client.metric("linchpin_reloads_total{outcome=\"replaced\"}"), Some(1.0));
    assert_eq!(client.metric("linchpin_dependencies"), Some(1.0));
    let said = server.said();
    assert!(said.contains("event=reload cause=change outcome=replaced"), "{said}");
    assert!(said.contains(ready["revision"].as_str().unwrap()), "{said}");
}

#[test]
fn a_broken_edit_keeps_what_is_served_and_says_where_until_it_is_mended() {
    let (scratch, server, mut client) = watched();
    let before = client.json("/v1");
    let mut broken = company("B", 1, 3);
    broken["dependencies"][0]["on"] = json!("c0022");
    put(&scratch.path(""), &file(1), &broken);
    wait_until("it is known that the edit is broken", || client.json("/health/ready")["reload"]["outcome"] == "failed");

    let ready = client.json("/health/ready");
    assert_eq!((&ready["status"], &ready["revision"]), (&json!("ok"), &before["revision"]));
    let fault = &ready["reload"]["faults"][0];
    assert_eq!((&fault["file"], &fault["rule"]), (&json!("companies/c001.json"), &json!("unknown-company")));
    let text = fs::read_to_string(scratch.path(&file(1))).unwrap();
    let line = 1 + text.lines().position(|line| line.contains("c0022")).unwrap();
    assert_eq!(fault["line"], line);
    assert!(ready["reload"]["at"].as_str().unwrap().ends_with('Z') && ready["reload"]["errors"] == 1);
    assert_eq!(client.json("/v1"), before, "what was served is served on");

    let metrics = client.get("/metrics").body;
    let place = format!("linchpin_last_reload_error{{file=\"companies/c001.json\",line=\"{line}\",");
    assert!(metrics.contains(&place), "{metrics}");
    assert!(metrics.contains("linchpin_last_reload_successful 0"), "{metrics}");
    let said = server.said();
    assert!(
        said.contains(&format!("--> companies/c001.json:{line}:")) && said.contains("did you mean `c002`?"),
        "{said}"
    );

    put(&scratch.path(""), &file(1), &company("B", 1, 3));
    wait_until("the mended file is served", || client.json("/v1/companies/c001")["name"] == "B 1");
    assert_eq!(client.json("/health/ready")["reload"]["faults"], json!([]));
    assert_eq!(client.metric("linchpin_last_reload_successful"), Some(1.0));
    assert!(!client.get("/metrics").body.contains("linchpin_last_reload_error"));
}

#[test]
fn going_back_to_what_is_served_ends_the_failure_without_a_change() {
    let (scratch, _server, mut client) = watched();
    let right = fs::read(scratch.path(&file(2))).unwrap();
    fs::write(scratch.path(&file(2)), "{").unwrap();
    wait_until("it is broken", || client.json("/health/ready")["reload"]["outcome"] == "failed");
    fs::write(scratch.path(&file(2)), right).unwrap();
    wait_until("it is whole", || client.json("/health/ready")["reload"]["outcome"] == "unchanged");
    assert_eq!(client.metric("linchpin_reloads_total{outcome=\"replaced\"}"), Some(0.0));
}

#[test]
fn what_is_written_anew_without_a_change_leaves_answers_remembered() {
    let (scratch, _server, mut client) = watched();
    let before = client.get("/v1/companies/c001");
    let (file, remembered) = (scratch.path(&file(1)), "linchpin_answers_total{origin=\"memory\"}");
    fs::write(&file, fs::read(&file).unwrap()).unwrap();
    wait_until("it was looked at", || client.json("/health/ready")["reload"]["outcome"] == "unchanged");
    let count = client.metric(remembered).unwrap();
    assert_eq!(client.get("/v1/companies/c001").header("etag"), before.header("etag"));
    assert_eq!(client.metric(remembered), Some(count + 1.0));
    assert_eq!(client.metric("linchpin_reloads_total{outcome=\"replaced\"}"), Some(0.0));
}

#[test]
fn a_signal_loads_the_folder_anew_although_nobody_watches() {
    let scratch = Scratch::new();
    write(&scratch.path(""), "A", 3);
    let server = Server::start(&["--graph", scratch.path("").to_str().unwrap()]);
    let mut client = Client::new(&server);
    put(&scratch.path(""), &file(3), &json!({"id": "c003", "name": {"en": "Fourth"}}));
    std::thread::sleep(std::time::Duration::from_millis(800));
    assert_eq!(client.json("/v1")["companies"], 3, "nobody asked");
    server.signal("HUP");
    wait_until("the new file is served", || client.json("/v1")["companies"] == 4);
    assert!(server.said().contains("cause=signal outcome=replaced"), "{}", server.said());
}

#[test]
fn a_signal_changes_nothing_where_the_data_are_built_in() {
    let server = Server::start(&[]);
    let mut client = Client::new(&server);
    let before = client.json("/v1");
    server.signal("HUP");
    wait_until("it says so", || server.said().contains("built-in data do not change"));
    assert_eq!(client.json("/v1"), before);
}

#[test]
fn a_chain_of_pages_goes_on_across_a_reload() {
    let scratch = Scratch::new();
    write(&scratch.path(""), "A", 30);
    let server = Server::start(&["--graph", scratch.path("").to_str().unwrap(), "--watch"]);
    let mut client = Client::new(&server);
    let mut seen: Vec<String> = Vec::new();
    let mut next = Some("/v1/companies?limit=7".to_owned());
    while let Some(address) = next {
        let page = client.json(&address);
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()));
        next = page["next"].as_str().map(str::to_owned);
        if seen.len() == 14 {
            // One company comes before the place, one after it.
            for id in ["c000-a", "c020-a"] {
                put(&scratch.path(""), &format!("companies/{id}.json"), &json!({"id": id, "name": {"en": id}}));
            }
            wait_until("they are served", || client.json("/v1")["companies"] == 32);
        }
    }
    let mut expected: Vec<_> = (0..30).map(|at| format!("c{at:03}")).collect();
    expected.insert(21, "c020-a".to_owned());
    assert_eq!(seen, expected, "nothing stands twice and nothing is left out");
}

#[test]
fn many_changes_at_once_are_loaded_together() {
    let (scratch, _server, mut client) = watched();
    for at in 3..200 {
        put(&scratch.path(""), &file(at), &company("A", at, at));
    }
    wait_until("all are served", || client.json("/v1")["companies"] == 200);
    let loads = ["replaced", "unchanged", "failed"]
        .map(|outcome| client.metric(&format!("linchpin_reloads_total{{outcome=\"{outcome}\"}}")).unwrap());
    assert!(loads.iter().sum::<f64>() < 10.0, "{loads:?}");
}
