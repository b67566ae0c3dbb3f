//! The table of dependencies, in the order of from, to, layer, input, since: one column a property.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use fixedbitset::FixedBitSet;
use serde::{Serialize, Serializer};

use super::{CompanyIx, DependencyIx, KindIx, TermsId};
use crate::model::{PartialDate, Text};

/// What companies get from one another.
#[derive(Debug, Default)]
pub struct Dependencies {
    starts: Vec<DependencyIx>,
    from: Vec<CompanyIx>,
    to: Vec<CompanyIx>,
    kind: Vec<KindIx>,
    terms: Vec<TermsId>,
    critical: FixedBitSet,
    shares: HashMap<DependencyIx, f64>,
    wordings: HashMap<DependencyIx, Wording>,
}

/// One dependency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// Who depends.
    pub from: CompanyIx,
    /// The supplier.
    pub to: CompanyIx,
    /// What is got.
    pub kind: KindIx,
    /// What the fact rests on.
    pub terms: TermsId,
    /// Whether `from` cannot do without at least one such supplier.
    pub critical: bool,
    /// The part of `from`'s supply in the layer, 0–1, where it is stated.
    pub share: Option<f64>,
}

/// The id of a dependency: who, on whom, for what, since when, so that no other edit changes it.
/// `openai.microsoft.cloud`, `tsmc.asml.equipment.euv-lithography@2019-07`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DependencyId<'a> {
    /// The id of the company that depends.
    pub from: &'a str,
    /// The id of the supplier.
    pub to: &'a str,
    /// The id of the layer of what is got.
    pub layer: &'a str,
    /// The id of the input, the finer kind within the layer.
    pub input: Option<&'a str>,
    /// When it began, where that is stated.
    pub since: Option<PartialDate>,
}

impl fmt::Display for DependencyId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in [self.from, ".", self.to, ".", self.layer] {
            f.write_str(part)?;
        }
        if let Some(input) = self.input {
            f.write_str(".")?;
            f.write_str(input)?;
        }
        match self.since {
            Some(since) => write!(f, "@{since}"),
            None => Ok(()),
        }
    }
}

impl Serialize for DependencyId<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A fact in words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wording {
    /// What is got.
    pub what: Option<Text>,
    /// A remark.
    pub note: Option<Text>,
}

impl Dependencies {
    /// The table of rows that come in order, among `companies` companies.
    pub fn from_sorted(companies: usize, rows: impl IntoIterator<Item = Row>) -> Self {
        let mut table = Self::default();
        rows.into_iter().for_each(|row| _ = table.push(row));
        table.finish(companies);
        table
    }

    /// Adds the next row in order.
    pub fn push(&mut self, row: Row) -> DependencyIx {
        let at = self.to.len();
        while self.starts.len() <= row.from as usize {
            self.starts.push(at as DependencyIx);
        }
        self.from.push(row.from);
        self.to.push(row.to);
        self.kind.push(row.kind);
        self.terms.push(row.terms);
        self.critical.grow(at + 1);
        self.critical.set(at, row.critical);
        if let Some(share) = row.share {
            self.shares.insert(at as DependencyIx, share);
        }
        at as DependencyIx
    }

    /// Ends the table: there are `companies` companies, and no more rows.
    pub fn finish(&mut self, companies: usize) {
        self.starts.resize(companies + 1, self.to.len() as DependencyIx);
        self.from.shrink_to_fit();
        self.to.shrink_to_fit();
        self.kind.shrink_to_fit();
        self.terms.shrink_to_fit();
        self.shares.shrink_to_fit();
    }

    /// Puts words to a dependency.
    pub fn describe(&mut self, dependency: DependencyIx, wording: Wording) {
        if wording != Wording::default() {
            self.wordings.insert(dependency, wording);
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.to.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.to.is_empty()
    }

    /// The dependencies of a company.
    pub fn of(&self, company: CompanyIx) -> Range<DependencyIx> {
        self.starts[company as usize]..self.starts[company as usize + 1]
    }

    /// The dependencies of one company on another.
    pub fn between(&self, from: CompanyIx, to: CompanyIx) -> Range<DependencyIx> {
        let Range { start, end } = self.of(from);
        let suppliers = &self.to[start as usize..end as usize];
        let low = suppliers.partition_point(|&supplier| supplier < to);
        let high = low + suppliers[low..].partition_point(|&supplier| supplier == to);
        start + low as DependencyIx..start + high as DependencyIx
    }

    /// Who depends.
    pub fn from(&self, dependency: DependencyIx) -> CompanyIx {
        self.from[dependency as usize]
    }

    /// The supplier.
    pub fn to(&self, dependency: DependencyIx) -> CompanyIx {
        self.to[dependency as usize]
    }

    /// What is got.
    pub fn kind(&self, dependency: DependencyIx) -> KindIx {
        self.kind[dependency as usize]
    }

    /// What the fact rests on.
    pub fn terms(&self, dependency: DependencyIx) -> TermsId {
        self.terms[dependency as usize]
    }

    /// Whether the dependent cannot do without at least one such supplier.
    pub fn critical(&self, dependency: DependencyIx) -> bool {
        self.critical.contains(dependency as usize)
    }

    /// The part of the dependent's supply in the layer, where it is stated.
    pub fn share(&self, dependency: DependencyIx) -> Option<f64> {
        self.shares.get(&dependency).copied()
    }

    /// The dependency in words.
    pub fn wording(&self, dependency: DependencyIx) -> Option<&Wording> {
        self.wordings.get(&dependency)
    }

    /// The memory taken, words aside, in bytes.
    pub fn bytes(&self) -> usize {
        let companies = self.starts.capacity() + self.from.capacity() + self.to.capacity();
        let columns = companies * size_of::<CompanyIx>() + self.kind.capacity() * 2 + self.terms.capacity() * 4;
        columns + self.critical.len() / 8 + self.shares.capacity() * (size_of::<(DependencyIx, f64)>() + 1)
    }

    /// All of one dependency but its words.
    pub fn row(&self, dependency: DependencyIx) -> Row {
        Row {
            from: self.from(dependency),
            to: self.to(dependency),
            kind: self.kind(dependency),
            terms: self.terms(dependency),
            critical: self.critical(dependency),
            share: self.share(dependency),
        }
    }
}
