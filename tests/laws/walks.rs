//! Walks.

use std::collections::BTreeSet;

use linchpin::graph::CompanyIx;
use linchpin::query::{Direction, Kept, Walk, dependents_count, suppliers_count};
use proptest::prelude::*;

use crate::drawn::{Way, asked, drawn, way};
use crate::plain::Found;
use crate::{Both, cases};

const BOTH_WAYS: [(Direction, petgraph::Direction); 2] =
    [(Direction::Upstream, petgraph::Direction::Outgoing), (Direction::Downstream, petgraph::Direction::Incoming)];

impl Both {
    /// What the program's walk finds, in its order.
    fn walk(&self, company: CompanyIx, direction: Direction, way: &Way) -> Vec<Found> {
        let (graph, view) = (&self.graph, &self.view);
        let walk = Walk::new(graph, view, company, direction, way.depth, self.layers(&way.via));
        let kept = Kept {
            layer: way.layer.map(|layer| graph.layer(layer).unwrap()),
            role: way.role.map(|role| graph.role(role).unwrap()),
            country: way.country.map(|country| country.parse().unwrap()),
        };
        let list = walk.list(graph, view, &kept);
        let stops = walk.stops(graph, view, &list, &kept);
        let found = list.iter().zip(stops).map(|(reached, stop)| Found {
            hops: reached.hops as usize,
            company: self.company_id(reached.company),
            layers: stop.layers.into_iter().map(|layer| self.layer_id(layer)).collect(),
            dependencies: stop.dependencies.into_iter().map(|at| self.dependency(at)).collect(),
        });
        found.collect()
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_walk_finds_what_the_definition_says(drawn in drawn(), asked in asked(), way in way()) {
        let both = Both::of(&drawn, &asked);
        let plain = both.plain();
        for (company, id) in both.companies() {
            for (direction, plainly) in BOTH_WAYS {
                let found = both.walk(company, direction, &way);
                prop_assert_eq!(found, plain.walk(id, plainly, &way), "{} {:?} {:?}", id, direction, way);
            }
        }
    }

    #[test]
    fn who_rests_on_whom_is_the_same_from_both_ends(drawn in drawn(), asked in asked(), way in way()) {
        let both = Both::of(&drawn, &asked);
        let way = Way { layer: None, role: None, country: None, ..way };
        let pairs = |direction| {
            let mut pairs = BTreeSet::new();
            for (company, id) in both.companies() {
                for found in both.walk(company, direction, &way) {
                    let pair = match direction {
                        Direction::Upstream => (id.to_owned(), found.company),
                        Direction::Downstream => (found.company, id.to_owned()),
                    };
                    pairs.insert((pair, found.hops));
                }
            }
            pairs
        };
        prop_assert_eq!(pairs(Direction::Upstream), pairs(Direction::Downstream));
    }

    #[test]
    fn counts_are_the_lengths_of_the_lists(drawn in drawn(), asked in asked()) {
        let both = Both::of(&drawn, &asked);
        let direct = Way { depth: 1, via: None, layer: None, role: None, country: None };
        for (company, id) in both.companies() {
            let listed = |direction| both.walk(company, direction, &direct).len();
            prop_assert_eq!(suppliers_count(&both.graph, &both.view, company), listed(Direction::Upstream), "{}", id);
            prop_assert_eq!(dependents_count(&both.graph, &both.view, company), listed(Direction::Downstream), "{}", id);
        }
    }
}
