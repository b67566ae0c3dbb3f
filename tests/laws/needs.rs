//! Needs and gaps.

use std::collections::BTreeSet;

use linchpin::query::{gaps, needs};
use proptest::prelude::*;

use crate::drawn::{asked, drawn};
use crate::{Both, cases};

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn needs_and_gaps_are_what_the_definition_says(drawn in drawn(), asked in asked()) {
        let both = Both::of(&drawn, &asked);
        let plain = both.plain();
        for (company, id) in both.companies() {
            let listed = needs(&both.graph, &both.view, company);
            let rows = listed.len();
            let found: BTreeSet<_> = listed.into_iter().map(|need| {
                let (layer, input) = both.graph.kind(need.kind);
                let suppliers: BTreeSet<_> = need.suppliers.into_iter().map(|company| both.company_id(company)).collect();
                (layer.id.to_string(), input.map(|input| input.id.to_string()), suppliers, need.self_supplied)
            }).collect();
            prop_assert_eq!(rows, found.len());
            prop_assert_eq!(found, plain.needs(id), "{}", id);
            let layers: Vec<_> =
                gaps(&both.graph, &both.view, company).into_iter().map(|layer| both.layer_id(layer)).collect();
            prop_assert_eq!(layers, plain.gaps(id), "{}", id);
        }
    }
}
