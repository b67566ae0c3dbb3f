//! What began and what ended between two days.

use std::ops::RangeInclusive;

use serde::Serialize;
use utoipa::ToSchema;

use crate::graph::{CompanyIx, DependencyIx, Filter, Graph, Known, TermsId};
use crate::model::Day;

/// What happened to a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// From this day on it holds.
    Began,
    /// From this day on it no longer holds.
    Ended,
}

/// The fact that changed: its table and its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// A row of the dependencies.
    Dependency(DependencyIx),
    /// A row of a company's roles.
    Role(CompanyIx, usize),
    /// A row of a company's self-supply.
    SelfSupply(CompanyIx, usize),
    /// A row of a company's stakes.
    Stake(CompanyIx, usize),
    /// A row of a company's strategies.
    Strategy(CompanyIx, usize),
}

/// A change of one fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// The first day of the new state.
    pub date: Day,
    /// What happened.
    pub change: Change,
    /// To what.
    pub fact: Fact,
    /// What the fact rests on.
    pub terms: TermsId,
}

/// The changes on these days, of facts that are supported as asked, in the order of days.
pub fn changes(graph: &Graph, filter: Filter, days: &RangeInclusive<Day>) -> Vec<Event> {
    let mut events = Vec::new();
    let mut note = |fact, terms: TermsId| {
        if filter.supports(&graph.terms, terms) {
            let begin = match graph.terms.known(terms) {
                Known::Always => None,
                known => Some(known.day()),
            };
            let end = graph.terms.end(terms);
            let never = matches!((begin, end), (Some(begin), Some(end)) if end <= begin);
            for (date, change) in [(begin, Change::Began), (end, Change::Ended)] {
                if let Some(date) = date.filter(|date| !never && days.contains(date)) {
                    events.push(Event { date, change, fact, terms });
                }
            }
        }
    };
    for dependency in 0..graph.dependencies.len() as DependencyIx {
        note(Fact::Dependency(dependency), graph.dependencies.terms(dependency));
    }
    for company in 0..graph.companies.len() as CompanyIx {
        graph
            .held_roles
            .of(company)
            .iter()
            .enumerate()
            .for_each(|(at, held)| note(Fact::Role(company, at), held.terms));
        graph
            .self_supply
            .of(company)
            .iter()
            .enumerate()
            .for_each(|(at, made)| note(Fact::SelfSupply(company, at), made.terms));
        graph.stakes.of(company).iter().enumerate().for_each(|(at, stake)| note(Fact::Stake(company, at), stake.terms));
        graph
            .strategies
            .of(company)
            .iter()
            .enumerate()
            .for_each(|(at, plan)| note(Fact::Strategy(company, at), plan.terms));
    }
    events.sort_unstable();
    events
}
