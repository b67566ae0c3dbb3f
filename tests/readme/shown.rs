//! Blocks of ```` ```console ````: commands after `$ `, and below each what it answers.
//!
//! `linchpin …` is shown as a terminal shows it. `curl …` is shown as JSON; without an answer below it, it has to be the
//! answer of the command before it. Both run in a folder that holds the files of blocks such as
//! ```` ```json my-graph/dataset.json ````.

use std::cell::OnceCell;
use std::fmt::Write as _;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;

use serde_json::Value;

use super::linchpin;
use super::server::Server;

/// What commands run in: a server, from when it is first asked.
#[derive(Default)]
pub struct Shell(OnceCell<Server>);

impl Shell {
    /// A document with every answer as it is given.
    pub fn answer(&self, document: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let mut out = String::new();
        let mut lines = document.lines();
        while let Some(line) = lines.next() {
            _ = writeln!(out, "{line}");
            let Some(kind) = line.strip_prefix("```").filter(|kind| !kind.is_empty()) else { continue };
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            if kind == "console" {
                out += &self.console(&block, folder.path());
            } else {
                if let Some((_, file)) = kind.split_once(' ') {
                    keep(&folder.path().join(file), &block.join("\n"));
                }
                block.iter().for_each(|line| _ = writeln!(out, "{line}"));
            }
            out += "```\n";
        }
        out
    }

    fn console(&self, block: &[&str], folder: &Path) -> String {
        let mut out = String::new();
        let mut before = Value::Null;
        for part in block.chunk_by(|_, next| !next.starts_with("$ ")) {
            let (command, answer) = part.split_first().unwrap();
            _ = writeln!(out, "{command}");
            let words = words(command.strip_prefix("$ ").expect("a block begins with a command"));
            match words[0].as_str() {
                "linchpin" => {
                    let text = run(&words[1..], folder);
                    before = serde_json::from_str(&text).unwrap_or_default();
                    out += &shown(&words, &text, &before);
                }
                "curl" => {
                    let body = self.fetch(&words);
                    if answer.iter().all(|line| line.is_empty()) {
                        assert_eq!(without_next(&before), without_next(&body), "{command}");
                    } else {
                        out += &laid_out(&body);
                    }
                }
                other => panic!("`{other}` cannot be shown"),
            }
            if answer.last().is_some_and(|line| line.is_empty()) {
                out.push('\n');
            }
        }
        out
    }

    fn fetch(&self, words: &[String]) -> Value {
        let header = |pair: &[String]| (pair[0] == "-H").then(|| pair[1].clone());
        let headers: Vec<_> = words.windows(2).filter_map(header).collect();
        let target = words.iter().find_map(|word| word.strip_prefix("localhost:8080"));
        let server = self.0.get_or_init(|| Server::start(&["--workers", "1"]));
        get(&server.address, target.expect("an address at localhost:8080"), &headers)
    }
}

/// Just enough HTTP to ask a server; headers are lines such as `Accept-Language: ko`.
fn get(server: &str, target: &str, headers: &[String]) -> Value {
    let host = server.strip_prefix("http://").unwrap();
    let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    let mut stream = TcpStream::connect(host).unwrap();
    let request = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    let (_, body) = response.split_once("\r\n\r\n").unwrap();
    serde_json::from_str(body).unwrap()
}

fn keep(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// What a terminal shows of an answer.
fn shown(words: &[String], text: &str, answer: &Value) -> String {
    match answer {
        Value::Null => text.to_owned(),
        answer if words.iter().any(|word| word == "--json") => laid_out(answer),
        answer => linchpin::app::table(answer),
    }
}

/// An answer without the address of the next page, which has parameters in the order of the one asked.
fn without_next(answer: &Value) -> Value {
    let mut answer = answer.clone();
    answer.as_object_mut().map(|fields| fields.shift_remove("next"));
    answer
}

/// The words of a command; those in quotes stay together.
fn words(command: &str) -> Vec<String> {
    let quoted = command.split('\'').enumerate();
    let parts = quoted.flat_map(|(at, part)| match at % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    parts.collect()
}

fn run(arguments: &[String], folder: &Path) -> String {
    let done = linchpin().args(arguments).current_dir(folder).output().unwrap();
    let said = if done.stdout.is_empty() { done.stderr } else { done.stdout };
    String::from_utf8(said).unwrap()
}

/// JSON on few lines: what fits into a line stands on one.
fn laid_out(value: &Value) -> String {
    let mut out = String::new();
    lay(&mut out, value, 0);
    out + "\n"
}

fn lay(out: &mut String, value: &Value, depth: usize) {
    let line = on_a_line(value);
    let indent = "  ".repeat(depth + 1);
    let items: Vec<(String, &Value)> = match value {
        _ if line.chars().count() + indent.len() < 100 => vec![],
        Value::Array(items) => items.iter().map(|item| (String::new(), item)).collect(),
        Value::Object(fields) => fields.iter().map(|(name, value)| (format!("{name:?}: "), value)).collect(),
        _ => vec![],
    };
    if items.is_empty() {
        return *out += &line;
    }
    let (open, close) = if value.is_array() { ("[", "]") } else { ("{", "}") };
    *out += open;
    for (at, (name, value)) in items.iter().enumerate() {
        _ = write!(out, "{}\n{indent}{name}", if at > 0 { "," } else { "" });
        lay(out, value, depth + 1);
    }
    _ = write!(out, "\n{}{close}", "  ".repeat(depth));
}

fn on_a_line(value: &Value) -> String {
    let joined = |items: Vec<String>| items.join(", ");
    match value {
        Value::Array(items) => format!("[{}]", joined(items.iter().map(on_a_line).collect())),
        Value::Object(fields) => {
            let field = |(name, value): (&String, &Value)| format!("{name:?}: {}", on_a_line(value));
            format!("{{{}}}", joined(fields.iter().map(field).collect()))
        }
        other => other.to_string(),
    }
}
