//! Linchpin.

#![warn(clippy::unwrap_used, clippy::expect_used)]

pub mod app;
pub mod dataset;
pub mod graph;
pub mod http;
pub mod model;
pub mod query;
pub mod snapshot;
pub mod theory;
