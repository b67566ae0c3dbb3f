//! A file becomes a record: fast where it is right; where it is not, slowly and with every reason.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::cuts::Cuts;
use super::explain::explain;
use super::finding::{Finding, Findings};
use super::record::{CompanyRecord, FigureRecord, LayerRecord, Manifest, RoleRecord, SourceRecord};
use super::rules::Rule;
use super::tree::BYTE_ORDER_MARK;

/// What a file holds.
pub(crate) trait Record: DeserializeOwned + Send {
    /// The name of the schema of the file.
    const SCHEMA: &'static str;

    /// What stands for what cannot be read: the fields required, so that the rest takes part in the rules.
    fn blank(file: &str) -> Value;

    /// The same for an item of a file that holds a list; an id is not made up.
    fn item() -> Value {
        Value::Null
    }
}

impl Record for Manifest {
    const SCHEMA: &'static str = "dataset";
    fn blank(_: &str) -> Value {
        json!({"title": {"en": "?"}, "version": "?", "as_of": UNKNOWN_DAY})
    }
}

impl Record for CompanyRecord {
    const SCHEMA: &'static str = "company";
    /// The company is known by the name of its file, so that nothing that names it dangles.
    fn blank(file: &str) -> Value {
        let id = stem(file);
        json!({"id": id, "name": {"en": id}})
    }
}

macro_rules! lists {
    ($($item:ident $schema:literal $blank:tt)*) => {$(
        impl Record for Vec<$item> {
            const SCHEMA: &'static str = $schema;
            fn blank(_: &str) -> Value {
                json!([])
            }
            fn item() -> Value {
                json!($blank)
            }
        }
    )*};
}

lists! {
    LayerRecord "layers" {"tier": 0, "name": {"en": "?"}}
    RoleRecord "roles" {"name": {"en": "?"}}
    FigureRecord "figures"
        {"subject": "market:unknown", "measure": "?", "value": 0, "unit": "?", "year": 0, "kind": "actual"}
    SourceRecord "sources" {"title": "?"}
}

/// Stands for the day of a data set that does not say it rightly.
pub(crate) const UNKNOWN_DAY: &str = "1970";

/// The name of a company file without folder and ending.
pub(crate) fn stem(file: &str) -> &str {
    let name = file.rsplit_once('/').map_or(file, |(_, name)| name);
    name.strip_suffix(".json").unwrap_or(name)
}

/// A record and the file it came from.
#[derive(Debug)]
pub(crate) struct Parsed<T> {
    pub(crate) file: Box<str>,
    pub(crate) record: T,
    /// Whether facts, or what they name, were taken out because something was wrong with them.
    pub(crate) lacks: bool,
    /// What was taken out.
    pub(crate) cuts: Cuts,
    /// Whether it is not the folder's but the one built in, of which nothing is said.
    pub(crate) built_in: bool,
}

impl<T: Record> Parsed<T> {
    /// Reads a record, adding what is wrong with it.
    pub(crate) fn read(file: &str, bytes: &[u8], findings: &mut Findings<'_>) -> Option<Self> {
        let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
        if text.len() < bytes.len() {
            let message = "the file begins with a byte-order mark";
            findings.add(Rule::ByteOrderMark, |rule| Finding::at(rule, file, 0..0, message));
        }
        match serde_json::from_slice(text) {
            Ok(record) => {
                Some(Self { file: file.into(), record, lacks: false, cuts: Cuts::default(), built_in: false })
            }
            Err(error) => explain(file, text, &error, findings),
        }
    }

    /// What stands for a file of which nothing can be read.
    pub(crate) fn blank(file: &str) -> Option<Self> {
        Self::empty(file).map(|empty| Self { lacks: true, ..empty })
    }

    /// What stands for a file that need not be there.
    pub(crate) fn empty(file: &str) -> Option<Self> {
        let record = serde_json::from_value(T::blank(file)).ok()?;
        Some(Self { file: file.into(), record, lacks: false, cuts: Cuts::default(), built_in: false })
    }
}
