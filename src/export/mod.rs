//! 6 · Documents: the graph in every form that other programs read. One table of formats, one writer each; every writer
//! reads the same [`Subgraph`].

mod atom;
mod csv;
mod diagram;
mod fields;
mod format;
mod href;
mod json;
mod rdf;
mod sheet;
mod subgraph;
mod svg;
mod words;
mod xml;

pub use atom::{Entry, Feed};
pub use format::{Family, Format, Unknown};
pub use href::{Href, dependency_href};
pub use json::GraphInJson;
pub use rdf::{About, vocabulary, write as write_rdf};
pub use sheet::Sheet;
pub use subgraph::{Edge, Node, Scope, Subgraph};
pub use svg::{Picture, picture_of_graph, picture_of_impact, picture_of_paths};
pub use words::{is_harmless, is_told, known, words};

use std::io::{self, Write};

/// Writes a part of the graph. The addresses in RDF begin with `origin`, such as `http://127.0.0.1:8080`.
///
/// # Errors
/// If it cannot be written, or the format is none of graphs.
pub fn write(part: Subgraph<'_>, origin: &str, format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Json => json::write(part, out),
        Format::Cytoscape => json::write_cytoscape(part, out),
        Format::JsonLd | Format::Turtle | Format::NTriples => write_rdf(part, About::Part, origin, format, out),
        Format::GraphMl => xml::write_graphml(part, out),
        Format::Gexf => xml::write_gexf(part, out),
        Format::Dot => diagram::write_dot(part, out),
        Format::Csv => csv::write(part, out),
        Format::Mermaid => diagram::write_mermaid(part, out),
        Format::Svg => picture_of_graph(part).draw(out),
        Format::Html | Format::Atom | Format::EventStream => Err(io::Error::other("it is no format of graphs")),
    }
}
