//! Names that registries give: items of Wikidata, Legal Entity Identifiers; and what a figure is about.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use super::{CompanyId, Id, Invalid, json_string};

/// An item of Wikidata: `Q` and a number.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wikidata(Box<str>);

/// A Legal Entity Identifier: ISO 17442.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lei(Box<str>);

/// What a figure is about: `company:ID`, `market:NAME`, or another kind and name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject(Box<str>);

impl Subject {
    /// The company it is about, if it is about one.
    pub fn company(&self) -> Option<CompanyId> {
        self.0.strip_prefix("company:")?.parse().ok()
    }
}

macro_rules! name {
    ($type:ident, $right:expr, $expected:literal) => {
        impl Deref for $type {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }
        impl FromStr for $type {
            type Err = Invalid;
            fn from_str(text: &str) -> Result<Self, Invalid> {
                let right: fn(&str) -> bool = $right;
                if right(text) { Ok(Self(text.into())) } else { Err(Invalid::new($expected)) }
            }
        }
        impl From<$type> for Box<str> {
            fn from(name: $type) -> Self {
                name.0
            }
        }
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self)
            }
        }
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&**self, f)
            }
        }
    };
}

name!(Wikidata, is_item, "an item of Wikidata, such as `Q21708200`");
name!(Lei, is_lei, "a Legal Entity Identifier of 18 letters or digits and 2 digits, such as `5493006MHB84DD0ZWV18`");
name!(Subject, is_subject, "`company:ID` or `market:NAME`, such as `market:ai-chips`");
json_string!(Wikidata, "wikidata", "^Q[1-9][0-9]*$", "An item of Wikidata.", "Q21708200");
json_string!(Lei, "lei", "^[A-Z0-9]{18}[0-9]{2}$", "A Legal Entity Identifier: ISO 17442.", "5493006MHB84DD0ZWV18");
json_string!(
    Subject,
    "subject",
    "^[a-z]+:[a-z0-9]+(-[a-z0-9]+)*$",
    "What a figure is about: `company:ID` or `market:NAME`.",
    "market:ai-chips"
);

fn is_item(text: &str) -> bool {
    let digits = text.strip_prefix('Q').unwrap_or_default();
    digits.starts_with(|c| matches!(c, '1'..='9')) && digits.bytes().all(|b| b.is_ascii_digit())
}

fn is_lei(text: &str) -> bool {
    let place = |(at, byte): (usize, u8)| byte.is_ascii_digit() || at < 18 && byte.is_ascii_uppercase();
    text.len() == 20 && text.bytes().enumerate().all(place)
}

fn is_subject(text: &str) -> bool {
    text.split_once(':').is_some_and(|(kind, name)| {
        !kind.is_empty() && kind.bytes().all(|b| b.is_ascii_lowercase()) && name.parse::<Id>().is_ok()
    })
}
