//! 8 · Adapter: decode a request, ask one query, encode the answer.
//!
//! `routes` is the one list of routes; each handler declares itself to OpenAPI where it stands. `front` does for all
//! of them what HTTP asks around routing, `deliver` what it asks of an answer: conditions, encodings, caching. `problem`
//! alone picks statuses of errors.

mod answer;
mod arrival;
mod ask;
mod changes;
mod chokepoints;
mod companies;
mod concentration;
mod coverage;
mod deliver;
mod dependencies;
mod document;
mod documentation;
mod exposure;
mod facts;
mod flows;
mod formats;
mod front;
mod graph;
mod health;
mod impact;
mod inside;
mod live;
mod memory;
mod names;
mod negotiate;
mod overview;
mod page;
mod parameters;
mod paths;
mod problem;
mod rankings;
mod routes;
mod search;
mod sheet;
mod stack;
mod views;
mod vocabulary;
mod walks;

pub use answer::Given;
pub use arrival::Arrival;
pub use documentation::{document, named_first};
pub use front::Front;
pub use inside::{Inside, Reply};
pub use live::Live;
pub use memory::Memory;
pub use problem::{Problem, ProblemKind};
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
            memory: (answer_memory > 0).then(|| Memory::new(answer_memory - walks)),
        }
    }
}
