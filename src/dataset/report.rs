//! What a person or a program is told about a folder.

use std::fmt;

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use super::excerpt::{Excerpt, harmless_text};
use super::finding::Findings;
use super::folder::Folder;
use super::locate::locate;
use super::resolve::Names;
use super::severity::Severity;

/// Everything that was found in a folder, by file, line and column.
///
/// It prints as a text for people, and serialises as JSON for programs.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// What was found; of very many findings only the first are shown.
    pub findings: Vec<Shown>,
    /// How many errors there are, shown or not.
    pub errors: u64,
    /// How many warnings there are, shown or not.
    pub warnings: u64,
}

/// A finding as it is shown.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The name of the rule.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// The file, from the folder on, such as `companies/openai.json`.
    pub file: String,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: String,
    pub(crate) excerpt: Option<Excerpt>,
}

impl Shown {
    /// The line from 1, where it is about one.
    pub fn line(&self) -> Option<usize> {
        self.excerpt.as_ref().map(|excerpt| excerpt.line)
    }

    /// The column in characters, from 1.
    pub fn column(&self) -> Option<usize> {
        self.excerpt.as_ref().map(|excerpt| excerpt.column)
    }
}

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut shown = serializer.serialize_struct("Finding", 7)?;
        shown.serialize_field("rule", self.rule)?;
        shown.serialize_field("severity", &self.severity)?;
        shown.serialize_field("file", &self.file)?;
        shown.serialize_field("line", &self.line())?;
        shown.serialize_field("column", &self.column())?;
        shown.serialize_field("message", &self.message)?;
        shown.serialize_field("help", &self.help)?;
        shown.end()
    }
}

impl Report {
    pub(crate) fn new(findings: Findings<'_>, folder: &Folder, names: Option<&Names<'_>>) -> Self {
        let (errors, warnings) = (findings.errors, findings.warnings);
        let (error_count, warning_count) = (errors.count, warnings.count);
        let errors = errors.kept.into_iter().map(|finding| (Severity::Error, finding));
        let warnings = warnings.kept.into_iter().map(|finding| (Severity::Warning, finding));
        let findings = locate(errors.chain(warnings).collect(), folder, names);
        Self { findings, errors: error_count, warnings: warning_count }
    }

    /// How many findings are not shown.
    pub fn hidden(&self) -> u64 {
        (self.errors + self.warnings).saturating_sub(self.findings.len() as u64)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for shown in &self.findings {
            writeln!(f, "{shown}")?;
        }
        if self.hidden() > 0 {
            writeln!(f, "… and {} more, which are not shown", self.hidden())?;
        }
        writeln!(f, "{}, {}", count(self.errors, "error"), count(self.warnings, "warning"))
    }
}

fn count(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (file, message, help) =
            (harmless_text(&self.file), harmless_text(&self.message), harmless_text(&self.help));
        writeln!(f, "{}[{}]: {message}", self.severity.as_str(), self.rule)?;
        let Some(Excerpt { line, column, text, before, width }) = &self.excerpt else {
            writeln!(f, " --> {file}")?;
            return writeln!(f, "  = help: {help}");
        };
        let number = line.to_string();
        let margin = " ".repeat(number.len());
        writeln!(f, "{margin}--> {file}:{line}:{column}")?;
        writeln!(f, "{margin} |")?;
        writeln!(f, "{number} | {}", text.trim_end())?;
        writeln!(f, "{margin} | {}{}", " ".repeat(*before), "^".repeat(*width))?;
        writeln!(f, "{margin} = help: {help}")
    }
}
