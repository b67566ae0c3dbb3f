//! Facts about one company each, as rows in the order of companies.

use std::ops::Range;

use super::{CompanyIx, KindIx, LayerIx, RoleIx, TermsId, Wording};
use crate::model::{FigureKind, StakeKind, Subject, Text};

/// Rows grouped by company: all in one table, those of a company side by side.
#[derive(Debug, Clone)]
pub struct ByCompany<T> {
    rows: Vec<T>,
    starts: Vec<u32>,
}

impl<T> ByCompany<T> {
    /// The table of these groups, one for each company in turn.
    pub fn collect(groups: impl IntoIterator<Item = Vec<T>>) -> Self {
        let mut table = Self { rows: Vec::new(), starts: vec![0] };
        for group in groups {
            table.rows.extend(group);
            table.starts.push(table.rows.len() as u32);
        }
        table.rows.shrink_to_fit();
        table
    }

    /// The table of rows that come with their company, in any order; those of a company stay in theirs.
    pub fn group(companies: usize, rows: impl IntoIterator<Item = (CompanyIx, T)>) -> Self {
        let mut rows: Vec<_> = rows.into_iter().collect();
        rows.sort_by_key(|(company, _)| *company);
        let mut starts = vec![0; companies + 1];
        rows.iter().for_each(|(company, _)| starts[*company as usize + 1] += 1);
        (0..companies).for_each(|company| starts[company + 1] += starts[company]);
        Self { rows: rows.into_iter().map(|(_, row)| row).collect(), starts }
    }

    /// How many companies there are.
    pub fn companies(&self) -> usize {
        self.starts.len() - 1
    }

    /// The numbers of a company's rows.
    pub fn range(&self, company: CompanyIx) -> Range<usize> {
        self.starts[company as usize] as usize..self.starts[company as usize + 1] as usize
    }

    /// The rows of a company.
    pub fn of(&self, company: CompanyIx) -> &[T] {
        &self.rows[self.range(company)]
    }

    /// Every row with its company.
    pub fn iter(&self) -> impl Iterator<Item = (CompanyIx, &T)> {
        (0..self.companies() as CompanyIx).flat_map(|company| self.of(company).iter().map(move |row| (company, row)))
    }
}

/// A role that a company holds.
#[derive(Debug, Clone)]
pub struct HeldRole {
    /// The role.
    pub role: RoleIx,
    /// What it rests on.
    pub terms: TermsId,
    /// A remark.
    pub note: Option<Text>,
}

/// Something that a company makes for itself.
#[derive(Debug, Clone)]
pub struct SelfSupply {
    /// What is made.
    pub kind: KindIx,
    /// What it rests on.
    pub terms: TermsId,
    /// What is made, in words.
    pub wording: Wording,
}

/// What a company holds of another.
#[derive(Debug, Clone)]
pub struct Stake {
    /// The company it is a part of.
    pub of: CompanyIx,
    /// What kind of holding it is.
    pub kind: StakeKind,
    /// What was paid or promised, in US dollars.
    pub amount_usd: Option<f64>,
    /// The part of the company, in per cent.
    pub percent: Option<f64>,
    /// What it rests on; it begins on its date.
    pub terms: TermsId,
    /// A remark.
    pub note: Option<Text>,
}

/// What a company is after.
#[derive(Debug, Clone)]
pub struct Strategy {
    /// The strategy.
    pub text: Text,
    /// What it rests on; it begins on its date.
    pub terms: TermsId,
}

/// A number somebody published.
#[derive(Debug, Clone)]
pub struct Figure {
    /// What it is about: `market:NAME` or `company:ID`.
    pub subject: Subject,
    /// The company it is about, if it is about one.
    pub company: Option<CompanyIx>,
    /// What is measured.
    pub measure: Box<str>,
    /// The number.
    pub value: f64,
    /// Its unit.
    pub unit: Box<str>,
    /// The year it speaks of.
    pub year: u16,
    /// Measured, estimated or foretold.
    pub kind: FigureKind,
    /// What it rests on.
    pub terms: TermsId,
    /// A remark.
    pub note: Option<Text>,
}

/// What share of a role's revenue is spent in a layer.
#[derive(Debug, Clone)]
pub struct Rate {
    /// The layer in which it is spent.
    pub layer: LayerIx,
    /// The low estimate, 0–1.
    pub low: f64,
    /// The high estimate, 0–1.
    pub high: f64,
    /// The year it speaks of.
    pub year: u16,
    /// What it rests on.
    pub terms: TermsId,
    /// A remark.
    pub note: Option<Text>,
}
