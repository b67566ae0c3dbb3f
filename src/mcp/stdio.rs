//! The protocol over standard input and output, as programs speak it that start the server themselves.

use std::error::Error;
use std::rc::Rc;
use std::sync::Arc;

use rmcp::ServiceExt;
use rmcp::service::ServerInitializeError;
use rmcp::transport::stdio;

use super::door::Door;
use super::question::Questions;
use super::server::Server;
use crate::http::{Inside, World};

/// Answers until standard input ends.
///
/// # Errors
/// If what comes is not the protocol.
pub async fn over_stdio(
    questions: Arc<Questions>,
    inside: Rc<Inside>,
    world: Arc<World>,
) -> Result<(), Box<dyn Error>> {
    let server = Server::new(questions, Some(Door::open(inside, world)));
    match server.serve(stdio()).await {
        Ok(running) => _ = running.waiting().await?,
        // It ended before it began.
        Err(ServerInitializeError::ConnectionClosed(_)) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
