//! 8 · Adapter: decode a request, ask one query, encode the answer.
//!
//! `routes` is the one list of routes; each handler declares itself to OpenAPI where it stands. `front` does for all
//! of them what HTTP asks around routing, `deliver` what it asks of an answer: conditions, encodings, caching. `problem`
//! alone picks statuses of errors.

mod answer;
mod arrival;
mod ask;
mod beside;
mod body;
mod changes;
mod chokepoints;
mod companies;
mod concentration;
mod coverage;
mod deliver;
mod dependencies;
mod document;
mod documentation;
mod door;
mod events;
mod exposure;
mod facts;
mod feed;
mod flows;
mod formats;
mod front;
mod graph;
mod health;
mod impact;
mod inside;
mod live;
mod memory;
mod metrics;
mod names;
mod negotiate;
mod overview;
mod page;
mod parameters;
mod paths;
mod problem;
mod rankings;
mod reloads;
mod routes;
mod scrape;
mod search;
mod sheet;
mod stack;
mod views;
mod vocabulary;
mod walks;

pub use answer::Given;
pub use arrival::Arrival;
pub use beside::Beside;
pub use body::{body_type, read_body};
pub use documentation::{document, example_address, named_first};
pub use door::Door;
pub use front::Front;
pub use inside::{Inside, Reply};
pub use live::{Live, Pulse};
pub use memory::Memory;
pub use metrics::Metrics;
pub use negotiate::liked;
pub use problem::{Problem, ProblemKind};
pub use reloads::{Fault, Outcome, Reload, Reloads};
pub use routes::{Addresses, Api, api, serve};

use actix_web::http::header::HeaderValue;

use crate::snapshot::Snapshot;

/// What is served: a snapshot, and the answers given from it.
#[derive(Debug)]
pub struct World {
    /// The snapshot.
    pub snapshot: Snapshot,
    /// Answers given from it, for when they are asked for again.
    pub memory: Option<Memory>,
    /// What later layers made of it.
    pub beside: Beside,
    /// When the data were changed last.
    modified: HeaderValue,
    /// Every source in short, as JSON.
    citations: views::Citations,
}

impl World {
    /// Serves this graph, and remembers answers and walks of at most `answer_memory` bytes.
    pub fn new(graph: crate::graph::Graph, answer_memory: u64) -> Self {
        let walks = answer_memory / 4;
        Self {
            modified: deliver::modified(&graph.manifest),
            citations: views::Citations::of(&graph),
            snapshot: Snapshot::new(graph, walks),
            beside: Beside::default(),
            memory: (answer_memory > 0).then(|| Memory::new(answer_memory - walks)),
        }
    }

    /// The fingerprint of the data.
    pub fn revision(&self) -> String {
        format!("{:032x}", self.snapshot.graph.manifest.revision)
    }
}
