//! From a folder to its records: which files there are, and what stands in for absent ones.

use std::time::SystemTime;

use rayon::prelude::*;
use twox_hash::XxHash3_128;

use super::finding::{Finding, Findings};
use super::folder::{Bytes, Entry, Folder, Kind, Unread};
use super::parse::{Parsed, Record};
use super::record::CompanyRecord;
use super::rules::Rule;

/// How many company files are read before their findings are joined: bounds the memory that findings take.
const BATCH: usize = 256;

/// The files of a folder while they are read.
pub(crate) struct Files<'f> {
    folder: &'f Folder,
    /// Every file read, with the hash of its bytes.
    hashes: Vec<(String, u128)>,
    newest: Option<SystemTime>,
    /// Whether a company could not even be named.
    pub(crate) lost: bool,
}

impl<'f> Files<'f> {
    pub(crate) fn of(folder: &'f Folder) -> Self {
        Self {
            folder,
            hashes: Vec::new(),
            newest: None,
            lost: false,
        }
    }

    /// Reads a file that has to be there.
    pub(crate) fn require<T: Record>(&mut self, file: &str, findings: &mut Findings<'_>) -> Option<Parsed<T>> {
        let read = self.folder.read(file);
        if matches!(read, Err(Unread::Absent)) {
            let message = format!("there is no `{file}`");
            findings.add(Rule::MissingFile, |rule| Finding::of_file(rule, file, message));
            return Parsed::blank(file);
        }
        self.take(file, read, findings)
    }

    /// Reads a file, or an empty list where it is absent.
    pub(crate) fn or_empty<T: Record>(&mut self, file: &str, findings: &mut Findings<'_>) -> Option<Parsed<T>> {
        match self.folder.read(file) {
            Err(Unread::Absent) => Parsed::empty(file),
            read => self.take(file, read, findings),
        }
    }

    /// Reads a file, or the one built in where it is absent; tells whether it is the latter.
    pub(crate) fn or_built_in<T: Record>(
        &mut self,
        file: &str,
        findings: &mut Findings<'_>,
    ) -> (Option<Parsed<T>>, bool) {
        match self.folder.read(file) {
            Err(Unread::Absent) => (
                Folder::embedded()
                    .read(file)
                    .ok()
                    .and_then(|read| Parsed::read(file, &read.bytes, findings)),
                true,
            ),
            read => (self.take(file, read, findings), false),
        }
    }

    fn take<T: Record>(
        &mut self,
        file: &str,
        read: Result<Bytes<'_>, Unread>,
        findings: &mut Findings<'_>,
    ) -> Option<Parsed<T>> {
        let (parsed, seen) = parse(file, read, findings);
        self.note(file, seen);
        parsed
    }

    fn note(&mut self, file: &str, seen: Option<Seen>) {
        if let Some(seen) = seen {
            self.hashes.push((file.to_owned(), seen.hash));
            self.newest = self.newest.max(seen.modified);
        }
    }

    /// Reads `companies/*.json`, many at once.
    pub(crate) fn companies(&mut self, findings: &mut Findings<'_>) -> Vec<Parsed<CompanyRecord>> {
        let names = self.company_files(findings);
        let mut companies = Vec::with_capacity(names.len());
        for batch in names.chunks(BATCH) {
            let parts: Vec<_> = batch
                .par_iter()
                .map(|file| {
                    let mut part = findings.fresh();
                    (parse(file, self.folder.read(file), &mut part), part)
                })
                .collect();
            for (file, ((company, seen), part)) in batch.iter().zip(parts) {
                self.note(file, seen);
                self.lost |= company.is_none();
                companies.extend(company);
                findings.append(part);
            }
        }
        companies
    }

    /// The names of company files, in order; what else stands beside them is found.
    fn company_files(&self, findings: &mut Findings<'_>) -> Vec<String> {
        let entries = match self.folder.list("companies") {
            Ok(entries) => entries,
            Err(Unread::Absent) => Vec::new(),
            Err(error) => {
                findings.add(error.rule(), |rule| {
                    Finding::of_file(rule, "companies", error.to_string())
                });
                return Vec::new();
            }
        };
        let mut files = Vec::with_capacity(entries.len());
        for Entry { name, kind } in entries {
            let file = format!("companies/{name}");
            match kind {
                Kind::File if name.ends_with(".json") && !name.starts_with('.') => files.push(file),
                kind => findings.add(kind.stray_rule(), |rule| {
                    Finding::of_file(rule, &file, kind.why_stray().into())
                }),
            }
        }
        if files.is_empty() {
            findings.add(Rule::EmptyFolder, |rule| {
                Finding::of_file(rule, "companies", "there is no company in the folder".into())
            });
        }
        files
    }

    /// A fingerprint of all files read, and when the newest was changed.
    pub(crate) fn revision(mut self) -> (u128, Option<SystemTime>) {
        self.hashes.sort_unstable();
        let mut all = Vec::with_capacity(self.hashes.len() * 64);
        for (file, hash) in &self.hashes {
            all.extend_from_slice(file.as_bytes());
            all.push(0);
            all.extend_from_slice(&hash.to_le_bytes());
        }
        (XxHash3_128::oneshot(&all), self.newest)
    }
}

/// What is remembered of a file's bytes.
struct Seen {
    hash: u128,
    modified: Option<SystemTime>,
}

fn parse<T: Record>(
    file: &str,
    read: Result<Bytes<'_>, Unread>,
    findings: &mut Findings<'_>,
) -> (Option<Parsed<T>>, Option<Seen>) {
    match read {
        Ok(Bytes { bytes, modified }) => {
            let seen = Seen {
                hash: XxHash3_128::oneshot(&bytes),
                modified,
            };
            (Parsed::read(file, &bytes, findings), Some(seen))
        }
        Err(error) => {
            findings.add(error.rule(), |rule| Finding::of_file(rule, file, error.to_string()));
            (Parsed::blank(file), None)
        }
    }
}

impl Unread {
    fn rule(&self) -> Rule {
        match self {
            Self::Absent | Self::Other(_) => Rule::UnreadableFile,
            Self::Loop => Rule::LinkLoop,
            Self::TooLarge(_) => Rule::TooLarge,
        }
    }
}

impl Kind {
    fn stray_rule(self) -> Rule {
        match self {
            Self::File | Self::Folder => Rule::StrayFile,
            Self::Nameless => Rule::UnreadableFile,
        }
    }

    fn why_stray(self) -> &'static str {
        match self {
            Self::File => "this file is not read: its name does not end in `.json`, or begins with a dot",
            Self::Folder => "this folder is not read",
            Self::Nameless => "the name of the file is not UTF-8",
        }
    }
}
