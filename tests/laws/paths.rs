//! Paths.

use linchpin::query::{PathsQuestion, paths};
use proptest::prelude::*;
use proptest::sample::subsequence;

use crate::drawn::{LAYERS, asked, drawn};
use crate::plain::Path;
use crate::{Both, cases};

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn paths_are_all_that_there_are_and_shortest_first(
        drawn in drawn(),
        asked in asked(),
        via in prop::option::weighted(0.25, subsequence(LAYERS.to_vec(), 1..LAYERS.len())),
        max_hops in 1_usize..7,
        limit in prop_oneof![Just(100_usize), 1_usize..4],
    ) {
        let both = Both::of(&drawn, &asked);
        let plain = both.plain();
        for (from, from_id) in both.companies() {
            for (to, to_id) in both.companies() {
                let question = PathsQuestion { from, to, via: both.layers(&via), limit, max_hops: Some(max_hops) };
                let found = paths(&both.graph, &both.view, &question);
                let mut expected = plain.paths(from_id, to_id, via.as_deref(), max_hops);
                prop_assert_eq!(found.truncated, expected.len() > limit);
                expected.truncate(limit);
                let listed: Vec<_> = found.paths.into_iter().map(|path| Path {
                    companies: path.companies.into_iter().map(|company| both.company_id(company)).collect(),
                    dependencies: path.dependencies.into_iter()
                        .map(|hop| hop.into_iter().map(|at| both.dependency(at)).collect()).collect(),
                }).collect();
                prop_assert_eq!(listed, expected, "{} to {}", from_id, to_id);
            }
        }
    }

    #[test]
    fn every_edge_of_every_path_is_in_the_view_and_joins_its_companies(drawn in drawn(), asked in asked()) {
        let both = Both::of(&drawn, &asked);
        for (from, _) in both.companies() {
            for (to, _) in both.companies() {
                let question = PathsQuestion { from, to, via: None, limit: 100, max_hops: None };
                for path in paths(&both.graph, &both.view, &question).paths {
                    prop_assert_eq!(path.companies.len(), path.dependencies.len() + 1);
                    for (ends, hop) in path.companies.windows(2).zip(&path.dependencies) {
                        prop_assert!(!hop.is_empty());
                        for &at in hop {
                            let row = both.graph.dependencies.row(at);
                            prop_assert!(both.view.holds(&both.graph, at));
                            prop_assert_eq!((row.from, row.to), (ends[0], ends[1]));
                        }
                    }
                }
            }
        }
    }
}
