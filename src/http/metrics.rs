//! How requests go, counted: what Prometheus reads at `/metrics`. A request costs a look at the clock, two counters and a
//! histogram; labels are made when a counter is first used.

use std::fmt;
use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use actix_web::http::{Method, StatusCode};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::{Family, MetricConstructor};
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use super::Addresses;

/// The upper ends of the classes of durations, in seconds.
const SECONDS: [f64; 16] =
    [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// The methods that are told apart; what is none of them is `other`.
const METHODS: [&str; 8] = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "other"];

/// The classes of statuses, by their first digit.
const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

/// Where an answer came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It was remembered.
    Memory,
    /// It was worked out.
    Computed,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    operation: String,
    route: String,
    method: &'static str,
    status: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Timed {
    operation: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct From {
    origin: &'static str,
}

#[derive(Debug, Clone, Copy)]
struct Durations;

impl MetricConstructor<Histogram> for Durations {
    fn new_metric(&self) -> Histogram {
        Histogram::new(SECONDS)
    }
}

/// What is counted.
pub struct Metrics {
    /// All of it, with names and meanings.
    pub(super) registry: Registry,
    /// When it began.
    pub(super) started: SystemTime,
    requests: Family<Asked, Counter>,
    durations: Family<Timed, Histogram, Durations>,
    answers: [Counter; 2],
    /// One for each address, and one for what is asked where nothing is.
    routes: Vec<Route>,
}

/// The counters of an address.
struct Route {
    operation: String,
    route: String,
    requests: [[OnceLock<Counter>; CLASSES.len()]; METHODS.len()],
    durations: OnceLock<Histogram>,
}

impl Route {
    fn new(operation: String, route: String) -> Self {
        let requests = [const { [const { OnceLock::new() }; CLASSES.len()] }; METHODS.len()];
        Self { operation, route, requests, durations: OnceLock::new() }
    }
}

impl Metrics {
    /// Counts requests for these addresses.
    pub fn new(addresses: &Addresses) -> Self {
        let mut registry = Registry::with_prefix("linchpin");
        let (requests, durations) = (Family::<_, _>::default(), Family::new_with_constructor(Durations));
        let answers = Family::<From, Counter>::default();
        let meaning = "Requests by operation, route, method and class of status";
        registry.register("requests", meaning, requests.clone());
        let meaning = "Time from the arrival of a request to the head of its answer";
        registry.register_with_unit("request_duration", meaning, Unit::Seconds, durations.clone());
        registry.register("answers", "Answers that last, from memory or computed", answers.clone());
        let of_origin = |origin| answers.get_or_create_owned(&From { origin });
        let routes = addresses.all().map(|address| Route::new(address.name(), address.pattern()));
        Self {
            registry,
            started: SystemTime::now(),
            requests,
            durations,
            answers: ["memory", "computed"].map(of_origin),
            routes: routes.chain([Route::new("none".to_owned(), "none".to_owned())]).collect(),
        }
    }

    /// Counts a request: for which address it was, by its number, by which method, how it was answered, how long it took.
    pub fn count(&self, address: Option<usize>, method: usize, status: StatusCode, took: Duration) {
        let last = self.routes.len() - 1;
        let route = &self.routes[address.unwrap_or(last).min(last)];
        let class = usize::from(status.as_u16() / 100).clamp(1, CLASSES.len()) - 1;
        let new = || {
            let (operation, of) = (route.operation.clone(), route.route.clone());
            let asked = Asked { operation, route: of, method: METHODS[method], status: CLASSES[class] };
            self.requests.get_or_create_owned(&asked)
        };
        route.requests[method][class].get_or_init(new).inc();
        let new = || self.durations.get_or_create_owned(&Timed { operation: route.operation.clone() });
        route.durations.get_or_init(new).observe(took.as_secs_f64());
    }

    /// Counts an answer that lasts.
    pub fn count_answer(&self, origin: Origin) {
        self.answers[origin as usize].inc();
    }
}

/// The number of a method among those that are told apart.
pub fn method(method: &Method) -> usize {
    METHODS.iter().position(|name| *name == method.as_str()).unwrap_or(METHODS.len() - 1)
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").field("started", &self.started).finish_non_exhaustive()
    }
}
