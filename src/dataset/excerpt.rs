//! The line at which a finding points, made harmless and short enough to be read.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

/// A text and where its lines begin.
pub(crate) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

/// A line, and what in it is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// The line, from 1.
    pub(crate) line: usize,
    /// The column in characters, from 1.
    pub(crate) column: usize,
    /// The line as it is shown.
    pub(crate) text: String,
    /// How many columns of the screen there are before what is meant.
    pub(crate) before: usize,
    /// How many it takes.
    pub(crate) width: usize,
}

/// How many characters are shown before what is meant, of it, and after it.
const BEFORE: usize = 60;
const MEANT: usize = 60;
const AFTER: usize = 40;

impl<'t> Lines<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// The excerpt at some bytes of the text; of more lines than one only the first is meant.
    pub(crate) fn excerpt(&self, bytes: &Range<usize>) -> Excerpt {
        let start = self.text.floor_char_boundary(bytes.start);
        let line = self.starts.partition_point(|line| *line <= start);
        let first = self.starts.get(line - 1).copied().unwrap_or_default();
        let rest = self.text[first..].split('\n').next().unwrap_or_default();
        let whole = rest.strip_suffix('\r').unwrap_or(rest);
        let (before, rest) = whole.split_at(whole.len().min(start - first));
        let (meant, after) = rest.split_at(rest.floor_char_boundary(bytes.end.saturating_sub(start)));
        let column = before.chars().count();
        let (before, meant) = (last(before, column), first_of(meant, MEANT));
        let text = format!("{before}{meant}{}", first_of(after, AFTER));
        Excerpt { line, column: column + 1, text, before: before.width(), width: meant.width().max(1) }
    }
}

/// The last characters before what is meant, made harmless.
fn last(text: &str, count: usize) -> String {
    let skipped = count.saturating_sub(BEFORE);
    let cut = if skipped > 0 { "…" } else { "" };
    cut.chars().chain(text.chars().skip(skipped)).map(harmless).collect()
}

/// The first characters of a text, made harmless.
fn first_of(text: &str, most: usize) -> String {
    let mut chars = text.chars();
    let mut shown: String = chars.by_ref().take(most).map(harmless).collect();
    if chars.next().is_some() {
        shown.push('…');
    }
    shown
}

/// A whole text made harmless.
pub(crate) fn harmless_text(text: &str) -> String {
    text.chars().map(harmless).collect()
}

/// The character, or one that shows it where it would move, hide or colour what is printed.
fn harmless(c: char) -> char {
    match c {
        '\t' => ' ',
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\x7f'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => '\u{fffd}',
        '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}' => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt(text: &str, meant: &str) -> Excerpt {
        let start = text.find(meant).unwrap_or(text.len());
        Lines::of(text).excerpt(&(start..start + meant.len()))
    }

    #[test]
    fn wide_characters_take_two_columns_of_the_screen_and_one_of_the_line() {
        let found = excerpt("{\n  \"ko\": \"오픈\", \"x\": 1\r\n}", "\"x\"");
        assert_eq!((found.line, found.column), (2, 15));
        assert_eq!((found.before, found.width), (16, 3));
        assert_eq!(found.text, "  \"ko\": \"오픈\", \"x\": 1");
    }

    #[test]
    fn a_long_line_is_cut_around_what_is_meant() {
        let text = format!("{}X{}", "a".repeat(1000), "b".repeat(1000));
        let found = excerpt(&text, "X");
        assert_eq!((found.line, found.column, found.before, found.width), (1, 1001, 61, 1));
        assert_eq!(found.text, format!("…{}X{}…", "a".repeat(60), "b".repeat(40)));
    }

    #[test]
    fn control_and_bidirectional_characters_are_shown_not_obeyed() {
        assert_eq!(excerpt("\t\x1b[31m\u{202e}X", "X").text, " ␛[31m\u{fffd}X");
    }

    #[test]
    fn bytes_beyond_the_text_point_at_its_end() {
        let found = Lines::of("한\n글").excerpt(&(900..901));
        assert_eq!((found.line, found.column, found.width), (2, 2, 1));
        let found = Lines::of("").excerpt(&(0..9));
        assert_eq!((found.line, found.column), (1, 1));
    }
}
