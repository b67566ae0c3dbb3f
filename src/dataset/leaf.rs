//! The leaves of a tree held against the schema of its file: texts, words of a set, numbers.

use std::ops::Range;

use jsonc_parser::ast::StringLit;
use serde_json::{Number, Value as Json};

use super::format::Format;
use super::phrase::{noun, one_of, quoted};
use super::rules::Rule;
use super::shape::Shape;
use super::suggest::{did_you_mean, nearest};
use super::tree::range;

/// The pattern of a text that has something in it.
const NOT_EMPTY: &str = "\\S";

impl Shape<'_, '_> {
    pub(super) fn text(&mut self, text: &StringLit<'_>, schema: &Json) -> Option<Json> {
        let at = range(&text.range);
        match schema["format"].as_str().and_then(Format::named) {
            Some(format) => self.format(&text.value, at, format)?,
            None if schema["pattern"] == NOT_EMPTY && text.value.trim().is_empty() => {
                self.add(Rule::EmptyText, at, || ("the text is empty".into(), None));
                return None;
            }
            None => {}
        }
        Some(text.value.as_ref().into())
    }

    pub(super) fn format(&mut self, text: &str, at: Range<usize>, format: &Format) -> Option<()> {
        let error = match (format.check)(text) {
            Ok(()) => return Some(()),
            Err(error) => error,
        };
        self.add(format.rule, at, || {
            let help = format.mended(text).map(|mended| did_you_mean(&mended));
            (format!("{} is not {error}", quoted(text)), help)
        });
        None
    }

    pub(super) fn word(&mut self, text: &StringLit<'_>, schema: &Json) -> Option<Json> {
        let words = schema["oneOf"].as_array().into_iter().flatten().filter_map(|word| word["const"].as_str());
        if words.clone().any(|word| word == text.value) {
            return Some(text.value.as_ref().into());
        }
        self.add(Rule::UnknownWord, range(&text.range), || {
            let help = nearest(&text.value, words.clone()).map(did_you_mean).unwrap_or_else(|| one_of(words));
            (format!("{} cannot stand here", quoted(&text.value)), Some(help))
        });
        None
    }

    pub(super) fn number(&mut self, text: &str, at: Range<usize>, schema: &Json) -> Option<Json> {
        let Ok(number) = serde_json::from_str::<Number>(text) else {
            self.outcome.bad_number = true;
            self.add(Rule::BadNumber, at, || (format!("{} is not a finite number", quoted(text)), None));
            return None;
        };
        if schema["type"] != "number" && number.is_f64() {
            let message = || format!("expected {}, found {}", noun("integer"), quoted(text));
            self.add(Rule::WrongType, at, || (message(), None));
            return None;
        }
        let value = number.as_f64().unwrap_or_default();
        let (low, high) = (schema["minimum"].as_f64(), schema["maximum"].as_f64());
        if low.is_some_and(|low| value < low) || high.is_some_and(|high| value > high) {
            self.bounds(text, at, schema["format"] == "money", low, high);
            return None;
        }
        Some(number.into())
    }

    fn bounds(&mut self, text: &str, at: Range<usize>, money: bool, low: Option<f64>, high: Option<f64>) {
        let (rule, what) = if money { (Rule::NegativeMoney, "an amount") } else { (Rule::OutOfRange, "a number") };
        self.add(rule, at, || {
            let expected = match (low, high) {
                (Some(low), Some(high)) => format!("from {low} to {high}"),
                (Some(low), None) => format!("of {low} or more"),
                _ => format!("of {} or less", high.unwrap_or_default()),
            };
            (format!("expected {what} {expected}, found {text}"), None)
        });
    }
}
