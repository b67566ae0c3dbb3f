//! Changes as a feed: what feed readers follow.

use std::collections::BTreeSet;

use quick_xml::events::Event;
use serde_json::{Value, json};

use crate::site::{Site, company};

/// The texts of elements of this name, in order, whatever they stand in.
fn texts(xml: &str, name: &str) -> Vec<String> {
    let (mut found, mut inside) = (Vec::new(), false);
    let mut reader = quick_xml::Reader::from_str(xml);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return found,
            Event::Start(tag) if tag.name().0 == name => {
                inside = true;
                found.push(String::new());
            }
            Event::End(tag) if tag.name().0 == name => inside = false,
            Event::Text(text) if inside => found.last_mut().unwrap().push_str(&text.into_inner()),
            _ => {}
        }
    }
}

#[actix_web::test]
async fn the_feed_has_the_newest_changes_first_and_each_keeps_its_id_in_every_language() {
    let site = Site::built_in().await;
    let feed = site.get("/v1/changes.atom").await;
    assert_eq!(feed.header("content-type"), Some("application/atom+xml"));
    let updated = texts(feed.text(), "updated");
    assert_eq!(updated.len(), 101, "the feed's own, and those of a hundred entries");
    assert!(updated[1..].is_sorted_by(|earlier, later| earlier >= later) && updated[0] == updated[1]);
    let changes = site.all("/v1/changes?limit=1000").await;
    let day = |change: &Value| format!("{}T00:00:00Z", change["date"].as_str().unwrap());
    assert_eq!(updated[1], day(changes.last().unwrap()), "the list goes the other way");
    let link = "<link rel=\"alternate\" type=\"text/html\" href=\"http://127.0.0.1:8080/";
    assert_eq!(feed.text().matches(link).count(), 100, "readers follow the pages");
    let ids = texts(feed.text(), "id");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    assert!(ids.iter().all(|id| id.starts_with("urn:uuid:")));
    let korean = site.get("/v1/changes.atom?lang=ko").await;
    assert_eq!(texts(korean.text(), "id")[1..], ids[1..]);
    assert_ne!(texts(korean.text(), "title")[1..], texts(feed.text(), "title")[1..]);
}

#[actix_web::test]
async fn a_feed_tells_what_changed_on_the_days_asked_about_and_survives_hostile_names() {
    let mut acme = company("acme", &[("nimbus", "cloud")]);
    acme["name"] = json!({"en": "<b>&\u{1}]]> \u{202e}Acme"});
    acme["dependencies"][0]["since"] = json!("2020-05");
    acme["dependencies"][0]["until"] = json!("2022");
    let site = Site::of_companies([acme, company("nimbus", &[])]).await;
    let titles = |feed: &crate::site::Answer| texts(feed.text(), "title").len() - 1;
    assert_eq!(titles(&site.get("/v1/changes.atom").await), 2, "it began and it ended");
    assert_eq!(titles(&site.get("/v1/changes.atom?since=2021").await), 1);
    assert_eq!(site.problem("/v1/changes.atom?since=soon", 400).await["parameter"], "since");
}
