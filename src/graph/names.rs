//! Every name a company answers to, folded so that case, width, accents and Unicode forms do not matter.

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::{Company, CompanyIx};
use crate::model::Lang;

/// What kind of name a company is called by. The first kinds count more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NameKind {
    /// Its id.
    Id,
    /// What it is called, in any language.
    Name,
    /// A former or other name.
    Alias,
    /// The name of a product.
    Product,
}

/// One name of a company.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// The name, folded.
    pub folded: Box<str>,
    /// What kind of name it is.
    pub kind: NameKind,
    /// Whose name it is.
    pub company: CompanyIx,
    /// Which of the company's names of this kind.
    which: u16,
}

/// All names, in the order of their folded text.
#[derive(Debug, Default)]
pub struct Names(Vec<Name>);

impl Names {
    /// The names of these companies.
    pub fn of(companies: &[Company]) -> Self {
        let of_company = |(company, record): (usize, &Company)| {
            let name = move |kind, (which, text): (usize, &str)| Name {
                folded: fold(text).into(),
                kind,
                company: company as CompanyIx,
                which: which as u16,
            };
            let (aliases, products) = match record.profile.as_deref() {
                Some(profile) => (&profile.aliases[..], &profile.products[..]),
                None => (&[][..], &[][..]),
            };
            let texts = |texts: &[Box<str>], kind| {
                texts.iter().enumerate().map(|(at, text)| name(kind, (at, text))).collect::<Vec<_>>()
            };
            let names = record.name.iter().enumerate().map(|(at, (_, text))| name(NameKind::Name, (at, text)));
            std::iter::once(name(NameKind::Id, (0, record.id.as_str())))
                .chain(names)
                .chain(texts(aliases, NameKind::Alias))
                .chain(texts(products, NameKind::Product))
                .collect::<Vec<_>>()
        };
        let mut names: Vec<Name> = companies.par_iter().enumerate().flat_map_iter(of_company).collect();
        names.par_sort_unstable();
        names.dedup_by(|a, b| a.folded == b.folded && a.company == b.company);
        names.shrink_to_fit();
        Self(names)
    }

    /// The name that this text is, if it stands for one company: a name counts before an alias, an alias before a
    /// product.
    pub fn resolve(&self, text: &str) -> Option<&Name> {
        let folded = fold(text);
        let low = self.0.partition_point(|name| *name.folded < *folded);
        let mut same = self.0[low..].iter().take_while(|name| *name.folded == *folded);
        let first = same.next()?;
        match same.next() {
            Some(second) if second.kind == first.kind && second.company != first.company => None,
            _ => Some(first),
        }
    }

    /// Every name, in the order of its folded text.
    pub fn iter(&self) -> impl Iterator<Item = &Name> {
        self.0.iter()
    }
}

impl Name {
    /// The name as it is written.
    pub fn text<'a>(&self, companies: &'a [Company]) -> &'a str {
        let company = &companies[self.company as usize];
        let profile = company.profile.as_deref();
        let which = self.which as usize;
        match self.kind {
            NameKind::Id => company.id.as_str(),
            NameKind::Name => company.name.iter().nth(which).map_or("", |(_, text): (Lang, _)| text),
            NameKind::Alias => profile.and_then(|profile| profile.aliases.get(which)).map_or("", |text| text),
            NameKind::Product => profile.and_then(|profile| profile.products.get(which)).map_or("", |text| text),
        }
    }
}

/// A text without what does not tell names apart: compatibility forms (Unicode NFKC), case, Latin, Greek and Cyrillic
/// accents, and how much white space there is. Hangul comes out composed.
pub fn fold(text: &str) -> String {
    if text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        return text.to_owned();
    }
    let bare: String = text.nfkd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect();
    // Up and down again, since `ß` and `ſ` have no other way to meet `ss` and `s`.
    let cased: String =
        bare.to_uppercase().to_lowercase().nfkd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).nfkc().collect();
    let mut words = cased.split_whitespace();
    let mut folded = words.next().unwrap_or_default().to_owned();
    for word in words {
        folded.push(' ');
        folded.push_str(word);
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::fold;
    use proptest::prelude::*;

    #[test]
    fn forms_of_a_name_fold_to_one() {
        assert_eq!(fold("ＯｐｅｎＡＩ"), "openai");
        assert_eq!(fold("Café  Straße "), "cafe strasse");
        assert_eq!(fold("\u{110b}\u{1169}\u{1111}\u{1173}\u{11ab}AI"), fold("오픈AI"));
        assert_eq!(fold("㍿"), fold("株式会社"));
        assert_ne!(fold("ガ"), fold("カ"), "a voiced sound is no accent");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing_more(text in "\\PC{0,12}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
