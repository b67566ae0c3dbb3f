//! The arguments of a tool as its route takes them: in the path, in the query, in the body.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rmcp::model::JsonObject;
use serde_json::Value;

use super::question::Question;
use crate::http::{Problem, ProblemKind};

/// What a route is asked.
#[derive(Debug)]
pub struct Asked {
    /// The address.
    pub address: String,
    /// What is sent to it.
    pub body: Option<Value>,
}

impl Question {
    /// What the route is asked for these arguments. Whether it takes their values is for the route to say.
    ///
    /// # Errors
    /// If they cannot be written into an address: the same problem that the route would have with them.
    pub fn asked(&self, arguments: JsonObject) -> Result<Asked, Box<Problem>> {
        let (mut path, mut body) = (self.path.clone(), JsonObject::new());
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in arguments.into_iter().filter(|(_, value)| !value.is_null()) {
            if !self.takes().any(|taken| taken == name) {
                return Err(self.unknown(&name, &value));
            }
            if self.in_body.as_ref().is_some_and(|fields| fields.contains(&name)) {
                body.insert(name, value);
                continue;
            }
            let text = text(&name, &value)?;
            let place = format!("{{{name}}}");
            if path.contains(&place) {
                path = path.replace(&place, &utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string());
            } else {
                query.append_pair(&name, &text);
            }
        }
        if let Some((_, rest)) = path.split_once('{') {
            let name = rest.split('}').next().unwrap_or_default();
            return Err(Box::new(Problem::with_parameter(ProblemKind::MissingParameter, name, None, "a value")));
        }
        let query = query.finish();
        let address = if query.is_empty() { path } else { format!("{path}?{query}") };
        Ok(Asked { address, body: self.in_body.as_ref().map(|_| body.into()) })
    }

    fn unknown(&self, name: &str, value: &Value) -> Box<Problem> {
        let names: Vec<_> = self.takes().map(|name| format!("`{name}`")).collect();
        let takes = format!("the tool takes {}", names.join(", "));
        Box::new(Problem::with_parameter(ProblemKind::UnknownParameter, name, Some(&value.to_string()), takes))
    }
}

/// A value as it is written into an address: lists with commas.
fn text(name: &str, value: &Value) -> Result<String, Box<Problem>> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(_) | Value::Bool(_) => Ok(value.to_string()),
        Value::Array(values) if !values.iter().any(|value| value.is_array() || value.is_null()) => {
            let texts: Result<Vec<_>, _> = values.iter().map(|value| text(name, value)).collect();
            Ok(texts?.join(","))
        }
        _ => {
            let (kind, got) = (ProblemKind::InvalidParameter, value.to_string());
            Err(Box::new(Problem::with_parameter(kind, name, Some(&got), "a text, a number or a list of texts")))
        }
    }
}
