//! The ids by which records name each other.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::dataset::finding::{Finding, Findings, Named, Place};
use crate::dataset::parse::{Parsed, Record, UNKNOWN_DAY, stem};
use crate::dataset::phrase::one_of;
use crate::dataset::record::{CompanyRecord, LayerRecord, RoleRecord, SourceRecord};
use crate::dataset::records::Records;
use crate::dataset::rules::Rule;
use crate::dataset::suggest::{did_you_mean, nearest};
use crate::model::{CompanyId, Day, InputId, Lang, LayerId, PartialDate, RoleId, SourceId};

/// Everything that has an id, by it.
pub(crate) struct Names<'a> {
    languages: &'a [Lang],
    layers: HashMap<&'a str, &'a LayerRecord>,
    roles: HashMap<&'a str, &'a RoleRecord>,
    companies: HashMap<&'a str, &'a Parsed<CompanyRecord>>,
    sources: HashMap<&'a str, Cited<'a>>,
    as_of: Option<Day>,
    /// Whether all facts are there, so that what is not named by any is known.
    whole: bool,
    /// Whether layers, roles, sources are missing because something was wrong with them.
    lack: [bool; 3],
}

/// A source, and whether it supports a fact.
struct Cited<'a> {
    record: &'a SourceRecord,
    used: AtomicBool,
}

impl<'a> Cited<'a> {
    fn not_yet(record: &'a SourceRecord) -> Self {
        Self { record, used: AtomicBool::new(false) }
    }
}

impl<'a> Names<'a> {
    /// Takes the ids of all records; those that stand twice are found.
    pub(crate) fn of(records: &'a Records, findings: &mut Findings<'_>) -> Self {
        let manifest = &records.manifest;
        let layers = unique(&records.layers, |layer: &LayerRecord| layer.id.as_str(), findings);
        let roles = unique(&records.roles, |role: &RoleRecord| role.id.as_str(), findings);
        let sources = unique(&records.sources, |source: &SourceRecord| source.id.as_str(), findings);
        Self {
            languages: &manifest.record.languages.0,
            layers,
            roles,
            companies: companies(&records.companies, findings),
            sources: sources.into_iter().map(|(id, record)| (id, Cited::not_yet(record))).collect(),
            as_of: Some(manifest.record.as_of).filter(|day| day.to_string() != UNKNOWN_DAY).map(PartialDate::last_day),
            whole: !records.lack(),
            lack: [records.layers.lacks, records.roles.lacks, records.sources.lacks],
        }
    }

    pub(crate) fn layer(&self, id: &LayerId) -> Option<&'a LayerRecord> {
        self.layers.get(id.as_str()).copied()
    }

    pub(crate) fn role(&self, id: &RoleId) -> Option<&'a RoleRecord> {
        self.roles.get(id.as_str()).copied()
    }

    pub(crate) fn company(&self, id: &CompanyId) -> Option<&'a Parsed<CompanyRecord>> {
        self.companies.get(id.as_str()).copied()
    }

    /// Whether there is such a source; it is one that supports something from now on.
    pub(crate) fn cite(&self, id: &SourceId) -> bool {
        self.sources.get(id.as_str()).inspect(|cited| cited.used.store(true, Ordering::Relaxed)).is_some()
    }

    pub(crate) fn source(&self, id: &SourceId) -> Option<&'a SourceRecord> {
        self.sources.get(id.as_str()).map(|cited| cited.record)
    }

    /// The day the data set speaks of, if it says so rightly.
    pub(crate) fn as_of(&self) -> Option<Day> {
        self.as_of
    }

    /// Whether a source is known to support nothing.
    pub(crate) fn is_unused(&self, id: &SourceId) -> bool {
        self.whole && self.sources.get(id.as_str()).is_some_and(|cited| !cited.used.load(Ordering::Relaxed))
    }

    /// Whether the data set lists this language, or lists none.
    pub(crate) fn speaks(&self, lang: Lang) -> bool {
        self.languages.is_empty() || self.languages.contains(&lang)
    }

    /// Whether all things of a kind are known, so that one which is not is not there.
    pub(crate) fn all(&self, named: &Named) -> bool {
        let [layers, roles, sources] = self.lack;
        match named {
            Named::Company => true,
            Named::Layer | Named::Input(_) => !layers,
            Named::Role => !roles,
            Named::Source => !sources,
        }
    }

    /// What would be right where a word names nothing: the id that it was meant to be, or those that there are.
    pub(crate) fn help(&self, named: &Named, word: &str) -> Option<String> {
        let layer = |id: &String| self.layers.get(id.as_str()).into_iter().flat_map(|layer| &layer.inputs);
        let among: Vec<&str> = match named {
            Named::Company => self.companies.keys().copied().collect(),
            Named::Role => self.roles.keys().copied().collect(),
            Named::Layer => self.layers.keys().copied().collect(),
            Named::Source => self.sources.keys().copied().collect(),
            Named::Input(id) => layer(id).map(|input| input.id.as_str()).collect(),
        };
        let like = nearest(word, among.iter().copied()).or_else(|| self.called(named, word));
        like.map(did_you_mean).or_else(|| match named {
            Named::Company | Named::Source => None,
            Named::Input(_) if among.is_empty() => Some("the layer has no inputs: leave `input` out".into()),
            Named::Role | Named::Layer | Named::Input(_) => Some(one_of(sorted(among).into_iter())),
        })
    }

    /// The company that has this name, alias or product.
    fn called(&self, named: &Named, word: &str) -> Option<&'a str> {
        if *named != Named::Company {
            return None;
        }
        let same = |name: &str| name.eq_ignore_ascii_case(word);
        let has = |company: &CompanyRecord| {
            company.name.iter().any(|(_, name)| same(name))
                || company.aliases.iter().chain(&company.products).any(|name| same(name))
        };
        let found = self.companies.values().filter(|company| has(&company.record));
        found.map(|company| company.record.id.as_str()).min()
    }
}

fn sorted(mut ids: Vec<&str>) -> Vec<&str> {
    ids.sort_unstable();
    ids
}

/// Whether a layer has an input.
pub(crate) fn has_input(layer: &LayerRecord, id: &InputId) -> bool {
    layer.inputs.iter().any(|input| input.id == *id)
}

/// The items of a list by id, the first of each.
fn unique<'a, T>(
    list: &'a Parsed<Vec<T>>,
    id: impl Fn(&'a T) -> &'a str,
    findings: &mut Findings<'_>,
) -> HashMap<&'a str, &'a T>
where
    Vec<T>: Record,
{
    let mut items = HashMap::with_capacity(list.record.len());
    for (index, item) in list.record.iter().enumerate() {
        match items.entry(id(item)) {
            Entry::Vacant(place) => drop(place.insert(item)),
            Entry::Occupied(place) => findings.add(Rule::DuplicateId, |rule| {
                let pointer = list.cuts.in_file(&format!("/{index}/id"));
                let message = format!("the id `{}` stands here a second time", place.key());
                Finding::of_file(rule, &list.file, message).place(Place::Value(pointer))
            }),
        }
    }
    items
}

/// The companies by id, and by the name of their file where that is another.
fn companies<'a>(
    records: &'a [Parsed<CompanyRecord>],
    findings: &mut Findings<'_>,
) -> HashMap<&'a str, &'a Parsed<CompanyRecord>> {
    let mut companies: HashMap<&str, &Parsed<CompanyRecord>> = HashMap::with_capacity(records.len());
    let named = |company: &Parsed<CompanyRecord>| company.record.id.as_str() == stem(&company.file);
    // Those named after their id come first: an id is theirs.
    for company in records.iter().filter(|company| named(company)) {
        companies.insert(company.record.id.as_str(), company);
    }
    for company in records.iter().filter(|company| !named(company)) {
        let (id, name) = (company.record.id.as_str(), stem(&company.file));
        let at = |rule, message| Finding::of_file(rule, &company.file, message).place(Place::Value("/id".into()));
        findings.add(Rule::IdNotFileName, |rule| {
            let help = format!("name the file `{id}.json`, or write the id `{name}`");
            at(rule, format!("the id `{id}` is not the name of the file")).help(Some(help))
        });
        match companies.entry(id) {
            Entry::Vacant(place) => drop(place.insert(company)),
            Entry::Occupied(place) => findings.add(Rule::DuplicateId, |rule| {
                at(rule, format!("the id `{id}` is that of `{}` too", place.get().file))
            }),
        }
    }
    // What names a company by its file does not dangle: the id is what is wrong.
    for company in records.iter().filter(|company| !named(company)) {
        companies.entry(stem(&company.file)).or_insert(company);
    }
    companies
}
