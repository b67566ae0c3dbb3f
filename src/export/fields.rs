//! What flat formats say of a company and of a dependency: the one list of their attributes.

use super::{Edge, Node};

/// A value of an attribute.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text, which may hold anything.
    Text(String),
    /// A word of ours: an id, a date, a code.
    Word(String),
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(f64),
    /// Not known.
    None,
}

/// What kind of value an attribute has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text or a word.
    String,
    /// Yes or no.
    Boolean,
    /// A number.
    Double,
}

/// An attribute of companies or of dependencies; `Of` works its value out.
pub struct Field<Of> {
    /// What it is called.
    pub name: &'static str,
    /// What kind of value it has.
    pub kind: Kind,
    /// Its value.
    of: Of,
}

type OfNode = fn(&Node<'_>) -> Value;
type OfEdge = fn(&Edge<'_>) -> Value;

/// Attributes of companies, besides id and name.
pub const OF_NODES: &[Field<OfNode>] = &[
    Field { name: "country", kind: Kind::String, of: |node| word(node.country) },
    Field { name: "founded", kind: Kind::String, of: |node| word(node.founded) },
    Field { name: "roles", kind: Kind::String, of: |node| words(&node.roles) },
    Field { name: "layers", kind: Kind::String, of: |node| words(&node.activities) },
];

/// Attributes of dependencies, besides id and ends.
pub const OF_EDGES: &[Field<OfEdge>] = &[
    Field { name: "layer", kind: Kind::String, of: |edge| word(Some(edge.layer)) },
    Field { name: "input", kind: Kind::String, of: |edge| word(edge.input) },
    Field {
        name: "what",
        kind: Kind::String,
        of: |edge| edge.what.map_or(Value::None, |what| Value::Text(what.into())),
    },
    Field { name: "status", kind: Kind::String, of: |edge| word(Some(edge.status)) },
    Field { name: "since", kind: Kind::String, of: |edge| word(edge.since) },
    Field { name: "until", kind: Kind::String, of: |edge| word(edge.until) },
    Field { name: "critical", kind: Kind::Boolean, of: |edge| Value::Flag(edge.critical) },
    Field { name: "share", kind: Kind::Double, of: |edge| edge.share.map_or(Value::None, Value::Number) },
    Field { name: "sources", kind: Kind::String, of: |edge| words(&edge.sources) },
];

impl Node<'_> {
    /// The values of its attributes, in the order of `OF_NODES`.
    pub fn values(&self) -> impl Iterator<Item = (&'static str, Value)> {
        OF_NODES.iter().map(|field| (field.name, (field.of)(self)))
    }
}

impl Edge<'_> {
    /// The values of its attributes, in the order of `OF_EDGES`.
    pub fn values(&self) -> impl Iterator<Item = (&'static str, Value)> {
        OF_EDGES.iter().map(|field| (field.name, (field.of)(self)))
    }
}

fn word(value: Option<impl ToString>) -> Value {
    value.map_or(Value::None, |value| Value::Word(value.to_string()))
}

fn words(ids: &[&str]) -> Value {
    if ids.is_empty() { Value::None } else { Value::Word(ids.join(" ")) }
}

impl Value {
    /// The value as it is written; `None` if it is not known.
    pub fn written(&self) -> Option<String> {
        match self {
            Self::Text(text) | Self::Word(text) => Some(text.clone()),
            Self::Flag(flag) => Some(flag.to_string()),
            Self::Number(number) => Some(number.to_string()),
            Self::None => None,
        }
    }
}
