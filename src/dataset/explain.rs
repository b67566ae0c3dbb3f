//! Why a file could not be read as it stands, and what of it can.

use serde::de::IgnoredAny;
use serde_json::Error;

use super::finding::{Finding, Findings};
use super::parse::{Parsed, Record};
use super::rules::Rule;
use super::shape::{Outcome, Shape};
use super::tree::{Fault, MAX_DEPTH, Value, decode, parse, too_deep};

/// Adds everything that is wrong with a file that could not be read, and gives what is left of it.
pub(crate) fn explain<T: Record>(
    file: &str,
    bytes: &[u8],
    error: &Error,
    findings: &mut Findings<'_>,
) -> Option<Parsed<T>> {
    let text = decode(bytes);
    let mut faults = Faults {
        file,
        text: &text,
        found: false,
        findings,
    };
    if !faults.encoding(bytes) {
        return Parsed::blank(file);
    }
    let Some(tree) = faults.tree() else {
        return Parsed::blank(file);
    };

    let mut shape = Shape::new::<T>(file, faults.findings);
    let value = shape.root(&tree);
    let Outcome {
        faulty,
        bad_number,
        lacks,
        cuts,
    } = shape.outcome;
    if !bad_number && !faults.found {
        faults.strictly();
    }
    if !faulty && !faults.found {
        // What the reader refuses and the schema does not.
        faults.add(Rule::WrongType, Fault::reported(error, &text));
    }
    match value.map(serde_json::from_value) {
        Some(Ok(record)) => Some(Parsed {
            file: file.into(),
            record,
            lacks,
            cuts,
            built_in: false,
        }),
        _ => Parsed::blank(file),
    }
}

/// What is wrong with a text before its shape matters.
struct Faults<'a, 'f, 's> {
    file: &'a str,
    text: &'a str,
    found: bool,
    findings: &'f mut Findings<'s>,
}

impl<'a> Faults<'a, '_, '_> {
    fn add(&mut self, rule: Rule, fault: Fault) {
        self.found = true;
        self.findings.add(rule, |rule| {
            Finding::at(rule, self.file, fault.at, fault.message).help(fault.help)
        });
    }

    /// Whether the bytes are near enough to UTF-8 to go on.
    fn encoding(&mut self, bytes: &[u8]) -> bool {
        let utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
        if utf16 {
            self.add(
                Rule::NotUtf8,
                Fault {
                    at: 0..1,
                    message: "the file is UTF-16".into(),
                    help: None,
                },
            );
        } else if let Err(error) = std::str::from_utf8(bytes) {
            let at = error.valid_up_to();
            let message = format!(
                "the byte {:#04x} is not UTF-8",
                bytes.get(at).copied().unwrap_or_default()
            );
            self.add(
                Rule::NotUtf8,
                Fault {
                    at: at..at + 3,
                    message,
                    help: None,
                },
            );
        }
        !utf16
    }

    /// The tree of the text, if it can be understood at all.
    fn tree(&mut self) -> Option<Value<'a>> {
        if let Some(at) = too_deep(self.text) {
            let message = format!("brackets are nested more than {MAX_DEPTH} deep");
            self.add(
                Rule::TooDeep,
                Fault {
                    at: at..at + 1,
                    message,
                    help: None,
                },
            );
            return None;
        }
        let (tree, fault) = parse(self.text);
        if let Some(fault) = fault {
            self.add(Rule::BadJson, fault);
        }
        tree
    }

    /// What the tree is lenient about, such as control characters in a text.
    fn strictly(&mut self) {
        if let Err(error) = serde_json::from_str::<IgnoredAny>(self.text) {
            self.add(Rule::BadJson, Fault::reported(&error, self.text));
        }
    }
}
