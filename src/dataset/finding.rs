//! A finding while the rules run: what is wrong, and where to look it up if it is shown.

use std::ops::Range;

use super::rules::Rule;
use super::severity::{Severities, Severity};

/// The most findings of one severity that are kept; the others are counted.
pub(crate) const KEPT: usize = 1000;

/// Something wrong, before its line is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) rule: Rule,
    /// The file, from the folder on, such as `companies/openai.json`.
    pub(crate) file: String,
    pub(crate) place: Place,
    pub(crate) message: String,
    pub(crate) help: Help,
}

impl Finding {
    /// A finding about a file as a whole.
    pub(crate) fn of_file(rule: Rule, file: &str, message: String) -> Self {
        Self { rule, file: file.to_owned(), place: Place::File, message, help: Help::Rule }
    }

    /// A finding at some bytes of a file's text.
    pub(crate) fn at(rule: Rule, file: &str, bytes: Range<usize>, message: impl Into<String>) -> Self {
        Self { rule, file: file.to_owned(), place: Place::At(bytes), message: message.into(), help: Help::Rule }
    }

    /// The same at this place.
    pub(crate) fn place(self, place: Place) -> Self {
        Self { place, ..self }
    }

    /// The same with these words of help, if there are any.
    pub(crate) fn help(self, help: Option<impl Into<String>>) -> Self {
        Self { help: help.map_or(self.help, |help| Help::Said(help.into())), ..self }
    }
}

/// Where in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// Nowhere in particular.
    File,
    /// The bytes of its text.
    At(Range<usize>),
    /// The value at a JSON pointer.
    Value(String),
    /// The key of the value at a JSON pointer.
    Key(String),
}

/// What would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Help {
    /// What the table of rules says.
    Rule,
    /// These words.
    Said(String),
    /// A name of this kind that is written like the one given; it is looked up only if the finding is shown.
    Like(Named, String),
}

/// Kinds of things that are named by an id; an input is named in its layer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Named {
    Company,
    Role,
    Layer,
    Input(String),
    Source,
}

impl Named {
    pub(crate) fn noun(&self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Role => "role",
            Self::Layer => "layer",
            Self::Input(_) => "input",
            Self::Source => "source",
        }
    }
}

/// Findings as they come, of which only so many are kept.
#[derive(Debug)]
pub(crate) struct Findings<'a> {
    severities: &'a Severities,
    pub(crate) errors: Tally,
    pub(crate) warnings: Tally,
}

/// The findings of one severity.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) count: u64,
    pub(crate) kept: Vec<Finding>,
}

impl<'a> Findings<'a> {
    pub(crate) fn new(severities: &'a Severities) -> Self {
        Self { severities, errors: Tally::default(), warnings: Tally::default() }
    }

    /// None yet, under the same severities.
    pub(crate) fn fresh(&self) -> Self {
        Self::new(self.severities)
    }

    /// Adds a finding, which is made only if it is kept.
    pub(crate) fn add(&mut self, rule: Rule, finding: impl FnOnce(Rule) -> Finding) {
        let tally = match self.severities.of(rule) {
            Severity::Off => return,
            Severity::Warning => &mut self.warnings,
            Severity::Error => &mut self.errors,
        };
        tally.count += 1;
        if tally.kept.len() < KEPT {
            tally.kept.push(finding(rule));
        }
    }

    /// The same findings under other severities.
    pub(crate) fn weigh(self, severities: &Severities) -> Findings<'_> {
        let mut findings = Findings::new(severities);
        for finding in self.errors.kept.into_iter().chain(self.warnings.kept) {
            findings.add(finding.rule, |_| finding);
        }
        findings
    }

    /// Adds the findings of another part, which come after these.
    pub(crate) fn append(&mut self, other: Findings<'_>) {
        for (tally, more) in [(&mut self.errors, other.errors), (&mut self.warnings, other.warnings)] {
            tally.count += more.count;
            tally.kept.extend(more.kept.into_iter().take(KEPT - tally.kept.len().min(KEPT)));
        }
    }
}
