//! All records of a folder, each with its file, while the rules across files run.

use std::time::SystemTime;

use super::Dataset;
use super::finding::Findings;
use super::load::Files;
use super::parse::Parsed;
use super::record::{CompanyRecord, FigureRecord, LayerRecord, List, Manifest, RoleRecord, SourceRecord};
use crate::model::Lang;

pub(crate) struct Records {
    pub(crate) manifest: Parsed<Manifest>,
    pub(crate) layers: Parsed<Vec<LayerRecord>>,
    pub(crate) roles: Parsed<Vec<RoleRecord>>,
    pub(crate) companies: Vec<Parsed<CompanyRecord>>,
    pub(crate) figures: Parsed<Vec<FigureRecord>>,
    pub(crate) sources: Parsed<Vec<SourceRecord>>,
}

impl Records {
    /// Reads what a folder holds besides its `dataset.json`.
    pub(crate) fn read(files: &mut Files<'_>, manifest: Option<Parsed<Manifest>>, findings: &mut Findings<'_>) -> Option<Self> {
        let (layers, _) = files.or_built_in("layers.json", findings);
        let (roles, _) = files.or_built_in("roles.json", findings);
        let figures = files.or_empty("figures.json", findings);
        let sources = files.or_empty("sources.json", findings);
        let companies = files.companies(findings);
        Some(Self { manifest: manifest?, layers: layers?, roles: roles?, companies, figures: figures?, sources: sources? })
    }

    /// The records alone, in order.
    pub(crate) fn into_dataset(self, revision: u128, modified: Option<SystemTime>) -> Dataset {
        let mut manifest = self.manifest.record;
        if manifest.languages.is_empty() {
            manifest.languages = List(vec![Lang::EN]);
        }
        let (mut layers, mut roles, mut sources) = (self.layers.record, self.roles.record, self.sources.record);
        layers.sort_by(|a, b| (a.tier, &a.id).cmp(&(b.tier, &b.id)));
        roles.sort_by_key(|role| (role.number.unwrap_or(u32::MAX), role.id.clone()));
        sources.sort_by(|a, b| a.id.cmp(&b.id));
        let mut companies: Vec<_> = self.companies.into_iter().map(|company| company.record).collect();
        companies.sort_by(|a, b| a.id.cmp(&b.id));
        Dataset { manifest, layers, roles, companies, figures: self.figures.record, sources, revision, modified }
    }
}
