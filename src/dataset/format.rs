//! The formats that the schemas name, each with the parser that decides.

use super::rules::Rule;
use crate::model::{
    CompanyId, Country, InputId, Invalid, Lang, LayerId, Lei, PartialDate, RoleId, SourceId, Subject, Wikidata,
};

/// A way in which a text has to be written.
pub(crate) struct Format {
    name: &'static str,
    /// The rule that a text written otherwise breaks.
    pub(crate) rule: Rule,
    /// What is wrong with a text.
    pub(crate) check: fn(&str) -> Result<(), Invalid>,
}

macro_rules! formats {
    ($($type:ident $rule:ident)*) => {
        static FORMATS: &[Format] = &[$(Format {
            name: $type::FORMAT,
            rule: Rule::$rule,
            check: |text| text.parse::<$type>().map(drop),
        }),*];
    };
}

formats! {
    CompanyId BadId
    LayerId BadId
    InputId BadId
    RoleId BadId
    SourceId BadId
    PartialDate BadDate
    Country BadCountry
    Lang BadLanguage
    Wikidata BadCode
    Lei BadCode
    Subject BadCode
}

impl Format {
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// What the text was meant to be, as far as that can be told.
    pub(crate) fn mended(&self, text: &str) -> Option<String> {
        let mended = match self.rule {
            Rule::BadId => slug(text),
            Rule::BadCountry if text.eq_ignore_ascii_case("UK") => "GB".to_owned(),
            Rule::BadCountry | Rule::BadCode => text.trim().to_ascii_uppercase(),
            Rule::BadLanguage => text.trim().to_ascii_lowercase(),
            Rule::BadDate => dashed(text),
            _ => return None,
        };
        (self.check)(&mended).is_ok().then_some(mended)
    }
}

fn slug(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// A date with its parts joined by hyphens and of two digits at least; a clock is left out.
fn dashed(text: &str) -> String {
    let date = text.trim().split(['T', ' ']).next().unwrap_or_default();
    let parts = date.split(['-', '/', '.']).map(|part| format!("{part:0>2}"));
    parts.collect::<Vec<_>>().join("-")
}
