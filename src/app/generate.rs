//! Files that are made, never edited: the OpenAPI document and the JSON Schemas.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;

use super::{Stop, graph};
use crate::dataset::Folder;
use crate::http::{World, document};

/// Prints the OpenAPI document, or writes it to a file.
pub(super) fn openapi(matches: &ArgMatches) -> Result<ExitCode, Stop> {
    let world = World::new(graph(&Folder::embedded())?, 0);
    let document = actix_web::rt::System::new().block_on(document(world)).map_err(Stop::Refused)?;
    let text = format!("{document:#}\n");
    match matches.get_one::<PathBuf>("out") {
        Some(file) => write(file, &text)?,
        None => std::io::stdout()
            .lock()
            .write_all(text.as_bytes())
            .map_err(|error| Stop::Io("standard output".into(), error))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes the JSON Schemas of data files.
pub(super) fn schemas(matches: &ArgMatches) -> Result<ExitCode, Stop> {
    let out = matches.get_one::<PathBuf>("out").cloned().unwrap_or_default();
    std::fs::create_dir_all(&out).map_err(|error| Stop::Io(out.display().to_string(), error))?;
    for (name, text) in crate::dataset::schema::all() {
        write(&out.join(name), &text)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn write(file: &Path, text: &str) -> Result<(), Stop> {
    std::fs::write(file, text).map_err(|error| Stop::Io(file.display().to_string(), error))
}
