//! Single points of failure: who alone, by being down, makes others fail. And the pairs that do it together.

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;
use petgraph::algo::dominators;

use super::impact::struck;
use super::needs::AllNeeds;
use super::walk::{Direction, Walk};
use crate::graph::{CompanyIx, Graph, LayerIx, NodeIx, View};
use crate::theory::Cascade;

/// A company that alone makes activities of another fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chokepoint {
    /// The company.
    pub company: CompanyIx,
    /// Another one that has to be down as well; `None` where it alone is enough.
    pub other: Option<CompanyIx>,
    /// The activities that fail, in order.
    pub fails: Vec<NodeIx>,
    /// The first wave in which one fails: how many steps the failure takes to it.
    pub wave: u32,
}

/// How many a company stops or curtails by being down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FailureReach {
    /// Companies all of whose activities fail.
    pub stopped: usize,
    /// Companies of which some activities fail.
    pub curtailed: usize,
}

/// An answer that took more than this many supplies to look at is not worked out.
const BUDGET: usize = 1 << 29;

/// It would take too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the graph is too large for this question")]
pub struct TooLarge;

/// Counts what was looked at, up to the budget.
#[derive(Debug, Default)]
pub(super) struct Work(usize);

impl Work {
    pub fn add(&mut self, cascade: &Cascade<'_>) -> Result<(), TooLarge> {
        // A cascade that is begun costs something even if nothing falls.
        self.0 += cascade.work() + 1;
        if self.0 > BUDGET { Err(TooLarge) } else { Ok(()) }
    }
}

/// Who alone makes an activity of the company fail, by id.
///
/// # Errors
/// If it would take too long.
pub fn chokepoints(
    graph: &Graph,
    view: &View,
    needs: &AllNeeds,
    company: CompanyIx,
) -> Result<Vec<Chokepoint>, TooLarge> {
    let mut cascade = needs.cascade(graph);
    let mut work = Work::default();
    let mut found = Vec::new();
    for candidate in upstream(graph, view, company) {
        cascade.take_down(graph.activities.of(candidate));
        work.add(&cascade)?;
        found.extend(struck_of(graph, &cascade, company, candidate, None, |_| true));
        cascade.take_back(Cascade::START);
    }
    Ok(found)
}

/// The pairs of companies that together make an activity of the company fail that neither of them does alone; by id.
///
/// # Errors
/// If it would take too long.
pub fn choke_pairs(
    graph: &Graph,
    view: &View,
    needs: &AllNeeds,
    company: CompanyIx,
) -> Result<Vec<Chokepoint>, TooLarge> {
    let candidates = upstream(graph, view, company);
    let mut cascade = needs.cascade(graph);
    let mut work = Work::default();
    let own: Vec<NodeIx> = graph.activities.of(company).collect();
    let mut alone: BTreeMap<CompanyIx, Vec<bool>> = BTreeMap::new();
    for &candidate in &candidates {
        cascade.take_down(graph.activities.of(candidate));
        work.add(&cascade)?;
        alone.insert(candidate, own.iter().map(|&node| cascade.wave(node).is_some()).collect());
        cascade.take_back(Cascade::START);
    }
    let mut found = Vec::new();
    for (at, &first) in candidates.iter().enumerate() {
        let by_first = &alone[&first];
        if by_first.iter().all(|&fails| fails) {
            continue;
        }
        cascade.take_down(graph.activities.of(first));
        let mark = cascade.mark();
        for &second in &candidates[at + 1..] {
            let by_second = &alone[&second];
            cascade.take_down(graph.activities.of(second));
            work.add(&cascade)?;
            let by_neither = |node: NodeIx| {
                let place = (node - own[0]) as usize;
                !by_first[place] && !by_second[place]
            };
            found.extend(struck_of(graph, &cascade, company, first, Some(second), by_neither));
            cascade.take_back(mark);
        }
        cascade.take_back(Cascade::START);
    }
    Ok(found)
}

/// Whom the company rests on, by id: nobody else can stop it.
fn upstream(graph: &Graph, view: &View, company: CompanyIx) -> Vec<CompanyIx> {
    let walk = Walk::new(graph, view, company, Direction::Upstream, usize::MAX, None);
    let mut found: Vec<CompanyIx> =
        walk.list(graph, view, &super::Kept::default()).into_iter().map(|reached| reached.company).collect();
    found.sort_unstable();
    found
}

fn struck_of(
    graph: &Graph,
    cascade: &Cascade<'_>,
    company: CompanyIx,
    by: CompanyIx,
    other: Option<CompanyIx>,
    counts: impl Fn(NodeIx) -> bool,
) -> Option<Chokepoint> {
    let fallen = graph.activities.of(company).filter(|&node| counts(node));
    let (fails, waves): (Vec<NodeIx>, Vec<u32>) = fallen.filter_map(|node| Some((node, cascade.wave(node)?))).unzip();
    Some(Chokepoint { company: by, other, wave: waves.into_iter().min()?, fails })
}

/// How many companies each one stops and curtails by being down; one answer for each company of the data set.
///
/// # Errors
/// If it would take too long.
pub fn reach_of_failures(graph: &Graph, view: &View, needs: &AllNeeds) -> Result<Vec<FailureReach>, TooLarge> {
    let mut cascade = needs.cascade(graph);
    let mut work = Work::default();
    let mut all = vec![FailureReach { stopped: 0, curtailed: 0 }; graph.companies.len()];
    for company in view.companies() {
        cascade.take_down(graph.activities.of(company));
        work.add(&cascade)?;
        let (stopped, curtailed) = struck(graph, &cascade);
        all[company as usize] = FailureReach { stopped: stopped.len(), curtailed: curtailed.len() };
        cascade.take_back(Cascade::START);
    }
    Ok(all)
}

/// For each company the number of companies that `company` reaches upstream only through it: those it dominates in the
/// flow graph from `company` along edges that hold. By id; companies that dominate nothing are left out.
pub fn dominated(graph: &Graph, view: &View, company: CompanyIx) -> Vec<(CompanyIx, usize)> {
    let flow = company_flow(graph, view, company);
    let tree = dominators::simple_fast(&flow, company);
    let mut counts: BTreeMap<CompanyIx, usize> = BTreeMap::new();
    for node in flow.nodes() {
        let above = tree.strict_dominators(node).into_iter().flatten();
        above.filter(|&other| other != company).for_each(|other| *counts.entry(other).or_default() += 1);
    }
    counts.into_iter().collect()
}

/// Whom the company reaches upstream, and the edges between them, from company to company as a walk goes.
fn company_flow(graph: &Graph, view: &View, company: CompanyIx) -> petgraph::graphmap::DiGraphMap<CompanyIx, ()> {
    let mut flow = petgraph::graphmap::DiGraphMap::new();
    flow.add_node(company);
    let mut seen = FixedBitSet::with_capacity(graph.activities.len());
    let mut waiting: Vec<NodeIx> = if view.has(company) { graph.activities.of(company).collect() } else { Vec::new() };
    waiting.iter().for_each(|&node| seen.insert(node as usize));
    while let Some(node) = waiting.pop() {
        let (ends, guards) = graph.structure.row(node, petgraph::Direction::Outgoing);
        for (&end, &guard) in ends.iter().zip(guards) {
            let other = graph.activities.company(end);
            if !view.opens(guard) || !view.has(other) {
                continue;
            }
            if other != graph.activities.company(node) {
                flow.add_edge(graph.activities.company(node), other, ());
            }
            if !seen.put(end as usize) {
                waiting.push(end);
            }
        }
    }
    flow
}

/// The layers of activities, in the order of the stack.
pub fn layers_of(graph: &Graph, nodes: &[NodeIx]) -> Vec<LayerIx> {
    nodes.iter().filter_map(|&node| graph.activities.layer(node)).collect()
}
