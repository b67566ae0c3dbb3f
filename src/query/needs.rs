//! What a company cannot do without, and who is on record for it.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{CompanyIx, Graph, KindIx, LayerIx, View};

/// Something a company cannot do without. Its suppliers are alternatives: any one keeps it met.
#[derive(Debug, PartialEq, Eq)]
pub struct Need {
    /// The layer, or the input within it.
    pub kind: KindIx,
    /// The other companies that supply it, critical or not, by id.
    pub suppliers: Vec<CompanyIx>,
    /// Whether the company makes it itself, too.
    pub self_supplied: bool,
}

/// The needs of a company on the day, in the order of the stack.
pub fn needs(graph: &Graph, view: &View, company: CompanyIx) -> Vec<Need> {
    if !view.has(company) {
        return Vec::new();
    }
    let mut suppliers: BTreeMap<KindIx, BTreeSet<CompanyIx>> = BTreeMap::new();
    let mut needed: BTreeMap<KindIx, bool> = BTreeMap::new();
    for dependency in graph.dependencies.of(company).filter(|&dependency| view.holds(graph, dependency)) {
        let kind = graph.dependencies.kind(dependency);
        suppliers.entry(kind).or_default().insert(graph.dependencies.to(dependency));
        if graph.dependencies.critical(dependency) {
            needed.entry(kind).or_default();
        }
    }
    let made: Vec<KindIx> =
        graph.self_supply.of(company).iter().filter(|made| view.keeps(made.terms)).map(|made| made.kind).collect();
    let whole_layer = |kind: KindIx| graph.kinds[kind as usize].input.is_none();
    for &kind in made.iter().filter(|&&kind| !whole_layer(kind)) {
        needed.insert(kind, true);
    }
    for &kind in made.iter().filter(|&&kind| whole_layer(kind)) {
        let layer = graph.kinds[kind as usize].layer;
        let mut joined = false;
        for (_, own) in needed.iter_mut().filter(|(other, _)| graph.kinds[**other as usize].layer == layer) {
            (*own, joined) = (true, true);
        }
        if !joined {
            needed.insert(kind, true);
        }
    }
    needed
        .into_iter()
        .map(|(kind, self_supplied)| {
            let suppliers = suppliers.remove(&kind).unwrap_or_default().into_iter().collect();
            Need { kind, suppliers, self_supplied }
        })
        .collect()
}

/// The layers that an activity of the company uses, with no supplier on record and no self-supply of any input.
pub fn gaps(graph: &Graph, view: &View, company: CompanyIx) -> Vec<LayerIx> {
    if !view.has(company) {
        return Vec::new();
    }
    let layer_of = |kind: KindIx| graph.kinds[kind as usize].layer;
    let mut used: BTreeSet<LayerIx> =
        graph.activities.of(company).flat_map(|node| graph.activities.uses(node)).copied().collect();
    for dependency in graph.dependencies.of(company).filter(|&dependency| view.holds(graph, dependency)) {
        used.remove(&layer_of(graph.dependencies.kind(dependency)));
    }
    for made in graph.self_supply.of(company).iter().filter(|made| view.keeps(made.terms)) {
        used.remove(&layer_of(made.kind));
    }
    used.into_iter().collect()
}
