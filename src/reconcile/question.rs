//! What a client asks: queries of a batch, read strictly enough that a mistake is told.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::entity::Kind;
use crate::http::{Problem, ProblemKind};

/// So many candidates a query gets that does not say how many it wants.
const USUAL_LIMIT: usize = 10;
/// No query gets more candidates.
const MOST_CANDIDATES: f64 = 100.0;
/// A batch has no more queries than this.
pub const MOST_QUERIES: usize = 1000;

/// How types have to fit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Strictness {
    /// One of them has to.
    #[default]
    Any,
    /// All of them have to.
    All,
    /// Those that do not fit come after those that do.
    Should,
}

/// One query of a batch.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The name that is looked for.
    pub query: Option<String>,
    #[serde(default, rename = "type")]
    kind: Value,
    limit: Option<f64>,
    /// What else is known of it.
    #[serde(default)]
    pub properties: Vec<Known>,
    /// How types have to fit.
    #[serde(default)]
    pub type_strict: Strictness,
}

/// What is known of an entity: a property and values, one of which it has.
#[derive(Debug, Deserialize)]
pub struct Known {
    /// The property.
    pub pid: String,
    /// The value, or several.
    pub v: Value,
}

impl Question {
    /// A query for a name alone.
    pub fn of_name(name: &str) -> Self {
        Self { query: Some(name.to_owned()), ..Self::default() }
    }

    /// How many candidates are wanted.
    pub fn limit(&self) -> usize {
        self.limit.map_or(USUAL_LIMIT, |limit| limit.min(MOST_CANDIDATES) as usize)
    }

    /// The ids of the types asked for.
    pub fn types(&self) -> Vec<&str> {
        let one = |value: &'_ Value| value.as_str().is_some() || value.get("id").is_some();
        let id = |value| -> Option<&str> { Value::as_str(value).or_else(|| value.get("id")?.as_str()) };
        match &self.kind {
            Value::Array(several) => several.iter().filter_map(id).collect(),
            value if one(value) => id(value).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The kinds of entities among which it is looked for: companies, unless types say otherwise.
    pub fn kinds(&self) -> Vec<Kind> {
        let types = self.types();
        let named: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| types.contains(&kind.id())).collect();
        if named.is_empty() { vec![Kind::Company] } else { named }
    }

    fn check(self) -> Result<Self, String> {
        if self.query.is_none() && self.properties.is_empty() {
            return Err("it has neither `query` nor `properties`".to_owned());
        }
        match self.limit {
            Some(limit) if limit < 1.0 || limit.fract() != 0.0 => {
                Err(format!("`limit` is a whole number from 1, not {limit}"))
            }
            _ => Ok(self),
        }
    }
}

/// The text of a value: of an entity its id and its name.
pub fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::String(text) => vec![text.clone()],
        Value::Array(several) => several.iter().flat_map(texts).collect(),
        Value::Object(entity) => ["id", "name"].iter().filter_map(|key| entity.get(*key)).flat_map(texts).collect(),
        other => vec![other.to_string()],
    }
}

/// The queries of a batch, by the names that it gives them.
pub fn batch(text: &str) -> Result<Vec<(String, Question)>, Problem> {
    let parsed: Map<String, Value> = parse("queries", text)?;
    if parsed.len() > MOST_QUERIES {
        let detail = format!("the batch has {} queries; it may have {MOST_QUERIES}", parsed.len());
        return Err(Problem::new(ProblemKind::BodyTooLarge, detail).taking(format!("at most {MOST_QUERIES} queries")));
    }
    let named = |(name, value): (String, Value)| {
        let read = serde_json::from_value(value).map_err(|error| error.to_string()).and_then(Question::check);
        let question = read.map_err(|wrong| invalid("queries", text, &format!("in `{name}`: {wrong}")))?;
        Ok((name, question))
    };
    parsed.into_iter().map(named).collect()
}

/// A single query: JSON, or only a name.
pub fn single(text: &str) -> Result<Question, Problem> {
    if !text.trim_start().starts_with('{') {
        return Ok(Question::of_name(text));
    }
    parse::<Question>("query", text)?.check().map_err(|wrong| invalid("query", text, &wrong))
}

/// The JSON that a parameter holds.
pub fn parse<T: for<'de> Deserialize<'de>>(parameter: &str, text: &str) -> Result<T, Problem> {
    serde_json::from_str(text).map_err(|error| invalid(parameter, text, &error.to_string()))
}

fn invalid(parameter: &str, got: &str, wrong: &str) -> Problem {
    let takes = match parameter {
        "extend" => r#"JSON such as {"ids": ["openai"], "properties": [{"id": "country"}]}"#,
        "query" => r#"a name, or JSON such as {"query": "OpenAI", "limit": 3}"#,
        _ => r#"JSON such as {"q0": {"query": "OpenAI", "limit": 3}}"#,
    };
    let detail = format!("`{parameter}` is not as it should be: {wrong}");
    Problem::new(ProblemKind::InvalidParameter, detail).about(parameter, got).taking(takes)
}
