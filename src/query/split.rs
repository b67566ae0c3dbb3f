//! How a company's supply divides among its suppliers.

use crate::graph::{CompanyIx, DependencyIx, Graph, KindIx, View};

/// A supplier and the part of the supply that it has, 0–1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// The supplier.
    pub supplier: CompanyIx,
    /// Its part of the whole.
    pub share: f64,
}

/// Divides a supply among suppliers, each with its stated shares: what these leave of 1 goes evenly to those without
/// one. Stated shares are scaled to 1 if they exceed it or if nobody is left to take the rest.
///
/// Suppliers come in order; one that comes several times counts once, its shares added.
pub fn split(stated: impl IntoIterator<Item = (CompanyIx, Option<f64>)>) -> Vec<Part> {
    let mut suppliers: Vec<(CompanyIx, Option<f64>)> = Vec::new();
    for (supplier, share) in stated {
        match suppliers.last_mut().filter(|(last, _)| *last == supplier) {
            Some((_, sum)) => *sum = sum.map_or(share, |sum| Some(sum + share.unwrap_or(0.0))),
            None => suppliers.push((supplier, share)),
        }
    }
    let sum: f64 = suppliers.iter().filter_map(|(_, share)| *share).sum();
    let without = suppliers.iter().filter(|(_, share)| share.is_none()).count();
    let even = match (without, sum) {
        // Nobody is said to have anything: nothing tells them apart.
        (0, 0.0) => 1.0 / suppliers.len() as f64,
        (0, _) => 0.0,
        _ => (1.0 - sum).max(0.0) / without as f64,
    };
    let scale = if sum > 1.0 || without == 0 && sum > 0.0 { 1.0 / sum } else { 1.0 };
    let nothing = without == 0 && sum == 0.0;
    suppliers
        .into_iter()
        .map(|(supplier, share)| Part {
            supplier,
            share: share.filter(|_| !nothing).map_or(even, |share| share * scale),
        })
        .collect()
}

/// How what a company gets of the kinds asked for divides among its suppliers on the day, by id; with `itself`, if it is
/// to count where it supplies itself.
pub fn supply_split(
    graph: &Graph,
    view: &View,
    company: CompanyIx,
    kinds: impl Fn(KindIx) -> bool,
    itself: bool,
) -> Vec<Part> {
    let held = |&dependency: &DependencyIx| view.holds(graph, dependency);
    let got = graph.dependencies.of(company).filter(held);
    let mut stated: Vec<_> = got
        .filter(|&at| kinds(graph.dependencies.kind(at)))
        .map(|at| (graph.dependencies.to(at), graph.dependencies.share(at)))
        .collect();
    if itself {
        stated.push((company, None));
    }
    stated.sort_by_key(|&(supplier, _)| supplier);
    split(stated)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(stated: &[(CompanyIx, Option<f64>)]) -> Vec<f64> {
        split(stated.iter().copied()).iter().map(|part| part.share).collect()
    }

    #[test]
    fn all_evenly_if_none_is_stated() {
        assert_eq!(shares(&[(1, None), (2, None)]), [0.5, 0.5]);
    }

    #[test]
    fn the_rest_goes_evenly_to_those_without_a_share() {
        assert_eq!(shares(&[(1, Some(0.5)), (2, None), (3, None)]), [0.5, 0.25, 0.25]);
    }

    #[test]
    fn stated_shares_are_scaled_if_they_exceed_one_or_nobody_takes_the_rest() {
        assert_eq!(shares(&[(1, Some(1.5)), (2, Some(0.5)), (3, None)]), [0.75, 0.25, 0.0]);
        assert_eq!(shares(&[(1, Some(0.25)), (2, Some(0.25))]), [0.5, 0.5]);
    }

    #[test]
    fn two_edges_to_one_supplier_count_once_their_shares_added() {
        assert_eq!(shares(&[(1, Some(0.25)), (1, Some(0.25)), (1, None), (2, None)]), [0.5, 0.5]);
    }

    #[test]
    fn shares_of_nothing_are_even() {
        assert_eq!(shares(&[(1, Some(0.0)), (2, Some(0.0))]), [0.5, 0.5]);
        assert!(shares(&[]).is_empty());
    }
}
