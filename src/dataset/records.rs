//! All records of a folder, each with its file, while the rules across files run.

use std::collections::HashSet;
use std::time::SystemTime;

use super::Dataset;
use super::files::Files;
use super::finding::Findings;
use super::folder::Folder;
use super::parse::Parsed;
use super::record::{CompanyRecord, FigureRecord, LayerRecord, List, Manifest, RoleRecord, SourceRecord};
use crate::model::Lang;

/// What the files of a folder hold.
pub(crate) struct Records {
    pub(crate) manifest: Parsed<Manifest>,
    pub(crate) layers: Parsed<Vec<LayerRecord>>,
    pub(crate) roles: Parsed<Vec<RoleRecord>>,
    pub(crate) companies: Vec<Parsed<CompanyRecord>>,
    pub(crate) figures: Parsed<Vec<FigureRecord>>,
    pub(crate) sources: Parsed<Vec<SourceRecord>>,
    /// How many of the sources, the last ones, came with roles that are built in.
    borrowed: usize,
    /// Whether a company is missing of which not even the name is known.
    lost: bool,
}

impl Records {
    /// Reads what a folder holds besides its `dataset.json`.
    pub(crate) fn read(
        files: &mut Files<'_>,
        manifest: Option<Parsed<Manifest>>,
        findings: &mut Findings<'_>,
    ) -> Option<Self> {
        let layers = files.or_built_in("layers.json", findings);
        let roles = files.or_built_in("roles.json", findings);
        let figures = files.or_empty("figures.json", findings);
        let sources = files.or_empty("sources.json", findings);
        let companies = files.companies(findings);
        let mut records = Self {
            manifest: manifest?,
            layers: layers?,
            roles: roles?,
            companies,
            figures: figures?,
            sources: sources?,
            borrowed: 0,
            lost: files.lost,
        };
        if records.roles.built_in && !records.layers.lacks {
            records.fit_roles();
        }
        Some(records)
    }

    /// Of the roles built in those stay whose layer the folder has, and what they say comes with its sources.
    fn fit_roles(&mut self) {
        let layers: HashSet<_> = self.layers.record.iter().map(|layer| &layer.id).collect();
        let roles = &mut self.roles.record;
        roles.retain(|role| layers.contains(&role.layer));
        for role in &mut *roles {
            role.needs.0.retain(|need| layers.contains(need));
            role.rates.0.retain(|rate| layers.contains(&rate.layer));
        }
        let sources = &mut self.sources.record;
        let held: HashSet<_> = sources.iter().map(|source| source.id.clone()).collect();
        let named: HashSet<_> = roles.iter().flat_map(|role| &role.rates).flat_map(|rate| &rate.sources).collect();
        let own = sources.len();
        sources.extend(
            built_in_sources().into_iter().filter(|source| named.contains(&source.id) && !held.contains(&source.id)),
        );
        self.borrowed = sources.len() - own;
    }

    /// The sources that the folder itself lists.
    pub(crate) fn own_sources(&self) -> &[SourceRecord] {
        &self.sources.record[..self.sources.record.len() - self.borrowed]
    }

    /// Whether facts are missing because something was wrong with them.
    pub(crate) fn lack(&self) -> bool {
        self.lost || self.roles.lacks || self.figures.lacks || self.companies.iter().any(|company| company.lacks)
    }

    /// The records alone, in order.
    pub(crate) fn into_dataset(self, (revision, modified): (u128, Option<SystemTime>)) -> Dataset {
        let mut manifest = self.manifest.record;
        if manifest.languages.is_empty() {
            manifest.languages = List(vec![Lang::EN]);
        }
        let (mut layers, mut roles, mut sources) = (self.layers.record, self.roles.record, self.sources.record);
        layers.sort_by(|a, b| (a.tier, &a.id).cmp(&(b.tier, &b.id)));
        roles.sort_by_cached_key(|role| (role.number.unwrap_or(u32::MAX), role.id.clone()));
        sources.sort_by(|a, b| a.id.cmp(&b.id));
        let mut companies: Vec<_> = self.companies.into_iter().map(|company| company.record).collect();
        companies.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        Dataset { manifest, layers, roles, companies, figures: self.figures.record, sources, revision, modified }
    }
}

fn built_in_sources() -> Vec<SourceRecord> {
    let folder = Folder::embedded();
    folder.read("sources.json").ok().and_then(|file| serde_json::from_slice(&file.bytes).ok()).unwrap_or_default()
}
