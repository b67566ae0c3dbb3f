//! What a fact rests on: when it holds, how sure it is, who says so.
//!
//! Facts share their terms: each distinct one is kept once and a fact carries its number. A view decides once for each
//! distinct terms whether it keeps them, and a walk then asks one bit an edge, whatever was asked for.

use std::collections::HashMap;

use crate::model::{Day, PartialDate, Period, Status};

use super::SourceIx;

/// The number of distinct [`Terms`].
pub type TermsId = u32;
/// The number of what lets an edge pass: terms, or several of which any one is enough.
pub type GuardId = u32;

/// When a fact holds, how sure it is and who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Terms {
    /// When it holds, as stated.
    pub period: Period,
    /// How sure it is; `None` for facts that are not asked this.
    pub status: Option<Status>,
    set: u32,
}

/// From when a fact is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// From the date that is stated.
    Stated(PartialDate),
    /// From the earliest day one of its sources bears.
    Sourced(Day),
    /// It has always held.
    Always,
}

impl Known {
    /// The first day on which the fact counts.
    pub fn day(self) -> Day {
        match self {
            Self::Stated(since) => since.first_day(),
            Self::Sourced(day) => day,
            Self::Always => Day::FIRST,
        }
    }
}

/// Every distinct terms, set of sources and guard.
#[derive(Debug, Clone, Default)]
pub struct TermsTable {
    terms: Vec<Terms>,
    sets: Vec<(Box<[SourceIx]>, Option<Day>)>,
    publishers: Vec<u32>,
    guards: Vec<Box<[TermsId]>>,
}

impl TermsTable {
    /// The terms with this number.
    pub fn get(&self, terms: TermsId) -> Terms {
        self.terms[terms as usize]
    }

    /// Who says so, by id.
    pub fn sources(&self, terms: TermsId) -> &[SourceIx] {
        &self.sets[self.get(terms).set as usize].0
    }

    /// How many publishers say so; sources that name none count one each.
    pub fn publishers(&self, terms: TermsId) -> usize {
        self.publishers[self.get(terms).set as usize] as usize
    }

    /// Whether a fact on these terms rests on one voice: one publisher, or sources that only report or expect it.
    pub fn is_weak(&self, terms: TermsId) -> bool {
        self.get(terms).status == Some(Status::Reported) || self.publishers(terms) < 2
    }

    /// From when a fact on these terms is known.
    pub fn known(&self, terms: TermsId) -> Known {
        let Terms { period, set, .. } = self.get(terms);
        match (period.since, self.sets[set as usize].1) {
            (Some(since), _) => Known::Stated(since),
            (None, Some(day)) => Known::Sourced(day),
            (None, None) => Known::Always,
        }
    }

    /// The first day on which a fact on these terms no longer holds; `None` while it still does.
    pub fn end(&self, terms: TermsId) -> Option<Day> {
        self.get(terms).period.until.map(PartialDate::first_day)
    }

    /// How many distinct terms there are; guards above are made of several.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether no fact was loaded.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The guards made of several terms, in the order of their numbers, which go on from those of the terms.
    pub(super) fn guards(&self) -> &[Box<[TermsId]>] {
        &self.guards
    }
}

/// Collects distinct terms while a graph is built.
#[derive(Debug, Clone, Default)]
pub struct Interner {
    table: TermsTable,
    terms: HashMap<Terms, TermsId>,
    sets: HashMap<Box<[SourceIx]>, u32>,
    guards: HashMap<Box<[TermsId]>, u32>,
}

impl Interner {
    /// The number of a set of sources; none of them twice, in any order. `day` gives the date that a source bears.
    pub fn set(&mut self, mut sources: Vec<SourceIx>, day: impl Fn(SourceIx) -> Option<Day>) -> u32 {
        sources.sort_unstable();
        sources.dedup();
        if let Some(&set) = self.sets.get(&sources[..]) {
            return set;
        }
        let set = self.table.sets.len() as u32;
        let earliest = sources.iter().filter_map(|&source| day(source)).min();
        let sources: Box<[_]> = sources.into();
        self.table.sets.push((sources.clone(), earliest));
        self.sets.insert(sources, set);
        set
    }

    /// The number of these terms.
    pub fn terms(&mut self, period: Period, status: Option<Status>, set: u32) -> TermsId {
        let terms = Terms { period, status, set };
        *self.terms.entry(terms).or_insert_with(|| {
            self.table.terms.push(terms);
            self.table.terms.len() as TermsId - 1
        })
    }

    /// The table, once all terms are known: guards are numbered after them.
    pub(super) fn finish(self) -> Guards {
        Guards { table: self.table, guards: self.guards }
    }
}

/// Collects guards, once all terms are known.
#[derive(Debug)]
pub(super) struct Guards {
    table: TermsTable,
    guards: HashMap<Box<[TermsId]>, u32>,
}

impl Guards {
    /// The guard that any one of these terms opens.
    pub(super) fn any(&mut self, terms: &[TermsId]) -> GuardId {
        if let [only] = terms {
            return *only;
        }
        let mut distinct = terms.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        if let [only] = distinct[..] {
            return only;
        }
        let distinct: Box<[_]> = distinct.into();
        let number = *self.guards.entry(distinct.clone()).or_insert_with(|| {
            self.table.guards.push(distinct);
            self.table.guards.len() as u32 - 1
        });
        self.table.terms.len() as GuardId + number
    }

    /// The finished table. `publisher` gives the publisher of a source, or what else tells it from others.
    pub(super) fn finish<'a>(mut self, publisher: impl Fn(SourceIx) -> &'a str) -> TermsTable {
        let count = |(sources, _): &(Box<[SourceIx]>, Option<Day>)| {
            let mut publishers: Vec<&str> = sources.iter().map(|&source| publisher(source)).collect();
            publishers.sort_unstable();
            publishers.dedup();
            publishers.len() as u32
        };
        self.table.publishers = self.table.sets.iter().map(count).collect();
        self.table
    }
}
