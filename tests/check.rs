//! What a person is shown who edits a data folder: every rule has a fixture, every fixture its snapshot.

use std::fs;
use std::path::{Path, PathBuf};

use linchpin::dataset::rules::{Rule, TABLE};
use linchpin::dataset::{Folder, Loaded, MAX_FILE, load};

/// Folders that cannot be kept as files, and are made by a test of their own.
const MADE: [&str; 2] = ["link-loop", "too-large"];

fn fixtures() -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/check");
    let mut fixtures: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), entry.path()))
        .collect();
    fixtures.sort();
    fixtures
}

/// The rule that a fixture is named after: `bad-json-comment` is one of `bad-json`.
fn rule_of(fixture: &str) -> Option<&'static str> {
    let names = TABLE.iter().map(|row| row.name).filter(|name| fixture.starts_with(name));
    names.max_by_key(|name| name.len())
}

fn rules_found(loaded: &Loaded) -> Vec<&'static str> {
    loaded.report.findings.iter().map(|finding| finding.rule).collect()
}

#[test]
fn every_fixture_is_shown_as_its_snapshot_says() {
    for (name, path) in fixtures() {
        insta::assert_snapshot!(name.clone(), load(&Folder::disk(path)).report);
    }
}

#[test]
fn every_fixture_breaks_the_rule_it_is_named_after_and_a_fine_one_none() {
    for (name, path) in fixtures() {
        let loaded = load(&Folder::disk(path));
        match rule_of(&name) {
            Some(rule) => assert!(rules_found(&loaded).contains(&rule), "{name}\n{}", loaded.report),
            None if name.starts_with("fine-") => assert!(loaded.report.findings.is_empty(), "{name}\n{}", loaded.report),
            None => assert_eq!(name, "several-faults"),
        }
        assert_eq!(loaded.dataset.is_some(), loaded.report.errors == 0, "{name}");
    }
}

#[test]
fn every_rule_has_a_fixture() {
    let fixtures = fixtures();
    for row in TABLE {
        let there = fixtures.iter().any(|(name, _)| rule_of(name) == Some(row.name)) || MADE.contains(&row.name);
        assert!(there, "no fixture for {}", row.name);
    }
}
