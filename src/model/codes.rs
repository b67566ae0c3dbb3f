//! Codes that standards keep: countries (ISO 3166-1 alpha-2) and languages (ISO 639-1).

use std::fmt;
use std::str::FromStr;

use super::{Invalid, json_string};

/// A country or territory: ISO 3166-1 alpha-2, upper case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

/// A language: ISO 639-1, lower case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang([u8; 2]);

impl Lang {
    /// English, the language every name falls back to.
    pub const EN: Self = Self(*b"en");
    /// Korean.
    pub const KO: Self = Self(*b"ko");
}

macro_rules! code {
    ($type:ident, $known:expr, $expected:literal) => {
        impl $type {
            /// The code as text.
            pub fn as_str(&self) -> &str {
                std::str::from_utf8(&self.0).unwrap_or_default()
            }
        }
        impl FromStr for $type {
            type Err = Invalid;
            fn from_str(text: &str) -> Result<Self, Invalid> {
                let known: fn(&str) -> bool = $known;
                match <[u8; 2]>::try_from(text.as_bytes()) {
                    Ok(code) if known(text) => Ok(Self(code)),
                    _ => Err(Invalid::new($expected)),
                }
            }
        }
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

code!(Country, |text| rust_iso3166::from_alpha2(text).is_some(), "a country code of ISO 3166-1 alpha-2, such as `KR`");
code!(
    Lang,
    |text| text.bytes().all(|b| b.is_ascii_lowercase()) && isolang::Language::from_639_1(text).is_some(),
    "a language code of ISO 639-1, such as `ko`"
);
json_string!(Country, "country", "^[A-Z]{2}$", "A country: ISO 3166-1 alpha-2.", "KR");
json_string!(Lang, "language", "^[a-z]{2}$", "A language: ISO 639-1.", "ko");
