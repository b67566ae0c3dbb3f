//! What a person is shown who edits a data folder: every rule has a fixture, every fixture its snapshot.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use linchpin::dataset::rules::TABLE;
use linchpin::dataset::{Folder, Loaded, MAX_FILE, load};
use tempfile::TempDir;

/// Rules whose folders cannot be kept as files, and are made by a test of their own.
const MADE: [&str; 2] = ["link-loop", "too-large"];

fn fixtures() -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/check");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let mut fixtures: Vec<_> = entries.map(|entry| (entry.file_name().into_string().unwrap(), entry.path())).collect();
    fixtures.sort();
    fixtures
}

/// The rule that a fixture is named after: `bad-json-comment` is one of `bad-json`.
fn rule_of(fixture: &str) -> Option<&'static str> {
    let names = TABLE.iter().map(|row| row.name).filter(|name| fixture.starts_with(name));
    names.max_by_key(|name| name.len())
}

fn found(loaded: &Loaded) -> BTreeSet<&'static str> {
    loaded.report.findings.iter().map(|finding| finding.rule).collect()
}

/// A folder on disk in which nothing is wrong.
fn good_folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("companies")).unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("dataset.json", r#"{"title": {"en": "Made"}, "version": "1", "as_of": "2026"}"#);
    write("companies/asml.json", r#"{"id": "asml", "name": {"en": "ASML"}}"#);
    assert!(load(&Folder::disk(folder.path())).report.findings.is_empty());
    folder
}

/// A folder in memory with this company, in which facts need no source.
fn with_company(company: &str) -> Loaded {
    let dataset = r#"{"title": {"en": "T"}, "version": "1", "as_of": "2026", "rules": {"fact-without-source": "off"}}"#;
    load(&Folder::memory([("dataset.json", dataset), ("companies/a.json", company)]))
}

#[test]
fn every_fixture_is_shown_as_its_snapshot_says() {
    for (name, path) in fixtures() {
        insta::assert_snapshot!(name, load(&Folder::disk(path)).report);
    }
}

#[test]
fn every_fixture_breaks_the_rule_it_is_named_after_and_a_fine_one_none() {
    for (name, path) in fixtures() {
        let loaded = load(&Folder::disk(path));
        match rule_of(&name) {
            Some(rule) => assert!(found(&loaded).contains(rule), "{name}\n{}", loaded.report),
            None if name.starts_with("fine-") => {
                assert!(loaded.report.findings.is_empty(), "{name}\n{}", loaded.report)
            }
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

#[test]
fn a_program_reads_the_findings_as_json() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/check/fixed-rule");
    let report = load(&Folder::disk(path)).report;
    insta::assert_snapshot!("report-as-json", serde_json::to_string_pretty(&report).unwrap());
}

#[test]
fn what_is_built_in_has_no_finding() {
    let loaded = load(&Folder::embedded());
    assert!(loaded.report.findings.is_empty(), "{}", loaded.report);
    assert!(loaded.dataset.unwrap().companies.len() > 100);
}

#[test]
fn the_same_bytes_have_the_same_revision_and_others_another() {
    let revision = |text: &str| with_company(text).dataset.unwrap().revision;
    let text = r#"{"id": "a", "name": {"en": "A"}}"#;
    assert_eq!(revision(text), revision(text));
    assert_ne!(revision(text), revision(&format!("{text} ")));
    let disk = good_folder();
    let dataset = load(&Folder::disk(disk.path())).dataset.unwrap();
    assert!(dataset.modified.is_some());
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let loaded = load(&Folder::disk("no/such/folder"));
    insta::assert_snapshot!(loaded.report, @r"
    error[unreadable-file]: there is no such folder
     --> .
      = help: make it a plain file that can be read

    1 error, 0 warnings
    ");
}

#[cfg(unix)]
#[test]
fn links_that_lead_to_themselves_or_nowhere_are_found_and_others_followed() {
    use std::os::unix::fs::symlink;
    let folder = good_folder();
    let companies = folder.path().join("companies");
    symlink("b.json", companies.join("a.json")).unwrap();
    symlink("a.json", companies.join("b.json")).unwrap();
    symlink("gone.json", companies.join("nowhere.json")).unwrap();
    symlink("..", companies.join("up")).unwrap();
    fs::rename(companies.join("asml.json"), folder.path().join("elsewhere.txt")).unwrap();
    symlink("../elsewhere.txt", companies.join("asml.json")).unwrap();
    let report = load(&Folder::disk(folder.path())).report;
    insta::assert_snapshot!("link-loop", report);
}

#[cfg(unix)]
#[test]
fn what_is_not_a_plain_file_is_not_waited_for() {
    use std::os::unix::net::UnixListener;
    let folder = good_folder();
    let _socket = UnixListener::bind(folder.path().join("companies/socket.json")).unwrap();
    fs::create_dir(folder.path().join("figures.json")).unwrap();
    let loaded = load(&Folder::disk(folder.path()));
    assert_eq!(loaded.report.errors, 2, "{}", loaded.report);
    assert_eq!(found(&loaded), BTreeSet::from(["unreadable-file"]));
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_an_error_unless_the_reader_is_above_that() {
    use std::os::unix::fs::PermissionsExt;
    let folder = good_folder();
    let file = folder.path().join("companies/asml.json");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    let above = fs::read(&file).is_ok();
    let loaded = load(&Folder::disk(folder.path()));
    assert_eq!(loaded.report.errors, u64::from(!above), "{}", loaded.report);
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf8_is_an_error() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = good_folder();
    fs::write(folder.path().join("companies").join(OsStr::from_bytes(b"caf\xe9.json")), "{}").unwrap();
    let loaded = load(&Folder::disk(folder.path()));
    assert_eq!(found(&loaded), BTreeSet::from(["unreadable-file"]), "{}", loaded.report);
}

#[test]
fn a_file_that_is_larger_than_sense_is_not_read() {
    let folder = good_folder();
    let file = fs::File::create(folder.path().join("companies/huge.json")).unwrap();
    file.set_len(MAX_FILE + 1).unwrap();
    let report = load(&Folder::disk(folder.path())).report;
    insta::assert_snapshot!(report, @r"
    error[too-large]: the file has 16777217 bytes
     --> companies/huge.json
      = help: one company a file; is this the right file?

    1 error, 0 warnings
    ");
}

#[test]
fn what_is_named_after_an_unreadable_file_does_not_dangle() {
    let dataset = r#"{"title": {"en": "T"}, "version": "1", "as_of": "2026"}"#;
    let company = r#"{"id": "a", "name": {"en": "A"}, "parent": "b"}"#;
    let folder = Folder::memory([("dataset.json", dataset), ("companies/a.json", company), ("companies/b.json", "{")]);
    assert_eq!(found(&load(&folder)), BTreeSet::from(["bad-json"]));
}

#[test]
fn very_many_findings_are_counted_and_the_first_shown() {
    let aliases = vec!["0"; 5000].join(", ");
    let loaded = with_company(&format!(r#"{{"id": "a", "name": {{"en": "A"}}, "aliases": [{aliases}]}}"#));
    assert_eq!(loaded.report.errors, 5000);
    assert_eq!(loaded.report.findings.len(), 1000);
    assert!(loaded.report.to_string().ends_with("… and 4000 more, which are not shown\n5000 errors, 0 warnings\n"));
}

#[test]
fn warnings_do_not_crowd_out_an_error() {
    let texts: Vec<_> = (0..3000).map(|i| format!(r#"{{"text": {{"ko": "{i}"}}}}"#)).collect();
    let company = format!(
        r#"{{"id": "a", "name": {{"en": "A"}}, "strategies": [{}], "dependencies": [{{"on": "a", "layer": "cloud"}}]}}"#,
        texts.join(", ")
    );
    let dataset = r#"{"title": {"en": "T"}, "version": "1", "as_of": "2026", "languages": ["en"],
        "rules": {"fact-without-source": "off"}}"#;
    let loaded = load(&Folder::memory([("dataset.json", dataset), ("companies/a.json", &company)]));
    assert!(found(&loaded).contains("self-dependency"));
    assert_eq!((loaded.report.errors, loaded.report.warnings), (1, 3000));
}

#[test]
fn what_a_schema_refuses_is_an_error_when_it_is_loaded() {
    let schemas: Vec<(String, jsonschema::Validator)> = linchpin::dataset::schema::all()
        .map(|(name, text)| (name, jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()))
        .collect();
    let refuses = |file: &str, value: &serde_json::Value| {
        let name = if file.starts_with("companies/") { "company.json" } else { file };
        !schemas.iter().find(|(schema, _)| schema == name).unwrap().1.is_valid(value)
    };
    for (name, path) in fixtures() {
        let loaded = load(&Folder::disk(&path));
        for file in
            ["dataset.json", "layers.json", "roles.json", "figures.json", "sources.json", "companies/openai.json"]
        {
            let Some(value) = fs::read(path.join(file)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok())
            else {
                continue;
            };
            if refuses(file, &value) {
                let found = loaded.report.findings.iter().any(|finding| finding.file == file);
                assert!(found, "{name}/{file}");
            }
        }
    }
}
