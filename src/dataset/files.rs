//! The files of a folder are read, each once, and remembered by the hash of its bytes.

use std::time::SystemTime;

use rayon::prelude::*;
use twox_hash::XxHash3_128;

use super::finding::{Finding, Findings};
use super::folder::{Bytes, Folder, Unread};
use super::listing;
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
    /// Whether there is a company of which not even the name could be read.
    pub(crate) lost: bool,
}

/// What is remembered of a file.
struct Seen {
    hash: u128,
    modified: Option<SystemTime>,
}

impl<'f> Files<'f> {
    pub(crate) fn of(folder: &'f Folder) -> Self {
        Self { folder, hashes: Vec::new(), newest: None, lost: false }
    }

    /// Reads a file that has to be there.
    pub(crate) fn require<T: Record>(&mut self, file: &str, findings: &mut Findings<'_>) -> Option<Parsed<T>> {
        match self.folder.read(file) {
            Err(Unread::Absent) => {
                let message = format!("there is no `{file}`");
                findings.add(Rule::MissingFile, |rule| Finding::of_file(rule, file, message));
                Parsed::blank(file)
            }
            read => self.take(file, read, findings),
        }
    }

    /// Reads a file, or an empty list where it is absent.
    pub(crate) fn or_empty<T: Record>(&mut self, file: &str, findings: &mut Findings<'_>) -> Option<Parsed<T>> {
        match self.folder.read(file) {
            Err(Unread::Absent) => Parsed::empty(file),
            read => self.take(file, read, findings),
        }
    }

    /// Reads a file, or the one built in where it is absent.
    pub(crate) fn or_built_in<T: Record>(&mut self, file: &str, findings: &mut Findings<'_>) -> Option<Parsed<T>> {
        match self.folder.read(file) {
            Err(Unread::Absent) => {
                let built_in = self.take(file, Folder::embedded().read(file), findings)?;
                Some(Parsed { built_in: true, ..built_in })
            }
            read => self.take(file, read, findings),
        }
    }

    /// Reads `companies/*.json`, many at once.
    pub(crate) fn companies(&mut self, findings: &mut Findings<'_>) -> Vec<Parsed<CompanyRecord>> {
        let files = listing::companies(self.folder, findings);
        let mut companies = Vec::with_capacity(files.len());
        for batch in files.chunks(BATCH) {
            let read = |file: &String| {
                let mut part = findings.fresh();
                let (company, seen) = read(file, self.folder.read(file), &mut part);
                (company, seen, part)
            };
            let parts: Vec<_> = batch.par_iter().map(read).collect();
            for (file, (company, seen, part)) in batch.iter().zip(parts) {
                self.note(file, seen);
                self.lost |= company.is_none();
                companies.extend(company);
                findings.append(part);
            }
        }
        companies
    }

    fn take<T: Record>(
        &mut self,
        file: &str,
        bytes: Result<Bytes<'_>, Unread>,
        findings: &mut Findings<'_>,
    ) -> Option<Parsed<T>> {
        let (record, seen) = read(file, bytes, findings);
        self.note(file, seen);
        record
    }

    fn note(&mut self, file: &str, seen: Option<Seen>) {
        if let Some(Seen { hash, modified }) = seen {
            self.hashes.push((file.to_owned(), hash));
            self.newest = self.newest.max(modified);
        }
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

fn read<T: Record>(
    file: &str,
    bytes: Result<Bytes<'_>, Unread>,
    findings: &mut Findings<'_>,
) -> (Option<Parsed<T>>, Option<Seen>) {
    match bytes {
        Ok(Bytes { bytes, modified }) => {
            let seen = Seen { hash: XxHash3_128::oneshot(&bytes), modified };
            (Parsed::read(file, &bytes, findings), Some(seen))
        }
        Err(error) => {
            findings.add(error.rule(), |rule| Finding::of_file(rule, file, error.to_string()));
            (Parsed::blank(file), None)
        }
    }
}

impl Unread {
    /// The rule that a file which is not read breaks.
    pub(crate) fn rule(&self) -> Rule {
        match self {
            Self::Absent | Self::Other(_) => Rule::UnreadableFile,
            Self::Loop => Rule::LinkLoop,
            Self::TooLarge(_) => Rule::TooLarge,
        }
    }
}
