//! 5 · Questions: pure functions from the graph of a day to an answer, numbers in, numbers out. One file each.

mod changes;
mod needs;
mod paths;
mod search;
mod walk;

pub use changes::{Change, Event, Fact, changes};
pub use needs::{Need, gaps, needs};
pub use paths::{Path, Paths, PathsQuestion, paths};
pub use search::{Hit, closest, search};
pub use walk::{Direction, Kept, Reached, Stop, Walk, dependents_count, suppliers_count};
