//! What is known of a request before it is routed: the world that it is about, and the format of its answer.

use std::sync::Arc;

use actix_web::{HttpMessage, HttpRequest};

use super::problem::{Problem, ProblemKind};
use super::{Live, World};
use crate::export::Format;

/// A request that has arrived. It keeps its world to the end, even if another one is served meanwhile.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// What is served, to this request.
    pub world: Arc<World>,
    /// What is served now, and by now may be another world.
    pub live: Arc<Live>,
    /// The format of the answer.
    pub format: Format,
    /// Whether the address offers several formats, and so takes the parameter `format`.
    pub by_name: bool,
}

impl Arrival {
    /// Of this request.
    ///
    /// # Errors
    /// If it did not come through [`super::Front`].
    pub fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let arrival = request.extensions().get::<Self>().cloned();
        arrival.ok_or_else(|| Problem::new(ProblemKind::NotFound, "nothing is served here"))
    }
}
