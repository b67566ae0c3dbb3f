//! A file becomes a record: fast where it is right; where it is not, slowly and with every reason.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::finding::{Finding, Findings};
use super::record::{CompanyRecord, Manifest};
use super::rules::Rule;

/// What a file holds.
pub(crate) trait Record: DeserializeOwned + Send {
    /// What stands for what cannot be read: the fields required, so that the rest takes part in the rules.
    fn blank(file: &str) -> Value;
}

impl Record for Manifest {
    fn blank(_: &str) -> Value {
        json!({"title": {"en": "?"}, "version": "?", "as_of": "1970"})
    }
}

impl Record for CompanyRecord {
    /// The company is known by the name of its file, so that nothing that names it dangles.
    fn blank(file: &str) -> Value {
        let id = stem(file);
        json!({"id": id, "name": {"en": id}})
    }
}

impl<T: DeserializeOwned + Send> Record for Vec<T> {
    fn blank(_: &str) -> Value {
        json!([])
    }
}

/// The name of a company file without folder and ending.
pub(crate) fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.strip_suffix(".json").unwrap_or(name)
}

/// A record and the file it came from.
#[derive(Debug)]
pub(crate) struct Parsed<T> {
    pub(crate) file: Box<str>,
    pub(crate) record: T,
}

impl<T: Record> Parsed<T> {
    /// Reads a record, adding what is wrong with it.
    pub(crate) fn read(file: &str, bytes: &[u8], findings: &mut Findings<'_>) -> Option<Self> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match serde_json::from_slice(bytes) {
            Ok(record) => Some(Self { file: file.into(), record }),
            Err(error) => {
                findings.add(Rule::BadJson, |rule| Finding::of_file(rule, file, error.to_string()));
                Self::blank(file)
            }
        }
    }

    /// What stands for a file of which nothing can be read.
    pub(crate) fn blank(file: &str) -> Option<Self> {
        serde_json::from_value(T::blank(file)).ok().map(|record| Self { file: file.into(), record })
    }
}
