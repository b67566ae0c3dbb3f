//! No bytes make the reader of data folders panic, hang or take all memory.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use linchpin::dataset::{Folder, load};
use proptest::prelude::*;

#[path = "../fuzz/folder.rs"]
mod folder;

/// The inputs that the fuzzer keeps.
fn corpus() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/check");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| fs::read(path).unwrap()).collect()
}

#[test]
fn every_input_that_the_fuzzer_keeps_is_loaded_or_explained() {
    let corpus = corpus();
    assert!(corpus.len() > 100);
    corpus.iter().for_each(|input| folder::check(input));
}

#[test]
fn files_made_to_take_time_or_memory_are_refused_soon() {
    let size = 4 << 20;
    let company = |field: &str, item: &str| {
        let items = vec![item; size / (item.len() + 1)].join(",");
        format!(r#"{{"id": "a", "name": {{"en": "A"}}, "{field}": [{items}]}}"#)
    };
    let hostile = [
        "[".repeat(size),
        company("aliases", "0"),
        company("aliases", "[[[[[[]]]]]]"),
        company("dependencies", r#"{"on": 1}"#),
        format!("{{{}}}", vec![r#""id": 0"#; size / 8].join(",")),
        format!("{{{}}}", (0..size / 12).map(|i| format!(r#""k{i}": 0"#)).collect::<Vec<_>>().join(",")),
        format!("\"{}", "a".repeat(size)),
        "\n".repeat(size),
    ];
    for text in hostile {
        let start = Instant::now();
        let dataset = r#"{"title": {"en": "T"}, "version": "1", "as_of": "2026"}"#;
        let report = load(&Folder::memory([("dataset.json", dataset), ("companies/a.json", text.as_str())])).report;
        assert!(report.errors > 0);
        assert!(report.to_string().len() < 2_000_000);
        assert!(start.elapsed() < Duration::from_secs(60), "{:?} for {}", start.elapsed(), &text[..60]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn a_folder_with_damaged_files_is_loaded_or_explained(
        pick in any::<prop::sample::Index>(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), 0..40usize, prop::collection::vec(any::<u8>(), 0..6)), 1..6),
    ) {
        let corpus = corpus();
        let mut input = pick.get(&corpus).clone();
        for (at, length, bytes) in damage {
            let at = at.index(input.len() + 1);
            let end = (at + length).min(input.len());
            input.splice(at..end, bytes);
        }
        folder::check(&input);
    }
}
