//! What companies cannot do without, and who is on record for it.

use std::ops::Range;

use fixedbitset::FixedBitSet;

use crate::graph::{CompanyIx, Graph, Kind, KindIx, LayerIx, NodeIx, View};
use crate::theory::{Cascade, Requirements, Rows};

/// Something a company cannot do without. Its suppliers are alternatives: any one keeps it met.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    let layer_of = |kind: KindIx| graph.kinds[kind as usize].layer;
    let mut got: Vec<(KindIx, CompanyIx)> = Vec::new();
    let mut needed: Vec<(KindIx, bool)> = Vec::new();
    for dependency in graph.dependencies.of(company).filter(|&dependency| view.holds(graph, dependency)) {
        let kind = graph.dependencies.kind(dependency);
        got.push((kind, graph.dependencies.to(dependency)));
        if graph.dependencies.critical(dependency) {
            needed.push((kind, false));
        }
    }
    got.sort_unstable();
    got.dedup();
    let made = || graph.self_supply.of(company).iter().filter(|made| view.keeps(made.terms)).map(|made| made.kind);
    let whole_layer = |kind: &KindIx| graph.kinds[*kind as usize].input.is_none();
    needed.extend(made().filter(|kind| !whole_layer(kind)).map(|kind| (kind, true)));
    for kind in made().filter(whole_layer) {
        let mut joined = false;
        for (other, own) in &mut needed {
            if layer_of(*other) == layer_of(kind) {
                (*own, joined) = (true, true);
            }
        }
        if !joined {
            needed.push((kind, true));
        }
    }
    // Of two that are the same, the one that the company makes itself comes first and stays.
    needed.sort_unstable_by_key(|&(kind, own)| (kind, !own));
    needed.dedup_by_key(|(kind, _)| *kind);
    let suppliers = |kind: KindIx| {
        let from = got.partition_point(|&(other, _)| other < kind);
        got[from..].iter().take_while(|(other, _)| *other == kind).map(|&(_, supplier)| supplier).collect()
    };
    needed.into_iter().map(|(kind, self_supplied)| Need { kind, suppliers: suppliers(kind), self_supplied }).collect()
}

/// The layers that an activity of the company uses, with no supplier on record and no self-supply of any input.
pub fn gaps(graph: &Graph, view: &View, company: CompanyIx) -> Vec<LayerIx> {
    if !view.has(company) {
        return Vec::new();
    }
    let got = graph.dependencies.of(company).filter(|&dependency| view.holds(graph, dependency));
    let got = got.map(|dependency| graph.dependencies.kind(dependency));
    let made = graph.self_supply.of(company).iter().filter(|made| view.keeps(made.terms)).map(|made| made.kind);
    let supplied: Vec<LayerIx> = got.chain(made).map(|kind| graph.kinds[kind as usize].layer).collect();
    let used = graph.activities.of(company).flat_map(|node| graph.activities.uses(node)).copied();
    let mut gaps: Vec<LayerIx> = used.filter(|layer| !supplied.contains(layer)).collect();
    gaps.sort_unstable();
    gaps.dedup();
    gaps
}

/// The number of a need among [`AllNeeds`].
pub type NeedIx = u32;

/// The needs of all companies on the day, as requirements of activities: what failures spread through.
#[derive(Debug)]
pub struct AllNeeds {
    starts: Vec<NeedIx>,
    kinds: Vec<KindIx>,
    requirements: Requirements,
    activities: Vec<usize>,
    blind: FixedBitSet,
}

impl AllNeeds {
    /// The needs of the day.
    pub fn of(graph: &Graph, view: &View) -> Self {
        let (mut suppliers, mut users) = (Rows::default(), Rows::default());
        let (mut starts, mut kinds) = (vec![0], Vec::new());
        let mut activities = vec![0; graph.layers.len()];
        let mut blind = FixedBitSet::with_capacity(graph.activities.len());
        for company in 0..graph.companies.len() as CompanyIx {
            for need in needs(graph, view, company) {
                let layer = graph.kinds[need.kind as usize].layer;
                let own = need.self_supplied.then_some(company);
                let acting = |company| graph.activities.find(company, layer);
                suppliers.push(need.suppliers.into_iter().chain(own).filter_map(acting));
                users.push(graph.activities.of(company).filter(|&node| uses(graph, node, layer)));
                kinds.push(need.kind);
            }
            starts.push(kinds.len() as NeedIx);
            let holes = gaps(graph, view, company);
            for node in graph.activities.of(company).filter(|_| view.has(company)) {
                graph.activities.layer(node).into_iter().for_each(|layer| activities[layer as usize] += 1);
                blind.set(node as usize, holes.iter().any(|&layer| uses(graph, node, layer)));
            }
        }
        let requirements = Requirements::new(graph.activities.len(), suppliers, users);
        Self { starts, kinds, requirements, activities, blind }
    }

    /// The needs of a company.
    pub fn of_company(&self, company: CompanyIx) -> Range<NeedIx> {
        self.starts[company as usize]..self.starts[company as usize + 1]
    }

    /// The needs of an activity: those of its company in the layers that it uses.
    pub fn of_activity(&self, graph: &Graph, node: NodeIx) -> impl Iterator<Item = NeedIx> {
        let own = self.of_company(graph.activities.company(node));
        own.filter(move |&need| uses(graph, node, graph.kinds[self.kind(need) as usize].layer))
    }

    /// What is needed.
    pub fn kind(&self, need: NeedIx) -> KindIx {
        self.kinds[need as usize]
    }

    /// The company that has a need.
    pub fn company(&self, need: NeedIx) -> CompanyIx {
        (self.starts.partition_point(|&first| first <= need) - 1) as CompanyIx
    }

    /// The activities that meet a need, that of the company itself among them if it makes it itself.
    pub fn suppliers(&self, need: NeedIx) -> &[NodeIx] {
        self.requirements.suppliers(need)
    }

    /// Everything as it stands, before anything is taken down.
    pub fn cascade(&self, graph: &Graph) -> Cascade<'_> {
        Cascade::new(graph.activities.len(), &self.requirements)
    }

    /// Whether that it is a need rests on one voice: every critical dependency and every self-supply that makes it one.
    pub fn is_weak(&self, graph: &Graph, view: &View, need: NeedIx) -> bool {
        let (company, kind) = (self.company(need), self.kind(need));
        let layer = graph.kinds[kind as usize].layer;
        let critical = graph.dependencies.of(company).filter(|&at| {
            graph.dependencies.kind(at) == kind && graph.dependencies.critical(at) && view.holds(graph, at)
        });
        let made = graph.self_supply.of(company).iter().filter(|made| {
            view.keeps(made.terms)
                && (made.kind == kind || graph.kinds[made.kind as usize] == Kind { layer, input: None })
        });
        let mut grounds = critical.map(|at| graph.dependencies.terms(at)).chain(made.map(|made| made.terms));
        grounds.all(|terms| graph.terms.is_weak(terms))
    }

    /// How many activities each layer has, of companies in the graph of the day.
    pub fn activities(&self) -> &[usize] {
        &self.activities
    }

    /// The activities that use a layer for which no supplier is on record: nobody knows what would stop them.
    pub fn blind(&self) -> &FixedBitSet {
        &self.blind
    }

    /// The memory taken, in bytes.
    pub fn bytes(&self) -> usize {
        self.starts.capacity() * size_of::<NeedIx>() + self.kinds.capacity() * 2 + self.requirements.bytes()
    }
}

fn uses(graph: &Graph, node: NodeIx, layer: LayerIx) -> bool {
    graph.activities.uses(node).binary_search(&layer).is_ok()
}
