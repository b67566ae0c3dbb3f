//! `linchpin serve`: load, listen, answer, and stop in order.

use std::io::Write;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use actix_web::{App, HttpServer};
use clap::ArgMatches;

use super::{Site, Stop, folder, graph};
use crate::http::{Api, World};
use crate::mcp::Hosts;

/// How long requests under way may take once the server is told to stop.
const GRACE: u64 = 20;

/// Serves until it is told to stop.
pub(super) fn run(api: &Api, matches: &ArgMatches) -> Result<ExitCode, Stop> {
    let started = Instant::now();
    let number = |name: &str| matches.get_one::<u16>(name).copied();
    let host = matches.get_one::<String>("host").cloned().unwrap_or_default();
    let port = number("port").unwrap_or_default();
    let memory = matches.get_one::<u64>("answer-memory").copied().unwrap_or_default();
    let graph = graph(&folder(matches))?;
    let loaded = format!(
        "{} ({} companies, {} dependencies, as of {})",
        graph.manifest.title.get(crate::model::Lang::EN),
        graph.companies.len(),
        graph.dependencies.len(),
        graph.as_of(),
    );
    let names = matches.get_many::<String>("allowed-hosts").into_iter().flatten().map(String::as_str);
    let site = Site::new(api, World::new(graph, memory)).asked_at(Hosts::of(&host, names));
    let server = move || App::new().wrap(site.front()).configure(|config| site.configure(config));
    actix_web::rt::System::new().block_on(async move {
        let mut http = HttpServer::new(server).shutdown_timeout(GRACE).keep_alive(Duration::from_secs(75));
        if let Some(workers) = number("workers") {
            http = http.workers(workers.into());
        }
        let address = format!("{host}:{port}");
        let bound = http.bind((host, port)).map_err(|error| Stop::Io(format!("cannot listen on {address}"), error))?;
        let addresses: Vec<_> = bound.addrs().iter().map(|address| format!("http://{address}")).collect();
        let took = started.elapsed().as_millis();
        let mut out = std::io::stdout().lock();
        _ = writeln!(out, "Linchpin serves {loaded}, loaded in {took} ms\nlistening on {}", addresses.join(", "));
        _ = out.flush();
        drop(out);
        bound.run().await.map_err(|error| Stop::Io("the server stopped".into(), error))
    })?;
    Ok(ExitCode::SUCCESS)
}
