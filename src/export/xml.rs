//! XML for other tools: GraphML and GEXF. A character that XML 1.0 has no place for becomes U+FFFD.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::fields::{Field, Kind, OF_EDGES, OF_NODES, Value};
use super::{Edge, Node, Subgraph};

type Xml<'a> = Writer<&'a mut dyn Write>;

/// Writes GraphML: <http://graphml.graphdrawing.org/specification.html>.
pub fn write_graphml(part: Subgraph<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = declared(out)?;
    xml.create_element("graphml")
        .with_attribute(("xmlns", "http://graphml.graphdrawing.org/xmlns"))
        .write_inner_content(|xml| {
            key(xml, "node", "name", Kind::String)?;
            OF_NODES.iter().try_for_each(|field| key(xml, "node", field.name, field.kind))?;
            OF_EDGES.iter().try_for_each(|field| key(xml, "edge", field.name, field.kind))?;
            let graph = xml.create_element("graph").with_attributes([("id", "linchpin"), ("edgedefault", "directed")]);
            graph.write_inner_content(|xml| {
                part.nodes().try_for_each(|node| graphml_node(xml, &node))?;
                part.edges().try_for_each(|edge| graphml_edge(xml, &edge))
            })?;
            Ok(())
        })?;
    Ok(())
}

fn declared(out: &mut dyn Write) -> io::Result<Xml<'_>> {
    let mut xml = Writer::new(out);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    Ok(xml)
}

/// The id of the attribute: those of nodes and of edges must differ.
fn key_id(of: &str, name: &str) -> String {
    format!("{of}-{name}")
}

fn key(xml: &mut Xml<'_>, of: &str, name: &str, kind: Kind) -> io::Result<()> {
    let id = key_id(of, name);
    let kind = match kind {
        Kind::String => "string",
        Kind::Boolean => "boolean",
        Kind::Double => "double",
    };
    let attributes = [("id", id.as_str()), ("for", of), ("attr.name", name), ("attr.type", kind)];
    xml.create_element("key").with_attributes(attributes).write_empty().map(drop)
}

fn graphml_node(xml: &mut Xml<'_>, node: &Node<'_>) -> io::Result<()> {
    xml.create_element("node").with_attribute(("id", node.id)).write_inner_content(|xml| {
        datum(xml, "node", "name", node.name)?;
        data(xml, "node", node.values())
    })?;
    Ok(())
}

fn graphml_edge(xml: &mut Xml<'_>, edge: &Edge<'_>) -> io::Result<()> {
    let id = edge.id.to_string();
    let ends = [("id", id.as_str()), ("source", edge.from), ("target", edge.to)];
    xml.create_element("edge").with_attributes(ends).write_inner_content(|xml| data(xml, "edge", edge.values()))?;
    Ok(())
}

fn data(xml: &mut Xml<'_>, of: &str, mut values: impl Iterator<Item = (&'static str, Value)>) -> io::Result<()> {
    values.try_for_each(|(name, value)| value.written().map_or(Ok(()), |value| datum(xml, of, name, &value)))
}

fn datum(xml: &mut Xml<'_>, of: &str, name: &str, value: &str) -> io::Result<()> {
    let text = xml_text(value);
    let datum = xml.create_element("data").with_attribute(("key", key_id(of, name).as_str()));
    datum.write_text_content(BytesText::new(&text)).map(drop)
}

/// Writes GEXF 1.3: <https://gexf.net/schema.html>.
pub fn write_gexf(part: Subgraph<'_>, out: &mut dyn Write) -> io::Result<()> {
    let day = part.view.filter.day.to_string();
    let title = xml_text(part.graph.manifest.title.get(part.lang)).into_owned();
    let mut xml = declared(out)?;
    let root = xml.create_element("gexf").with_attributes([("xmlns", "http://gexf.net/1.3"), ("version", "1.3")]);
    root.write_inner_content(|xml| {
        xml.create_element("meta").with_attribute(("lastmodifieddate", day.as_str())).write_inner_content(|xml| {
            xml.create_element("creator").write_text_content(BytesText::new("Linchpin"))?;
            xml.create_element("description").write_text_content(BytesText::new(&title)).map(drop)
        })?;
        let graph = [("mode", "static"), ("defaultedgetype", "directed"), ("idtype", "string")];
        xml.create_element("graph").with_attributes(graph).write_inner_content(|xml| {
            gexf_attributes(xml, "node", OF_NODES)?;
            gexf_attributes(xml, "edge", OF_EDGES)?;
            xml.create_element("nodes")
                .write_inner_content(|xml| part.nodes().try_for_each(|node| gexf_node(xml, &node)))?;
            xml.create_element("edges")
                .write_inner_content(|xml| part.edges().try_for_each(|edge| gexf_edge(xml, &edge)))
                .map(drop)
        })?;
        Ok(())
    })?;
    Ok(())
}

fn gexf_attributes<Of>(xml: &mut Xml<'_>, class: &str, fields: &[Field<Of>]) -> io::Result<()> {
    let declared = xml.create_element("attributes").with_attributes([("class", class), ("mode", "static")]);
    declared.write_inner_content(|xml| {
        fields.iter().try_for_each(|field| {
            let kind = match field.kind {
                Kind::String => "string",
                Kind::Boolean => "boolean",
                Kind::Double => "double",
            };
            let attributes = [("id", field.name), ("title", field.name), ("type", kind)];
            xml.create_element("attribute").with_attributes(attributes).write_empty().map(drop)
        })
    })?;
    Ok(())
}

fn gexf_node(xml: &mut Xml<'_>, node: &Node<'_>) -> io::Result<()> {
    let label = xml_text(node.name);
    let named = xml.create_element("node").with_attributes([("id", node.id), ("label", &label)]);
    named.write_inner_content(|xml| gexf_values(xml, node.values())).map(drop)
}

fn gexf_edge(xml: &mut Xml<'_>, edge: &Edge<'_>) -> io::Result<()> {
    let id = edge.id.to_string();
    // `kind` lets several edges join the same two nodes.
    let kind = edge.input.map_or(edge.layer.to_owned(), |input| format!("{}.{input}", edge.layer));
    let ends = [("id", id.as_str()), ("source", edge.from), ("target", edge.to), ("kind", kind.as_str())];
    xml.create_element("edge")
        .with_attributes(ends)
        .write_inner_content(|xml| gexf_values(xml, edge.values()))
        .map(drop)
}

fn gexf_values(xml: &mut Xml<'_>, values: impl Iterator<Item = (&'static str, Value)>) -> io::Result<()> {
    xml.create_element("attvalues").write_inner_content(|xml| {
        for (name, value) in values.filter_map(|(name, value)| Some((name, value.written()?))) {
            let value = xml_text(&value);
            xml.create_element("attvalue").with_attributes([("for", name), ("value", &*value)]).write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

/// A text without the characters that XML 1.0 (section 2.2) does not allow.
pub fn xml_text(text: &str) -> Cow<'_, str> {
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    match text.chars().all(allowed) {
        true => Cow::Borrowed(text),
        false => text.chars().map(|c| if allowed(c) { c } else { '\u{fffd}' }).collect(),
    }
}
