//! 4 · Theory: truths about graphs, generic over petgraph's traits. Nothing here knows a company.

mod levels;
mod paths;

pub use levels::{Levels, Question};
pub use paths::{Found, Sequences, Steps};
