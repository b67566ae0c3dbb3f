//! A data folder out of any bytes, for the fuzzer and for the test of the inputs it keeps.

use linchpin::dataset::{Folder, load};

const DATASET: &[u8] =
    br#"{"title": {"en": "Any"}, "version": "1", "as_of": "2026", "rules": {"fact-without-source": "off"}}"#;

/// What every file in an input begins with, before its name and the end of the line.
const FILE: &[u8] = b"=== ";

/// Loads the folder that an input is, and holds what comes of it together.
pub fn check(input: &[u8]) {
    let loaded = load(&folder(input));
    assert_eq!(loaded.dataset.is_some(), loaded.report.errors == 0);
    assert!(loaded.report.findings.len() as u64 <= loaded.report.errors + loaded.report.warnings);
    let text = loaded.report.to_string();
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
}

/// The folder, with a `dataset.json` where the input has none.
fn folder(input: &[u8]) -> Folder {
    let starts = input.windows(FILE.len()).enumerate().filter(|(_, part)| *part == FILE).map(|(at, _)| at);
    let starts: Vec<_> = starts.collect();
    let ends = starts.iter().skip(1).copied().chain([input.len()]);
    let files = starts.iter().zip(ends).filter_map(|(start, end)| {
        let file = &input[start + FILE.len()..end];
        let name = file.iter().position(|byte| *byte == b'\n')?;
        Some((String::from_utf8_lossy(&file[..name]).into_owned(), &file[name + 1..]))
    });
    Folder::memory([("dataset.json".to_owned(), DATASET)].into_iter().chain(files))
}
