//! Values of parameters: each read from its text, or refused with what it takes.

use std::str::FromStr;

use serde::{Deserialize, Deserializer};

use crate::model::{Invalid, PartialDate};

/// Reads a value from its text by `FromStr`; the error says what would be taken.
pub(super) fn parsed<'de, D: Deserializer<'de>, T: FromStr<Err = Invalid>>(deserializer: D) -> Result<T, D::Error> {
    std::borrow::Cow::<str>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
}

macro_rules! from_text {
    ($($type:ty),*) => {$(
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                parsed(deserializer)
            }
        }
    )*};
}
from_text!(Date, Name, Names, Limit, Depth, Hops, Paths, CountryCode, Countries, LangCode, Words, Size, Amount);
pub(super) use from_text;

/// A date, whole or partial.
#[derive(Debug, Clone, Copy)]
pub struct Date(pub PartialDate);

impl FromStr for Date {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        text.parse().map(Self)
    }
}

/// A name of something, as its users spell it.
#[derive(Debug, Clone)]
pub struct Name(pub String);

impl FromStr for Name {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        match text.trim() {
            "" => Err(Invalid::new("an id or a name")),
            name => Ok(Self(name.to_owned())),
        }
    }
}

/// Names, with commas between them.
#[derive(Debug, Clone)]
pub struct Names(pub Vec<Name>);

impl FromStr for Names {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let names: Result<Vec<Name>, Invalid> = text.split(',').map(str::parse).collect();
        names.map(Self).map_err(|_| Invalid::new("ids or names, with commas between them"))
    }
}

/// A text that is not empty.
#[derive(Debug, Clone)]
pub struct Words(pub String);

impl FromStr for Words {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        match text.trim() {
            "" => Err(Invalid::new("a text that is not empty")),
            _ => Ok(Self(text.to_owned())),
        }
    }
}

/// A country code in either case.
#[derive(Debug, Clone, Copy)]
pub struct CountryCode(pub crate::model::Country);

impl FromStr for CountryCode {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        text.to_ascii_uppercase().parse().map(Self)
    }
}

/// Country codes in either case, with commas between them.
#[derive(Debug, Clone)]
pub struct Countries(pub Vec<crate::model::Country>);

impl FromStr for Countries {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        text.to_ascii_uppercase().split(',').map(str::parse).collect::<Result<_, _>>().map(Self)
    }
}

/// An amount of money.
#[derive(Debug, Clone, Copy)]
pub struct Amount(pub f64);

impl Default for Amount {
    fn default() -> Self {
        Self(100.0)
    }
}

impl FromStr for Amount {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        match text.parse() {
            Ok(amount) if (0.01..=1e15).contains(&amount) => Ok(Self(amount)),
            _ => Err(Invalid::new("a number from 0.01 to 1e15")),
        }
    }
}

/// A language code in either case.
#[derive(Debug, Clone, Copy)]
pub struct LangCode(pub crate::model::Lang);

impl FromStr for LangCode {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        text.to_ascii_lowercase().parse().map(Self)
    }
}

macro_rules! whole_numbers {
    ($($type:ident, $low:literal, $high:literal, $default:literal, $what:literal, $takes:literal;)*) => {$(
        #[doc = $what]
        #[derive(Debug, Clone, Copy)]
        pub struct $type(pub usize);

        impl Default for $type {
            fn default() -> Self {
                Self($default)
            }
        }
        impl FromStr for $type {
            type Err = Invalid;
            fn from_str(text: &str) -> Result<Self, Invalid> {
                let digits = text.bytes().all(|b| b.is_ascii_digit());
                match text.parse() {
                    Ok(number) if digits && (($low)..=$high).contains(&number) => Ok(Self(number)),
                    _ => Err(Invalid::new($takes)),
                }
            }
        }
    )*};
}
whole_numbers! {
    Limit, 1, 1000, 50, "How many items a page has at the most.", "a whole number from 1 to 1000";
    Paths, 1, 100, 10, "How many paths are listed at the most.", "a whole number from 1 to 100";
    Size, 1, 2, 1, "How many companies have to be down.", "1 or 2";
    Hops, 1, 16, 8, "How many hops a path has at the most.", "a whole number from 1 to 16";
}

/// How many hops a walk goes at the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Depth(pub usize);

impl Default for Depth {
    fn default() -> Self {
        Self(1)
    }
}

impl FromStr for Depth {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        match text {
            "all" => Ok(Self(usize::MAX)),
            _ => match text.parse() {
                Ok(depth @ 1..=999_999_999) if digits => Ok(Self(depth)),
                _ => Err(Invalid::new("a whole number from 1 on, or `all`")),
            },
        }
    }
}
