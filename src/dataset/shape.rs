//! A tree of JSON held against the schema of its file: everything that does not fit is found, the rest is kept.
//!
//! Only what `schemars` writes for the records is understood: references, "or null", objects, maps, lists, texts
//! with a format, words of a set, numbers with bounds.

use std::collections::HashSet;
use std::ops::Range;

use jsonc_parser::ast::{Array, Object};
use serde_json::{Map, Value as Json};

use super::cuts::Cuts;
use super::finding::{Finding, Findings};
use super::format::Format;
use super::parse::Record;
use super::phrase::{found, hint, noun, one_of, quoted};
use super::rules::Rule;
use super::schema::schema;
use super::suggest::{did_you_mean, nearest};
use super::tree::{Value, range};
use super::way::Way;

/// What became of a tree.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Whether anything did not fit.
    pub(crate) faulty: bool,
    /// Whether a number cannot be read as one.
    pub(crate) bad_number: bool,
    /// Whether facts, or what they name, were left out.
    pub(crate) lacks: bool,
    /// What was taken out.
    pub(crate) cuts: Cuts,
}

/// What is wrong, and what would be right where there is more to say than the rule does.
type Said = (String, Option<String>);

/// A tree while it is held against a schema.
pub(crate) struct Shape<'a, 's> {
    file: &'a str,
    schema: &'a Json,
    /// What stands for fields that have to be there, in the file as a whole and in an item of its list.
    blanks: [Json; 2],
    findings: &'a mut Findings<'s>,
    pub(crate) outcome: Outcome,
}

impl<'a, 's> Shape<'a, 's> {
    pub(crate) fn new<T: Record>(file: &'a str, findings: &'a mut Findings<'s>) -> Self {
        Self { file, schema: schema::<T>(), blanks: [T::blank(file), T::item()], findings, outcome: Outcome::default() }
    }

    /// What fits of a whole file; fields that it has to have are made up where they do not fit.
    pub(crate) fn root(&mut self, tree: &Value<'_>) -> Option<Json> {
        self.value(tree, self.schema, &Way::ROOT)
    }

    pub(super) fn add(&mut self, rule: Rule, at: Range<usize>, said: impl FnOnce() -> Said) {
        self.outcome.faulty = true;
        self.findings.add(rule, |rule| {
            let (message, help) = said();
            Finding::at(rule, self.file, at, message).help(help)
        });
    }

    fn value(&mut self, node: &Value<'_>, schema: &'a Json, way: &Way<'_>) -> Option<Json> {
        let (schema, nullable) = self.resolve(schema);
        match (expected(schema), node) {
            (_, Value::NullKeyword(_)) if nullable => Some(Json::Null),
            ("object", Value::Object(object)) => self.object(object, schema, way),
            ("array", Value::Array(array)) => Some(self.array(array, schema, way)),
            ("string", Value::StringLit(text)) => self.text(text, schema),
            ("word", Value::StringLit(text)) => self.word(text, schema),
            ("boolean", Value::BooleanLit(node)) => Some(node.value.into()),
            ("number" | "integer", Value::NumberLit(number)) => self.number(number.value, range(node), schema),
            (expected, _) => {
                self.outcome.lacks |= matches!(expected, "object" | "array");
                let message = || format!("expected {}, found {}", noun(expected), found(node));
                self.add(Rule::WrongType, range(node), || (message(), hint(expected, node)));
                None
            }
        }
    }

    /// The schema that a reference or an "or null" leads to, and whether null fits too.
    fn resolve(&self, schema: &'a Json) -> (&'a Json, bool) {
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
            return self.resolve(&self.schema["$defs"][name]);
        }
        match schema["anyOf"].as_array().map(Vec::as_slice) {
            Some([schema, null]) if null["type"] == "null" => (self.resolve(schema).0, true),
            _ => (schema, schema["type"].as_array().is_some_and(|types| types.iter().any(|name| name == "null"))),
        }
    }

    fn object(&mut self, object: &Object<'_>, schema: &'a Json, way: &Way<'_>) -> Option<Json> {
        let (mut seen, mut kept) = (HashSet::new(), Map::new());
        for property in &object.properties {
            let (key, at) = (property.name.as_str(), range(&property.name));
            if !seen.insert(key) {
                self.outcome.lacks = true;
                let message = || format!("the key {} stands here a second time", quoted(key));
                self.add(Rule::DuplicateKey, at, || (message(), None));
            } else if let Some(of_value) = self.field(key, at, schema) {
                let way = way.key(key);
                match self.value(&property.value, of_value, &way) {
                    Some(value) => drop(kept.insert(key.to_owned(), value)),
                    None if required(schema).any(|name| name == key) => {}
                    None => self.outcome.cuts.field(&way),
                }
            }
        }
        self.gaps(object, schema, &seen);
        for name in required(schema) {
            if !kept.contains_key(name) {
                kept.insert(name.to_owned(), self.stand_in(name, way)?);
            }
        }
        (!kept.is_empty() || schema["minProperties"] != 1).then_some(kept.into())
    }

    /// The schema for the value of a field; a field that cannot stand here has none.
    fn field(&mut self, key: &str, at: Range<usize>, schema: &'a Json) -> Option<&'a Json> {
        if let Some(format) = schema["propertyNames"]["format"].as_str().and_then(Format::named) {
            self.format(key, at.clone(), format)?;
        }
        match (schema["properties"].get(key), &schema["additionalProperties"]) {
            (Some(known), _) => Some(known),
            (None, others) if others.is_object() => Some(others),
            (None, _) => {
                self.add(Rule::UnknownField, at, || {
                    let known = schema["properties"].as_object().into_iter().flat_map(Map::keys).map(String::as_str);
                    let help = nearest(key, known.clone()).map(did_you_mean).unwrap_or_else(|| one_of(known));
                    (format!("there is no field {} here", quoted(key)), Some(help))
                });
                None
            }
        }
    }

    /// Fields that have to be there and are not.
    fn gaps(&mut self, object: &Object<'_>, schema: &Json, seen: &HashSet<&str>) {
        let Range { start, end } = range(&object.range);
        if object.properties.is_empty() && schema["minProperties"] == 1 {
            let (message, help) = ("expected a text in at least one language", "write it as `{\"en\": \"…\"}`");
            self.add(Rule::EmptyText, start..end, || (message.into(), Some(help.into())));
        }
        for name in required(schema).filter(|name| !seen.contains(name)) {
            self.add(Rule::MissingField, start..start + 1, || (format!("the field `{name}` is missing"), None));
        }
    }

    /// What stands for a field that has to be there, if something can.
    fn stand_in(&self, name: &str, way: &Way<'_>) -> Option<Json> {
        self.blanks.get(way.depth())?.get(name).cloned()
    }

    fn array(&mut self, array: &Array<'_>, schema: &'a Json, way: &Way<'_>) -> Json {
        let (mut left, mut kept) = (Vec::new(), Vec::new());
        for (index, element) in array.elements.iter().enumerate() {
            if let Some(value) = self.value(element, &schema["items"], &way.index(index)) {
                left.push(index);
                kept.push(value);
            }
        }
        if left.len() < array.elements.len() {
            self.outcome.lacks = true;
            self.outcome.cuts.list(way, left);
        }
        kept.into()
    }
}

fn required(schema: &Json) -> impl Iterator<Item = &str> {
    schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str)
}

/// The type that a schema asks for; `word` is a text out of a set.
fn expected(schema: &Json) -> &str {
    let name = match &schema["type"] {
        Json::Array(types) => types.iter().filter_map(Json::as_str).find(|name| *name != "null"),
        name => name.as_str(),
    };
    name.unwrap_or("word")
}
