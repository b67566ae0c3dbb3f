//! `linchpin serve`: load, listen, answer, and stop in order.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use actix_web::{App, HttpServer};
use clap::ArgMatches;

use super::log::{Level, say};
use super::reload::Reloader;
use super::watch::{Cause, Causes};
use super::{Site, Stop, folder, graph};
use crate::http::{Api, Live, World};
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
    let folder = folder(matches);
    let watched = folder.path().filter(|_| matches.get_flag("watch"));
    if matches.get_flag("watch") && watched.is_none() {
        return Err(Stop::Refused("there is nothing to watch without --graph: the built-in data do not change".into()));
    }
    let causes = Causes::new(watched)?;
    let graph = graph(&folder)?;
    let loaded = format!(
        "{} ({} companies, {} dependencies, as of {})",
        graph.manifest.title.get(crate::model::Lang::EN),
        graph.companies.len(),
        graph.dependencies.len(),
        graph.as_of(),
    );
    let names = matches.get_many::<String>("allowed-hosts").into_iter().flatten().map(String::as_str);
    let site = Site::new(api, World::new(graph, memory))
        .asked_at(Hosts::of(&host, names))
        .known_as(matches.get_one::<String>("public-url").map(String::as_str));
    let live = Arc::clone(&site.live);
    let ask = match folder.path() {
        None => None,
        Some(_) => {
            let ask = causes.tell.clone();
            causes.serve(Reloader { folder, live: Arc::clone(&live), answer_memory: memory })?;
            Some(ask)
        }
    };
    let server = move || App::new().wrap(site.front()).configure(|config| site.configure(config));
    actix_web::rt::System::new().block_on(async move {
        let mut http = HttpServer::new(server).shutdown_timeout(GRACE).keep_alive(Duration::from_secs(75));
        if let Some(workers) = number("workers") {
            http = http.workers(workers.into());
        }
        let address = format!("{host}:{port}");
        let bound = http.bind((host, port)).map_err(|error| Stop::Io(format!("cannot listen on {address}"), error))?;
        let addresses: Vec<_> = bound.addrs().iter().map(|address| format!("http://{address}")).collect();
        let serving = actix_web::rt::spawn(bound.run());
        // Once it has been looked at, it hears signals; who reads the address may send one at once.
        actix_web::rt::task::yield_now().await;
        signals(Arc::clone(&live), ask).map_err(|error| Stop::Io("cannot listen to signals".into(), error))?;
        let took = started.elapsed().as_millis();
        let mut out = std::io::stdout().lock();
        _ = writeln!(out, "Linchpin serves {loaded}, loaded in {took} ms\nlistening on {}", addresses.join(", "));
        _ = out.flush();
        drop(out);
        let (revision, listening) = (live.world().revision(), addresses.join(","));
        say(Level::Info, "start", &[("revision", &revision), ("listening", &listening), ("took_ms", &took)], "");
        let ended = serving.await.unwrap_or_else(|error| Err(std::io::Error::other(error)));
        ended.map_err(|error| Stop::Io("the server stopped".into(), error))
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Hears the signals that the server does not hear by itself.
#[cfg(unix)]
fn signals(live: Arc<Live>, ask: Option<Sender<Cause>>) -> std::io::Result<()> {
    use actix_web::rt::signal::unix::{SignalKind, signal};
    let mut hangup = signal(SignalKind::hangup())?;
    actix_web::rt::spawn(async move {
        while hangup.recv().await.is_some() {
            match &ask {
                // The thread that hears it is there as long as the program is.
                Some(ask) => _ = ask.send(Cause::Asked),
                None => {
                    say(Level::Info, "reload", &[("cause", &"signal"), ("outcome", &"built-in data do not change")], "")
                }
            }
        }
    });
    for kind in [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::quit()] {
        let (mut stop, live) = (signal(kind)?, Arc::clone(&live));
        actix_web::rt::spawn(async move {
            stop.recv().await;
            live.stop();
        });
    }
    Ok(())
}

/// Hears the signals that the server does not hear by itself.
#[cfg(not(unix))]
fn signals(live: Arc<Live>, _: Option<Sender<Cause>>) -> std::io::Result<()> {
    actix_web::rt::spawn(async move {
        _ = actix_web::rt::signal::ctrl_c().await;
        live.stop();
    });
    Ok(())
}
