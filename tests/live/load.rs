//! Reloads while several clients ask all the time: none fails, none sees two graphs in one answer, memory stays flat.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use serde_json::Value;

use crate::client::{Client, wait_until};
use crate::folder::{Scratch, relink, write};
use crate::server::Server;

/// The two folders between which is switched: how they are called, and how many companies they have.
const FOLDERS: [(&str, usize); 2] = [("one", 7), ("two", 11)];

#[test]
fn fifty_reloads_under_load_lose_no_request_and_mix_no_answer() {
    reload_under_load(50);
}

#[test]
#[ignore = "takes a minute; run by .ci/run"]
fn a_thousand_reloads_under_load_lose_no_request_mix_no_answer_and_leave_memory_flat() {
    let (early, late) = reload_under_load(1000);
    println!("resident: {early} KiB after a tenth, {late} KiB at the end");
    assert!(late < early + early / 4 + (16 << 10), "{early} KiB grew to {late} KiB");
}

/// Resident memory after a tenth of the reloads and at the end, in KiB.
fn reload_under_load(times: usize) -> (u64, u64) {
    let scratch = Scratch::new();
    FOLDERS.iter().for_each(|(title, companies)| write(&scratch.path(title), title, *companies));
    symlink("one", scratch.path("current")).unwrap();
    let server = Server::start(&["--graph", scratch.path("current").to_str().unwrap(), "--workers", "2"]);
    let (done, address) = (AtomicBool::new(false), server.address.as_str());
    let (mut early, mut late) = (0, 0);
    thread::scope(|scope| {
        let asking: Vec<_> = (0..3)
            .map(|at| {
                scope.spawn({
                    let done = &done;
                    move || ask_all_the_time(address, at, done)
                })
            })
            .collect();
        // Whatever happens here, those who ask are told to stop.
        let _told = Told(&done);
        let mut client = Client::connect(address);
        for time in 1..=times {
            let (title, _) = FOLDERS[time % 2];
            relink(&scratch.path("current"), title);
            server.signal("HUP");
            wait_until("the other folder is served", || client.json("/v1")["title"] == title);
            if time == times / 10 {
                early = resident(&server);
            }
        }
        late = resident(&server);
        assert_eq!(client.metric("linchpin_reloads_total{outcome=\"replaced\"}"), Some(times as f64));
        done.store(true, Ordering::Relaxed);
        let answers: usize = asking.into_iter().map(|asking| asking.join().unwrap()).sum();
        assert!(answers > 3 * times, "{answers} answers while {times} reloads");
    });
    (early, late)
}

struct Told<'a>(&'a AtomicBool);

impl Drop for Told<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Asks over one connection, and holds every answer to be of one folder. How many there were.
fn ask_all_the_time(address: &str, first: usize, done: &AtomicBool) -> usize {
    let questions = [
        "/v1",
        "/v1/companies?limit=1000",
        "/v1/companies/c000/dependencies?depth=all&limit=1000",
        "/v1/dependencies?limit=1000",
        "/v1/events",
        "/v1/rankings/reach?limit=1000",
    ];
    let mut client = Client::connect(address);
    let mut answers = 0;
    for question in questions.iter().cycle().skip(first) {
        if done.load(Ordering::Relaxed) {
            break;
        }
        let answer = client.json(question);
        hold(question, &answer);
        answers += 1;
    }
    answers
}

/// An answer is of one folder: what it counts, what it lists and what the things listed are called agree.
fn hold(question: &str, answer: &Value) {
    let mut titles = BTreeSet::new();
    names(answer, &mut titles);
    assert!(titles.len() <= 1, "{question} mixes {titles:?}: {answer}");
    let rest = usize::from(question.contains("dependencies"));
    let counts: Vec<_> = ["companies", "total"].iter().filter_map(|key| answer[*key].as_u64()).collect();
    assert_eq!(counts.len(), 1, "{question}: {answer}");
    let fits = |(title, companies): &(&str, usize)| {
        let counted = counts[0] as usize
            == if question == "/v1" || question == "/v1/events" { *companies } else { companies - rest };
        counted && titles.iter().all(|named| named == title)
    };
    assert!(FOLDERS.iter().any(fits), "{question}: {titles:?} and {counts:?} in {answer}");
    if let Some(items) = answer["items"].as_array() {
        assert_eq!(items.len() as u64, counts[0], "{question}");
    }
}

/// By which folder the things in an answer are called.
fn names(answer: &Value, titles: &mut BTreeSet<String>) {
    match answer {
        Value::Array(items) => items.iter().for_each(|item| names(item, titles)),
        Value::Object(fields) => {
            for (key, value) in fields {
                match value.as_str() {
                    Some(text) if key == "name" || key == "title" => {
                        titles.extend(text.split(' ').next().map(str::to_owned));
                    }
                    _ => names(value, titles),
                }
            }
        }
        _ => {}
    }
}

/// How much memory a server holds, in KiB.
fn resident(server: &Server) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", server.process.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}
