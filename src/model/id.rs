//! Identifiers: `[a-z0-9]+(-[a-z0-9]+)*`, at most 64 characters.

use std::fmt;
use std::str::FromStr;

use compact_str::CompactString;

use super::{Invalid, json_string};

/// A checked identifier, whatever it names.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(CompactString);

impl Id {
    /// The most characters an id may have.
    pub const MAX: usize = 64;

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Id {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let words = |text: &str| {
            text.split('-')
                .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
        };
        if text.len() <= Self::MAX && words(text) {
            Ok(Self(text.into()))
        } else {
            Err(Invalid::new("an id: lower-case letters and digits, words joined by one hyphen, at most 64 characters"))
        }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

/// One type for each kind of thing an id can name, so that none is taken for another.
macro_rules! ids {
    ($($name:ident, $format:literal, $description:literal, $example:literal;)*) => {$(
        #[doc = $description]
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Id);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }
        impl FromStr for $name {
            type Err = Invalid;
            fn from_str(text: &str) -> Result<Self, Invalid> {
                text.parse().map(Self)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }
        json_string!($name, $format, "^[a-z0-9]+(-[a-z0-9]+)*$", $description, $example);
    )*};
}

ids! {
    CompanyId, "company-id", "The id of a company; its file is named after it.", "openai";
    LayerId, "layer-id", "The id of a layer: one kind of thing that is bought.", "cloud";
    InputId, "input-id", "The id of an input: a finer kind within a layer.", "euv-lithography";
    RoleId, "role-id", "The id of a role: what a company is in the stack.", "chip-maker";
    SourceId, "source-id", "The id of a source: who says so.", "caucasus-2023-02-08";
}
