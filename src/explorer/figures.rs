//! Figures and stakes in words.

use super::answers::{Figure, Stake};
use super::numbers;
use super::words::Words;

/// The value of a figure with its unit.
pub fn value(figure: &Figure, w: &Words) -> String {
    numbers::quantity(figure.value, &figure.unit, w)
}

/// What a figure without a company is about.
pub fn subject(figure: &Figure) -> String {
    figure.subject.rsplit(':').next().unwrap_or_default().replace('-', " ")
}

/// The money of a stake.
pub fn amount(stake: &Stake, w: &Words) -> String {
    stake.amount_usd.map_or("–".to_owned(), |amount| numbers::dollars(amount, w))
}

/// The part of a stake.
pub fn part(stake: &Stake) -> String {
    stake.percent.map_or("–".to_owned(), |percent| format!("{}%", numbers::short(percent, 2)))
}
