//! The OpenAPI document: what the handlers declare, with an example of every answer, taken from real data.

use std::sync::Arc;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::{Map, Value};
use utoipa::OpenApi;

use super::problem::Problem;
use super::{Inside, Live, Reply, World, api};

const ABOUT: &str = "\
Who depends on whom in the AI industry: app builder → model provider → cloud → chip maker → what chip makers need, \
every fact with its sources and its time.

* Every list has `items`, `total` and `next`, the address of the next page, which the header `Link` repeats.
* Every route takes `as_of` (the graph of that day), `source` (only what that source says), `status` and `lang`.
* A reference is `{\"id\", \"name\", \"href\"}`. A path takes ids and redirects other names; a query takes any name at once.
* Errors are `application/problem+json` (RFC 9457); their `type` leads to an explanation.
* Answers carry `ETag` and `Last-Modified` and may be asked for conditionally; reads are open to all origins.";

/// What the routes do not say themselves.
#[derive(OpenApi)]
#[openapi(
    info(title = "Linchpin", description = ABOUT, license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
         contact(name = "Linchpin")),
    components(schemas(Problem)),
    security(()),
    servers((url = "/", description = "This server.")),
    tags(
        (name = "companies", description = "Companies, whom they rest on, and who rests on them."),
        (name = "dependencies", description = "The edges of the graph, and the paths they make."),
        (name = "stack", description = "Layers and roles: what is bought, and what companies are."),
        (name = "risk", description = "What if: impact, chokepoints, exposure, concentration, flows and rankings."),
        (name = "facts", description = "Figures, stakes, changes, and the sources of everything."),
        (name = "documents", description = "The graph in the formats of other tools."),
        (name = "service", description = "What is loaded, and how the server is."),
    ),
)]
pub struct Doc;

/// How many items of a list an example shows.
const SHOWN: usize = 2;

/// The whole document, with an example of every answer: what the route answers about `world` for its example parameters.
///
/// # Errors
/// If a route has no answer to its own example.
pub async fn document(world: World) -> Result<Value, String> {
    let api = api();
    let mut document = serde_json::to_value(&api.document).map_err(|error| error.to_string())?;
    let live = Arc::new(Live::new(world));
    let (world, inside) = (live.world(), Inside::new(live, api.addresses));
    let schemas = document["components"]["schemas"].clone();
    let paths = document.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten();
    for (path, item) in paths.filter(|(path, _)| *path != "/openapi.json") {
        let Some((method, operation)) = item.as_object_mut().and_then(|item| item.iter_mut().next()) else { continue };
        let request = TestRequest::default().uri(&example_address(path, operation));
        let request = match method.as_str() {
            "post" => request.method(Method::POST).set_json(example_body(&schemas, operation)),
            _ => request,
        };
        let Reply { status, body, .. } = inside.ask(&world, request).await;
        let body: Value = serde_json::from_slice(&body).unwrap_or_default();
        if !status.is_success() {
            return Err(format!("the example of {path} is answered with {status}: {body}"));
        }
        let content = operation.pointer_mut("/responses/200/content/application~1json");
        if let Some(content) = content.and_then(Value::as_object_mut) {
            content.insert("example".into(), shortened(body));
        }
    }
    Ok(document)
}

/// What `x-command` says: the verb of the command line, and in brackets after it the parameter that follows it without its
/// name, if there is one. A question is hardly asked without it.
pub fn named_first(command: &str) -> (&str, Option<&str>) {
    match command.split_once(" [") {
        None => (command, None),
        Some((verb, first)) => (verb, Some(first.trim_end_matches(']'))),
    }
}

/// The address that an operation's own examples make: what it must be given, and what shows something.
fn example_address(path: &str, operation: &Value) -> String {
    let mut address = path.to_owned();
    let mut query = form_urlencoded::Serializer::new(String::new());
    let named_first = named_first(operation["x-command"].as_str().unwrap_or_default()).1;
    for parameter in operation.get("parameters").and_then(Value::as_array).into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap_or_default();
        let Some(example) = parameter.get("example") else {
            continue;
        };
        let text = example.as_str().map_or_else(|| example.to_string(), str::to_owned);
        if parameter["in"] == "path" {
            address = address.replace(&format!("{{{name}}}"), &text);
        } else if parameter["required"] == true || named_first == Some(name) {
            query.append_pair(name, &text);
        }
    }
    match query.finish() {
        query if query.is_empty() => address,
        query => format!("{address}?{query}"),
    }
}

/// The body that the schema of an operation's request gives as its example.
fn example_body<'a>(schemas: &'a Value, operation: &Value) -> &'a Value {
    let schema = operation.pointer("/requestBody/content/application~1json/schema/$ref").and_then(Value::as_str);
    let name = schema.and_then(|schema| schema.rsplit('/').next()).unwrap_or_default();
    &schemas[name]["example"]
}

/// An answer with the first few items of each list.
fn shortened(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().take(SHOWN).map(shortened).collect(),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (name, shortened(value))).collect::<Map<_, _>>())
        }
        other => other,
    }
}
