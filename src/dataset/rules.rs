//! The one table of rules: what is checked, how much it weighs, what would be right.

use super::severity::Severity::{self, Error, Off, Warning};

/// A row of the table.
#[derive(Debug)]
pub struct Row {
    /// The rule's name, as `dataset.json` and the reports write it.
    pub name: &'static str,
    /// How much a finding weighs where `dataset.json` says nothing.
    pub severity: Severity,
    /// Whether `dataset.json` may say otherwise; without the others nothing can be served.
    pub lowers: bool,
    /// What is found.
    pub means: &'static str,
    /// What would be right.
    pub right: &'static str,
}

/// Makes the enum, whose variants index the table, and the table from the same lines.
macro_rules! rules {
    ($($rule:ident $name:literal $severity:ident $lowers:ident: $means:literal; $right:literal.)*) => {
        /// A rule of the [`TABLE`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = $means] $rule,)*
        }

        /// Every rule, in the order in which they are checked.
        pub static TABLE: &[Row] = &[
            $(Row { name: $name, severity: $severity, lowers: $lowers, means: $means, right: $right },)*
        ];

        impl Rule {
            /// Every rule, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$rule),*];
        }
    };
}

const FIXED: bool = false;
const LOWERS: bool = true;

rules! {
    UnreadableFile "unreadable-file" Error FIXED: "A file or folder cannot be read"; "make it a plain file that can be read".
    LinkLoop "link-loop" Error FIXED: "A symbolic link leads back to itself"; "let the link lead to a file".
    TooLarge "too-large" Error FIXED: "A file is larger than 16 MiB"; "one company a file; is this the right file?".
    MissingFile "missing-file" Error FIXED: "`dataset.json` is missing"; "add a `dataset.json` with `title`, `version` and `as_of`".
    EmptyFolder "empty-folder" Error FIXED: "There is no company in `companies/`"; "add a company: one file `companies/ID.json`".
    StrayFile "stray-file" Warning LOWERS: "A file or folder is not read, though it looks as if it should be"; "company files are named `companies/ID.json`".
    NotUtf8 "not-utf8" Error FIXED: "A file is not UTF-8"; "save the file as UTF-8".
    ByteOrderMark "byte-order-mark" Warning LOWERS: "A file begins with a byte-order mark"; "save the file as UTF-8 without a byte-order mark".
    TooDeep "too-deep" Error FIXED: "Brackets are nested more than 32 deep"; "nothing in a data folder is nested so deep".
    BadJson "bad-json" Error FIXED: "A file is not JSON"; "mend the JSON here".
    DuplicateKey "duplicate-key" Error FIXED: "A key stands twice in one object"; "keep one of the two".
    BadNumber "bad-number" Error FIXED: "A number is NaN, infinite or too large"; "write a finite number, or `null` if it is unknown".
    UnknownField "unknown-field" Error LOWERS: "A field has a name that is not known here"; "remove it, or use a field that there is".
    MissingField "missing-field" Error FIXED: "A field that is required is missing"; "add the field".
    WrongType "wrong-type" Error FIXED: "A value is of another type than it should be"; "write a value of the type expected".
    UnknownWord "unknown-word" Error FIXED: "A word is none of those that can stand here"; "use one of the words that can stand here".
    EmptyText "empty-text" Error FIXED: "A text is empty"; "write the text, or leave it out".
    BadId "bad-id" Error FIXED: "An id is not made of lower-case words joined by hyphens, or is longer than 64 characters"; "lower-case letters and digits, words joined by one hyphen, at most 64 characters".
    BadDate "bad-date" Error FIXED: "A date does not exist or is written in another way"; "write `YYYY`, `YYYY-MM` or `YYYY-MM-DD`".
    BadCountry "bad-country" Error FIXED: "A country has no such code"; "write the code of ISO 3166-1 alpha-2, such as `KR`".
    BadLanguage "bad-language" Error FIXED: "A language has no such code"; "write the code of ISO 639-1, such as `ko`".
    BadCode "bad-code" Error FIXED: "A Wikidata item, a Legal Entity Identifier or the subject of a figure is written wrongly"; "write the code as its registry does, or `null` if it is unknown".
    OutOfRange "out-of-range" Error FIXED: "A share is outside 0 to 1, a percentage outside 0 to 100, or a whole number too small or too large"; "write a number within the range".
    NegativeMoney "negative-money" Error FIXED: "An amount of money is negative"; "write the amount in US dollars, 0 or more".
    BadUrl "bad-url" Warning LOWERS: "A web address does not begin with `https://` or `http://`"; "write the whole address, such as `https://openai.com`".
    IdNotFileName "id-not-file-name" Error FIXED: "The id of a company is not the name of its file"; "the file is named after the id".
    DuplicateId "duplicate-id" Error FIXED: "Two things of one kind have the same id"; "give one of them another id, or remove it".
    UnknownCompany "unknown-company" Error FIXED: "A company is named that there is not"; "add the company: one file `companies/ID.json`".
    UnknownRole "unknown-role" Error FIXED: "A role is named that there is not"; "use a role of `roles.json`, or add it there".
    UnknownLayer "unknown-layer" Error FIXED: "A layer is named that there is not"; "use a layer of `layers.json`, or add it there".
    UnknownInput "unknown-input" Error FIXED: "An input is named that its layer does not have"; "use an input of the layer, or add it in `layers.json`".
    UnknownSource "unknown-source" Error FIXED: "A source is named that there is not"; "use a source of `sources.json`, or add it there".
    UnknownRule "unknown-rule" Error FIXED: "`rules` in `dataset.json` names a rule that there is not"; "use the name of a rule in the list of rules".
    FixedRule "fixed-rule" Error FIXED: "`rules` in `dataset.json` lowers a rule that cannot be lowered"; "remove it: without this rule nothing can be served".
    FactWithoutSource "fact-without-source" Error LOWERS: "A fact names no source"; "name at least one source in `sources`".
    UnusedSource "unused-source" Warning LOWERS: "A source supports no fact"; "name it where it supports something, or remove it".
    WeakSource "weak-source" Off LOWERS: "A confirmed dependency rests on one source that names no publisher"; "name a second source, complete this one, or write the status `reported`".
    LaterThanData "later-than-data" Warning LOWERS: "A source was published or read after the day that the data set speaks of"; "mend the date, or move `as_of` in `dataset.json` on".
    EmptyPeriod "empty-period" Error LOWERS: "A period ends before, or as soon as, it begins"; "`until` is the first day on which the fact no longer holds".
    LowAboveHigh "low-above-high" Error LOWERS: "The low estimate of a rate is above the high one"; "write the smaller number as `low`".
    UndeclaredLanguage "undeclared-language" Warning LOWERS: "A text is in a language that `dataset.json` does not list"; "add the language to `languages` in `dataset.json`".
    SelfDependency "self-dependency" Error FIXED: "A company depends on itself"; "what a company makes for itself stands in `self_supply`".
    DuplicateDependency "duplicate-dependency" Error FIXED: "A dependency stands twice: same `on`, `layer`, `input` and `since`"; "keep one of the two".
    RepeatedFact "repeated-fact" Warning LOWERS: "A role or self-supply stands twice with the same `since`"; "keep one of the two".
    ParentCycle "parent-cycle" Error FIXED: "A company is, by way of its parents, its own parent"; "take the wrong `parent` out".
    SupplierWithoutRole "supplier-without-role" Warning LOWERS: "A supplier has no role in the layer that it supplies"; "give the supplier a role in this layer, or mend the layer".
}

impl Rule {
    /// The rule's row.
    pub fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }

    /// The rule of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.row().name == name)
    }
}

/// The table as Markdown, for `docs/DATA.md`.
pub fn table_markdown() -> String {
    let mut text = String::from(
        "| rule | severity | can be changed | what it finds | what would be right |\n|---|---|---|---|---|\n",
    );
    for row in TABLE {
        let (severity, lowers) = (row.severity.as_str(), if row.lowers { "yes" } else { "no" });
        text += &format!("| `{}` | {severity} | {lowers} | {} | {} |\n", row.name, row.means, row.right);
    }
    text
}
