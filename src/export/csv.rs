//! The graph as one sheet: a row for each company, then one for each dependency; the first column tells them apart.

use std::io::{self, Write};

use super::fields::{OF_EDGES, OF_NODES, Value};
use super::{Sheet, Subgraph};

/// Writes the sheet.
pub fn write(part: Subgraph<'_>, out: &mut dyn Write) -> io::Result<()> {
    let of_nodes = OF_NODES.iter().map(|field| field.name);
    let of_edges = OF_EDGES.iter().map(|field| field.name);
    let mut sheet =
        Sheet::new(out, ["type", "id", "name"].into_iter().chain(of_nodes).chain(["from", "to"]).chain(of_edges))?;
    for node in part.nodes() {
        sheet.plain("node")?;
        sheet.plain(node.id)?;
        sheet.text(node.name)?;
        node.values().try_for_each(|(_, value)| cell(&mut sheet, &value))?;
        (0..2 + OF_EDGES.len()).try_for_each(|_| sheet.plain(""))?;
        sheet.end_row()?;
    }
    for edge in part.edges() {
        sheet.plain("edge")?;
        sheet.plain(&edge.id.to_string())?;
        (0..1 + OF_NODES.len()).try_for_each(|_| sheet.plain(""))?;
        sheet.plain(edge.from)?;
        sheet.plain(edge.to)?;
        edge.values().try_for_each(|(_, value)| cell(&mut sheet, &value))?;
        sheet.end_row()?;
    }
    sheet.end()
}

fn cell<W: Write>(sheet: &mut Sheet<W>, value: &Value) -> io::Result<()> {
    match value {
        Value::Text(text) => sheet.text(text),
        other => sheet.plain(&other.written().unwrap_or_default()),
    }
}
