//! A way to the routes that can be passed between threads. The protocol's handlers have to be, but the routes of a thread
//! stay on it: so a task beside them takes what is asked and sends the replies back.

use std::rc::Rc;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::Bytes;
use serde_json::Value;
use tokio::sync::{mpsc, oneshot};

use super::arguments::Asked;
use crate::http::{Inside, World};

/// Asks one world, to the end of what it is asked for.
#[derive(Debug, Clone)]
pub struct Door(mpsc::UnboundedSender<(Asked, oneshot::Sender<Reply>)>);

/// What a route said.
#[derive(Debug)]
pub struct Reply {
    /// The status.
    status: StatusCode,
    /// The body as it was sent.
    pub text: Bytes,
    /// The body.
    pub value: Value,
}

impl Reply {
    /// What was asked for, or a problem.
    pub fn is_answer(&self) -> bool {
        self.status.is_success()
    }

    /// Whether there is no such thing.
    pub fn is_unknown(&self) -> bool {
        self.status == StatusCode::NOT_FOUND
    }
}

impl Door {
    /// Opens a door to this world. It has to be opened on the thread of the routes, and closes when it is dropped.
    pub fn open(inside: Rc<Inside>, world: Arc<World>) -> Self {
        let (sender, mut asked) = mpsc::unbounded_channel::<(Asked, oneshot::Sender<Reply>)>();
        actix_web::rt::spawn(async move {
            while let Some((Asked { address, body }, back)) = asked.recv().await {
                let body = body.map(|body| ("application/json", Bytes::from(body.to_string())));
                let reply = inside.follow(&world, address, body).await;
                let value = serde_json::from_slice(&reply.body).unwrap_or_default();
                // Nobody waits any more for a reply that cannot be sent.
                _ = back.send(Reply { status: reply.status, text: reply.body, value });
            }
        });
        Self(sender)
    }

    /// Asks. There is no reply when the thread of the routes has ended.
    pub async fn ask(&self, asked: Asked) -> Option<Reply> {
        let (back, reply) = oneshot::channel();
        self.0.send((asked, back)).ok()?;
        reply.await.ok()
    }

    /// Asks an address.
    pub async fn get(&self, address: String) -> Option<Reply> {
        self.ask(Asked { address, body: None }).await
    }
}
