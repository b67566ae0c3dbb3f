//! Server-sent events: whoever follows hears of every revision that is served (the HTML standard, section 9.2).

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::header;
use actix_web::rt::time::timeout;
use actix_web::web::Bytes;
use actix_web::{Either, HttpResponse, ResponseError, get};
use futures_util::stream::{Stream, unfold};
use serde::Serialize;
use tokio::sync::watch;
use utoipa::ToSchema;

use super::answer::Given;
use super::arrival::Arrival;
use super::ask::Ask;
use super::overview::dependency_count;
use super::parameters::ViewQuery;
use super::problem::{Crowded, Problem, ProblemKind, Problems, Refusal};
use super::{Live, Pulse, World};
use crate::export::Format;
use crate::graph::View;
use crate::model::Day;

/// How many streams may be open.
const MOST: usize = 1024;

/// How long a stream is silent at the most.
const SILENCE: Duration = Duration::from_secs(15);

/// How many milliseconds a client waits before it connects again.
const RETRY: u32 = 5000;

/// What is served now, in short.
#[derive(Debug, Serialize, ToSchema)]
pub struct Revision {
    /// A fingerprint of the data files: the same bytes give the same one.
    #[schema(example = "6b1f0c9d0f6f4f0e9f1c2b3a4d5e6f70")]
    revision: String,
    /// The day asked about.
    #[schema(value_type = String, format = Date, example = "2026-11-26")]
    as_of: Day,
    /// How many companies there are on the day.
    companies: usize,
    /// How many dependencies hold on the day.
    dependencies: usize,
}

impl Revision {
    fn of(world: &World, view: &View) -> Self {
        let graph = &world.snapshot.graph;
        Self {
            revision: world.revision(),
            as_of: view.filter.day,
            companies: view.company_count(),
            dependencies: dependency_count(graph, view),
        }
    }
}

/// Follow what is served
///
/// As JSON, the revision of the data that are served now. With `Accept: text/event-stream`, as `EventSource` sends it, a
/// stream of server-sent events: an event `revision` at once and whenever other data are served, its `data` being this
/// JSON in one line and its `id` the revision; a comment every 15 seconds. Whoever comes back with the current revision as
/// `Last-Event-ID` hears of the next one only. The stream ends when the server stops.
#[utoipa::path(
    operation_id = "streamEvents", tag = "service", extensions(("x-formats" = json!("events"))), params(ViewQuery),
    responses((status = 200, description = "What is served now, or a stream of it.", body = Revision), Crowded, Problems),
)]
#[get("/events")]
pub async fn stream_events(ask: Ask) -> Result<Either<Given, HttpResponse>, Refusal> {
    if ask.format != Format::EventStream {
        return Ok(Either::Left(ask.json(&Revision::of(&ask.world, &ask.view))?));
    }
    let live = Arrival::of(&ask.request)?.live;
    if live.followers() >= MOST {
        return Ok(Either::Right(crowded()));
    }
    let heard = ask.request.headers().get("last-event-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let follower = Follower { pulse: live.follow(), live, selection: ask.selection, heard, greeted: false };
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CONTENT_TYPE, Format::EventStream.media_type()));
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    response.insert_header((header::VARY, "Accept"));
    // nginx would hold events back.
    response.insert_header(("X-Accel-Buffering", "no"));
    Ok(Either::Right(response.streaming(follower.stream())))
}

fn crowded() -> HttpResponse {
    let problem = Problem::new(ProblemKind::TooManyStreams, format!("{MOST} streams of events are open"));
    let mut response = problem.error_response();
    response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("30"));
    response
}

/// One who follows. It keeps no world, so that one which is replaced can go.
struct Follower {
    live: Arc<Live>,
    pulse: watch::Receiver<Pulse>,
    selection: ViewQuery,
    /// The revision that it has heard of.
    heard: Option<String>,
    /// Whether it was told when to come back.
    greeted: bool,
}

impl Follower {
    fn stream(self) -> impl Stream<Item = Result<Bytes, Infallible>> {
        unfold(self, async |mut follower| {
            let said = follower.next().await?;
            Some((Ok(said.into()), follower))
        })
    }

    /// What it hears next; `None` when the server stops, or the data no longer have what was asked about.
    async fn next(&mut self) -> Option<String> {
        if !self.greeted {
            self.greeted = true;
            return Some(format!("retry: {RETRY}\n\n{}", self.news()?));
        }
        loop {
            match timeout(SILENCE, self.pulse.changed()).await {
                Err(_) => return Some(": still here\n\n".to_owned()),
                Ok(Err(_)) => return None,
                Ok(Ok(())) => {}
            }
            let news = self.news()?;
            if !news.is_empty() {
                return Some(news);
            }
        }
    }

    /// The event of the revision that is served, if it has not heard of it.
    fn news(&mut self) -> Option<String> {
        if *self.pulse.borrow_and_update() == Pulse::Stopping {
            return None;
        }
        let world = self.live.world();
        let revision = Revision::of(&world, &*world.view(&self.selection).ok()?);
        if self.heard.as_ref() == Some(&revision.revision) {
            return Some(String::new());
        }
        let data = serde_json::to_string(&revision).ok()?;
        let event = format!("id: {}\nevent: revision\ndata: {data}\n\n", revision.revision);
        self.heard = Some(revision.revision);
        Some(event)
    }
}
