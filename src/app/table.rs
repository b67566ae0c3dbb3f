//! An answer for people: lists as tables, single things as lines.

use std::fmt::Write;

use serde_json::{Map, Value};
use unicode_width::UnicodeWidthStr;

use crate::export::{is_harmless, is_told, known, words};

/// No cell is wider than this.
const WIDEST: usize = 60;

/// The answer as text.
pub fn render(answer: &Value) -> String {
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

/// A value in a few words, harmless to a terminal.
fn cell(value: &Value) -> String {
    words(value, ", ").chars().map(|c| if is_harmless(c) { c } else { ' ' }).collect()
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
