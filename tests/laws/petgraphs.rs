//! petgraph's own algorithms run on the structure as they are, and say what they say of a `petgraph::Graph`.

use std::collections::{BTreeMap, BTreeSet};

use linchpin::graph::NodeIx;
use petgraph::algo::{self, dominators};
use petgraph::graph::DiGraph;
use petgraph::visit::{
    Bfs, Dfs, EdgeFiltered, EdgeRef, IntoEdgeReferences, IntoNeighbors, IntoNodeIdentifiers, NodeFiltered, Reversed,
    Visitable,
};
use proptest::prelude::*;

use crate::drawn::{Asked, asked, drawn};
use crate::{Both, cases};

impl Both {
    /// The graph of a day, node for node, as the definition has it. Nodes of absent companies have no edges.
    fn oracle(&self, asked: &Asked) -> DiGraph<(), ()> {
        let plain = crate::plain::Plain::new(&self.records, asked).graph(None);
        let node = |(company, layer): &crate::plain::Activity| {
            let company = self.graph.company(company).unwrap();
            let layer = layer.as_ref().map(|layer| self.graph.layer(layer).unwrap());
            self.graph.activities.of(company).find(|&node| self.graph.activities.layer(node) == layer).unwrap()
        };
        let edges = plain.edge_references();
        let ends: BTreeSet<_> = edges.map(|edge| (node(&plain[edge.source()]), node(&plain[edge.target()]))).collect();
        let mut graph = DiGraph::new();
        (0..self.graph.activities.len()).for_each(|_| _ = graph.add_node(()));
        ends.into_iter().for_each(|(from, to)| _ = graph.add_edge(from.into(), to.into(), ()));
        graph
    }

    /// What is always kept of a data set without dates: all of it.
    fn undated(mut self) -> Self {
        for company in &mut self.records.companies {
            company.founded = None;
            company.dependencies.0.iter_mut().for_each(|it| (it.since, it.until) = (None, None));
            company.self_supply.0.iter_mut().for_each(|it| (it.since, it.until) = (None, None));
        }
        self
    }
}

fn whenever() -> Asked {
    Asked { day: "9999".parse().unwrap(), source: None, status: None }
}

/// Everything that a breadth-first and a depth-first search reach from each node.
fn reached<G>(
    graph: G,
    nodes: usize,
    id: impl Fn(usize) -> G::NodeId,
    back: impl Fn(G::NodeId) -> usize,
) -> Vec<[BTreeSet<usize>; 2]>
where
    G: IntoNeighbors + Visitable + Copy,
{
    let all = |start| {
        let (mut breadth, mut depth) = (Bfs::new(graph, id(start)), Dfs::new(graph, id(start)));
        let (breadth, depth) = (
            std::iter::from_fn(|| breadth.next(graph)).map(&back).collect(),
            std::iter::from_fn(|| depth.next(graph)).map(&back).collect(),
        );
        [breadth, depth]
    };
    (0..nodes).map(all).collect()
}

fn components<N: Copy>(found: Vec<Vec<N>>, back: impl Fn(N) -> usize) -> BTreeSet<BTreeSet<usize>> {
    found.into_iter().map(|component| component.into_iter().map(&back).collect()).collect()
}

fn pairs<G: IntoEdgeReferences>(graph: G, back: impl Fn(G::NodeId) -> usize) -> Vec<(usize, usize)> {
    let mut pairs: Vec<_> = graph.edge_references().map(|edge| (back(edge.source()), back(edge.target()))).collect();
    pairs.sort_unstable();
    pairs
}

fn ours(node: usize) -> NodeIx {
    node as NodeIx
}
fn back(node: NodeIx) -> usize {
    node as usize
}
fn theirs(node: usize) -> petgraph::graph::NodeIndex {
    petgraph::graph::NodeIndex::new(node)
}
fn home(node: petgraph::graph::NodeIndex) -> usize {
    node.index()
}

fn nodes<G: IntoNodeIdentifiers>(graph: G) -> usize {
    graph.node_identifiers().count()
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn algorithms_on_the_structure_agree_with_petgraph(drawn in drawn(), asked in asked()) {
        let both = Both::of(&drawn, &asked).undated();
        let oracle = both.oracle(&whenever());
        let structure = &both.graph.structure;
        let all = nodes(structure);
        prop_assert_eq!(all, oracle.node_count());
        prop_assert_eq!(pairs(structure, back), pairs(&oracle, home));
        prop_assert_eq!(pairs(Reversed(structure), back), pairs(Reversed(&oracle), home));
        prop_assert_eq!(reached(structure, all, ours, back), reached(&oracle, all, theirs, home));
        prop_assert_eq!(
            reached(Reversed(structure), all, ours, back),
            reached(Reversed(&oracle), all, theirs, home)
        );
        let strong = components(algo::kosaraju_scc(&oracle), home);
        prop_assert_eq!(&components(algo::kosaraju_scc(structure), back), &strong);
        prop_assert_eq!(&components(algo::tarjan_scc(structure), back), &strong);
        prop_assert_eq!(&components(algo::kosaraju_scc(Reversed(structure)), back), &strong);
        prop_assert_eq!(algo::connected_components(structure), algo::connected_components(&oracle));
        prop_assert_eq!(algo::is_cyclic_directed(structure), algo::is_cyclic_directed(&oracle));
        match algo::toposort(structure, None) {
            Ok(order) => {
                let place: BTreeMap<_, _> = order.iter().enumerate().map(|(at, node)| (back(*node), at)).collect();
                prop_assert_eq!(place.len(), all);
                prop_assert!(pairs(&oracle, home).iter().all(|(from, to)| place[from] < place[to]));
            }
            Err(_) => prop_assert!(algo::toposort(&oracle, None).is_err()),
        }
        for node in 0..all {
            let far: BTreeMap<_, _> = algo::dijkstra(structure, ours(node), None, |_| 1_u32).into_iter().collect();
            let expected = algo::dijkstra(&oracle, theirs(node), None, |_| 1_u32);
            prop_assert_eq!(far, expected.into_iter().map(|(node, far)| (home(node) as NodeIx, far)).collect());
            let (one, other) = (
                dominators::simple_fast(structure, ours(node)),
                dominators::simple_fast(&oracle, theirs(node)),
            );
            for below in 0..all {
                let found = one.immediate_dominator(ours(below)).map(back);
                prop_assert_eq!(found, other.immediate_dominator(theirs(below)).map(home));
            }
        }
    }

    #[test]
    fn algorithms_on_the_graph_of_a_day_agree_with_petgraph(drawn in drawn(), asked in asked()) {
        let both = Both::of(&drawn, &asked);
        let oracle = both.oracle(&asked);
        let open = EdgeFiltered(&both.graph.structure, &both.view);
        let is_there = |node: NodeIx| both.view.has(both.graph.activities.company(node));
        let day = NodeFiltered::from_fn(&open, is_there);
        let there: Vec<_> = (0..oracle.node_count()).filter(|&node| is_there(ours(node))).collect();
        prop_assert_eq!(nodes(&day), there.len());
        prop_assert_eq!(pairs(&day, back), pairs(&oracle, home));
        let mut strong = components(algo::kosaraju_scc(&oracle), home);
        strong.retain(|component| component.iter().all(|node| there.contains(node)));
        prop_assert_eq!(components(algo::kosaraju_scc(&day), back), strong);
        let only = |all: Vec<[BTreeSet<usize>; 2]>| -> Vec<_> { there.iter().map(|&node| all[node].clone()).collect() };
        let found: Vec<_> = there.iter().map(|&node| {
            let mut walk = Bfs::new(&day, ours(node));
            std::iter::from_fn(|| walk.next(&day)).map(back).collect::<BTreeSet<_>>()
        }).collect();
        let expected = only(reached(&oracle, oracle.node_count(), theirs, home));
        prop_assert_eq!(found, expected.into_iter().map(|[breadth, _]| breadth).collect::<Vec<_>>());
        for &node in &there {
            let far: BTreeMap<_, _> = algo::dijkstra(&day, ours(node), None, |_| 1_u32).into_iter().collect();
            let expected = algo::dijkstra(&oracle, theirs(node), None, |_| 1_u32);
            prop_assert_eq!(far, expected.into_iter().map(|(node, far)| (home(node) as NodeIx, far)).collect());
        }
    }
}
