//! The questions that can be asked: a tool for each operation of the document that is a command and answers about the data.

use std::sync::Arc;

use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use serde_json::{Map, Value, json};
use utoipa::openapi::OpenApi;

use super::llms;
use super::resources::Kind;
use super::schema::standing_alone;

/// Parameters that a tool does not take: it answers in JSON.
const LEFT_OUT: &[&str] = &["format"];

/// How the rest of a list is asked for.
const PAGED: &str = "The answer is a page of a list of `total` items, at most `limit` of them. While `next` is not null \
    there are more: ask again with the same arguments and with `after` as it stands in `next`.";

/// All that agents are told of: made from the document once.
#[derive(Debug)]
pub struct Questions {
    /// The questions.
    pub all: Vec<Question>,
    /// The kinds of things that have an address of their own.
    pub kinds: Vec<Kind>,
    /// What is here, as an agent that reads pages is told.
    pub overview: String,
}

/// A question: a tool, and the route that answers it.
#[derive(Debug)]
pub struct Question {
    /// The tool.
    pub tool: Tool,
    /// The address, with its parameters in braces.
    pub path: String,
    /// The arguments that are sent in the body, if there is one.
    pub in_body: Option<Vec<String>>,
}

impl Questions {
    /// Those of a document.
    pub fn of(document: &OpenApi) -> Arc<Self> {
        let document = serde_json::to_value(document).unwrap_or_default();
        Arc::new(Self {
            all: operations(&document).filter_map(|it| Question::of(&document, &it)).collect(),
            kinds: operations(&document).filter_map(|it| Kind::of(&document, &it)).collect(),
            overview: llms::overview(&document),
        })
    }

    /// The question of a tool.
    pub fn find(&self, tool: &str) -> Option<&Question> {
        self.all.iter().find(|question| question.tool.name == tool)
    }
}

/// An operation of the document.
pub struct Operation<'a> {
    /// Its address.
    pub path: &'a str,
    /// Its method, in lower case.
    pub method: &'a str,
    /// What is declared of it.
    pub value: &'a Value,
}

impl<'a> Operation<'a> {
    /// A text of it.
    pub fn text(&self, key: &str) -> &'a str {
        self.value[key].as_str().unwrap_or_default()
    }

    /// Its parameters.
    pub fn parameters(&self) -> impl Iterator<Item = &'a Value> {
        self.value["parameters"].as_array().into_iter().flatten()
    }
}

/// All operations of a document.
pub fn operations(document: &Value) -> impl Iterator<Item = Operation<'_>> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten();
        methods.map(move |(method, value)| Operation { path, method, value })
    })
}

impl Question {
    /// The question of an operation: one that is a command, and answers about the data in JSON.
    fn of(document: &Value, operation: &Operation<'_>) -> Option<Self> {
        let answers = operation.value.pointer("/responses/200/content")?.get("application/json");
        let is_asked = operation.path.starts_with("/v1") && !operation.text("x-command").is_empty();
        answers.filter(|_| is_asked)?;
        let mut input = Input::default();
        for parameter in operation.parameters() {
            input.take(document, parameter);
        }
        let body = operation.value.pointer("/requestBody/content/application~1json/schema");
        let in_body = body.map(|schema| input.take_all(&standing_alone(document, schema)));
        let title = operation.text("summary");
        let paged = if input.properties.contains_key("after") { PAGED } else { "" };
        let about = [title, operation.text("description"), paged].map(str::trim);
        let about = about.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
        let tool = Tool::new(snake_case(operation.text("operationId")), about, input.schema())
            .with_title(title)
            .with_annotations(ToolAnnotations::new().read_only(true).idempotent(true).open_world(false));
        Some(Self { tool, path: operation.path.to_owned(), in_body })
    }

    /// The arguments that the tool takes.
    pub fn takes(&self) -> impl Iterator<Item = &str> {
        self.tool.input_schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.as_str())
    }
}

/// What a tool takes.
#[derive(Default)]
struct Input {
    properties: Map<String, Value>,
    required: Vec<Value>,
}

impl Input {
    /// Takes a parameter of the route.
    fn take(&mut self, document: &Value, parameter: &Value) {
        let name = parameter["name"].as_str().unwrap_or_default();
        if LEFT_OUT.contains(&name) {
            return;
        }
        let mut schema = standing_alone(document, &parameter["schema"]);
        if let Some(fields) = schema.as_object_mut() {
            fields.insert("description".into(), parameter["description"].clone());
            parameter.get("example").into_iter().for_each(|it| _ = fields.insert("examples".into(), json!([it])));
        }
        self.properties.insert(name.to_owned(), schema);
        if parameter["required"] == true {
            self.required.push(name.into());
        }
    }

    /// Takes all fields of a body, and says which those are.
    fn take_all(&mut self, schema: &Value) -> Vec<String> {
        let fields = schema["properties"].as_object().into_iter().flatten();
        let names = fields.map(|(name, schema)| {
            self.properties.insert(name.clone(), schema.clone());
            name.clone()
        });
        let names = names.collect();
        self.required.extend(schema["required"].as_array().into_iter().flatten().cloned());
        names
    }

    fn schema(self) -> JsonObject {
        let schema = [
            ("type", json!("object")),
            ("properties", self.properties.into()),
            ("required", self.required.into()),
            ("additionalProperties", json!(false)),
        ];
        schema.into_iter().map(|(keyword, value)| (keyword.to_owned(), value)).collect()
    }
}

/// `showCompany` as `show_company`.
fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}
