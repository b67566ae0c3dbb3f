//! Views: what is kept of the graph, asked fact by fact.

use std::collections::BTreeSet;

use linchpin::graph::DependencyIx;
use proptest::prelude::*;

use crate::drawn::{asked, drawn};
use crate::{Both, cases};

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_view_keeps_each_fact_that_its_terms_keep(drawn in drawn(), asked in asked()) {
        let both = Both::of(&drawn, &asked);
        let (graph, view, plain) = (&both.graph, &both.view, both.plain());
        let held: BTreeSet<_> = (0..graph.dependencies.len() as DependencyIx)
            .filter(|&at| view.holds(graph, at))
            .map(|at| (both.dependency(at), graph.dependencies.critical(at)))
            .collect();
        prop_assert_eq!(held, plain.dependencies().into_iter().collect::<BTreeSet<_>>());
        for (company, id) in both.companies() {
            prop_assert_eq!(view.has(company), plain.present(id), "{}", id);
            let roles = graph.held_roles.of(company).iter().filter(|held| view.keeps(held.terms));
            let mut roles: Vec<_> = roles.map(|held| graph.roles[held.role as usize].id.to_string()).collect();
            let mut expected = plain.roles(id);
            roles.sort();
            expected.sort();
            prop_assert_eq!(roles, expected, "{}", id);
            let made = graph.self_supply.of(company).iter().filter(|made| view.keeps(made.terms));
            let mut made: Vec<_> = made.map(|made| {
                let (layer, input) = graph.kind(made.kind);
                (layer.id.to_string(), input.map(|input| input.id.to_string()))
            }).collect();
            let mut expected = plain.made(id);
            made.sort();
            expected.sort();
            prop_assert_eq!(made, expected, "{}", id);
        }
        prop_assert_eq!(view.companies().count(), view.company_count());
    }

    #[test]
    fn activities_and_uses_are_those_of_the_data_set(drawn in drawn(), asked in asked()) {
        let both = Both::of(&drawn, &asked);
        let (plain, activities) = (both.plain(), &both.graph.activities);
        let mut all = 0;
        for (company, id) in both.companies() {
            let found: Vec<_> = activities.of(company).map(|node| {
                let uses: BTreeSet<_> = activities.uses(node).iter().map(|&layer| both.layer_id(layer)).collect();
                (activities.layer(node).map(|layer| both.layer_id(layer)), uses)
            }).collect();
            all += found.len();
            prop_assert_eq!(found, plain.activities(id), "{}", id);
        }
        prop_assert_eq!(activities.len(), all);
    }
}
