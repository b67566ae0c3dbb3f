//! What the program tells its operators while it serves: lines on standard error, `name=value` after `name=value`.

use std::fmt::Write as _;
use std::io::Write as _;

use jiff::Timestamp;

/// How much a line weighs.
#[derive(Debug, Clone, Copy)]
pub(super) enum Level {
    /// All is well.
    Info,
    /// Something could not be done.
    Error,
}

/// Says that something happened, with what is known of it. `more` follows on lines of its own.
pub(super) fn say(level: Level, event: &str, fields: &[(&str, &dyn std::fmt::Display)], more: &str) {
    let level = match level {
        Level::Info => "info",
        Level::Error => "error",
    };
    let mut line = format!("time={:.3} level={level} event={event}", Timestamp::now());
    for (name, value) in fields {
        _ = write!(line, " {name}={}", quoted(&value.to_string()));
    }
    // In one piece, so that lines of several threads do not mix. Nobody may be reading.
    _ = std::io::stderr().lock().write_all(format!("{line}\n{more}").as_bytes());
}

/// A value as one word: in quotes where it is none.
fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:@+".contains(c);
    if !value.is_empty() && value.chars().all(plain) { value.to_owned() } else { format!("{value:?}") }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_value_is_one_word_on_one_line() {
        assert_eq!(quoted("companies/openai.json:12:3"), "companies/openai.json:12:3");
        assert_eq!(quoted("two words"), "\"two words\"");
        assert_eq!(quoted("a\nb=\"c\""), "\"a\\nb=\\\"c\\\"\"");
        assert_eq!(quoted(""), "\"\"");
    }
}
