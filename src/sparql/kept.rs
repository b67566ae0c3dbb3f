//! The store of a world: made when it is first asked, kept as long as the world is.

use std::sync::Arc;

use actix_web::http::header::HOST;
use actix_web::rt::task::spawn_blocking;
use actix_web::test::TestRequest;
use serde_json::Value;
use tokio::sync::OnceCell;

use super::store::{NEUTRAL, Store};
use crate::http::{Door, Problem, ProblemKind};

/// A store is made of no more companies and dependencies than this: of each there are some ten statements of 400 bytes.
const LARGEST: u64 = 250_000;

/// The place of a store beside its world.
#[derive(Debug, Default)]
struct Place(OnceCell<Arc<Store>>);

/// The store of a world. Who comes while it is being made waits.
pub async fn store(door: &Door) -> Result<Arc<Store>, Problem> {
    let place: Arc<Place> = door.world.beside.of();
    let store = place.0.get_or_try_init(|| make(door)).await?;
    Ok(Arc::clone(store))
}

async fn make(door: &Door) -> Result<Arc<Store>, Problem> {
    let broken = || Problem::new(ProblemKind::Unwritable, "the graph cannot be read as RDF");
    let overview: Value = serde_json::from_slice(&door.get("/v1").await.body).unwrap_or_default();
    let size = ["companies", "dependencies"].iter().filter_map(|key| overview[key].as_u64()).sum::<u64>();
    if size > LARGEST {
        let detail = format!("the graph has {size} companies and dependencies; SPARQL is offered up to {LARGEST}");
        return Err(Problem::new(ProblemKind::TooLarge, detail));
    }
    let host = NEUTRAL.trim_start_matches("http://");
    let request = TestRequest::get().uri("/v1/graph?format=ntriples").insert_header((HOST, host));
    let document = door.inside.ask(&door.world, request).await;
    if !document.status.is_success() {
        return Err(broken());
    }
    let read = spawn_blocking(move || Store::read(&document.body)).await;
    read.map_err(|_| broken())?.map(Arc::new).map_err(|_| broken())
}
