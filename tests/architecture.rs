//! The layers of `src/` are used in one direction: each sees only those before it.

use std::fs;
use std::path::{Path, PathBuf};

/// The layers, in the order of the life of a fact, each with those it does not see although they come before it.
const LAYERS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("dataset", &[]),
    ("graph", &[]),
    // Truths about graphs: nothing of it knows what a company is.
    ("theory", &["model", "dataset", "graph"]),
    // From here on there are no records, only numbers.
    ("query", &["dataset"]),
    ("export", &["dataset", "theory"]),
    ("snapshot", &["dataset", "theory", "export"]),
    ("http", &["dataset", "theory"]),
    // What asks the routes knows the graph by them alone.
    ("explorer", &["dataset", "graph", "theory", "query", "snapshot"]),
    ("mcp", &["dataset", "graph", "theory", "query", "snapshot", "explorer"]),
    ("reconcile", &["dataset", "graph", "theory", "query", "snapshot", "explorer", "mcp"]),
    ("sparql", &["dataset", "graph", "theory", "query", "snapshot", "explorer", "mcp", "reconcile"]),
    ("app", &["theory", "query"]),
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every Rust file in a folder and the folders within.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let here = files.into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs"));
    here.chain(folders.iter().flat_map(|folder| self::files(folder))).collect()
}

/// The layers that a text names, as in `crate::graph::View`.
fn named(text: &str) -> impl Iterator<Item = &str> {
    text.split("crate::").skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(rest.len());
        &rest[..end]
    })
}

#[test]
fn a_layer_uses_only_layers_before_it() {
    for (at, (layer, unseen)) in LAYERS.iter().enumerate() {
        for file in files(&source().join(layer)) {
            let text = fs::read_to_string(&file).unwrap();
            for other in named(&text) {
                let before = LAYERS[..=at].iter().any(|(name, _)| *name == other);
                let seen = before && !unseen.contains(&other);
                assert!(seen, "{} uses `crate::{other}`: `{layer}` must not", file.display());
            }
        }
    }
}

#[test]
fn every_layer_has_its_place_in_the_order() {
    let text = fs::read_to_string(source().join("lib.rs")).unwrap();
    let mut declared: Vec<&str> =
        text.lines().filter_map(|line| line.trim().strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let mut ordered: Vec<&str> = LAYERS.iter().map(|(layer, _)| *layer).collect();
    declared.sort_unstable();
    ordered.sort_unstable();
    assert_eq!(declared, ordered, "`src/lib.rs` and the order in this file");
}
