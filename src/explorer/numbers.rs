//! Numbers as people read them.

use super::words::Words;

/// A whole number in groups of three.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A part of one, in per cent.
pub fn percent(part: f64) -> String {
    let percent = part * 100.0;
    if percent >= 10.0 || percent == 0.0 { format!("{percent:.0}%") } else { format!("{percent:.1}%") }
}

/// A number with at most so many digits behind the point, and no noughts at its end.
pub fn short(number: f64, digits: usize) -> String {
    let text = format!("{number:.digits$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    match text.split_once('.') {
        Some((whole, rest)) => format!("{}.{rest}", whole.parse().map_or(whole.to_owned(), grouped)),
        None => text.parse().map_or(text.to_owned(), grouped),
    }
}

/// A value with its unit.
pub fn quantity(value: f64, unit: &str, w: &Words) -> String {
    match unit {
        "ratio" => percent(value),
        "USD" => dollars(value, w),
        _ => format!("{} {unit}", short(value, 2)),
    }
}

/// An amount of dollars, in the steps in which the language counts.
pub fn dollars(value: f64, w: &Words) -> String {
    let step = w.money.iter().find(|(size, _)| value.abs() >= *size);
    let (size, name) = step.copied().unwrap_or((1.0, w.dollars));
    name.replace("{}", &short(value / size, 2))
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;
    use crate::model::Lang;

    #[test]
    fn numbers_are_written_as_the_language_counts() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(dollars(3.2e9, words::of(Lang::EN)), "$3.2 bn");
        assert_eq!(dollars(3.76e10, words::of(Lang::KO)), "376억 달러");
        assert_eq!(dollars(1.5e12, words::of(Lang::KO)), "1.5조 달러");
        assert_eq!(quantity(0.8, "ratio", words::of(Lang::EN)), "80%");
        assert_eq!(quantity(13000.0, "wafers/month", words::of(Lang::EN)), "13,000 wafers/month");
        assert_eq!(short(0.20, 2), "0.2");
    }
}
