//! An answer for people: lists as tables, single things as lines.

use std::fmt::Write;

use serde_json::{Map, Value};
use unicode_width::UnicodeWidthStr;

/// No cell is wider than this.
const WIDEST: usize = 60;

/// The answer as text.
pub(super) fn render(answer: &Value) -> String {
    let mut out = String::new();
    let Value::Object(fields) = answer else {
        return cell(answer) + "\n";
    };
    match fields.get("items").or_else(|| fields.get("paths")) {
        Some(Value::Array(items)) => {
            table(&mut out, items, "");
            closing(&mut out, fields, items.len());
        }
        _ => thing(&mut out, fields),
    }
    out
}

fn closing(out: &mut String, fields: &Map<String, Value>, shown: usize) {
    let as_of = fields.get("as_of").map(cell).unwrap_or_default();
    let total = fields
        .get("total")
        .and_then(Value::as_u64)
        .map_or_else(|| shown.to_string(), |total| format!("{shown} of {total}"));
    let more = if fields.get("truncated") == Some(&Value::Bool(true)) { "; there may be more" } else { "" };
    let none = if shown == 0 { "nothing found: " } else { "\n" };
    _ = writeln!(out, "{none}{total}{more}, as of {as_of}");
}

/// One thing, a line a field; lists of things as tables below.
fn thing(out: &mut String, fields: &Map<String, Value>) {
    let told = fields.iter().filter(|(name, value)| is_told(name, value));
    let (parts, lines): (Vec<_>, Vec<_>) = told.partition(|(_, value)| is_long(value));
    let width = lines.iter().map(|(name, _)| name.width()).max().unwrap_or_default();
    for (name, value) in lines {
        _ = writeln!(out, "{:width$}  {}", name.replace('_', " "), cell(value));
    }
    for (name, value) in parts {
        _ = writeln!(out, "\n{}", name.replace('_', " "));
        match value {
            Value::Object(fields) => fields_in_lines(out, fields),
            _ => table(out, value.as_array().map_or(&[], Vec::as_slice), "  "),
        }
    }
}

fn fields_in_lines(out: &mut String, fields: &Map<String, Value>) {
    let width = fields.keys().map(|name| name.width()).max().unwrap_or_default();
    for (name, value) in fields {
        _ = writeln!(out, "  {:width$}  {}", name.replace('_', " "), cell(value));
    }
}

/// Whether a line does not hold a value: a list of many things, or of things that have no address, or several fields of a
/// thing without a name.
fn is_long(value: &Value) -> bool {
    match value {
        Value::Array(items) => {
            items.len() > 8 || items.iter().any(|item| item.is_object() && item.get("href").is_none())
        }
        Value::Object(fields) => fields.len() > 2 && known(fields).is_none(),
        _ => false,
    }
}

/// What a thing is known by.
fn known(fields: &Map<String, Value>) -> Option<&Value> {
    ["id", "role", "company", "layer"].iter().find_map(|name| fields.get(*name))
}

fn is_told(name: &str, value: &Value) -> bool {
    let empty = match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    !empty && !["href", "names", "next", "links", "summary"].contains(&name) && !name.ends_with("_href")
}

fn table(out: &mut String, items: &[Value], indent: &str) {
    let Some(Value::Object(first)) = items.first() else {
        items.iter().for_each(|item| _ = writeln!(out, "{indent}{}", cell(item)));
        return;
    };
    let told = |name: &&String| items.iter().any(|item| item.get(name).is_some_and(|value| is_told(name, value)));
    let names: Vec<&String> = first.keys().filter(told).collect();
    let rows: Vec<Vec<String>> = items
        .iter()
        .map(|item| {
            let way = item.get("hops").and(item.get("companies"));
            let said = |name: &str, value: &Value| match way {
                Some(way) if name == "companies" => cell(way).replace(", ", " → "),
                _ => cell(value),
            };
            names.iter().map(|name| item.get(*name).map(|value| cut(said(name, value))).unwrap_or_default()).collect()
        })
        .collect();
    let widths: Vec<usize> = (0..names.len())
        .map(|at| rows.iter().map(|row| row[at].width()).chain([names[at].width()]).max().unwrap_or_default())
        .collect();
    let mut line = |cells: &mut dyn Iterator<Item = String>| {
        let mut text = String::from(indent);
        for (cell, width) in cells.zip(&widths) {
            let gap = width.saturating_sub(cell.width()) + 2;
            _ = write!(text, "{cell}{}", " ".repeat(gap));
        }
        _ = writeln!(out, "{}", text.trim_end());
    };
    line(&mut names.iter().map(|name| name.replace('_', " ").to_uppercase()));
    rows.into_iter().for_each(|row| line(&mut row.into_iter()));
}

/// A value in a few words: things by their id or name, lists with commas.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.chars().map(|c| if is_harmless(c) { c } else { ' ' }).collect(),
        Value::Number(number) => match number.as_f64() {
            // Whole numbers have no point, and no number has more digits than one reads.
            Some(number) if number.fract() == 0.0 => format!("{number:.0}"),
            Some(number) => ((number * 1e4).round() / 1e4).to_string(),
            None => number.to_string(),
        },
        Value::Array(items) => {
            let nested = items.iter().any(Value::is_array);
            let words: Vec<_> = items.iter().map(cell).collect();
            words.join(if nested { " | " } else { ", " })
        }
        Value::Object(fields) => match known(fields) {
            Some(known) => cell(known),
            None => fields
                .iter()
                .filter(|(name, value)| is_told(name, value))
                .map(|(name, value)| format!("{name} {}", cell(value)))
                .collect::<Vec<_>>()
                .join(", "),
        },
        other => other.to_string(),
    }
}

/// Whether a character does to a terminal nothing but show itself: no control, no change of direction.
fn is_harmless(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn cut(text: String) -> String {
    if text.width() <= WIDEST {
        return text;
    }
    let mut short = String::new();
    for c in text.chars() {
        if short.width() + 2 > WIDEST {
            break;
        }
        short.push(c);
    }
    short + "…"
}
