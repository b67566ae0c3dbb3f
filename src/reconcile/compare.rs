//! Whether a value that a table gives is the one on record: the same may be written in several ways.

use unicode_normalization::UnicodeNormalization;

/// How the values of a property are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// As names: case, width and spaces do not matter.
    Name,
    /// As countries: a code of two or three letters, or the name in ISO 3166.
    Country,
    /// As days: a partial one fits those within it.
    Day,
    /// As web addresses: by their host.
    Site,
    /// As identifiers, which may stand at the end of an address.
    Identifier,
    /// As symbols at an exchange, whose name may stand before it.
    Symbol,
}

impl Likeness {
    /// Whether two values are the same.
    pub fn same(self, a: &str, b: &str) -> bool {
        match self {
            Self::Day => {
                let (short, long) = if a.len() < b.len() { (a.trim(), b.trim()) } else { (b.trim(), a.trim()) };
                short.len() >= 4 && long.starts_with(short)
            }
            Self::Symbol => {
                let (a, b) = (name(a), name(b));
                let symbol = |text: &str| text.rsplit(':').next().unwrap_or_default().to_owned();
                let both_name_it = a.contains(':') && b.contains(':');
                if both_name_it { a == b } else { symbol(&a) == symbol(&b) }
            }
            _ => self.plain(a) == self.plain(b),
        }
    }

    /// A value without what does not matter.
    pub fn plain(self, text: &str) -> String {
        match self {
            Self::Country => country(text).unwrap_or_else(|| name(text)),
            Self::Site => host(text),
            Self::Identifier => name(text.trim_end_matches('/').rsplit(['/', ':']).next().unwrap_or_default()),
            Self::Name | Self::Day | Self::Symbol => name(text),
        }
    }
}

fn name(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

fn host(text: &str) -> String {
    let text = name(text);
    let address = text.split_once("//").map_or(text.as_str(), |(_, rest)| rest);
    let host = address.split(['/', '?', '#']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

/// The code of two letters of a country.
pub fn country(text: &str) -> Option<String> {
    let text = text.trim();
    let code = text.to_ascii_uppercase();
    let found = rust_iso3166::from_alpha2(&code).or_else(|| rust_iso3166::from_alpha3(&code));
    let named = || rust_iso3166::ALL.iter().find(|country| name(country.name) == name(text)).copied();
    found.or_else(named).map(|country| country.alpha2.to_owned())
}

#[cfg(test)]
mod tests {
    use super::Likeness::{Country, Day, Identifier, Name, Site, Symbol};

    #[test]
    fn the_same_is_recognised_however_it_is_written() {
        for (how, a, b) in [
            (Name, "ＳＫ hynix", "sk Hynix"),
            (Country, "KR", "kor"),
            (Country, "France", "FR"),
            (Day, "2015", "2015-12-11"),
            (Site, "https://www.openai.com/about", "openai.com"),
            (Identifier, "http://www.wikidata.org/entity/Q182477", "q182477"),
            (Symbol, "NVDA", "NASDAQ:NVDA"),
        ] {
            assert!(how.same(a, b) && how.same(b, a), "{a} and {b}");
        }
    }

    #[test]
    fn what_is_not_the_same_is_not_taken_for_it() {
        for (how, a, b) in [
            (Country, "KR", "KP"),
            (Day, "2015", "2016-01"),
            (Day, "2", "2015"),
            (Site, "openai.com", "open.ai"),
            (Identifier, "Q1", "Q11"),
            (Symbol, "NYSE:NVDA", "NASDAQ:NVDA"),
        ] {
            assert!(!how.same(a, b) && !how.same(b, a), "{a} and {b}");
        }
    }
}
