//! 2 · Records: a folder becomes a [`Dataset`], or a report that points at what is wrong.

pub mod record;

use record::{CompanyRecord, FigureRecord, LayerRecord, Manifest, RoleRecord, SourceRecord};

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
