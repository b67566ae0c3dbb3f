//! Which files a folder has, and which of them look as if they should be read and are not.

use super::finding::{Finding, Findings};
use super::folder::{Entry, Folder, Kind, Unread};
use super::parse::stem;
use super::rules::Rule;
use super::suggest::{did_you_mean, nearest};

/// The files of a data folder besides those of companies, without their ending.
const FILES: [&str; 5] = ["dataset", "layers", "roles", "figures", "sources"];

/// Looks at what stands in the folder itself; false if that cannot be seen.
pub(crate) fn look(folder: &Folder, findings: &mut Findings<'_>) -> bool {
    let entries = match folder.list("") {
        Ok(entries) => entries,
        Err(error) => {
            let message = if error == Unread::Absent { "there is no such folder".into() } else { error.to_string() };
            findings.add(error.rule(), |rule| Finding::of_file(rule, ".", message));
            return false;
        }
    };
    let stray =
        |entry: &&Entry| entry.kind == Kind::File && is_json(&entry.name) && !FILES.contains(&stem(&entry.name));
    for Entry { name, .. } in entries.iter().filter(stray) {
        findings.add(Rule::StrayFile, |rule| {
            let like = nearest(stem(name), FILES).map(|like| did_you_mean(&format!("{like}.json")));
            Finding::of_file(rule, name, "this file is not read".into()).help(like)
        });
    }
    true
}

/// The files of companies, in order; what else stands beside them is found.
pub(crate) fn companies(folder: &Folder, findings: &mut Findings<'_>) -> Vec<String> {
    let entries = match folder.list("companies") {
        Err(Unread::Absent) => Vec::new(),
        Ok(entries) => entries,
        Err(error) => {
            findings.add(error.rule(), |rule| Finding::of_file(rule, "companies", error.to_string()));
            return Vec::new();
        }
    };
    let mut files = Vec::with_capacity(entries.len());
    for Entry { name, kind } in entries {
        let file = format!("companies/{name}");
        let (rule, why) = match kind {
            Kind::File if is_json(&name) => {
                files.push(file);
                continue;
            }
            Kind::File => (Rule::StrayFile, "this file is not read"),
            Kind::Folder => (Rule::StrayFile, "this folder is not read"),
            Kind::Nameless => (Rule::UnreadableFile, "the name of the file is not UTF-8"),
        };
        findings.add(rule, |rule| Finding::of_file(rule, &file, why.into()));
    }
    if files.is_empty() {
        let message = "there is no company in the folder";
        findings.add(Rule::EmptyFolder, |rule| Finding::of_file(rule, "companies", message.into()));
    }
    files
}

/// Whether a file is read: one that begins with a dot is an editor's or a system's.
fn is_json(name: &str) -> bool {
    name.ends_with(".json") && !name.starts_with('.')
}
