//! Linchpin: who depends on whom in the AI industry, as a graph in memory, served over HTTP.
//!
//! Read the modules in this order and you follow the life of a fact. Each uses only those before it, which
//! `tests/architecture.rs` checks. `docs/ARCHITECTURE.md` follows one id from its file to an answer.
//!
//! 1. [`model`], words. Ids, dates, periods, shares and texts. Each type has one way in, `FromStr` or `TryFrom`, so a
//!    value that exists is right. Nothing here knows of files or graphs.
//! 2. [`dataset`], records. [`dataset::load`] turns a folder into a [`dataset::Dataset`], or into a
//!    [`dataset::Report`] that points at everything that is wrong with it, by file, line and column.
//! 3. [`graph`], structure. [`graph::Graph::build`] takes the records apart: companies, layers and sources become
//!    numbers, facts become rows of tables, and dependencies become edges between activities, a company acting in a
//!    layer. Two petgraph `Csr`s hold them, one for each direction. A [`graph::View`] is what of it holds on a day.
//! 4. [`theory`], truths about graphs: walks by levels, simple paths within a budget. Generic over petgraph's traits;
//!    nothing here knows what a company is.
//! 5. [`query`], questions: pure functions from a graph and a view to an answer, numbers in and numbers out. One file
//!    each.
//! 6. [`export`], documents: a part of the graph of a day in every form that other programs read. One table of formats,
//!    one writer each.
//! 7. [`snapshot`], now: the graph that is loaded, with the views and walks that were asked for lately. It never
//!    changes.
//! 8. [`http`], the adapter: it decodes a request, asks one query and encodes the answer. [`http::serve`] puts in the
//!    one list of routes; [`http::Front`] stands before all of them, [`http::Inside`] is the way to them from within.
//! 9. [`explorer`], pages for people, and what other sites embed: answers of the routes as HTML, styled and linked.
//! 10. [`mcp`], agents: the questions as tools of the Model Context Protocol, made from the same document and answered
//!     by the same routes.
//! 11. [`reconcile`], names in a table: the Reconciliation Service API, answered by asking the routes.
//! 12. [`sparql`], the graph as RDF: queries in SPARQL, over the document that the routes export.
//! 13. [`app`], the program: the command line, made from the routes, and the server.

#![warn(clippy::unwrap_used, clippy::expect_used)]

pub mod app;
pub mod dataset;
pub mod explorer;
pub mod export;
pub mod graph;
pub mod http;
pub mod mcp;
pub mod model;
pub mod query;
pub mod reconcile;
pub mod snapshot;
pub mod sparql;
pub mod theory;
