//! Why a file could not be read as it stands, and what of it can.

use serde::de::IgnoredAny;
use serde_json::Error;

use super::fault::Fault;
use super::finding::{Finding, Findings};
use super::parse::{Parsed, Record};
use super::rules::Rule;
use super::shape::{Outcome, Shape};
use super::tree::{MAX_DEPTH, TooMuch, Value, decode, fits, parse};

/// Adds everything that is wrong with a file that could not be read, and gives what is left of it.
pub(crate) fn explain<T: Record>(
    file: &str,
    bytes: &[u8],
    error: &Error,
    findings: &mut Findings<'_>,
) -> Option<Parsed<T>> {
    let text = decode(bytes);
    let mut faults = Faults { file, text: &text, found: false, findings };
    if !faults.encoding(bytes) {
        return Parsed::blank(file);
    }
    let Some(tree) = faults.tree(error) else {
        return Parsed::blank(file);
    };

    let mut shape = Shape::new::<T>(file, faults.findings);
    let value = shape.root(&tree);
    let Outcome { faulty, bad_number, lacks, cuts } = shape.outcome;
    if !bad_number && !faults.found {
        faults.strictly();
    }
    if !faulty && !faults.found {
        // What the reader refuses and the schema does not.
        faults.add(Rule::WrongType, Fault::reported(error, &text));
    }
    match value.map(serde_json::from_value) {
        Some(Ok(record)) => Some(Parsed { file: file.into(), record, lacks, cuts, built_in: false }),
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
        self.findings.add(rule, |rule| Finding::at(rule, self.file, fault.at, fault.message).help(fault.help));
    }

    /// Whether the bytes are near enough to UTF-8 to go on.
    fn encoding(&mut self, bytes: &[u8]) -> bool {
        let utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
        if utf16 {
            self.add(Rule::NotUtf8, Fault { at: 0..1, message: "the file is UTF-16".into(), help: None });
        } else if let Err(error) = std::str::from_utf8(bytes) {
            let at = error.valid_up_to();
            let message = format!("the byte {:#04x} is not UTF-8", bytes.get(at).copied().unwrap_or_default());
            self.add(Rule::NotUtf8, Fault { at: at..at + 3, message, help: None });
        }
        !utf16
    }

    /// The tree of the text, if it can be understood at all.
    fn tree(&mut self, error: &Error) -> Option<Value<'a>> {
        match fits(self.text) {
            Ok(()) => {}
            Err(TooMuch::Depth(at)) => {
                let message = format!("brackets are nested more than {MAX_DEPTH} deep");
                self.add(Rule::TooDeep, Fault { at: at..at + 1, message, help: None });
                return None;
            }
            Err(TooMuch::Values) => {
                self.add(Rule::BadJson, Fault::reported(error, self.text));
                return None;
            }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::dataset::record::{CompanyRecord, LayerRecord, Manifest, RoleRecord};
    use crate::dataset::severity::Severities;
    use crate::dataset::tree::range;

    const COMPANY: &str = r#"{"$schema": "s", "id": "a", "name": {"en": "A", "ko": "에이"}, "aliases": ["B"], "country": "KR",
        "founded": "2015-12", "wikidata": "Q1", "lei": null, "parent": "b",
        "roles": [{"role": "cloud", "since": "2020", "until": null, "note": {"en": "n"}, "sources": ["s-2020"]}],
        "dependencies": [{"on": "b", "layer": "cloud", "input": "x", "critical": true, "share": 0.5, "status": "reported"}],
        "stakes": [{"in": "b", "kind": "ownership", "amount_usd": 1e9, "percent": 12, "date": "2019-07"}]}"#;
    const MANIFEST: &str = r#"{"title": {"en": "T"}, "version": "1", "as_of": "2026", "languages": ["en", "ko"],
        "rules": {"unused-source": "off", "nonsense": "error"}}"#;
    const ROLES: &str = r#"[{"id": "r", "number": 1, "layer": "cloud", "needs": ["chip"], "name": {"en": "R"},
        "rates": [{"layer": "chip", "low": 0.1, "high": 0.3, "year": 2023, "sources": ["s"]}]}]"#;
    const LAYERS: &str =
        r#"[{"id": "l", "tier": 1, "name": {"en": "L"}, "inputs": [{"id": "i", "name": {"en": "I"}}]}]"#;
    const VALUES: [&str; 24] = [
        "null",
        "true",
        "0",
        "1",
        "-1",
        "2.0",
        "0.5",
        "1e400",
        "70000",
        "4294967296",
        "NaN",
        "\"\"",
        "\" \"",
        "\"a\"",
        "\"A b\"",
        "\"2023-02-30\"",
        "\"2023\"",
        "\"KR\"",
        "\"off\"",
        "[]",
        "[1]",
        "{}",
        "{\"en\": \"x\"}",
        "{\"a\": 1, \"a\": 2}",
    ];

    /// The bytes of all keys and values in a tree.
    fn places(tree: &Value<'_>, places: &mut Vec<std::ops::Range<usize>>) {
        places.push(range(tree));
        match tree {
            Value::Object(object) => object.properties.iter().for_each(|property| {
                places.push(range(&property.name));
                self::places(&property.value, places);
            }),
            Value::Array(array) => array.elements.iter().for_each(|element| self::places(element, places)),
            _ => {}
        }
    }

    fn mutated(text: &str, changes: &[(usize, usize)]) -> String {
        let mut text = text.to_owned();
        for (place, value) in changes {
            let mut all = Vec::new();
            let (Some(tree), _) = parse(&text) else { break };
            places(&tree, &mut all);
            let at = all[place % all.len()].clone();
            text.replace_range(at, VALUES[value % VALUES.len()]);
        }
        text
    }

    fn slow_agrees_with_fast<T: Record>(text: &str) {
        let severities = Severities::default();
        let mut findings = Findings::new(&severities);
        let read = serde_json::from_str::<T>(text);
        let error = serde_json::from_str::<u8>("x").unwrap_err();
        explain::<T>("companies/a.json", text.as_bytes(), read.as_ref().err().unwrap_or(&error), &mut findings);
        let said: Vec<_> = findings.errors.kept.iter().map(|finding| finding.message.clone()).collect();
        match read {
            // Nothing but the last resort, which repeats the error it is given.
            Ok(_) => assert_eq!(said, ["expected value"], "{text}"),
            Err(error) => assert!(!said.is_empty() && said != ["expected value"], "{error}: {said:?} {text}"),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]
        #[test]
        fn a_file_is_explained_if_and_only_if_it_cannot_be_read(changes in prop::collection::vec((0..500usize, 0..500usize), 0..4)) {
            slow_agrees_with_fast::<CompanyRecord>(&mutated(COMPANY, &changes));
            slow_agrees_with_fast::<Manifest>(&mutated(MANIFEST, &changes));
            slow_agrees_with_fast::<Vec<RoleRecord>>(&mutated(ROLES, &changes));
            slow_agrees_with_fast::<Vec<LayerRecord>>(&mutated(LAYERS, &changes));
        }
    }
}
