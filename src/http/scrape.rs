//! `/metrics`: how requests go and what is served, as Prometheus reads it.

use std::time::UNIX_EPOCH;

use actix_web::{HttpRequest, HttpResponse, get};
use prometheus_client::encoding::prometheus_text::{CONTENT_TYPE, encode};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use super::arrival::Arrival;
use super::overview::dependency_count;
use super::problem::Problem;
use super::reloads::{Outcome, Reload};
use super::{Live, World};

/// Show how requests go and what is served
///
/// Counters, histograms and gauges in the text format 0.0.4 of Prometheus. Each is explained where it stands.
#[utoipa::path(
    operation_id = "showMetrics", tag = "service",
    responses((status = 200, description = "The metrics.", body = String, content_type = "text/plain")),
)]
#[get("/metrics")]
pub async fn show_metrics(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let Arrival { world, live, .. } = Arrival::of(&request)?;
    let mut text = String::with_capacity(16 << 10);
    // Writing to memory does not fail.
    let written = encode(&mut text, &now(&world, &live)).and_then(|()| encode(&mut text, &live.metrics.registry));
    debug_assert!(written.is_ok());
    Ok(HttpResponse::Ok().content_type(CONTENT_TYPE).insert_header(("Cache-Control", "no-store")).body(text))
}

/// What is the case now.
fn now(world: &World, live: &Live) -> Registry {
    let mut registry = Registry::default();
    let started = live.metrics.started.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64();
    registry.register_with_unit(
        "process_start_time",
        "When the program began",
        Unit::Seconds,
        ConstGauge::new(started),
    );
    let ours = registry.sub_registry_with_prefix("linchpin");
    what_is_served(ours, world);
    reloads(ours, live);
    let open = i64::try_from(live.followers()).unwrap_or(i64::MAX);
    ours.register("event_streams", "Streams of events that are open", ConstGauge::new(open));
    registry
}

fn what_is_served(registry: &mut Registry, world: &World) {
    let (graph, view) = (&world.snapshot.graph, world.snapshot.today());
    let labels = [
        ("revision", world.revision()),
        ("as_of", graph.as_of().to_string()),
        ("data_version", graph.manifest.version.to_string()),
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
    ];
    registry.register("revision", "What is served: data and program", Info::new(labels.to_vec()));
    let counts = [
        ("companies", "Companies on the day of the data", view.company_count()),
        ("dependencies", "Dependencies that hold on the day of the data", dependency_count(graph, view)),
        ("activities", "Activities, on any day", graph.activities.len()),
    ];
    for (name, meaning, count) in counts {
        registry.register(name, meaning, ConstGauge::new(i64::try_from(count).unwrap_or(i64::MAX)));
    }
}

fn reloads(registry: &mut Registry, live: &Live) {
    let attempts = Family::<[(&str, &str); 1], Counter>::default();
    for outcome in Outcome::ALL {
        attempts.get_or_create(&[("outcome", outcome.as_str())]).inc_by(live.reloads.count(outcome));
    }
    registry.register("reloads", "Attempts to load the data anew, by what came of them", attempts);
    let last = live.reloads.last();
    let failed = last.as_ref().is_some_and(|last| last.outcome == Outcome::Failed);
    let meaning = "Whether the data that are served are those that were found last: 0 after a reload that failed";
    registry.register("last_reload_successful", meaning, ConstGauge::new(i64::from(!failed)));
    let Some(last) = last else { return };
    let at = last.at.as_millisecond() as f64 / 1000.0;
    registry.register_with_unit(
        "last_reload_timestamp",
        "When the last reload ended",
        Unit::Seconds,
        ConstGauge::new(at),
    );
    if failed {
        faults(registry, &last);
    }
}

/// Where the data that were refused have errors.
fn faults(registry: &mut Registry, last: &Reload) {
    let errors = i64::try_from(last.errors).unwrap_or(i64::MAX);
    registry.register("last_reload_errors", "Errors that kept the data from being served", ConstGauge::new(errors));
    let at = Family::<Vec<(&str, String)>, Gauge>::default();
    for fault in &last.faults {
        let place = |place: Option<usize>| place.map(|place| place.to_string()).unwrap_or_default();
        let labels = vec![
            ("file", fault.file.clone()),
            ("line", place(fault.line)),
            ("column", place(fault.column)),
            ("rule", fault.rule.clone()),
        ];
        at.get_or_create(&labels).set(1);
    }
    registry.register("last_reload_error", "The first of the errors that kept the data from being served", at);
}
