//! What a person or a program is told about a folder.

use std::fmt;

use serde::Serialize;

use super::finding::Findings;
use super::severity::Severity;

/// Everything that was found in a folder, by file, line and column.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// What was found; of very many findings only the first are shown.
    pub findings: Vec<Shown>,
    /// How many errors there are, shown or not.
    pub errors: u64,
    /// How many warnings there are, shown or not.
    pub warnings: u64,
}

/// A finding as it is shown.
#[derive(Debug, Serialize)]
pub struct Shown {
    /// The name of the rule.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// The file, from the folder on.
    pub file: String,
    /// The line, from 1.
    pub line: Option<u32>,
    /// The column in characters, from 1.
    pub column: Option<u32>,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: String,
}

impl Report {
    pub(crate) fn new(findings: Findings<'_>) -> Self {
        let (errors, warnings) = (findings.errors.count, findings.warnings.count);
        let kinds = [(Severity::Error, findings.errors.kept), (Severity::Warning, findings.warnings.kept)];
        let findings = kinds
            .into_iter()
            .flat_map(|(severity, kept)| kept.into_iter().map(move |finding| (severity, finding)))
            .map(|(severity, finding)| Shown {
                rule: finding.rule.row().name,
                severity,
                file: finding.file,
                line: None,
                column: None,
                message: finding.message,
                help: finding.rule.row().right.to_owned(),
            })
            .collect();
        Self { findings, errors, warnings }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for shown in &self.findings {
            writeln!(f, "{}[{}]: {}", shown.severity.as_str(), shown.rule, shown.message)?;
            writeln!(f, " --> {}", shown.file)?;
        }
        writeln!(f, "{} errors, {} warnings", self.errors, self.warnings)
    }
}
