//! The graph as a drawing.

use std::io::{self, Write};

use super::Subgraph;

/// Writes the drawing.
pub fn write(_part: Subgraph<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
}
