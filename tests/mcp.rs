//! Agents as they come: with the official clients of the Model Context Protocol, and over standard input. What the protocol
//! says over HTTP is tested in `tests/http/agents.rs`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod outside;
mod server;

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use outside::run;
use serde_json::{Value, json};
use server::{Server, end};

const PROGRAM: &str = env!("CARGO_BIN_EXE_linchpin");

/// `linchpin mcp`, and the pipes to it.
struct Spoken {
    process: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Spoken {
    fn start() -> Self {
        let mut command = Command::new(PROGRAM);
        command.arg("mcp").env_remove("LINCHPIN_GRAPH").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let (to, from) = (process.stdin.take(), BufReader::new(process.stdout.take().unwrap()));
        Self { process, to, from }
    }

    fn say(&mut self, message: &Value) {
        writeln!(self.to.as_mut().unwrap(), "{message}").unwrap();
    }

    fn hear(&mut self) -> Value {
        let mut line = String::new();
        self.from.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.say(&json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}));
        self.hear()
    }
}

impl Drop for Spoken {
    fn drop(&mut self) {
        end(&mut self.process);
    }
}

fn greeting(version: &str) -> Value {
    json!({"protocolVersion": version, "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}})
}

#[test]
fn an_agent_that_starts_the_program_is_answered_line_by_line_until_it_stops_asking() {
    let mut spoken = Spoken::start();
    let greeted = spoken.ask("initialize", &greeting("2025-06-18"));
    assert_eq!(greeted["result"]["protocolVersion"], "2025-06-18");
    spoken.say(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
    let listed = spoken.ask("tools/list", &json!({}));
    assert!(listed["result"]["tools"].as_array().unwrap().len() > 20);
    let called = spoken.ask("tools/call", &json!({"name": "show_company", "arguments": {"id": "ChatGPT"}}));
    assert_eq!(called["result"]["structuredContent"]["id"], "openai");
    let refused = spoken.ask("tools/call", &json!({"name": "no_such_tool", "arguments": {}}));
    assert_eq!(refused["error"]["code"], -32602);
    let read = spoken.ask("resources/read", &json!({"uri": "linchpin://roles/cloud"}));
    assert_eq!(read["result"]["contents"][0]["mimeType"], "application/json");
    spoken.to = None;
    assert!(spoken.process.wait().unwrap().success());
}

#[test]
fn a_version_that_there_is_not_is_answered_with_one_that_there_is() {
    let greeted = Spoken::start().ask("initialize", &greeting("1999-12-31"));
    assert_eq!(greeted["result"]["protocolVersion"], "2025-11-25");
}

#[test]
fn an_agent_that_says_nothing_leaves_nothing_behind() {
    let mut spoken = Spoken::start();
    spoken.to = None;
    assert!(spoken.process.wait().unwrap().success());
}

#[test]
#[ignore = "needs Python 3 and mcp; run by .ci/run"]
fn the_official_python_client_asks_who_stops_if_tsmc_stops_and_who_says_so() {
    let server = Server::start(&[]);
    let mut python = Command::new("python3");
    python.args(["tests/mcp/ask.py", &server.address, PROGRAM]).env("PYTHONDONTWRITEBYTECODE", "1");
    run(python);
}

#[test]
#[ignore = "needs Node.js and @modelcontextprotocol/sdk; run by .ci/run"]
fn the_official_typescript_client_asks_who_stops_if_tsmc_stops_and_who_says_so() {
    let server = Server::start(&[]);
    let mut node = Command::new("node");
    node.args(["tests/mcp/ask.mjs", &server.address, PROGRAM]);
    run(node);
}
