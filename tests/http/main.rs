//! The routes, asked in process. [`site`] asks; [`schema`] holds every answer that any test here receives to the OpenAPI
//! document, and to what all answers have in common.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod agents;
mod document;
mod documents;
#[expect(dead_code, reason = "the laws of walks draw ways as well")]
#[path = "../laws/drawn.rs"]
mod drawn;
mod feed;
mod laws;
mod names;
mod pages;
mod post;
mod problems;
mod protocol;
mod reconcile;
mod risk;
mod routes;
mod schema;
mod site;
mod sparql;
mod traps;
#[path = "../within/mod.rs"]
mod within;
