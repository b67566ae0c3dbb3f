//! Looks up where findings stand, in the files as they are now.

use rayon::prelude::*;

use super::excerpt::Lines;
use super::finding::{Finding, Help, Place};
use super::folder::Folder;
use super::report::Shown;
use super::resolve::Names;
use super::severity::Severity;
use super::tree::{decode, find, fits, parse};

/// The findings as they are shown, by file, line and column.
pub(crate) fn locate(mut findings: Vec<(Severity, Finding)>, folder: &Folder, names: Option<&Names<'_>>) -> Vec<Shown> {
    findings.sort_by(|(_, a), (_, b)| a.file.cmp(&b.file));
    let files: Vec<_> = findings.chunk_by(|(_, a), (_, b)| a.file == b.file).collect();
    let shown = |of_file: &&[(Severity, Finding)]| in_file(of_file, folder, names);
    files.par_iter().flat_map_iter(shown).collect()
}

fn in_file(findings: &[(Severity, Finding)], folder: &Folder, names: Option<&Names<'_>>) -> Vec<Shown> {
    let bytes = findings.first().and_then(|(_, finding)| folder.read(&finding.file).ok());
    let text = bytes.as_ref().map(|read| decode(&read.bytes)).unwrap_or_default();
    let pointed = findings.iter().any(|(_, finding)| matches!(finding.place, Place::Value(_) | Place::Key(_)));
    let lines = Lines::of(&text);
    let tree = if pointed && fits(&text).is_ok() { parse(&text).0 } else { None };
    let place = |place: &Place| match place {
        Place::File => None,
        Place::At(bytes) => Some(bytes.clone()),
        Place::Value(pointer) => Some(find(tree.as_ref()?, pointer).1),
        Place::Key(pointer) => match find(tree.as_ref()?, pointer) {
            (Some(key), _) => Some(key),
            (None, value) => Some(value),
        },
    };
    let mut shown: Vec<_> = findings
        .iter()
        .map(|(severity, finding)| Shown {
            rule: finding.rule.row().name,
            severity: *severity,
            file: finding.file.clone(),
            message: finding.message.clone(),
            help: help(finding, names),
            excerpt: place(&finding.place).map(|bytes| lines.excerpt(&bytes)),
        })
        .collect();
    shown.sort_by_key(|shown| shown.excerpt.as_ref().map(|excerpt| (excerpt.line, excerpt.column)));
    shown
}

fn help(finding: &Finding, names: Option<&Names<'_>>) -> String {
    let help = match &finding.help {
        Help::Said(help) => Some(help.clone()),
        Help::Like(named, word) => names.and_then(|names| names.help(named, word)),
        Help::Rule => None,
    };
    help.unwrap_or_else(|| finding.rule.row().right.to_owned())
}
