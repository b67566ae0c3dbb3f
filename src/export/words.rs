//! A value of an answer in a few words, for the cells of tables.

use serde_json::{Map, Value};

/// The value in words: things by their id or name, lists with `between` between their items.
pub fn words(value: &Value, between: &str) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) => match number.as_f64() {
            // Whole numbers have no point, and no number has more digits than one reads.
            Some(number) if number.fract() == 0.0 => format!("{number:.0}"),
            Some(number) => ((number * 1e4).round() / 1e4).to_string(),
            None => number.to_string(),
        },
        Value::Array(items) => {
            let nested = items.iter().any(Value::is_array);
            let items: Vec<_> = items.iter().map(|item| words(item, between)).collect();
            items.join(if nested { " | " } else { between })
        }
        Value::Object(fields) => match known(fields) {
            Some(known) => words(known, between),
            None => {
                let told = fields.iter().filter(|(name, value)| is_told(name, value));
                told.map(|(name, value)| format!("{name} {}", words(value, between))).collect::<Vec<_>>().join(", ")
            }
        },
        Value::Bool(value) => value.to_string(),
    }
}

/// What a thing is known by.
pub fn known(fields: &Map<String, Value>) -> Option<&Value> {
    ["id", "role", "company", "layer"].iter().find_map(|name| fields.get(*name))
}

/// Whether a field says something to a person: it is not empty, and no address.
pub fn is_told(name: &str, value: &Value) -> bool {
    let empty = match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    !empty && !["href", "names", "next", "links", "summary"].contains(&name) && !name.ends_with("_href")
}

/// Whether a character does to a terminal or a page nothing but show itself: no control, no change of direction.
pub fn is_harmless(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
