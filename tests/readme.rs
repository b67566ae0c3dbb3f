//! The documents say what the program does: every command they show is run, every table that can be made is made.
//!
//! After a change, `UPDATE_DOCS=1 cargo test --test readme` writes the answers and tables anew. Look at the difference
//! before you commit it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

mod server;
#[path = "readme/shown.rs"]
mod shown;
#[path = "readme/tables.rs"]
mod tables;

fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn linchpin() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linchpin"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("LINCHPIN_")) {
        command.env_remove(name);
    }
    command
}

/// The documents of the house.
fn documents() -> Vec<PathBuf> {
    let mut documents: Vec<_> = ["", "docs", "docs/decisions", "graph"]
        .iter()
        .flat_map(|folder| fs::read_dir(home().join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .collect();
    documents.sort();
    documents
}

/// Holds every document to what it should say, or writes it anew.
fn hold(made: impl Fn(&str) -> String) {
    let update = std::env::var_os("UPDATE_DOCS").is_some();
    let mut stale = String::new();
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        let right = made(&text);
        if text == right {
            continue;
        }
        if update {
            fs::write(&path, right).unwrap();
        } else {
            let differing = text.lines().zip(right.lines()).find(|(said, right)| said != right);
            let (said, right) = differing.unwrap_or(("the end", "more, or less"));
            stale += &format!("{}:\n  says       {said}\n  should say {right}\n", path.display());
        }
    }
    assert!(stale.is_empty(), "{stale}`UPDATE_DOCS=1 cargo test --test readme` mends it");
}

// One test, since both write the documents.
#[test]
fn commands_are_answered_as_shown_and_tables_are_as_the_program_makes_them() {
    let shell = shown::Shell::default();
    hold(|text| shell.answer(&tables::made(text)));
}

#[test]
fn the_settings_described_are_those_there_are() {
    let variables = |text: &str| -> BTreeSet<String> {
        let parts = text.split(|c: char| !c.is_ascii_uppercase() && c != '_');
        let ours = parts.filter(|part| part.starts_with("LINCHPIN_") && part.len() > 9);
        ours.map(str::to_owned).collect()
    };
    let readme = fs::read_to_string(home().join("README.md")).unwrap();
    let help = linchpin().args(["serve", "--help"]).output().unwrap();
    assert_eq!(variables(&readme), variables(&String::from_utf8(help.stdout).unwrap()));
}

#[test]
fn links_between_documents_lead_somewhere() {
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.contains("://")) {
            let (file, _) = target.split_once('#').unwrap_or((target, ""));
            let there = file.is_empty() || path.with_file_name(file).exists();
            assert!(there, "{} links to {target}", path.display());
        }
    }
}
