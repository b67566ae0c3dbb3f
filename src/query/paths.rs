//! Why one company rests on another: simple paths through activities, shortest first.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::Direction::Outgoing;

use super::walk::{Direction, Walk, dependencies_of_edge};
use crate::graph::{CompanyIx, DependencyIx, Graph, LayerIx, NodeIx, View};
use crate::theory::{Sequences, Steps};

/// Between whom paths are sought, and how many.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PathsQuestion {
    /// The company that depends.
    pub from: CompanyIx,
    /// The company it rests on.
    pub to: CompanyIx,
    /// Only edges of these layers, if any are given.
    pub via: Option<Vec<LayerIx>>,
    /// The most paths that are listed.
    pub limit: usize,
    /// The most hops of a path. Without it, 8, or as many as the nearest way has if that is more.
    pub max_hops: Option<usize>,
}

impl PathsQuestion {
    /// The most hops looked at where none is asked for, as long as that finds any.
    pub const USUAL_HOPS: usize = 8;
    /// How many edges are looked at before the search is given up.
    pub const BUDGET: usize = 2_000_000;
}

/// One way in which a company rests on another.
#[derive(Debug, PartialEq, Eq)]
pub struct Path {
    /// The companies passed, both ends included.
    pub companies: Vec<CompanyIx>,
    /// For each hop, the dependencies that make it.
    pub dependencies: Vec<Vec<DependencyIx>>,
}

/// The answer.
#[derive(Debug, PartialEq, Eq)]
pub struct Paths {
    /// By hops, then by the ids of the companies passed.
    pub paths: Vec<Path>,
    /// Whether there may be more within the most hops than are listed.
    pub truncated: bool,
    /// The most hops looked at.
    pub max_hops: usize,
}

/// All simple paths between two companies, as far as the question's bounds go.
pub fn paths(graph: &Graph, view: &View, question: &PathsQuestion) -> Paths {
    let depth = question.max_hops.unwrap_or(usize::MAX);
    let to_goal = Walk::new(graph, view, question.to, Direction::Downstream, depth, question.via.clone());
    let start: Vec<NodeIx> = graph.activities.of(question.from).collect();
    let shortest = start.iter().filter_map(|&node| to_goal.hops(node)).min().filter(|&hops| hops > 0);
    let longest = question.max_hops.unwrap_or(PathsQuestion::USUAL_HOPS.max(shortest.unwrap_or(0)));
    let Some(shortest) = shortest else {
        return Paths { paths: Vec::new(), truncated: false, max_hops: longest };
    };
    let ways = Ways { graph, view, to_goal: &to_goal, via: question.via.as_deref() };
    let search = Sequences { limit: question.limit, shortest, longest, budget: PathsQuestion::BUDGET };
    let found = search.find(&ways, question.from, start, question.to);
    let paths = found.sequences.into_iter().map(|companies| ways.path(companies)).collect();
    Paths { paths, truncated: found.truncated, max_hops: longest }
}

struct Ways<'a> {
    graph: &'a Graph,
    view: &'a View,
    to_goal: &'a Walk,
    via: Option<&'a [LayerIx]>,
}

impl Steps for Ways<'_> {
    /// The activities of the company at which a path can stand.
    type State = Vec<NodeIx>;

    fn next(&self, state: &Vec<NodeIx>, left: usize, work: &mut usize) -> Vec<(CompanyIx, Vec<NodeIx>)> {
        let mut entered: BTreeMap<CompanyIx, BTreeSet<NodeIx>> = BTreeMap::new();
        for &node in state {
            *work += self.graph.structure.degree(node, Outgoing);
            let own = self.graph.activities.company(node);
            for end in self.onward(node) {
                let company = self.graph.activities.company(end);
                if company != own && self.to_goal.hops(end).is_some_and(|hops| hops <= left) {
                    entered.entry(company).or_default().insert(end);
                }
            }
        }
        entered.into_iter().map(|(company, nodes)| (company, self.within(nodes))).collect()
    }
}

impl Ways<'_> {
    /// The activities to which edges that hold lead.
    fn onward(&self, node: NodeIx) -> impl Iterator<Item = NodeIx> {
        let (ends, guards) = self.graph.structure.row(node, Outgoing);
        let activities = &self.graph.activities;
        ends.iter().zip(guards).filter(|&(_, &guard)| self.view.opens(guard)).map(|(&end, _)| end).filter(move |&end| {
            self.view.has(activities.company(end))
                && self.via.is_none_or(|via| activities.layer(end).is_some_and(|layer| via.contains(&layer)))
        })
    }

    /// Activities of one company, with those that self-supply leads to.
    fn within(&self, mut nodes: BTreeSet<NodeIx>) -> Vec<NodeIx> {
        let mut open: Vec<NodeIx> = nodes.iter().copied().collect();
        while let Some(node) = open.pop() {
            if self.graph.makers.contains(node as usize) {
                let own = self.graph.activities.company(node);
                let inner = self.onward(node).filter(|&end| self.graph.activities.company(end) == own);
                open.extend(inner.filter(|&end| nodes.insert(end)).collect::<Vec<_>>());
            }
        }
        nodes.into_iter().collect()
    }

    /// The dependencies of each hop: those by which the path can be gone to its end.
    fn path(&self, companies: Vec<CompanyIx>) -> Path {
        let graph = self.graph;
        let mut states = vec![graph.activities.of(companies[0]).collect::<Vec<_>>()];
        let mut hops: Vec<Vec<(NodeIx, NodeIx)>> = Vec::new();
        for (at, &company) in companies.iter().enumerate().skip(1) {
            let edges: Vec<_> = states[at - 1]
                .iter()
                .flat_map(|&node| {
                    self.onward(node)
                        .filter(|&end| graph.activities.company(end) == company)
                        .map(move |end| (node, end))
                })
                .collect();
            states.push(self.within(edges.iter().map(|&(_, end)| end).collect()));
            hops.push(edges);
        }
        let mut useful: BTreeSet<NodeIx> = states.pop().unwrap_or_default().into_iter().collect();
        for edges in hops.iter_mut().rev() {
            edges.retain(|(_, end)| self.within([*end].into()).iter().any(|node| useful.contains(node)));
            useful = edges.iter().map(|&(node, _)| node).collect();
        }
        let dependencies = hops.into_iter().map(|edges| {
            let all = edges.into_iter().flat_map(|(node, end)| dependencies_of_edge(graph, self.view, node, end));
            all.collect::<BTreeSet<_>>().into_iter().collect()
        });
        Path { dependencies: dependencies.collect(), companies }
    }
}
