//! Whom a company rests on, and who rests on it: walks over activities, answered by company.

use std::collections::HashMap;

use fixedbitset::FixedBitSet;
use petgraph::visit::{EdgeRef, IntoEdges, NodeIndexable, Reversed};

use crate::graph::{CompanyIx, DependencyIx, Graph, GuardId, LayerIx, NodeIx, RoleIx, View};
use crate::model::Country;
use crate::theory::{Levels, Question};

/// Which way a walk goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Along the edges, to suppliers.
    Upstream,
    /// Against the edges, to dependents.
    Downstream,
}

impl Direction {
    fn onward(self) -> petgraph::Direction {
        match self {
            Self::Upstream => petgraph::Direction::Outgoing,
            Self::Downstream => petgraph::Direction::Incoming,
        }
    }
}

/// A walk from all activities of a company: how far each activity is.
#[derive(Debug)]
pub struct Walk {
    company: CompanyIx,
    direction: Direction,
    via: Option<Vec<LayerIx>>,
    levels: Levels,
}

/// Which companies of a walk are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Kept {
    /// Those found in this layer, at the fewest hops at which they are found in it.
    pub layer: Option<LayerIx>,
    /// Those that have this role on the day.
    pub role: Option<RoleIx>,
    /// Those of this country.
    pub country: Option<Country>,
}

/// A company found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reached {
    /// The fewest hops to it.
    pub hops: u32,
    /// The company.
    pub company: CompanyIx,
}

/// A company found, and how it was.
#[derive(Debug, PartialEq, Eq)]
pub struct Stop {
    /// The layers in which it is found at its hops.
    pub layers: Vec<LayerIx>,
    /// The dependencies by which it is entered at its hops, from activities one hop nearer.
    pub dependencies: Vec<DependencyIx>,
}

impl Walk {
    /// Walks at most `depth` hops, along edges of the layers `via` only, if any are given.
    pub fn new(
        graph: &Graph,
        view: &View,
        company: CompanyIx,
        direction: Direction,
        depth: usize,
        via: Option<Vec<LayerIx>>,
    ) -> Self {
        let mut closed = view.absent_nodes().clone();
        if let (Some(via), Direction::Upstream) = (&via, direction) {
            closed.grow(graph.activities.len());
            let barred = (0..graph.activities.len() as NodeIx).filter(|&node| !allows(via, graph, node));
            barred.for_each(|node| closed.insert(node as usize));
        }
        let start = if view.has(company) { graph.activities.of(company) } else { 0..0 };
        let supplier_allowed = |node| via.as_deref().is_none_or(|via| allows(via, graph, node));
        let levels = match direction {
            // The nodes entered are the suppliers: those of other layers are closed.
            Direction::Upstream => levels(graph, view, &graph.structure, start, closed, depth, |_| true),
            Direction::Downstream => {
                levels(graph, view, Reversed(&graph.structure), start, closed, depth, supplier_allowed)
            }
        };
        Self { company, direction, via, levels }
    }

    /// How many hops at the fewest from an activity to the company that was asked about.
    pub fn hops(&self, node: NodeIx) -> Option<usize> {
        self.levels.hops(node)
    }

    /// The companies found, by hops, then id.
    pub fn list(&self, graph: &Graph, view: &View, kept: &Kept) -> Vec<Reached> {
        let mut seen = FixedBitSet::with_capacity(graph.companies.len());
        seen.insert(self.company as usize);
        let mut list = Vec::new();
        for (hops, nodes) in self.levels.levels().enumerate().skip(1) {
            let first = list.len();
            for &node in nodes {
                let company = graph.activities.company(node);
                let found = kept.layer.is_none_or(|layer| graph.activities.layer(node) == Some(layer));
                if found && !seen.put(company as usize) && kept.keeps(graph, view, company) {
                    list.push(Reached { hops: hops as u32, company });
                }
            }
            list[first..].sort_unstable();
        }
        list
    }

    /// How companies of the list were found, one answer each.
    pub fn stops(&self, graph: &Graph, view: &View, reached: &[Reached], kept: &Kept) -> Vec<Stop> {
        let mut stops: Vec<Stop> = reached.iter().map(|reached| self.stop(graph, *reached, kept)).collect();
        let mut first = 0;
        for run in reached.chunk_by(|a, b| a.hops == b.hops) {
            for (at, dependency) in self.entries(graph, view, run) {
                stops[first + at].dependencies.push(dependency);
            }
            first += run.len();
        }
        for stop in &mut stops {
            stop.dependencies.sort_unstable();
            stop.dependencies.dedup();
        }
        stops
    }

    fn stop(&self, graph: &Graph, reached: Reached, kept: &Kept) -> Stop {
        let there = graph.activities.of(reached.company).filter(|&node| self.at(node, reached.hops));
        let layers = match kept.layer {
            Some(layer) => vec![layer],
            None => there.filter_map(|node| graph.activities.layer(node)).collect(),
        };
        Stop { layers, dependencies: Vec::new() }
    }

    fn at(&self, node: NodeIx, hops: u32) -> bool {
        self.levels.hops(node) == Some(hops as usize)
    }

    /// The dependencies by which companies, all found at the same hops, are entered at them; each with the place of the
    /// company in the list.
    ///
    /// The edges in question lie between the activities of these companies and the level before. They are read from the
    /// side that has fewer.
    fn entries(&self, graph: &Graph, view: &View, reached: &[Reached]) -> Vec<(usize, DependencyIx)> {
        let Some(hops) = reached.first().map(|reached| reached.hops) else {
            return Vec::new();
        };
        let onward = self.direction.onward();
        let degree = |nodes: &mut dyn Iterator<Item = NodeIx>, direction, most: usize| {
            let mut sum = 0;
            nodes
                .map(|node| graph.structure.degree(node, direction))
                .take_while(|degree| {
                    sum += degree;
                    sum <= most
                })
                .for_each(drop);
            sum
        };
        let mut found = reached.iter().flat_map(|reached| graph.activities.of(reached.company));
        let inward = degree(&mut found, onward.opposite(), usize::MAX);
        let before = self.levels.level(hops as usize - 1);
        let mut entries = Vec::new();
        let mut enter = |at: usize, near: NodeIx, far: NodeIx, guard: GuardId| {
            if view.opens(guard) && self.may_use(graph, near, far) {
                entries.extend(self.between(graph, view, near, far).map(|dependency| (at, dependency)));
            }
        };
        if degree(&mut before.iter().copied(), onward, inward) < inward {
            let places: HashMap<CompanyIx, usize> =
                reached.iter().enumerate().map(|(at, reached)| (reached.company, at)).collect();
            for &near in before {
                let (ends, guards) = graph.structure.row(near, onward);
                for (&far, &guard) in ends.iter().zip(guards) {
                    if let Some(&at) = places.get(&graph.activities.company(far)).filter(|_| self.at(far, hops)) {
                        enter(at, near, far, guard);
                    }
                }
            }
        } else {
            for (at, reached) in reached.iter().enumerate() {
                for far in graph.activities.of(reached.company).filter(|&node| self.at(node, hops)) {
                    let (ends, guards) = graph.structure.row(far, onward.opposite());
                    for (&near, &guard) in ends.iter().zip(guards) {
                        if self.at(near, hops - 1) {
                            enter(at, near, far, guard);
                        }
                    }
                }
            }
        }
        entries
    }

    fn may_use(&self, graph: &Graph, near: NodeIx, far: NodeIx) -> bool {
        let supplier = match self.direction {
            Direction::Upstream => far,
            Direction::Downstream => near,
        };
        self.via.as_deref().is_none_or(|via| allows(via, graph, supplier))
    }

    fn between<'a>(
        &self,
        graph: &'a Graph,
        view: &'a View,
        near: NodeIx,
        far: NodeIx,
    ) -> impl Iterator<Item = DependencyIx> + use<'a> {
        let (dependent, supplier) = match self.direction {
            Direction::Upstream => (near, far),
            Direction::Downstream => (far, near),
        };
        dependencies_of_edge(graph, view, dependent, supplier)
    }

    /// The memory taken, in bytes.
    pub fn bytes(&self) -> usize {
        self.levels.bytes() + size_of::<Self>()
    }
}

impl Kept {
    fn keeps(&self, graph: &Graph, view: &View, company: CompanyIx) -> bool {
        self.country.is_none_or(|country| graph.companies[company as usize].country == Some(country))
            && self.role.is_none_or(|role| {
                graph.held_roles.of(company).iter().any(|held| held.role == role && view.keeps(held.terms))
            })
    }
}

/// The dependencies that an edge between two activities stands for, as far as they hold.
pub(super) fn dependencies_of_edge<'a>(
    graph: &'a Graph,
    view: &'a View,
    dependent: NodeIx,
    supplier: NodeIx,
) -> impl Iterator<Item = DependencyIx> + use<'a> {
    let activities = &graph.activities;
    let layer = activities.layer(supplier);
    graph.dependencies.between(activities.company(dependent), activities.company(supplier)).filter(move |&dependency| {
        let kind = graph.dependencies.kind(dependency);
        Some(graph.kinds[kind as usize].layer) == layer && view.holds(graph, dependency)
    })
}

fn allows(via: &[LayerIx], graph: &Graph, supplier: NodeIx) -> bool {
    graph.activities.layer(supplier).is_some_and(|layer| via.contains(&layer))
}

fn levels<G>(
    graph: &Graph,
    view: &View,
    edges: G,
    start: std::ops::Range<NodeIx>,
    closed: FixedBitSet,
    depth: usize,
    leaves: impl Fn(NodeIx) -> bool,
) -> Levels
where
    G: IntoEdges<NodeId = NodeIx, EdgeWeight = GuardId> + NodeIndexable,
{
    let company = |node| graph.activities.company(node);
    let question = Question {
        passes: |edge: G::EdgeRef| view.opens(*edge.weight()) && leaves(edge.source()),
        loose: |node: NodeIx| graph.makers.contains(node as usize),
        free: |edge: G::EdgeRef| company(edge.source()) == company(edge.target()),
        depth,
    };
    Levels::walk(edges, start, closed, question)
}

/// How many companies a company gets something from, directly.
pub fn suppliers_count(graph: &Graph, view: &View, company: CompanyIx) -> usize {
    let held = graph.dependencies.of(company).filter(|&dependency| view.holds(graph, dependency));
    let mut last = None;
    held.filter(|&dependency| {
        last.replace(graph.dependencies.to(dependency)) != Some(graph.dependencies.to(dependency))
    })
    .count()
}

/// How many companies get something from a company, directly.
pub fn dependents_count(graph: &Graph, view: &View, company: CompanyIx) -> usize {
    if !view.has(company) {
        return 0;
    }
    let mut found: Vec<CompanyIx> = Vec::new();
    for node in graph.activities.of(company) {
        let (ends, guards) = graph.structure.row(node, petgraph::Direction::Incoming);
        let open = ends.iter().zip(guards).filter(|&(_, &guard)| view.opens(guard));
        found.extend(
            open.map(|(&end, _)| graph.activities.company(end)).filter(|&other| other != company && view.has(other)),
        );
    }
    found.sort_unstable();
    found.dedup();
    found.len()
}
