//! Linchpin.

pub mod dataset;
pub mod graph;
pub mod model;
pub mod query;
pub mod theory;
