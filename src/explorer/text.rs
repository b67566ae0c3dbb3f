//! Texts of the data as a page shows them: their language by their script, and nothing that turns their neighbours round.

use crate::export::is_harmless;

/// The language that a text's script tells: Korean, Japanese or Chinese.
pub fn language(text: &str) -> Option<&'static str> {
    let has = |within: fn(char) -> bool| text.chars().any(within);
    if has(|c| matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7af}')) {
        return Some("ko");
    }
    if has(|c| matches!(c, '\u{3040}'..='\u{30ff}')) {
        return Some("ja");
    }
    has(|c| matches!(c, '\u{3400}'..='\u{9fff}')).then_some("zh")
}

/// Whether a text has words: a number is of no language.
pub fn speaks(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// A text without control characters and changes of direction, for where markup cannot isolate it.
pub fn plain(text: &str) -> String {
    text.chars().filter(|c| is_harmless(*c)).collect()
}

/// An address that a page may lead to.
pub fn web(address: Option<&str>) -> Option<&str> {
    address.filter(|address| address.starts_with("https://") || address.starts_with("http://"))
}
