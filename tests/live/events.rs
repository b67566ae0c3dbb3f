//! Those who follow hear of every revision, over a real socket.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::client::{Client, wait_until};
use crate::folder::{Scratch, company, file, put, write};
use crate::server::Server;

const STREAM: &str = "Accept: text/event-stream\r\n";

fn served() -> (Scratch, Server) {
    let scratch = Scratch::new();
    write(&scratch.path(""), "A", 3);
    let server = Server::start(&["--graph", scratch.path("").to_str().unwrap(), "--workers", "1"]);
    (scratch, server)
}

/// The data of the event that ends a text.
fn data(text: &str) -> Value {
    let line = text.lines().rev().find_map(|line| line.strip_prefix("data: "));
    serde_json::from_str(line.unwrap_or_else(|| panic!("no data in {text:?}"))).unwrap()
}

#[test]
fn an_event_comes_at_once_and_at_every_change_and_with_it_the_revision_that_is_served() {
    let (scratch, server) = served();
    let (mut asking, mut following) = (Client::new(&server), Client::new(&server));
    following.send("/v1/events", STREAM);
    let head = following.head();
    assert!(head.starts_with("http/1.1 200"), "{head}");
    for line in ["content-type: text/event-stream", "cache-control: no-store", "access-control-allow-origin: *"] {
        assert!(head.contains(line), "{head}");
    }
    for companies in 3..6 {
        let heard = following.until("data: ").unwrap();
        let (event, overview) = (data(&heard), asking.json("/v1"));
        for field in ["revision", "as_of", "companies", "dependencies"] {
            assert_eq!(event[field], overview[field], "{field}");
        }
        assert_eq!(event["companies"], companies);
        assert!(heard.contains(&format!("id: {}\nevent: revision\n", event["revision"].as_str().unwrap())), "{heard}");
        assert_eq!(heard.contains("retry: "), companies == 3, "{heard}");
        put(&scratch.path(""), &file(companies), &company("A", companies, companies));
        server.signal("HUP");
    }
    assert_eq!(asking.metric("linchpin_event_streams"), Some(1.0));
    drop(following);
    // A connection that is gone is noticed when something is to be sent.
    wait_until("the stream is closed", || {
        put(&scratch.path(""), &file(1), &company(&format!("{:?}", Instant::now()), 1, 3));
        server.signal("HUP");
        asking.metric("linchpin_event_streams") == Some(0.0)
    });
}

#[test]
fn who_comes_back_with_the_current_revision_hears_of_the_next_one_only() {
    let (scratch, server) = served();
    let mut client = Client::new(&server);
    let revision = client.json("/v1/events")["revision"].as_str().unwrap().to_owned();
    let mut following = Client::new(&server);
    following.send("/v1/events", &format!("{STREAM}Last-Event-ID: {revision}\r\n"));
    following.head();
    following.until("retry: ").unwrap();
    put(&scratch.path(""), &file(0), &company("B", 0, 3));
    server.signal("HUP");
    let heard = following.until("data: ").unwrap();
    assert!(!heard.contains(&revision), "{heard}");
    let mut late = Client::new(&server);
    late.send("/v1/events", &format!("{STREAM}Last-Event-ID: {revision}\r\n"));
    assert_eq!(data(&late.until("data: ").unwrap()), data(&heard), "who missed it hears of it");
}

#[test]
fn who_does_not_ask_for_a_stream_gets_the_revision_as_json() {
    let (_scratch, server) = served();
    let mut client = Client::new(&server);
    let answer = client.json("/v1/events?as_of=2020");
    assert_eq!((&answer["as_of"], &answer["companies"]), (&"2020-12-31".into(), &3.into()));
    let mut following = Client::new(&server);
    following.send("/v1/events?as_of=2020&format=event-stream", "");
    assert_eq!(data(&following.until("data: ").unwrap()), answer, "a stream takes the same parameters");
}

#[test]
fn streams_do_not_keep_the_server_from_stopping() {
    let (_scratch, mut server) = served();
    let mut streams: Vec<_> = (0..20).map(|_| Client::new(&server)).collect();
    for stream in &mut streams {
        stream.send("/v1/events", STREAM);
        stream.until("data: ").unwrap();
    }
    let begun = Instant::now();
    server.signal("TERM");
    for stream in &mut streams {
        assert_eq!(stream.until("never said"), None, "the stream ends");
    }
    assert_eq!(server.process.wait().unwrap().code(), Some(0));
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[test]
#[ignore = "takes 15 s; run by .ci/run"]
fn a_silent_stream_shows_that_it_is_alive() {
    let (_scratch, server) = served();
    let mut following = Client::new(&server);
    following.send("/v1/events", STREAM);
    following.until("data: ").unwrap();
    let begun = Instant::now();
    following.until(": ").unwrap();
    assert!(begun.elapsed() > Duration::from_secs(10) && begun.elapsed() < Duration::from_secs(20));
}
