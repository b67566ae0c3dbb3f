//! JSON Schemas as tools take them: without references, and with the words of JSON Schema where OpenAPI has its own.

use serde_json::{Map, Value, json};

/// The keywords that hold one schema, or a list of them.
const OF_SCHEMAS: &[&str] = &["items", "additionalProperties", "not", "oneOf", "anyOf", "allOf", "prefixItems"];

/// A schema that stands for itself: each reference into `document` is replaced by what it leads to. The schemas of
/// what is sent do not contain themselves.
pub fn standing_alone(document: &Value, schema: &Value) -> Value {
    match schema {
        Value::Object(fields) => {
            let mut alone = Map::new();
            for (keyword, value) in fields {
                add(document, &mut alone, keyword, value);
            }
            Value::Object(alone)
        }
        Value::Array(schemas) => schemas.iter().map(|schema| standing_alone(document, schema)).collect(),
        other => other.clone(),
    }
}

fn add(document: &Value, alone: &mut Map<String, Value>, keyword: &str, value: &Value) {
    match keyword {
        "$ref" => {
            let target = value.as_str().and_then(|reference| document.pointer(reference.trim_start_matches('#')));
            if let Some(Value::Object(fields)) = target.map(|target| standing_alone(document, target)) {
                // What stands beside the reference is more to the point.
                fields.into_iter().for_each(|(keyword, value)| _ = alone.entry(keyword).or_insert(value));
            }
        }
        "example" => _ = alone.insert("examples".into(), json!([value])),
        "properties" => {
            let fields = value.as_object().into_iter().flatten();
            let fields: Map<_, _> =
                fields.map(|(name, schema)| (name.clone(), standing_alone(document, schema))).collect();
            alone.insert(keyword.into(), fields.into());
        }
        _ if OF_SCHEMAS.contains(&keyword) => _ = alone.insert(keyword.into(), standing_alone(document, value)),
        _ => _ = alone.insert(keyword.into(), value.clone()),
    }
}
