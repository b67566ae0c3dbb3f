//! How concentrated the supply of a layer is: every company that buys there has one vote.

use std::collections::BTreeMap;

use super::split::{Part, split};
use crate::graph::{CompanyIx, DependencyIx, Graph, KindIx, View};

/// How the supply of a layer, or of an input, is divided.
#[derive(Debug, Clone, PartialEq)]
pub struct Concentration {
    /// The layer, or the input within it.
    pub kind: KindIx,
    /// The suppliers with their shares of the votes, the largest first, then by id.
    pub shares: Vec<Part>,
    /// How many companies vote.
    pub dependents: usize,
    /// How many of them have no dependency in it that two publishers state.
    pub weak: usize,
}

impl Concentration {
    /// The Herfindahl–Hirschman index: the sum of the squares of the shares in per cent, 0–10,000.
    pub fn hhi(&self) -> f64 {
        self.shares.iter().map(|part| (100.0 * part.share).powi(2)).sum()
    }

    /// The concentration ratio: what the `largest` suppliers have in all, 0–1.
    pub fn ratio(&self, largest: usize) -> f64 {
        self.shares.iter().take(largest).map(|part| part.share).sum()
    }
}

/// The concentration of each layer and of each input in which there is a dependency on the day, a layer before its
/// inputs. `weight` is the vote of a company, 0 for one that has none.
pub fn concentration(graph: &Graph, view: &View, weight: impl Fn(CompanyIx) -> f64) -> Vec<Concentration> {
    let mut votes: BTreeMap<KindIx, Votes> = BTreeMap::new();
    for company in view.companies() {
        let weight = weight(company);
        if weight <= 0.0 {
            continue;
        }
        let held = graph.dependencies.of(company).filter(|&dependency| view.holds(graph, dependency));
        let mut bought: BTreeMap<KindIx, Vec<DependencyIx>> = BTreeMap::new();
        for dependency in held {
            let kind = graph.dependencies.kind(dependency);
            let whole = graph.whole_layer(kind);
            bought.entry(whole).or_default().push(dependency);
            if whole != kind {
                bought.entry(kind).or_default().push(dependency);
            }
        }
        for (kind, dependencies) in bought {
            votes.entry(kind).or_default().cast(graph, weight, &dependencies);
        }
    }
    votes.into_iter().map(|(kind, votes)| votes.count(kind)).collect()
}

#[derive(Default)]
struct Votes {
    by_supplier: BTreeMap<CompanyIx, f64>,
    cast: f64,
    dependents: usize,
    weak: usize,
}

impl Votes {
    /// The vote of a company with these dependencies, which come by supplier.
    fn cast(&mut self, graph: &Graph, weight: f64, dependencies: &[DependencyIx]) {
        let stated = dependencies.iter().map(|&at| (graph.dependencies.to(at), graph.dependencies.share(at)));
        for part in split(stated) {
            *self.by_supplier.entry(part.supplier).or_default() += weight * part.share;
        }
        self.cast += weight;
        self.dependents += 1;
        self.weak += usize::from(dependencies.iter().all(|&at| graph.terms.is_weak(graph.dependencies.terms(at))));
    }

    fn count(self, kind: KindIx) -> Concentration {
        let share = |(supplier, votes)| Part { supplier, share: votes / self.cast };
        let mut shares: Vec<Part> = self.by_supplier.into_iter().map(share).collect();
        // What differs by rounding only is equal.
        let rounded = |part: &Part| (part.share * 1e12).round();
        shares.sort_by(|a, b| rounded(b).total_cmp(&rounded(a)).then(a.supplier.cmp(&b.supplier)));
        Concentration { kind, shares, dependents: self.dependents, weak: self.weak }
    }
}
