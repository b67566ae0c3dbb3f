//! `linchpin check`: everything that is wrong with a data folder.

use std::io::Write;
use std::process::ExitCode;

use clap::ArgMatches;
use serde_json::Value;

use super::{Stop, ask, folder, table};
use crate::dataset::{Dataset, Loaded, load};
use crate::graph::Graph;
use crate::http::{Api, World};

/// Checks the folder and prints what is found; fails on an error.
pub(super) fn run(api: &Api, matches: &ArgMatches) -> Result<ExitCode, Stop> {
    let Loaded { dataset, report } = load(&folder(matches));
    let shown = dataset.filter(|_| !matches.get_flag("brief"));
    let text = match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => serde_json::to_string_pretty(&report).unwrap_or_default() + "\n",
        _ => report.to_string() + &shown.map(|dataset| coverage(api, dataset)).transpose()?.unwrap_or_default(),
    };
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Stop::Io("standard output".into(), error)),
        _ if report.errors > 0 => Ok(ExitCode::FAILURE),
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// How far the data reach, as `/v1/coverage` says.
fn coverage(api: &Api, dataset: Dataset) -> Result<String, Stop> {
    let world = World::new(Graph::build(dataset).map_err(|error| Stop::Refused(error.to_string()))?, 0);
    let reply = ask::wait(api, world, "/v1/coverage".to_owned(), None);
    let answer: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    Ok(format!("\n{}", table::render(&answer)))
}
