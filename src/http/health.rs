//! For operators: whether the server lives, and whether it has something to serve.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;

use super::arrival::Arrival;
use super::problem::Problem;
use super::reloads::Reload;

/// How the server is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// `ok`.
    #[schema(example = "ok")]
    status: &'static str,
    /// The fingerprint of the data that are served, where that is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "6b1f0c9d0f6f4f0e9f1c2b3a4d5e6f70")]
    revision: Option<String>,
    /// The last attempt to load the data anew, if there was one: where it failed, the data from before are still served.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Reload>)]
    reload: Option<Arc<Reload>>,
}

/// Tell whether the server lives
///
/// Answers as long as the process takes requests.
#[utoipa::path(
    operation_id = "showLiveness", tag = "service",
    responses((status = 200, description = "It lives.", body = Health)),
)]
#[get("/live")]
pub async fn show_liveness() -> HttpResponse {
    fresh(&Health { status: "ok", revision: None, reload: None })
}

/// Tell whether the server is ready
///
/// Answers once a graph is loaded, with its fingerprint. A reload that fails leaves it ready, since the data from before are
/// served on; `reload` says when it failed and where the data are wrong.
#[utoipa::path(
    operation_id = "showReadiness", tag = "service",
    responses((status = 200, description = "It is ready.", body = Health)),
)]
#[get("/ready")]
pub async fn show_readiness(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let Arrival { world, live, .. } = Arrival::of(&request)?;
    Ok(fresh(&Health { status: "ok", revision: Some(world.revision()), reload: live.reloads.last() }))
}

fn fresh(health: &Health) -> HttpResponse {
    HttpResponse::Ok().insert_header(("Cache-Control", "no-store")).json(health)
}
