//! What fails if something is down: failures spread along needs, wave by wave, to the least fixpoint.

use super::needs::{AllNeeds, NeedIx};
use super::split::supply_split;
use crate::graph::{CompanyIx, Graph, KindIx, LayerIx, NodeIx, View};
use crate::theory::{Cascade, distinct};

/// What fails and what is weakened while activities are down.
#[derive(Debug)]
pub struct Impact<'a> {
    /// The activities that are down, in order.
    pub down: Vec<NodeIx>,
    /// The activities that fail, by wave, then in order.
    pub failed: Vec<Failure>,
    /// Needs that have lost some of their suppliers, but not all, of companies that are not stopped; in order.
    pub degraded: Vec<Degraded>,
    /// Companies all of whose activities are down or failed, without those wholly down; by id.
    pub stopped: Vec<CompanyIx>,
    /// Companies of which some activities have failed, but which are not stopped; by id.
    pub curtailed: Vec<CompanyIx>,
    needs: &'a AllNeeds,
    cascade: Cascade<'a>,
}

/// An activity that fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// In which round it fails; what is down has 0.
    pub wave: u32,
    /// The activity.
    pub node: NodeIx,
}

/// Why an activity fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The needs that it loses in the wave in which it fails.
    pub lost: Vec<NeedIx>,
    /// The activity whose fall in the wave before took the last supplier of the first of these needs: followed from
    /// failure to failure, it leads back to what was down.
    pub cause: NodeIx,
}

impl Impact<'_> {
    /// Why one of the failed activities fails.
    pub fn reason(&self, graph: &Graph, failure: Failure) -> Reason {
        let before = failure.wave - 1;
        let needs = self.needs.of_activity(graph, failure.node);
        let lost: Vec<NeedIx> = needs.filter(|&need| self.cascade.lost_after(need) == Some(before)).collect();
        let mut suppliers = lost.first().map_or(&[][..], |&need| self.needs.suppliers(need)).iter();
        let last = suppliers.find(|&&supplier| self.cascade.wave(supplier) == Some(before));
        Reason { lost, cause: last.copied().unwrap_or(failure.node) }
    }
}

/// A need that has lost some of its suppliers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Degraded {
    /// The company that has it.
    pub company: CompanyIx,
    /// What is needed.
    pub kind: KindIx,
    /// The part of the supply that is lost, 0–1.
    pub lost_share: f64,
}

/// How the activities of a layer stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LayerToll {
    /// How many there are, of companies in the graph of the day.
    pub activities: usize,
    /// How many are down.
    pub down: usize,
    /// How many fail.
    pub failed: usize,
    /// How many stand though they use a layer for which no supplier is on record: nobody knows what would stop them.
    pub unknown: usize,
}

/// What happens while these activities are down.
pub fn impact<'a>(graph: &Graph, view: &View, needs: &'a AllNeeds, mut down: Vec<NodeIx>) -> Impact<'a> {
    down.sort_unstable();
    down.dedup();
    let mut cascade = needs.cascade(graph);
    cascade.take_down(down.iter().copied());
    let failed = cascade.waves().flat_map(|(wave, nodes)| nodes.into_iter().map(move |node| Failure { wave, node }));
    let failed = failed.collect();
    let (stopped, curtailed) = struck(graph, &cascade);
    let degraded = degraded(graph, view, needs, &cascade);
    Impact { down, failed, degraded, stopped, curtailed, needs, cascade }
}

/// The companies of which something failed: those that are stopped, and those that are not.
pub(super) fn struck(graph: &Graph, cascade: &Cascade<'_>) -> (Vec<CompanyIx>, Vec<CompanyIx>) {
    let failed = cascade.fallen().iter().filter(|&&node| cascade.wave(node) != Some(0));
    let companies = failed.map(|&node| graph.activities.company(node)).collect();
    distinct(companies, graph.companies.len()).into_iter().partition(|&company| is_stopped(graph, cascade, company))
}

fn is_stopped(graph: &Graph, cascade: &Cascade<'_>, company: CompanyIx) -> bool {
    graph.activities.of(company).all(|node| cascade.wave(node).is_some())
}

fn degraded(graph: &Graph, view: &View, needs: &AllNeeds, cascade: &Cascade<'_>) -> Vec<Degraded> {
    let weakened = cascade.weakened().into_iter();
    weakened
        .map(|need| (needs.company(need), need))
        .filter(|&(company, _)| !is_stopped(graph, cascade, company))
        .map(|(company, need)| {
            let kind = needs.kind(need);
            let layer = graph.kinds[kind as usize].layer;
            let fallen =
                |company| graph.activities.find(company, layer).is_some_and(|node| cascade.wave(node).is_some());
            let itself = needs.suppliers(need).iter().any(|&node| graph.activities.company(node) == company);
            let parts = supply_split(graph, view, company, |other| other == kind, itself);
            let lost = parts.iter().filter(|part| fallen(part.supplier)).map(|part| part.share).sum();
            Degraded { company, kind, lost_share: lost }
        })
        .collect()
}

/// How each layer stands, in the order of the stack.
pub fn toll(graph: &Graph, needs: &AllNeeds, impact: &Impact<'_>) -> Vec<LayerToll> {
    let mut layers: Vec<LayerToll> =
        needs.activities().iter().map(|&activities| LayerToll { activities, ..LayerToll::default() }).collect();
    let mut count = |node: NodeIx, row: fn(&mut LayerToll) -> &mut usize| {
        if let Some(layer) = graph.activities.layer(node) {
            *row(&mut layers[layer as usize]) += 1;
        }
    };
    needs.blind().ones().for_each(|node| count(node as NodeIx, |layer| &mut layer.unknown));
    impact.down.iter().for_each(|&node| count(node, |layer| &mut layer.down));
    impact.failed.iter().for_each(|failure| count(failure.node, |layer| &mut layer.failed));
    let fallen = impact.down.iter().chain(impact.failed.iter().map(|failure| &failure.node));
    for &node in fallen.filter(|&&node| needs.blind().contains(node as usize)) {
        if let Some(layer) = graph.activities.layer(node) {
            layers[layer as usize].unknown -= 1;
        }
    }
    layers
}

/// The activities of a layer, of companies in the graph of the day.
pub fn acting_in(graph: &Graph, view: &View, layer: LayerIx) -> Vec<NodeIx> {
    view.companies().filter_map(|company| graph.activities.find(company, layer)).collect()
}
