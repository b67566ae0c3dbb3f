//! Failures, chokepoints, concentration, flows and rankings.

use std::collections::{BTreeMap, BTreeSet};

use linchpin::graph::{LayerIx, NodeIx};
use linchpin::query::{
    AllNeeds, Direction, Kept, Measure, Walk, choke_pairs, chokepoints, concentration, entering_layer, flows, impact,
    ranking, reach_of_failures,
};
use proptest::prelude::*;

use crate::drawn::{asked, drawn};
use crate::{Both, cases};

/// An activity by the names of its company and layer.
type Named = (String, Option<String>);

fn named(both: &Both, node: NodeIx) -> Named {
    let activities = &both.graph.activities;
    (both.company_id(activities.company(node)), activities.layer(node).map(|layer| both.layer_id(layer)))
}

/// The definition, round by round: an activity fails when all suppliers of a need of its company, in a layer that it uses,
/// are down or have failed.
fn by_definition(both: &Both, down: &BTreeSet<Named>) -> BTreeMap<Named, u32> {
    let plain = both.plain();
    let mut wave: BTreeMap<Named, u32> = down.iter().map(|node| (node.clone(), 0)).collect();
    for round in 1.. {
        let mut new = BTreeSet::new();
        for (_, id) in both.companies() {
            let needs = plain.needs(id);
            for (layer, uses) in plain.activities(id) {
                let fails = needs.iter().filter(|need| uses.contains(&need.0)).any(|(of, _, suppliers, itself)| {
                    let own = itself.then(|| id.to_owned());
                    suppliers
                        .iter()
                        .cloned()
                        .chain(own)
                        .all(|supplier| wave.contains_key(&(supplier, Some(of.clone()))))
                });
                if fails && !wave.contains_key(&(id.to_owned(), layer.clone())) {
                    new.insert((id.to_owned(), layer));
                }
            }
        }
        if new.is_empty() {
            return wave;
        }
        wave.extend(new.into_iter().map(|node| (node, round)));
    }
    unreachable!("the rounds end when nothing fails any more")
}

fn waves(both: &Both, needs: &AllNeeds, down: &[NodeIx]) -> BTreeMap<Named, u32> {
    let impact = impact(&both.graph, &both.view, needs, down.to_vec());
    let failed = impact.failed.iter().map(|failure| (named(both, failure.node), failure.wave));
    impact.down.iter().map(|&node| (named(both, node), 0)).chain(failed).collect()
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn what_fails_is_what_the_definition_says_and_more_down_never_fails_less(
        drawn in drawn(), asked in asked(), few in prop::collection::vec(any::<u32>(), 1..3), more in any::<u32>(),
    ) {
        let both = Both::of(&drawn, &asked);
        let needs = AllNeeds::of(&both.graph, &both.view);
        let all = both.graph.activities.len() as u32;
        let mut down: Vec<NodeIx> = few.iter().map(|at| at % all).collect();
        let fewer = waves(&both, &needs, &down);
        let start: BTreeSet<Named> = down.iter().map(|&node| named(&both, node)).collect();
        prop_assert_eq!(&fewer, &by_definition(&both, &start));
        down.push(more % all);
        let more = waves(&both, &needs, &down);
        for (node, wave) in fewer {
            prop_assert!(more.get(&node).is_some_and(|sooner| *sooner <= wave), "{:?}", node);
        }
    }

    #[test]
    fn every_failure_is_explained_back_to_what_was_down(drawn in drawn(), asked in asked(), down in any::<u32>()) {
        let both = Both::of(&drawn, &asked);
        let needs = AllNeeds::of(&both.graph, &both.view);
        let impact = impact(&both.graph, &both.view, &needs, vec![down % both.graph.activities.len() as u32]);
        let wave: BTreeMap<NodeIx, u32> = impact.down.iter().map(|&node| (node, 0))
            .chain(impact.failed.iter().map(|failure| (failure.node, failure.wave))).collect();
        for &failure in &impact.failed {
            let reason = impact.reason(&both.graph, failure);
            prop_assert!(!reason.lost.is_empty());
            prop_assert_eq!(wave[&reason.cause], failure.wave - 1);
            for need in reason.lost {
                prop_assert!(needs.suppliers(need).iter().all(|supplier| wave[supplier] < failure.wave));
            }
        }
        for degraded in &impact.degraded {
            prop_assert!((0.0..=1.0 + 1e-12).contains(&degraded.lost_share), "{:?}", degraded);
        }
        prop_assert!(impact.stopped.iter().all(|company| !impact.curtailed.contains(company)));
    }

    #[test]
    fn a_chokepoint_is_who_makes_it_fail_and_a_pair_does_what_neither_does(drawn in drawn(), asked in asked()) {
        let both = Both::of(&drawn, &asked);
        let (graph, view) = (&both.graph, &both.view);
        let needs = AllNeeds::of(graph, view);
        let reach = reach_of_failures(graph, view, &needs).unwrap();
        let fails = |down: &[u32], of: u32| -> BTreeSet<NodeIx> {
            let nodes = down.iter().flat_map(|&company| graph.activities.of(company)).collect();
            let failed = impact(graph, view, &needs, nodes).failed;
            failed.iter().map(|failure| failure.node).filter(|&node| graph.activities.company(node) == of).collect()
        };
        let mut stops = vec![0; graph.companies.len()];
        for (company, _) in both.companies() {
            let points = chokepoints(graph, view, &needs, company).unwrap();
            for (other, _) in both.companies().filter(|&(other, _)| other != company) {
                let expected = fails(&[other], company);
                let found = points.iter().find(|point| point.company == other);
                let found: BTreeSet<NodeIx> = found.iter().flat_map(|point| point.fails.iter().copied()).collect();
                stops[other as usize] += usize::from(!expected.is_empty());
                prop_assert_eq!(found, expected);
            }
            let pairs = choke_pairs(graph, view, &needs, company).unwrap();
            for (one, _) in both.companies().filter(|&(one, _)| one != company) {
                for (two, _) in both.companies().filter(|&(two, _)| two != company && two > one) {
                    let alone: BTreeSet<NodeIx> = fails(&[one], company).union(&fails(&[two], company)).copied().collect();
                    let expected: BTreeSet<NodeIx> = fails(&[one, two], company).difference(&alone).copied().collect();
                    let found = pairs.iter().find(|pair| (pair.company, pair.other) == (one, Some(two)));
                    let found: BTreeSet<NodeIx> = found.iter().flat_map(|pair| pair.fails.iter().copied()).collect();
                    prop_assert_eq!(found, expected);
                }
            }
        }
        for (company, reach) in reach.iter().enumerate() {
            prop_assert_eq!(reach.stopped + reach.curtailed, stops[company]);
        }
    }

    #[test]
    fn concentration_lies_in_its_bounds(drawn in drawn(), asked in asked()) {
        let both = Both::of(&drawn, &asked);
        for row in concentration(&both.graph, &both.view, |_| 1.0) {
            let suppliers = row.shares.len() as f64;
            prop_assert!((row.shares.iter().map(|part| part.share).sum::<f64>() - 1.0).abs() < 1e-9);
            prop_assert!(row.hhi() >= 10_000.0 / suppliers - 1e-6 && row.hhi() <= 10_000.0 + 1e-6, "{:?}", row);
            prop_assert!(row.ratio(1) <= row.ratio(3) + 1e-12 && row.ratio(1) >= 1.0 / suppliers - 1e-12);
        }
    }

    #[test]
    fn money_is_neither_made_nor_lost(drawn in drawn(), asked in asked()) {
        let both = Both::of(&drawn, &asked);
        let (graph, view) = (&both.graph, &both.view);
        for layer in 0..graph.layers.len() as LayerIx {
            let entering = entering_layer(graph, view, layer, 100.0);
            if entering.is_empty() {
                continue;
            }
            let flows = flows(graph, view, &entering);
            let layers = flows.layers.iter().map(|(_, cases)| *cases);
            let companies = flows.companies.iter().map(|(_, cases)| *cases);
            let all = |cases: &mut dyn Iterator<Item = linchpin::query::Cases<linchpin::query::Takings>>| {
                cases.fold([0.0; 4], |sum, it| [
                    sum[0] + it.low.received, sum[1] + it.low.retained, sum[2] + it.high.received, sum[3] + it.high.retained,
                ])
            };
            let paid = flows.links.iter().fold([0.0; 2], |sum, link| [sum[0] + link.paid.low, sum[1] + link.paid.high]);
            for sums in [all(&mut layers.clone()), all(&mut companies.clone())] {
                prop_assert!((sums[1] - 100.0).abs() < 1e-9 && (sums[3] - 100.0).abs() < 1e-9, "{:?}", sums);
                prop_assert!((sums[0] - paid[0] - 100.0).abs() < 1e-6 && (sums[2] - paid[1] - 100.0).abs() < 1e-6);
            }
            for (_, cases) in &flows.companies {
                prop_assert!(cases.low.retained >= -1e-12 && cases.low.retained <= cases.low.received + 1e-12);
            }
        }
    }

    #[test]
    fn rankings_count_what_walks_and_failures_find(drawn in drawn(), asked in asked()) {
        let both = Both::of(&drawn, &asked);
        let (graph, view) = (&both.graph, &both.view);
        let score = |measure| -> BTreeMap<u32, f64> {
            let ranked = ranking(graph, view, measure).unwrap();
            ranked.iter().map(|scored| (scored.company, scored.score)).collect()
        };
        let (reach, dependents) = (score(Measure::Reach), score(Measure::Dependents));
        for company in view.companies() {
            let found = |depth| {
                let walk = Walk::new(graph, view, company, Direction::Downstream, depth, None);
                walk.list(graph, view, &Kept::default()).len() as f64
            };
            prop_assert_eq!(reach[&company], found(usize::MAX));
            prop_assert_eq!(dependents[&company], found(1));
        }
        let sum: f64 = score(Measure::Pagerank).values().sum();
        prop_assert!(view.company_count() == 0 || (sum - 1.0).abs() < 1e-9);
        prop_assert!(score(Measure::Betweenness).values().all(|&score| score >= 0.0));
    }
}
