//! Phrases that messages are made of.

use super::tree::Value;

/// What a schema's type is called; `word` is a text out of a set.
pub(crate) fn noun(expected: &str) -> &str {
    match expected {
        "object" => "an object",
        "array" => "a list",
        "boolean" => "`true` or `false`",
        "number" => "a number",
        "integer" => "a whole number",
        _ => "a text",
    }
}

pub(crate) fn found(node: &Value<'_>) -> &'static str {
    match node {
        Value::Object(_) => "an object",
        Value::Array(_) => "a list",
        Value::StringLit(_) => "a text",
        Value::NumberLit(_) => "a number",
        Value::BooleanLit(_) => "`true` or `false`",
        Value::NullKeyword(_) => "`null`",
    }
}

pub(crate) fn hint(expected: &str, node: &Value<'_>) -> Option<String> {
    let hint = match (expected, node) {
        ("number" | "integer", Value::StringLit(_)) => "write the number without quotes",
        ("string" | "word", Value::NumberLit(_) | Value::BooleanLit(_)) => "put it in double quotes",
        ("array", _) => "put it in brackets: `[…]`",
        ("object", Value::StringLit(_)) => "write a text by its language: `{\"en\": \"…\"}`",
        (_, Value::NullKeyword(_)) => "this cannot be left unknown",
        _ => return None,
    };
    Some(hint.to_owned())
}

pub(crate) fn one_of<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let words: Vec<_> = words.map(|word| format!("`{word}`")).collect();
    format!("one of {}", words.join(", "))
}

/// A text as it stands in a message: cut where it is long.
pub(crate) fn quoted(text: &str) -> String {
    const MOST: usize = 60;
    let short: String = text.chars().take(MOST).collect();
    if short.len() < text.len() { format!("`{short}…`") } else { format!("`{short}`") }
}
