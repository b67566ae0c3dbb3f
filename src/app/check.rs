//! `linchpin check`: everything that is wrong with a data folder.

use std::io::Write;
use std::process::ExitCode;

use clap::ArgMatches;

use super::{Stop, folder};
use crate::dataset::load;

/// Checks the folder and prints what is found; fails on an error.
pub(super) fn run(matches: &ArgMatches) -> Result<ExitCode, Stop> {
    let report = load(&folder(matches)).report;
    let text = match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => serde_json::to_string_pretty(&report).unwrap_or_default() + "\n",
        _ => report.to_string(),
    };
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Stop::Io("standard output".into(), error)),
        _ if report.errors > 0 => Ok(ExitCode::FAILURE),
        _ => Ok(ExitCode::SUCCESS),
    }
}
