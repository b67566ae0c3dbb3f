//! 13 · Program: the command line, settings and what they set going.

mod agents;
mod ask;
mod check;
mod command;
mod generate;
mod log;
mod reload;
mod serve;
mod site;
mod table;
mod watch;

pub use site::Site;
pub use table::render as table;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ArgMatches;

use crate::dataset::{Folder, load};
use crate::graph::Graph;

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let api = crate::http::api();
    let command = command::command(&api.document);
    let matches = command.get_matches();
    let done = match matches.subcommand() {
        None => serve::run(&api, &matches),
        Some(("serve", matches)) => serve::run(&api, matches),
        Some(("check", matches)) => check::run(&api, matches),
        Some(("mcp", matches)) => agents::run(&api, matches),
        Some(("openapi", matches)) => generate::openapi(matches),
        Some(("schema", matches)) => generate::schemas(matches),
        Some((verb, matches)) => ask::run(&api, verb, matches),
    };
    done.unwrap_or_else(|stop| {
        // A reader that went away is no reason to complain, nor to complain in vain.
        _ = writeln!(std::io::stderr(), "linchpin: {stop}");
        ExitCode::FAILURE
    })
}

/// Why the program stops.
#[derive(Debug, thiserror::Error)]
enum Stop {
    /// The data have an error.
    #[error("{0}nothing is served from data with an error")]
    Data(String),
    /// Something that was asked for cannot be had.
    #[error("{0}")]
    Refused(String),
    /// A file or a socket is not as it should be.
    #[error("{0}: {1}")]
    Io(String, std::io::Error),
}

/// The folder that the arguments name, else the one in the program.
fn folder(matches: &ArgMatches) -> Folder {
    matches.get_one::<PathBuf>("graph").map_or_else(Folder::embedded, |path| Folder::disk(path.clone()))
}

/// The graph of a folder.
fn graph(folder: &Folder) -> Result<Graph, Stop> {
    let loaded = load(folder);
    match loaded.dataset {
        Some(dataset) => Graph::build(dataset).map_err(|error| Stop::Refused(error.to_string())),
        None => Err(Stop::Data(loaded.report.to_string())),
    }
}
