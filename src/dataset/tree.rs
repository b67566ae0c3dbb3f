//! A text becomes a tree of JSON that knows where everything stands.

use std::borrow::Cow;
use std::ops::Range;

pub(crate) use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;
use jsonc_parser::errors::{ParseError, ParseErrorKind};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

/// How deep brackets may be nested.
pub(crate) const MAX_DEPTH: usize = 32;

/// Of how many values a tree is made at most: a file of more is read if it is right, but not explained.
const MAX_VALUES: usize = 2_000_000;

/// The text of a file without its byte-order mark; what is not UTF-8 in it is replaced.
pub(crate) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes))
}

/// What some editors put at the beginning of a file.
pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Why a text is not JSON, and where.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) at: Range<usize>,
    pub(crate) message: String,
    pub(crate) help: Option<&'static str>,
}

/// The tree of a text, as far as it can be understood, and the first fault in its syntax.
///
/// Numbers that are not finite are left in, to be found with the rest.
pub(crate) fn parse(text: &str) -> (Option<Value<'_>>, Option<Fault>) {
    let strict = options(false);
    let tree = |options| parse_to_ast(text, &CollectOptions::default(), options);
    match tree(&strict) {
        Ok(parsed) if parsed.value.is_none() => (None, Some(Fault::end(text, "the file is empty"))),
        Ok(parsed) => (parsed.value, None),
        Err(error) => {
            let tree = tree(&options(true)).ok().and_then(|parsed| parsed.value);
            (tree, Some(Fault::of(&error, text)))
        }
    }
}

/// What people write who are used to laxer dialects is understood after it is found.
fn options(lax: bool) -> ParseOptions {
    ParseOptions {
        allow_comments: lax,
        allow_trailing_commas: lax,
        allow_missing_commas: lax,
        allow_single_quoted_strings: lax,
        allow_non_finite_numbers: true,
        allow_loose_object_property_names: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_extended_string_escapes: false,
    }
}

/// What would take too much to make a tree of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TooMuch {
    /// Brackets are nested too deep, first at this byte.
    Depth(usize),
    /// There are too many values.
    Values,
}

/// Whether a tree can be made of a text.
pub(crate) fn fits(text: &str) -> Result<(), TooMuch> {
    let (mut depth, mut values, mut quoted, mut escaped) = (0usize, 0usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' => (depth, values) = (depth + 1, values + 1),
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' => values += 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(TooMuch::Depth(at));
        }
    }
    if values > MAX_VALUES {
        Err(TooMuch::Values)
    } else {
        Ok(())
    }
}

impl Fault {
    fn of(error: &ParseError, text: &str) -> Self {
        let range = error.range();
        let at = range.start..range.end.max(range.start + 1);
        match error.kind() {
            ParseErrorKind::UnterminatedObject | ParseErrorKind::UnterminatedArray => {
                let help = "every `{` is closed by `}`, every `[` by `]`, every text by `\"`";
                Self {
                    at,
                    message: "this is never closed".into(),
                    help: Some(help),
                }
            }
            kind => Self {
                at,
                message: said(kind),
                help: help(kind),
            },
        }
        .within(text)
    }

    /// A fault that a reader of JSON reports by line and column.
    pub(crate) fn reported(error: &serde_json::Error, text: &str) -> Self {
        let start: usize = text
            .split_inclusive('\n')
            .take(error.line().saturating_sub(1))
            .map(str::len)
            .sum();
        let at = start + error.column().saturating_sub(1);
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        Self {
            at: at..at + 1,
            message,
            help: None,
        }
        .within(text)
    }

    fn end(text: &str, message: &str) -> Self {
        Self {
            at: text.len()..text.len(),
            message: message.into(),
            help: None,
        }
    }

    fn within(mut self, text: &str) -> Self {
        self.at = self.at.start.min(text.len())..self.at.end.min(text.len());
        self
    }
}

fn said(kind: &ParseErrorKind) -> String {
    let said = kind.to_string();
    let mut chars = said.chars();
    chars
        .next()
        .map(|first| first.to_lowercase().chain(chars).collect())
        .unwrap_or_default()
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

/// The bytes of a value, or of anything else in a tree.
pub(crate) fn range(node: &impl Ranged) -> Range<usize> {
    node.start()..node.end()
}

/// Where the value at a JSON pointer stands, with its key; or the nearest value around it that there is.
pub(crate) fn find(tree: &Value<'_>, pointer: &str) -> (Option<Range<usize>>, Range<usize>) {
    let (mut key, mut value) = (None, tree);
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        match value {
            Value::Object(object) => match object.properties.iter().find(|property| property.name.as_str() == step) {
                Some(property) => {
                    (key, value) = (Some(range(&property.name)), &property.value);
                }
                None => break,
            },
            Value::Array(array) => match step.parse().ok().and_then(|at: usize| array.elements.get(at)) {
                Some(element) => (key, value) = (None, element),
                None => break,
            },
            _ => break,
        }
    }
    (key, range(value))
}
