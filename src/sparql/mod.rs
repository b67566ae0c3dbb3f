//! 12 · SPARQL: the graph as RDF, asked in the SPARQL 1.1 query language over the SPARQL 1.1 Protocol.
//!
//! What is asked is the document that `/v1/graph?format=ntriples` gives, got by the door inside, once for each world and
//! kept with it. `protocol` takes requests, `evaluate` answers one on a thread of its own, `dataset` shows the `store` to
//! the evaluator of Oxigraph. Nothing is ever fetched and nothing changed.
//!
//! Why not Oxigraph's own store: its evaluator looks for a cancelled query only where it reads the store, and a query can
//! loop for hours over what it has read. Here every term that the evaluator copies is counted (`meter`), so a query ends on
//! time, and before it fills the memory, whatever it does.

mod dataset;
mod description;
mod evaluate;
mod formats;
mod kept;
mod meter;
mod protocol;
mod rows;
mod shape;
mod store;
#[cfg(test)]
mod tests;
mod written;

pub use dataset::Dataset;
pub use meter::{Limits, Stop, within};
pub use store::Store;

use actix_web::web::{ServiceConfig, resource};

use crate::export::Family;

/// The address of the service and its methods.
pub const ADDRESSES: [(&str, &str, Family); 1] = [("/sparql", "GET, POST", Family::Plain)];

/// Puts the service into a server.
pub fn configure(config: &mut ServiceConfig) {
    config.service(resource("/sparql").get(protocol::get).post(protocol::post));
}
