//! The graph as JSON: Linchpin's own, and the elements of Cytoscape.js.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeSeq, Serializer};
use serde_json::json;
use utoipa::ToSchema;

use super::{Edge, Node, Subgraph};
use crate::model::Day;

/// A graph: companies and the dependencies between them.
#[derive(Debug, serde::Serialize, ToSchema)]
pub struct GraphDocument<'a> {
    /// The companies, by id.
    #[schema(value_type = Vec<Node>)]
    #[serde(serialize_with = "nodes")]
    nodes: Subgraph<'a>,
    /// The dependencies between them, by from, to, layer, input, since.
    #[schema(value_type = Vec<Edge>)]
    #[serde(serialize_with = "edges")]
    edges: Subgraph<'a>,
    /// The day asked about.
    #[schema(value_type = String, format = Date, example = "2026-11-26")]
    as_of: Day,
}

/// The same graph as Cytoscape.js takes it.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "it tells what is written, element by element, while it is sent")]
pub struct CytoscapeDocument {
    /// What `cytoscape({elements})` takes.
    elements: CytoscapeElements,
    /// The day asked about.
    #[schema(value_type = String, format = Date, example = "2026-11-26")]
    as_of: Day,
}

/// Elements of a graph, as Cytoscape.js takes them.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "it tells what is written, element by element, while it is sent")]
pub struct CytoscapeElements {
    /// The companies, by id.
    nodes: Vec<CytoscapeElement>,
    /// The dependencies between them; `source` is the company that depends, `target` the supplier.
    edges: Vec<CytoscapeElement>,
}

/// An element of a graph, as Cytoscape.js takes it.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "it tells what is written, element by element, while it is sent")]
pub struct CytoscapeElement {
    /// Its id, its label, its ends if it is an edge, and what is known of it.
    data: std::collections::BTreeMap<String, serde_json::Value>,
}

/// A graph in one of the two kinds of JSON.
#[derive(Debug, ToSchema)]
#[serde(untagged)]
pub enum GraphInJson<'a> {
    /// Linchpin's own.
    Own(GraphDocument<'a>),
    /// For Cytoscape.js, with `format=cytoscape`.
    Cytoscape(CytoscapeDocument),
}

fn nodes<S: Serializer>(part: &Subgraph<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    sequence(part.nodes(), serializer)
}

fn edges<S: Serializer>(part: &Subgraph<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    sequence(part.edges(), serializer)
}

fn sequence<S: Serializer>(items: impl Iterator<Item: Serialize>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut list = serializer.serialize_seq(None)?;
    for item in items {
        list.serialize_element(&item)?;
    }
    list.end()
}

/// Writes Linchpin's own JSON.
pub fn write(part: Subgraph<'_>, out: &mut dyn Write) -> io::Result<()> {
    let document = GraphDocument { nodes: part, edges: part, as_of: part.view.filter.day };
    Ok(serde_json::to_writer(out, &document)?)
}

/// Writes what `cytoscape({elements})` takes.
pub fn write_cytoscape(part: Subgraph<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{\"elements\":{\"nodes\":[")?;
    for (at, node) in part.nodes().enumerate() {
        separate(at, out)?;
        serde_json::to_writer(&mut *out, &json!({"data": node_data(&node)}))?;
    }
    out.write_all(b"],\"edges\":[")?;
    for (at, edge) in part.edges().enumerate() {
        separate(at, out)?;
        serde_json::to_writer(&mut *out, &json!({"data": edge_data(&edge)}))?;
    }
    write!(out, "]}},\"as_of\":\"{}\"}}", part.view.filter.day)
}

fn separate(at: usize, out: &mut dyn Write) -> io::Result<()> {
    if at > 0 { out.write_all(b",") } else { Ok(()) }
}

fn node_data(node: &Node<'_>) -> serde_json::Value {
    json!({"id": node.id, "label": node.name, "name": node.name, "href": node.href, "country": node.country,
        "roles": node.roles, "layers": node.activities})
}

/// Cytoscape.js has one set of ids for nodes and edges, and calls the ends of an edge source and target.
fn edge_data(edge: &Edge<'_>) -> serde_json::Value {
    json!({"id": edge.id, "source": edge.from, "target": edge.to, "label": edge.input.unwrap_or(edge.layer),
        "layer": edge.layer, "input": edge.input, "what": edge.what, "status": edge.status, "since": edge.since,
        "critical": edge.critical, "share": edge.share, "sources": edge.sources})
}
