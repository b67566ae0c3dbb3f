//! Days, dates that may be partial, and periods. Dates have no clock and no time zone.

use std::fmt;
use std::str::FromStr;

use jiff::civil;

use super::{Invalid, json_string};

/// A day of the proleptic Gregorian calendar, as the number of days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// A day before every day that can be written.
    pub const FIRST: Self = Self(i32::MIN);
    /// A day after every day that can be written.
    pub const LAST: Self = Self(i32::MAX);

    /// How many days after 1970-01-01 it is.
    pub fn since_1970(self) -> i64 {
        self.0.into()
    }

    /// The year it lies in.
    pub fn year(self) -> i32 {
        self.date().map_or(if self.0 < 0 { i32::MIN } else { i32::MAX }, |date| date.year().into())
    }

    /// The last day of each step of so many months from the one in which `first` lies, up to `last`, which ends the last
    /// one early. Steps are those of the calendar: a year begins in January, a quarter in January, April, July or October.
    pub fn steps(first: Self, last: Self, months: u8) -> impl Iterator<Item = Self> {
        let months = i32::from(months);
        let begin = first.date().map_or(i32::MAX, |date| i32::from(date.year()) * 12 + i32::from(date.month()) - 1);
        let end_of = move |step: i32| {
            let after = step.checked_mul(months)?;
            let (year, month) = (i16::try_from(after.div_euclid(12)).ok()?, after.rem_euclid(12) as i8 + 1);
            Some(Self(Self::from(civil::Date::new(year, month, 1).ok()?).0 - 1))
        };
        let ends = (begin.div_euclid(months)..i32::MAX).map_while(move |step| end_of(step + 1));
        let mut done = first > last;
        ends.map_while(move |end| {
            let day = (!done).then(|| end.min(last));
            done |= end >= last;
            day
        })
    }

    fn date(self) -> Option<civil::Date> {
        EPOCH.checked_add(jiff::Span::new().try_days(self.0).ok()?).ok()
    }
}

const EPOCH: civil::Date = civil::date(1970, 1, 1);

impl From<civil::Date> for Day {
    fn from(date: civil::Date) -> Self {
        Self(date.duration_since(EPOCH).as_hours().div_euclid(24) as i32)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.date() {
            Some(date) => PartialDate { year: date.year(), month: date.month() as u8, day: date.day() as u8 }.fmt(f),
            None => f.write_str("unbounded"),
        }
    }
}

impl serde::Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromStr for Day {
    type Err = Invalid;

    /// Reads a whole date; a partial one is refused.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        match text.parse::<PartialDate>() {
            Ok(date) if date.day != 0 => Ok(date.first_day()),
            _ => Err(Invalid::new("a day that exists, written YYYY-MM-DD")),
        }
    }
}

/// A date as it is written in sources: a year, a month or a day.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate {
    year: i16,
    /// 1–12, or 0 where only the year is given.
    month: u8,
    /// 1–31, or 0 where only the month is given.
    day: u8,
}

impl PartialDate {
    /// The first day of the year, month or day meant.
    pub fn first_day(self) -> Day {
        self.civil(self.month.max(1), self.day.max(1))
    }

    /// The last day of the year, month or day meant.
    pub fn last_day(self) -> Day {
        let month = if self.month == 0 { 12 } else { self.month };
        let day = if self.day == 0 {
            civil::Date::new(self.year, month as i8, 1).map_or(31, |first| first.days_in_month() as u8)
        } else {
            self.day
        };
        self.civil(month, day)
    }

    fn civil(self, month: u8, day: u8) -> Day {
        // Only dates that exist are ever made, so the fallback is never taken.
        civil::Date::new(self.year, month as i8, day as i8).map_or(Day::FIRST, Day::from)
    }
}

impl FromStr for PartialDate {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let form = || Invalid::new("a date that exists, written YYYY, YYYY-MM or YYYY-MM-DD");
        let digits = |part: &str, width: usize| {
            let right = part.len() == width && part.bytes().all(|b| b.is_ascii_digit());
            right.then(|| part.parse::<i16>().ok()).flatten().ok_or_else(form)
        };
        let mut parts = text.split('-');
        let year = digits(parts.next().unwrap_or_default(), 4)?;
        let month = parts.next().map(|part| digits(part, 2)).transpose()?;
        let day = parts.next().map(|part| digits(part, 2)).transpose()?;
        let whole = civil::Date::new(year, month.unwrap_or(1) as i8, day.unwrap_or(1) as i8);
        if parts.next().is_some() || year == 0 || whole.is_err() {
            return Err(form());
        }
        Ok(Self { year, month: month.unwrap_or(0) as u8, day: day.unwrap_or(0) as u8 })
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Answers hold many dates: one piece of text is written much faster than three numbers.
        let mut text = *b"0000-00-00";
        let mut put = |places: std::ops::Range<usize>, mut number: u16| {
            for place in places.rev() {
                text[place] = b'0' + (number % 10) as u8;
                number /= 10;
            }
        };
        put(0..4, self.year.unsigned_abs());
        put(5..7, self.month.into());
        put(8..10, self.day.into());
        let length = match (self.month, self.day) {
            (0, _) => 4,
            (_, 0) => 7,
            _ => 10,
        };
        f.pad(std::str::from_utf8(&text[..length]).unwrap_or_default())
    }
}

impl fmt::Debug for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

json_string!(
    PartialDate,
    "partial-date",
    r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
    "A date, written YYYY, YYYY-MM or YYYY-MM-DD.",
    "2019-07"
);

/// When a fact holds: from the first day of `since` (included) to the first day of `until` (excluded).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Period {
    /// When it began, where that is stated.
    pub since: Option<PartialDate>,
    /// When it ended; `None` while it still holds.
    pub until: Option<PartialDate>,
}

impl Period {
    /// Whether the period ends before, or as soon as, it begins.
    pub fn is_empty(self) -> bool {
        matches!((self.since, self.until), (Some(since), Some(until)) if until.first_day() <= since.first_day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> (String, String) {
        let date: PartialDate = text.parse().unwrap();
        (date.first_day().to_string(), date.last_day().to_string())
    }

    #[test]
    fn a_partial_date_has_a_first_and_a_last_day() {
        assert_eq!(days("2023"), ("2023-01-01".into(), "2023-12-31".into()));
        assert_eq!(days("2024-02"), ("2024-02-01".into(), "2024-02-29".into()));
        assert_eq!(days("1969-12-31"), ("1969-12-31".into(), "1969-12-31".into()));
    }

    #[test]
    fn a_date_that_does_not_exist_is_refused() {
        for text in
            ["2023-02-29", "2023-13", "2023-00", "23", "2023-1", "0000", "2023-01-01T00:00", "", "-2023", "2023-"]
        {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_period_that_ends_as_it_begins_is_empty() {
        let period = |since: &str, until: &str| Period { since: since.parse().ok(), until: until.parse().ok() };
        assert!(period("2020", "2020-01").is_empty());
        assert!(!period("2020", "2020-02").is_empty());
        assert!(!period("", "2020").is_empty());
    }
}
