//! What is known of a request before it is routed: the world that it is about, and the format of its answer.

use std::sync::Arc;

use actix_web::http::header::{self, HeaderMap};
use actix_web::{HttpMessage, HttpRequest};

use super::World;
use super::problem::{Problem, ProblemKind};
use crate::export::Format;

/// A request that has arrived. It keeps its world to the end, even if another one is served meanwhile.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// What is served.
    pub world: Arc<World>,
    /// The format of the answer.
    pub format: Format,
    /// Whether the address offers several formats, and so takes the parameter `format`.
    pub by_name: bool,
    /// Where addresses begin, if that is set.
    pub public_url: Option<Arc<str>>,
}

/// Where addresses begin if nobody says so.
const USUAL_ORIGIN: &str = "http://127.0.0.1:8080";

impl Arrival {
    /// Of this request.
    ///
    /// # Errors
    /// If it did not come through [`super::Front`].
    pub fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let arrival = request.extensions().get::<Self>().cloned();
        arrival.ok_or_else(|| Problem::new(ProblemKind::NotFound, "nothing is served here"))
    }

    /// Where whole addresses begin: as is set, else as the client addresses the server. No other header is believed, for
    /// a cache on the way would give the answer to others.
    pub fn origin(&self, asked: &HeaderMap) -> String {
        let host = asked.get(header::HOST).and_then(|host| host.to_str().ok()).filter(|host| is_host(host));
        match (&self.public_url, host) {
            (Some(set), _) => set.trim_end_matches('/').to_owned(),
            (None, Some(host)) => format!("http://{host}"),
            (None, None) => USUAL_ORIGIN.to_owned(),
        }
    }

    /// Where addresses begin, if the answer has whole ones.
    pub fn whole_addresses(&self, asked: &HeaderMap) -> Option<String> {
        self.format.has_whole_addresses().then(|| self.origin(asked))
    }
}

/// Whether a text is a host, with or without a port.
fn is_host(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._:[]".contains(&b))
}
