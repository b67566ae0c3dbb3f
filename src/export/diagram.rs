//! Text that draws itself elsewhere: DOT for Graphviz, and Mermaid.

use std::io::{self, Write};

use super::{Subgraph, is_harmless};

/// Mermaid readers stop at this many edges, unless they are told otherwise (`maxEdges`).
const MOST_EDGES: usize = 500;

/// Words that a Mermaid flowchart takes for its own, in any case.
const RESERVED: &[&str] = &[
    "end",
    "graph",
    "flowchart",
    "subgraph",
    "style",
    "linkstyle",
    "class",
    "classdef",
    "click",
    "default",
    "direction",
    "call",
    "href",
];

/// Writes DOT: <https://graphviz.org/doc/info/lang.html>.
pub fn write_dot(part: Subgraph<'_>, out: &mut dyn Write) -> io::Result<()> {
    let title = dot_text(&format!("{}, {}", part.graph.manifest.title.get(part.lang), part.view.filter.day));
    write!(out, "digraph linchpin {{\n  graph [label={title}, rankdir=LR];\n  node [shape=box, style=rounded];\n")?;
    for node in part.nodes() {
        let (id, label) = (dot_text(node.id), dot_text(node.name));
        let layers = dot_text(&node.activities.join(" "));
        writeln!(out, "  {id} [label={label}, layers={layers}];")?;
    }
    for edge in part.edges() {
        let [from, to, layer] = [edge.from, edge.to, edge.layer].map(dot_text);
        let label = dot_text(edge.input.unwrap_or(edge.layer));
        let style = if edge.critical { "solid" } else { "dashed" };
        let id = dot_text(&edge.id.to_string());
        writeln!(out, "  {from} -> {to} [id={id}, label={label}, layer={layer}, style={style}];")?;
    }
    out.write_all(b"}\n")
}

/// A quoted text. In a label, a backslash begins an escape of Graphviz's own, so it is doubled.
fn dot_text(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted += "\\\"",
            '\\' => quoted += "\\\\",
            '\n' => quoted += "\\n",
            c if is_harmless(c) => quoted.push(c),
            _ => quoted.push(' '),
        }
    }
    quoted + "\""
}

/// Writes a Mermaid flowchart: <https://mermaid.js.org/syntax/flowchart.html>.
pub fn write_mermaid(part: Subgraph<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"flowchart LR\n")?;
    writeln!(out, "  %% {}", mermaid_comment(part.graph.manifest.title.get(part.lang)))?;
    writeln!(out, "  %% as of {}", part.view.filter.day)?;
    let total = part.dependencies().count();
    if total > MOST_EDGES {
        writeln!(out, "  %% {MOST_EDGES} of {total} dependencies: Mermaid readers stop at {MOST_EDGES} edges")?;
    }
    for node in part.nodes() {
        writeln!(out, "  {}[\"{}\"]", mermaid_id(node.id), mermaid_text(node.name))?;
    }
    for edge in part.edges().take(MOST_EDGES) {
        let arrow = if edge.critical { "-->" } else { "-.->" };
        let [from, to] = [edge.from, edge.to].map(mermaid_id);
        writeln!(out, "  {from} {arrow}|\"{}\"| {to}", mermaid_text(edge.input.unwrap_or(edge.layer)))?;
    }
    Ok(())
}

fn mermaid_id(id: &str) -> String {
    if RESERVED.contains(&id) { format!("{id}_") } else { id.to_owned() }
}

/// A text between quotation marks: what Mermaid or HTML would take for its own is written by its number.
fn mermaid_text(text: &str) -> String {
    let mut written = String::new();
    for c in text.chars() {
        match c {
            '"' | '#' | '&' | '<' | '>' | '`' | '\\' | ';' | '|' => written += &format!("#{};", u32::from(c)),
            c if is_harmless(c) => written.push(c),
            _ => written.push(' '),
        }
    }
    written
}

/// A comment ends with its line, and braces in it would be a directive.
fn mermaid_comment(text: &str) -> String {
    text.chars().map(|c| if is_harmless(c) && !matches!(c, '{' | '}') { c } else { ' ' }).collect()
}
