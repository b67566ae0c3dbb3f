//! A text becomes a tree of JSON that knows where everything stands.

use std::borrow::Cow;
use std::ops::Range;

pub(crate) use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::fault::Fault;

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
    if values > MAX_VALUES { Err(TooMuch::Values) } else { Ok(()) }
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
