//! 4 · Theory: truths about graphs, generic over petgraph's traits or over rows of numbers. Nothing here knows a company.

mod betweenness;
mod failure;
mod levels;
mod pagerank;
mod paths;
mod reach;
mod rows;

pub use betweenness::betweenness;
pub use failure::{Cascade, Mark, Requirements};
pub use levels::{Levels, Question};
pub use pagerank::{DAMPING, pagerank};
pub use paths::{Found, Sequences, Steps};
pub use reach::{LANES, reach};
pub use rows::{Rows, distinct};
