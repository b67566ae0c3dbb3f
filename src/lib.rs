//! Linchpin.

pub mod dataset;
pub mod model;
