//! Where one file is looked through: the rules that hold for whatever is written in any file.

use crate::dataset::cuts::Cuts;
use crate::dataset::finding::{Finding, Findings, Help, Named, Place};
use crate::dataset::parse::Parsed;
use crate::dataset::phrase::quoted;
use crate::dataset::rules::Rule;
use crate::dataset::way::Way;
use crate::model::{CompanyId, InputId, LayerId, Period, RoleId, SourceId, Text};

use super::names::{Names, has_input};

/// One file, the names in all of them, and what is found.
pub(crate) struct Desk<'d, 'a, 's> {
    pub(crate) names: &'d Names<'a>,
    file: &'d str,
    cuts: &'d Cuts,
    built_in: bool,
    findings: &'d mut Findings<'s>,
}

impl<'d, 'a, 's> Desk<'d, 'a, 's> {
    pub(crate) fn new<T>(file: &'d Parsed<T>, names: &'d Names<'a>, findings: &'d mut Findings<'s>) -> Self {
        Self { names, file: &file.file, cuts: &file.cuts, built_in: file.built_in, findings }
    }

    /// Adds a finding about the value at the end of a way.
    pub(crate) fn add(&mut self, rule: Rule, way: Way<'_>, message: impl FnOnce() -> String) {
        self.put(rule, way, Place::Value, || (message(), Help::Rule));
    }

    /// Adds a finding about the key at the end of a way.
    pub(crate) fn add_key(&mut self, rule: Rule, way: Way<'_>, message: impl FnOnce() -> (String, Help)) {
        self.put(rule, way, Place::Key, message);
    }

    fn put(&mut self, rule: Rule, way: Way<'_>, place: fn(String) -> Place, said: impl FnOnce() -> (String, Help)) {
        if self.built_in {
            return;
        }
        let (file, cuts) = (self.file, self.cuts);
        self.findings.add(rule, |rule| {
            let (message, help) = said();
            let place = place(cuts.in_file(&way.to_string()));
            Finding { rule, file: file.to_owned(), place, message, help }
        });
    }

    /// Whether a field is as the file has it: what was taken out says nothing.
    pub(crate) fn spared(&self, field: Way<'_>) -> bool {
        self.cuts.spared(&field)
    }

    fn unknown(&mut self, rule: Rule, way: Way<'_>, named: Named, word: &str) {
        if !self.names.all(&named) {
            return;
        }
        self.put(rule, way, Place::Value, || {
            let message = match &named {
                Named::Input(layer) => format!("the layer `{layer}` has no input `{word}`"),
                named => format!("there is no {} `{word}`", named.noun()),
            };
            (message, Help::Like(named, word.to_owned()))
        });
    }

    /// Whether there is such a layer.
    pub(crate) fn layer(&mut self, id: &LayerId, way: Way<'_>) -> bool {
        let known = self.names.layer(id).is_some();
        if !known {
            self.unknown(Rule::UnknownLayer, way, Named::Layer, id.as_str());
        }
        known
    }

    /// An input has to be one of its layer; of a layer that there is not nothing is known.
    pub(crate) fn input(&mut self, layer: &LayerId, id: Option<&InputId>, way: Way<'_>) {
        if let (Some(record), Some(id)) = (self.names.layer(layer), id)
            && !has_input(record, id)
        {
            self.unknown(Rule::UnknownInput, way, Named::Input(layer.to_string()), id.as_str());
        }
    }

    pub(crate) fn role(&mut self, id: &RoleId, way: Way<'_>) {
        if self.names.role(id).is_none() {
            self.unknown(Rule::UnknownRole, way, Named::Role, id.as_str());
        }
    }

    pub(crate) fn company(&mut self, id: &CompanyId, way: Way<'_>) {
        if self.names.company(id).is_none() {
            self.unknown(Rule::UnknownCompany, way, Named::Company, id.as_str());
        }
    }

    /// A fact has to name its sources.
    pub(crate) fn sources(&mut self, sources: &[SourceId], fact: &Way<'_>) {
        let way = fact.key("sources");
        if sources.is_empty() && self.spared(way) {
            self.add(Rule::FactWithoutSource, way, || "nobody is named who says so".into());
        }
        for (index, id) in sources.iter().enumerate() {
            if !self.names.cite(id) {
                self.unknown(Rule::UnknownSource, way.index(index), Named::Source, id.as_str());
            }
        }
    }

    pub(crate) fn period(&mut self, period: Period, fact: &Way<'_>) {
        if let (true, Some(since), Some(until)) = (period.is_empty(), period.since, period.until) {
            let message = || format!("the period ends on {until}, but begins on {since}");
            self.add(Rule::EmptyPeriod, fact.key("until"), message);
        }
    }

    /// A text ought to be in languages that the data set lists.
    pub(crate) fn text<'t>(&mut self, text: impl Into<Option<&'t Text>>, way: Way<'_>) {
        for (lang, _) in text.into().into_iter().flat_map(Text::iter) {
            if !self.names.speaks(lang) {
                let message = || (format!("`{lang}` is not among the data set's languages"), Help::Rule);
                self.add_key(Rule::UndeclaredLanguage, way.key(lang.as_str()), message);
            }
        }
    }

    /// Names must not be empty.
    pub(crate) fn words(&mut self, words: &[Box<str>], way: Way<'_>) {
        for (index, word) in words.iter().enumerate() {
            self.word(word, way.index(index));
        }
    }

    pub(crate) fn word(&mut self, word: &str, way: Way<'_>) {
        if word.trim().is_empty() {
            self.add(Rule::EmptyText, way, || "the text is empty".into());
        }
    }

    /// A web address has to be one that a page can link to.
    pub(crate) fn url(&mut self, url: Option<&str>, way: Way<'_>) {
        if let Some(url) = url.filter(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
            self.add(Rule::BadUrl, way, || format!("{} is not a web address", quoted(url)));
        }
    }
}
