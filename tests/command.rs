//! The program as it is started: what it prints, where it listens, how it stops, what it answers.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

use linchpin::http::{api, named_first};
use serde_json::{Value, json};

/// The program, with nothing of the environment that could change what it does.
fn linchpin(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linchpin"));
    for variable in ["GRAPH", "HOST", "PORT", "WORKERS", "WATCH", "ANSWER_MEMORY"] {
        command.env_remove(format!("LINCHPIN_{variable}"));
    }
    command.env("NO_COLOR", "1").args(arguments).stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    linchpin(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// A server, which does not outlive its test.
struct Server {
    process: Child,
    address: String,
    said: Vec<String>,
}

impl Server {
    fn start(command: &mut Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let mut said = Vec::new();
        let address = loop {
            let line = lines.next().expect("it ends without listening").unwrap();
            said.push(line.clone());
            if let Some((_, address)) = line.split_once("http://") {
                break address.trim().to_owned();
            }
        };
        Self { process, address, said }
    }

    /// Head, in lower case, and body of an answer.
    fn exchange(&self, method: &str, target: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "{method} {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.to_lowercase(), body.to_owned())
    }

    /// Status line, in lower case, and body of an answer.
    fn get(&self, target: &str) -> (String, String) {
        let (head, body) = self.exchange("GET", target);
        (head.lines().next().unwrap().to_owned(), body)
    }

    fn signal(&self, name: &str) {
        let done = Command::new("kill").args(["-s", name, &self.process.id().to_string()]).status().unwrap();
        assert!(done.success());
    }

    /// How the process ends, if it does so soon.
    fn ends(&mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status;
            }
            assert!(begun.elapsed() < Duration::from_secs(15), "it does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

/// A folder on disk with these companies, each with what it gets tools from.
fn folder(companies: &[(&str, &[&str])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, value: Value| std::fs::write(folder.path().join(name), format!("{value:#}\n")).unwrap();
    std::fs::create_dir(folder.path().join("companies")).unwrap();
    let rules = json!({"fact-without-source": "off", "supplier-without-role": "off"});
    write("dataset.json", json!({"title": {"en": "Own"}, "version": "1", "as_of": "2023", "rules": rules}));
    write("layers.json", json!([{"id": "tool", "tier": 0, "name": {"en": "Tools"}}]));
    write("roles.json", json!([]));
    for (id, suppliers) in companies {
        let dependencies: Vec<_> = suppliers.iter().map(|on| json!({"on": on, "layer": "tool"})).collect();
        write(&format!("companies/{id}.json"), json!({"id": id, "name": {"en": id}, "dependencies": dependencies}));
    }
    folder
}

#[test]
fn a_server_says_where_it_listens_answers_and_stops_in_order_when_told_to() {
    let mut server = Server::start(&mut linchpin(&["serve", "--port", "0", "--workers", "1"]));
    assert!(server.address.starts_with("127.0.0.1:") && !server.address.ends_with(":0"), "{}", server.address);
    assert!(server.said.concat().contains("2026-11-27"), "{:?}", server.said);
    let (status, body) = server.get("/v1/companies/openai");
    assert_eq!(status, "http/1.1 200 ok");
    assert_eq!(serde_json::from_str::<Value>(&body).unwrap()["id"], "openai");
    assert_eq!(server.get("/v1/companies/Open%20AI%2Fx").0, "http/1.1 404 not found");
    let length = |head: &str| {
        let line = head.lines().find_map(|line| line.strip_prefix("content-length: ").map(str::to_owned));
        line.unwrap_or_else(|| panic!("{head}")).parse::<usize>().unwrap()
    };
    let (get, head) = (server.exchange("GET", "/v1/companies/openai"), server.exchange("HEAD", "/v1/companies/openai"));
    assert_eq!((length(&get.0), length(&head.0), head.1.len()), (body.len(), body.len(), 0));
    // A connection that is kept open does not keep the server.
    let mut idle = TcpStream::connect(&server.address).unwrap();
    write!(idle, "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    idle.read_exact(&mut [0; 12]).unwrap();
    server.signal("TERM");
    assert_eq!(server.ends().code(), Some(0));
    let mut complaints = String::new();
    server.process.stderr.take().unwrap().read_to_string(&mut complaints).unwrap();
    assert!(!complaints.contains("panicked"), "{complaints}");
}

#[test]
fn an_interrupt_stops_a_server_too_and_no_command_serves() {
    let own = folder(&[("a", &[])]);
    let mut server =
        Server::start(linchpin(&["--port", "0"]).env("LINCHPIN_GRAPH", own.path()).env("LINCHPIN_WORKERS", "1"));
    assert!(server.get("/v1").1.contains("\"companies\":1,"));
    server.signal("INT");
    assert_eq!(server.ends().code(), Some(0));
}

#[test]
fn a_port_that_is_taken_is_one_clear_line() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = run(&["serve", "--port", &port]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    assert!(said.contains(&port) && said.contains("in use"), "{said}");
    assert!(output.stdout.is_empty());
}

#[test]
fn settings_come_from_arguments_before_the_environment() {
    let (one, two) = (folder(&[("one", &[])]), folder(&[("two", &[])]));
    let companies = |arguments: &[&str]| {
        let output =
            linchpin(&[&["companies"], arguments].concat()).env("LINCHPIN_GRAPH", one.path()).output().unwrap();
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        answer["items"][0]["id"].as_str().unwrap().to_owned()
    };
    assert_eq!(companies(&[]), "one");
    assert_eq!(companies(&["--graph", two.path().to_str().unwrap()]), "two");
}

#[test]
fn nothing_is_served_from_a_folder_with_an_error() {
    let broken = folder(&[("a", &["bb"]), ("b", &[])]);
    let path = broken.path().to_str().unwrap();
    for arguments in [vec!["serve", "--port", "0", "--graph", path], vec!["companies", "--graph", path]] {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let said = text(&output.stderr);
        assert!(said.contains("companies/a.json") && said.contains("did you mean `b`?"), "{said}");
        assert!(output.stdout.is_empty());
    }
    let missing = run(&["serve", "--port", "0", "--graph", "/nowhere/at/all"]);
    assert_eq!(missing.status.code(), Some(1));
}

#[test]
fn there_is_nothing_to_watch_without_a_folder() {
    let output = run(&["serve", "--port", "0", "--watch"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("--graph"), "{}", text(&output.stderr));
    let output = linchpin(&["serve", "--port", "0"]).env("LINCHPIN_WATCH", "yes").output().unwrap();
    assert_eq!(output.status.code(), Some(1), "the variable says the same");
    let mut server = Server::start(linchpin(&["serve", "--port", "0"]).env("LINCHPIN_WATCH", "false"));
    server.signal("TERM");
    assert_eq!(server.ends().code(), Some(0));
}

#[test]
fn check_fails_for_errors_and_not_for_warnings() {
    let fine = folder(&[("a", &["b"]), ("b", &[])]);
    let broken = folder(&[("a", &["bb"]), ("b", &["cc"])]);
    let marked = folder(&[("a", &[])]);
    let file = marked.path().join("companies/a.json");
    std::fs::write(&file, format!("\u{feff}{}", std::fs::read_to_string(&file).unwrap())).unwrap();
    let check = |arguments: &[&str]| run(&[&["check"], arguments].concat());
    for (folder, code, rules) in [
        (&fine, 0, vec![]),
        (&broken, 1, vec!["unknown-company", "unknown-company"]),
        (&marked, 0, vec!["byte-order-mark"]),
    ] {
        let path = folder.path().to_str().unwrap();
        let output = check(&[path]);
        assert_eq!(output.status.code(), Some(code), "{}", text(&output.stdout));
        let output = check(&[path, "--format", "json"]);
        assert_eq!(output.status.code(), Some(code));
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let found: Vec<_> =
            report["findings"].as_array().unwrap().iter().map(|it| it["rule"].as_str().unwrap()).collect();
        assert_eq!(found, rules);
    }
    assert_eq!(check(&[]).status.code(), Some(0), "the built-in data have no error");
}

#[test]
fn every_question_is_a_command_that_answers_what_the_route_answers() {
    let server = Server::start(&mut linchpin(&["serve", "--port", "0", "--workers", "1"]));
    let document = serde_json::to_value(api().document).unwrap();
    let mut asked = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        let operation = &item["get"];
        let Some((verb, first)) = operation["x-command"].as_str().map(named_first) else { continue };
        let (mut arguments, mut target, mut query) = (vec![verb.to_owned()], path.clone(), Vec::new());
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap();
            let Some(example) = parameter.get("example") else { continue };
            let value = example.as_str().map_or_else(|| example.to_string(), str::to_owned);
            let escaped = percent_encoding::utf8_percent_encode(&value, percent_encoding::NON_ALPHANUMERIC).to_string();
            if parameter["in"] == "path" {
                target = target.replace(&format!("{{{name}}}"), &escaped);
                arguments.push(value);
            } else if parameter["required"] == true || first == Some(name) {
                query.push(format!("{name}={escaped}"));
                arguments.push(value);
            } else if ["limit", "lang", "as_of", "depth"].contains(&name) {
                query.push(format!("{name}={escaped}"));
                arguments.extend([format!("--{}", name.replace('_', "-")), value]);
            }
        }
        if !query.is_empty() {
            target = format!("{target}?{}", query.join("&"));
        }
        let output = run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
        assert!(output.stderr.is_empty(), "{}", text(&output.stderr));
        let (status, body) = server.get(&target);
        assert_eq!(status, "http/1.1 200 ok", "{target}");
        let command: Value =
            serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}"));
        assert!(command == serde_json::from_str::<Value>(&body).unwrap(), "{arguments:?} is not {target}");
        asked += 1;
    }
    assert!(asked >= 26, "{asked}");
}

#[test]
fn a_name_that_is_not_the_id_is_taken_and_an_unknown_one_gets_suggestions() {
    let output = run(&["company", "OpenAI", "--lang", "ko"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&answer["id"], &answer["name"]), (&json!("openai"), &json!("오픈AI")));
    for arguments in [["dependents", "opnai"], ["company", "opnai"]] {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(1));
        let said = text(&output.stderr);
        assert!(said.contains("opnai") && said.contains("did you mean") && said.contains("`openai`"), "{said}");
        assert_eq!(said.trim_end().lines().count(), 1, "{said}");
        assert!(output.stdout.is_empty());
    }
    let output = run(&["path", "github", "asmll"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("`asml`"), "{}", text(&output.stderr));
}

#[test]
fn a_question_that_makes_no_sense_is_a_usage_error() {
    for arguments in
        [&["companys"][..], &["dependents"], &["company", "openai", "--colour", "red"], &["serve", "--port", "x"]]
    {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    }
    let output = run(&["dependents", "tsmc", "--depth", "0"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("depth"), "{}", text(&output.stderr));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut process =
        linchpin(&["edges", "--limit", "1000"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(process.stdout.take());
    let output = process.wait_with_output().unwrap();
    assert_eq!(text(&output.stderr), "");
    assert!(output.status.success());
}

#[test]
fn no_time_zone_shifts_a_day() {
    let asked = [
        &["changes", "--since", "2023-02-08", "--until", "2023-02-08", "--limit", "1000"][..],
        &["overview", "--as-of", "2024-02"],
    ];
    for arguments in asked {
        let answers: Vec<_> = ["UTC", "Asia/Seoul", "America/Los_Angeles"]
            .map(|zone| linchpin(arguments).env("TZ", zone).output().unwrap().stdout)
            .to_vec();
        assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{arguments:?}");
        let answer: Value = serde_json::from_slice(&answers[0]).unwrap();
        match answer["items"].as_array() {
            Some(items) => assert!(!items.is_empty() && items.iter().all(|item| item["date"] == "2023-02-08")),
            None => assert_eq!(answer["as_of"], "2024-02-29"),
        }
    }
}

#[test]
fn the_documents_that_it_prints_are_those_that_are_committed() {
    let output = run(&["openapi"]);
    assert!(output.status.success());
    assert!(text(&output.stdout) == include_str!("../openapi/openapi.json"), "openapi/openapi.json is stale");
    let folder = tempfile::tempdir().unwrap();
    let output = run(&["schema", "--out", folder.path().to_str().unwrap()]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let company = std::fs::read_to_string(folder.path().join("company.json")).unwrap();
    assert!(company == include_str!("../graph/schema/company.json"), "graph/schema/company.json is stale");
}

#[test]
fn help_names_every_command_and_version_the_version() {
    let output = run(&["--help"]);
    let help = text(&output.stdout);
    for command in ["serve", "check", "companies", "dependents", "path", "search"] {
        assert!(help.contains(command), "{command}");
    }
    assert_eq!(text(&run(&["--version"]).stdout).trim(), format!("linchpin {}", env!("CARGO_PKG_VERSION")));
}
