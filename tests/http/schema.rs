//! What every answer has to be: what the OpenAPI document says of it, and nothing that it does not say.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use actix_web::http::Method;
use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::site::{API, Answer};

/// The document.
pub static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(&API.document).unwrap());

/// Path, method and status.
type Place = (String, String, String);

/// The schemas and validators of all answers.
static VALIDATORS: LazyLock<HashMap<Place, (Value, Validator)>> = LazyLock::new(|| {
    let mut all = HashMap::new();
    for (path, method, operation) in operations(&DOCUMENT) {
        for (status, response) in operation["responses"].as_object().unwrap() {
            for (kind, content) in response["content"].as_object().into_iter().flatten() {
                match status.starts_with('2') {
                    true if kind == "application/json" => {}
                    true => continue,
                    false => assert_eq!(kind, "application/problem+json", "{method} {path} {status}"),
                }
                let schema = content["schema"].clone();
                let key = (path.to_owned(), method.to_owned(), status.clone());
                all.insert(key, (schema.clone(), validator(&DOCUMENT, schema)));
            }
        }
    }
    all
});

/// Every operation of a document, with its path and method.
pub fn operations(document: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    paths.flat_map(|(path, item)| {
        let operations = item.as_object().unwrap().iter();
        operations.map(|(method, operation)| (path.as_str(), method.as_str(), operation))
    })
}

/// Whether a question is hardly asked without a parameter: it has to be given, or follows the verb of the command.
pub fn is_needed(operation: &Value, parameter: &Value) -> bool {
    let (_, first) = linchpin::http::named_first(operation["x-command"].as_str().unwrap_or_default());
    parameter["required"] == true || parameter["name"].as_str() == first
}

/// The validator of a schema that stands in a document.
pub fn validator(document: &Value, schema: Value) -> Validator {
    let root = json!({"allOf": [schema], "components": document["components"]});
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012).should_validate_formats(true);
    options.build(&root).unwrap()
}

/// Holds an answer to what holds of all.
pub fn hold(method: &Method, path: &str, answer: &Answer) {
    let address = &answer.address;
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{address}");
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{address}");
    let kind = answer.header("content-type");
    match answer.status {
        200 if path.starts_with("/v1") && method != Method::POST => hold_answer(answer),
        // The protocol of agents has errors of its own.
        400.. if path == "/mcp" && kind == Some("application/json") => assert!(answer.json()["error"].is_object()),
        400.. => {
            assert_eq!(kind, Some("application/problem+json"), "{address}");
            assert_eq!(answer.json()["status"], answer.status, "{address}");
            assert_eq!(answer.header("etag"), None, "an error is no state of the thing: {address}");
        }
        _ => {}
    }
    let is_json = kind.is_some_and(|kind| kind.ends_with("json") && kind != "application/ld+json");
    if answer.header("content-encoding").is_some() || answer.body.is_empty() || !is_json {
        return;
    }
    let template = operations(&DOCUMENT).map(|(template, ..)| template).find(|template| fits(template, path));
    let Some(template) = template else { return };
    let key = (template.to_owned(), method.as_str().to_lowercase(), answer.status.to_string());
    match VALIDATORS.get(&key) {
        Some((schema, validator)) => {
            let body = answer.json();
            let wrong: Vec<_> =
                validator.iter_errors(&body).map(|error| format!("{error} at {}", error.instance_path())).collect();
            assert!(wrong.is_empty(), "{address} is not as documented: {wrong:#?}\n{body:#}");
            let silent = undocumented(&DOCUMENT, schema, &body, "");
            assert!(silent.is_empty(), "{address} has what is not documented: {silent:?}");
        }
        None => assert!(matches!(answer.status, 405 | 412), "{method} {address}: {} is not documented", answer.status),
    }
}

fn hold_answer(answer: &Answer) {
    let address = &answer.address;
    for name in ["etag", "cache-control", "last-modified", "content-language"] {
        assert!(answer.header(name).is_some_and(|value| !value.is_empty()), "no {name} at {address}");
    }
    let vary = answer.header("vary").unwrap_or_default();
    for name in ["Accept", "Accept-Encoding", "Accept-Language"] {
        assert!(vary.split(", ").any(|listed| listed == name), "Vary of {address}: {vary}");
    }
    if answer.header("content-encoding").is_some() || answer.header("content-type") != Some("application/json") {
        return;
    }
    let body = answer.json();
    assert!(body["as_of"].is_string(), "no as_of at {address}");
    if body.get("items").is_some() {
        let shown = body["items"].as_array().unwrap().len();
        assert!(body["total"].as_u64().unwrap() >= shown as u64, "{address}");
        assert!(shown > 0 || body["next"].is_null(), "an empty page that leads on: {address}");
        let link = body["next"].as_str().map(|next| format!("<{next}>; rel=\"next\""));
        assert_eq!(answer.header("link"), link.as_deref(), "{address}");
    }
}

/// Whether a path is one of a template's.
pub fn fits(template: &str, path: &str) -> bool {
    let (wanted, given): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    wanted.len() == given.len()
        && wanted.iter().zip(given).all(|(wanted, given)| *wanted == given || wanted.starts_with('{'))
}

/// Where an instance has fields that its schema says nothing about.
pub fn undocumented(document: &Value, schema: &Value, instance: &Value, at: &str) -> Vec<String> {
    let mut known = Known::default();
    known.learn(document, schema);
    match instance {
        Value::Object(fields) if !known.open => fields
            .iter()
            .flat_map(|(name, value)| {
                let at = format!("{at}/{name}");
                match known.fields.get(name.as_str()) {
                    Some(schemas) => undocumented(document, &json!({"allOf": schemas}), value, &at),
                    None => vec![at],
                }
            })
            .collect(),
        Value::Array(items) => {
            let schema = json!({"allOf": known.items});
            items.iter().flat_map(|item| undocumented(document, &schema, item, &format!("{at}/*"))).collect()
        }
        _ => Vec::new(),
    }
}

/// What a schema and those it refers to know.
#[derive(Default)]
struct Known<'a> {
    fields: BTreeMap<&'a str, Vec<&'a Value>>,
    items: Vec<&'a Value>,
    open: bool,
}

impl<'a> Known<'a> {
    fn learn(&mut self, document: &'a Value, schema: &'a Value) {
        if let Some(reference) = schema["$ref"].as_str() {
            self.learn(document, document.pointer(&reference[1..]).unwrap());
        }
        for several in ["allOf", "oneOf", "anyOf"] {
            schema[several].as_array().into_iter().flatten().for_each(|schema| self.learn(document, schema));
        }
        let properties = schema["properties"].as_object().into_iter().flat_map(Map::iter);
        properties.for_each(|(name, schema)| self.fields.entry(name).or_default().push(schema));
        self.items.extend(schema.get("items"));
        // A map: its keys are data.
        self.open |= schema["additionalProperties"].is_object() || *schema == json!({});
    }
}
