//! A question asked from the command line: the route that answers it over HTTP answers it here.

use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use actix_web::http::header::CONTENT_TYPE;
use clap::ArgMatches;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::command::{FILE, Question, is_in_path, questions};
use super::{Site, Stop, folder, graph, table};
use crate::export::Format;
use crate::http::{Api, Reply, World};

/// Asks the question and prints the answer: a table for people, JSON for programs.
pub(super) fn run(api: &Api, verb: &str, matches: &ArgMatches) -> Result<ExitCode, Stop> {
    let question = questions(&api.document).find(|question| question.verb == verb);
    let question = question.ok_or_else(|| Stop::Refused(format!("there is no command `{verb}`")))?;
    let address = address(&question, matches);
    let sent = matches.try_get_one::<PathBuf>(FILE).ok().flatten().map(|path| read(path)).transpose()?;
    let world = World::new(graph(&folder(matches))?, 0);
    let Reply { status, headers, body } = wait(api, world, address, sent);
    if !status.is_success() {
        let problem: Value = serde_json::from_slice(&body).unwrap_or_default();
        return Err(Stop::Refused(complaint(&problem)));
    }
    let mut out = std::io::stdout().lock();
    let is_json = headers.get(CONTENT_TYPE).is_some_and(|kind| kind == Format::Json.media_type());
    let written = if !is_json || matches.get_flag("json") || !out.is_terminal() {
        out.write_all(&body).and_then(|()| out.write_all(b"\n"))
    } else {
        let answer: Value = serde_json::from_slice(&body).unwrap_or_default();
        out.write_all(table::render(&answer).as_bytes())
    };
    match written {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Stop::Io("standard output".into(), error)),
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// What a file holds, and what it is: standard input is taken for JSON if it begins as JSON does.
fn read(path: &Path) -> Result<(&'static str, Vec<u8>), Stop> {
    let mut bytes = Vec::new();
    let from_stdin = path == Path::new("-");
    let read = match from_stdin {
        true => std::io::stdin().lock().read_to_end(&mut bytes).map(drop),
        false => std::fs::read(path).map(|content| bytes = content),
    };
    read.map_err(|error| Stop::Io(path.display().to_string(), error))?;
    let json = match from_stdin {
        true => bytes.trim_ascii_start().starts_with(b"{"),
        false => path.extension().is_some_and(|end| end.eq_ignore_ascii_case("json")),
    };
    Ok((if json { "application/json" } else { "text/csv" }, bytes))
}

fn address(question: &Question<'_>, matches: &ArgMatches) -> String {
    let mut path = question.path.to_owned();
    let mut query = form_urlencoded::Serializer::new(String::new());
    for parameter in question.parameters() {
        let Some(value) = matches.get_one::<String>(&parameter.name) else {
            continue;
        };
        if is_in_path(parameter) {
            let value = utf8_percent_encode(value, NON_ALPHANUMERIC).to_string();
            path = path.replace(&format!("{{{}}}", parameter.name), &value);
        } else {
            query.append_pair(&parameter.name, value);
        }
    }
    match query.finish() {
        query if query.is_empty() => path,
        query => format!("{path}?{query}"),
    }
}

/// Asks an address of a world, in process, and waits for the answer.
pub(super) fn wait(api: &Api, world: World, address: String, sent: Option<(&'static str, Vec<u8>)>) -> Reply {
    let site = Site::new(api, world);
    let (inside, world) = (site.inside(), site.live.world());
    let sent = sent.map(|(kind, body)| (kind, body.into()));
    actix_web::rt::System::new().block_on(inside.follow(&world, address, sent))
}

/// A problem as a line.
fn complaint(problem: &Value) -> String {
    let detail = problem["detail"].as_str().unwrap_or("the question has no answer").to_owned();
    let suggestions: Vec<_> =
        problem["suggestions"].as_array().into_iter().flatten().filter_map(|item| item["id"].as_str()).collect();
    match suggestions[..] {
        [] => detail,
        _ => format!("{detail}; did you mean `{}`?", suggestions.join("`, `")),
    }
}
