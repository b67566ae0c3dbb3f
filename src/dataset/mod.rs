//! 2 · Records: a folder becomes a [`Dataset`], or a report that points at what is wrong.
//!
//! [`load`] is the one entry point: `serve`, `check` and the fuzzer go through it. A file that is right is read
//! straight into its [`record`]; only one that is not is read again, slowly, to be explained. What is left of it
//! takes part in the rules across files, so that everything wrong in a folder is found at once.

mod cuts;
mod disk;
mod excerpt;
mod explain;
mod fault;
mod files;
mod finding;
mod folder;
mod format;
mod leaf;
mod listing;
mod locate;
mod parse;
mod phrase;
pub mod record;
mod records;
mod report;
mod resolve;
pub mod rules;
pub mod schema;
mod severity;
mod shape;
mod suggest;
mod tree;
mod way;

use files::Files;
use finding::Findings;
pub use folder::{Folder, MAX_FILE};
use parse::Parsed;
use record::{CompanyRecord, FigureRecord, LayerRecord, Manifest, RoleRecord, SourceRecord};
use records::Records;
pub use report::{Report, Shown};
use resolve::resolve;
pub use severity::{Severities, Severity};

/// All records of a data folder that has no error. Every id in it is known; lists are sorted by id.
#[derive(Debug)]
pub struct Dataset {
    /// `dataset.json`.
    pub manifest: Manifest,
    /// `layers.json`, in the order of tier, then id.
    pub layers: Vec<LayerRecord>,
    /// `roles.json`, in the order of number, then id.
    pub roles: Vec<RoleRecord>,
    /// `companies/*.json`, by id.
    pub companies: Vec<CompanyRecord>,
    /// `figures.json`, in the order of the file.
    pub figures: Vec<FigureRecord>,
    /// `sources.json`, by id.
    pub sources: Vec<SourceRecord>,
    /// A fingerprint of the files: the same bytes give the same one.
    pub revision: u128,
    /// When the newest file was changed; `None` for the embedded folder.
    pub modified: Option<std::time::SystemTime>,
}

/// What came of a folder.
#[derive(Debug)]
pub struct Loaded {
    /// The data, unless there is an error.
    pub dataset: Option<Dataset>,
    /// Everything that was found.
    pub report: Report,
}

/// Reads a folder: all of it, or everything that is wrong with it.
pub fn load(folder: &Folder) -> Loaded {
    let mut files = Files::of(folder);
    let by_table = Severities::default();
    let mut findings = Findings::new(&by_table);
    if !listing::look(folder, &mut findings) {
        return Loaded { dataset: None, report: Report::new(findings, folder, None) };
    }
    let manifest: Option<Parsed<Manifest>> = files.require("dataset.json", &mut findings);
    let severities = manifest.as_ref().map(|manifest| manifest.record.rules.clone()).unwrap_or_default();
    let mut findings = findings.weigh(&severities);

    let records = Records::read(&mut files, manifest, &mut findings);
    let names = records.as_ref().map(|records| resolve(records, &mut findings));
    let report = Report::new(findings, folder, names.as_ref());
    let dataset = records.filter(|_| report.errors == 0).map(|records| records.into_dataset(files.revision()));
    Loaded { dataset, report }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_in_memory_loads() {
        let folder = Folder::memory([
            ("dataset.json", r#"{"title": {"en": "Test"}, "version": "1", "as_of": "2026"}"#),
            ("layers.json", r#"[{"id": "cloud", "tier": 2, "name": {"en": "Cloud"}}]"#),
            ("roles.json", r#"[{"id": "cloud", "layer": "cloud", "name": {"en": "Cloud"}}]"#),
            ("companies/b.json", r#"{"id": "b", "name": {"en": "B"}}"#),
            ("companies/a-b.json", r#"{"id": "a-b", "name": {"en": "AB"}}"#),
            ("companies/a.json", r#"{"id": "a", "name": {"en": "A"}}"#),
        ]);
        let loaded = load(&folder);
        assert_eq!(loaded.report.errors, 0, "{}", loaded.report);
        let dataset = loaded.dataset.unwrap();
        let ids: Vec<_> = dataset.companies.iter().map(|company| company.id.as_str()).collect();
        assert_eq!(ids, ["a", "a-b", "b"]);
        assert_eq!(dataset.manifest.languages[0].as_str(), "en");
    }
}
