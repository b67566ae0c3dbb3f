//! `linchpin mcp`: answer an agent over standard input and output.

use std::process::ExitCode;
use std::rc::Rc;
use std::sync::Arc;

use clap::ArgMatches;

use super::{Site, Stop, folder, graph};
use crate::http::{Api, World};
use crate::mcp::over_stdio;

/// How many bytes of answers are remembered: an agent asks around the same companies.
const MEMORY: u64 = 64 << 20;

/// Answers until standard input ends.
pub(super) fn run(api: &Api, matches: &ArgMatches) -> Result<ExitCode, Stop> {
    let site = Site::new(api, World::new(graph(&folder(matches))?, MEMORY));
    let (questions, inside, world) = (Arc::clone(&site.questions), Rc::new(site.inside()), site.live.world());
    let done = actix_web::rt::System::new().block_on(over_stdio(questions, inside, world));
    done.map_err(|error| Stop::Refused(error.to_string()))?;
    Ok(ExitCode::SUCCESS)
}
