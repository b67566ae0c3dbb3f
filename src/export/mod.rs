//! 6 · Documents: the graph in every form that other programs read. One table of formats, one writer each.

mod atom;
mod format;
mod sheet;
mod words;

pub use atom::{Entry, Feed};
pub use format::{Family, Format, Unknown};
pub use sheet::Sheet;
pub use words::{is_harmless, is_told, known, words};
