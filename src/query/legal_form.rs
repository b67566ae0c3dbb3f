//! The form of a company, which a name may bear or not: `Inc.`, `GmbH`, `주식회사`.

/// Ways in which the form of a company is written after, or before, its name.
const LEGAL_FORMS: &[&str] = &[
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "ltd",
    "limited",
    "llc",
    "lp",
    "llp",
    "plc",
    "gmbh",
    "ag",
    "se",
    "sa",
    "sas",
    "sarl",
    "nv",
    "bv",
    "ab",
    "oy",
    "oyj",
    "as",
    "asa",
    "spa",
    "kk",
    "pte",
    "pty",
    "pbc",
    "kgaa",
    "holding",
    "holdings",
    "group",
    "주식회사",
    "(주)",
    "㈜",
    "유한회사",
    "株式会社",
    "有限公司",
    "股份有限公司",
];

/// A folded name without the form of the company: `nvidia corporation` is `nvidia`.
pub fn without_legal_form(folded: &str) -> String {
    let bare = |word: &str| word.replace(['.', ','], "");
    let words: Vec<String> = folded.replace("(주)", " ").split_whitespace().map(bare).collect();
    let form = |word: &String| word.is_empty() || LEGAL_FORMS.contains(&word.as_str());
    let first = words.iter().position(|word| !form(word)).unwrap_or(0);
    let last = words.iter().rposition(|word| !form(word)).map_or(words.len(), |at| at + 1);
    words[first..last].join(" ")
}
