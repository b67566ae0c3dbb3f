//! Why a text is not JSON, as a person is told.

use std::ops::Range;

use jsonc_parser::errors::{ParseError, ParseErrorKind};

/// Why a text is not JSON, and where.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) at: Range<usize>,
    pub(crate) message: String,
    pub(crate) help: Option<&'static str>,
}

impl Fault {
    pub(super) fn of(error: &ParseError, text: &str) -> Self {
        let range = error.range();
        let at = range.start..range.end.max(range.start + 1);
        match error.kind() {
            ParseErrorKind::UnterminatedObject | ParseErrorKind::UnterminatedArray => {
                let help = "every `{` is closed by `}`, every `[` by `]`, every text by `\"`";
                Self { at, message: "this is never closed".into(), help: Some(help) }
            }
            kind => Self { at, message: said(kind), help: help(kind) },
        }
        .within(text)
    }

    /// A fault that a reader of JSON reports by line and column.
    pub(crate) fn reported(error: &serde_json::Error, text: &str) -> Self {
        let start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let at = start + error.column().saturating_sub(1);
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        Self { at: at..at + 1, message, help: None }.within(text)
    }

    pub(super) fn end(text: &str, message: &str) -> Self {
        Self { at: text.len()..text.len(), message: message.into(), help: None }
    }

    fn within(mut self, text: &str) -> Self {
        self.at = self.at.start.min(text.len())..self.at.end.min(text.len());
        self
    }
}

fn said(kind: &ParseErrorKind) -> String {
    let said = kind.to_string();
    let mut chars = said.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

fn help(kind: &ParseErrorKind) -> Option<&'static str> {
    Some(match kind {
        ParseErrorKind::CommentsNotAllowed => "JSON has no comments; a remark can stand in `note`",
        ParseErrorKind::TrailingCommasNotAllowed => "remove the comma after the last value",
        ParseErrorKind::ExpectedComma => "put a comma between two values",
        ParseErrorKind::SingleQuotedStringsNotAllowed => "put the text in double quotes",
        ParseErrorKind::ExpectedStringObjectProperty => "put the key in double quotes",
        ParseErrorKind::UnexpectedWord | ParseErrorKind::UnexpectedToken => {
            "put the text in double quotes; `true`, `false` and `null` are written so"
        }
        ParseErrorKind::String(_) => {
            "in a text, `\\` stands before `\"`, `\\`, `/`, `b`, `f`, `n`, `r`, `t` or `u` and four digits"
        }
        ParseErrorKind::MultipleRootJsonValues => "a file holds one value; remove what follows it",
        ParseErrorKind::HexadecimalNumbersNotAllowed
        | ParseErrorKind::UnaryPlusNumbersNotAllowed
        | ParseErrorKind::BareDecimalPointNumbersNotAllowed => "write the number in digits, such as `0.5`",
        _ => return None,
    })
}
