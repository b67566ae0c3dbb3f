//! Nodes by their fewest hops from a set of starts, where some edges are no hop.
//!
//! This is breadth-first search with edge weights 0 and 1 (0-1 BFS; Dial, "Algorithm 360", CACM 1969), level by level:
//! each level is first closed under the edges that are no hop, then left by those that are.

use fixedbitset::FixedBitSet;
use petgraph::visit::{EdgeRef, IntoEdges, NodeIndexable};

/// What a walk may do. `passes` and `free` are asked about edges as the graph gives them, only where they lead to a node
/// that has not been seen yet.
#[derive(Debug)]
pub struct Question<Passes, Loose, Free> {
    /// Whether an edge may be used.
    pub passes: Passes,
    /// Whether a node has edges that are no hop.
    pub loose: Loose,
    /// Whether an edge is no hop.
    pub free: Free,
    /// How many hops at the most.
    pub depth: usize,
}

/// The nodes found, level by level.
#[derive(Debug, Clone)]
pub struct Levels {
    order: Vec<u32>,
    starts: Vec<usize>,
    hops: Vec<u32>,
}

/// A node that was not found.
const UNSEEN: u32 = u32::MAX;

impl Levels {
    /// Walks `graph` along its edges. Nodes in `closed` are never entered; a start among them still is one.
    pub fn walk<G, P, L, F>(
        graph: G,
        starts: impl IntoIterator<Item = G::NodeId>,
        mut closed: FixedBitSet,
        question: Question<P, L, F>,
    ) -> Self
    where
        G: IntoEdges + NodeIndexable,
        P: Fn(G::EdgeRef) -> bool,
        L: Fn(G::NodeId) -> bool,
        F: Fn(G::EdgeRef) -> bool,
    {
        let Question { passes, loose, free, depth } = question;
        closed.grow(graph.node_bound());
        let mut order: Vec<u32> = Vec::new();
        for start in starts {
            closed.insert(graph.to_index(start));
            order.push(graph.to_index(start) as u32);
        }
        let mut level_starts = vec![0];
        let mut level = 0;
        loop {
            let mut next = level;
            while next < order.len() {
                let node = graph.from_index(order[next] as usize);
                next += 1;
                if loose(node) {
                    for edge in graph.edges(node) {
                        let target = graph.to_index(edge.target());
                        if !closed.contains(target) && free(edge) && passes(edge) {
                            closed.insert(target);
                            order.push(target as u32);
                        }
                    }
                }
            }
            let end = order.len();
            level_starts.push(end);
            if level_starts.len() - 2 == depth || level == end {
                break;
            }
            for at in level..end {
                for edge in graph.edges(graph.from_index(order[at] as usize)) {
                    let target = graph.to_index(edge.target());
                    if !closed.contains(target) && passes(edge) {
                        closed.insert(target);
                        order.push(target as u32);
                    }
                }
            }
            level = end;
        }
        let mut hops = vec![UNSEEN; graph.node_bound()];
        for (level, nodes) in level_starts.windows(2).enumerate() {
            order[nodes[0]..nodes[1]].iter().for_each(|&node| hops[node as usize] = level as u32);
        }
        Self { order, starts: level_starts, hops }
    }

    /// The nodes at each number of hops, from 0 on.
    pub fn levels(&self) -> impl Iterator<Item = &[u32]> {
        self.starts.windows(2).map(|ends| &self.order[ends[0]..ends[1]])
    }

    /// The nodes at this number of hops.
    pub fn level(&self, hops: usize) -> &[u32] {
        match self.starts.get(hops..=hops + 1) {
            Some([low, high]) => &self.order[*low..*high],
            _ => &[],
        }
    }

    /// The fewest hops to a node, if it was found.
    #[inline]
    pub fn hops(&self, node: u32) -> Option<usize> {
        let hops = self.hops[node as usize];
        (hops != UNSEEN).then_some(hops as usize)
    }

    /// The memory taken, in bytes.
    pub fn bytes(&self) -> usize {
        self.order.capacity() * 4 + self.hops.len() * 4 + self.starts.len() * 8
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use petgraph::graph::{DiGraph, NodeIndex};
    use proptest::prelude::*;
    use std::collections::VecDeque;

    /// The textbook: a queue to whose front the free edges lead.
    fn by_deque(graph: &DiGraph<(), bool>, starts: &[NodeIndex], depth: usize) -> Vec<Option<usize>> {
        let mut hops: Vec<Option<usize>> = vec![None; graph.node_count()];
        let mut queue: VecDeque<_> = starts.iter().map(|&start| (start, 0)).collect();
        while let Some((node, far)) = queue.pop_front() {
            if hops[node.index()].is_some_and(|before| before <= far) {
                continue;
            }
            hops[node.index()] = Some(far);
            for edge in graph.edges(node) {
                match edge.weight() {
                    true => queue.push_front((edge.target(), far)),
                    false if far < depth => queue.push_back((edge.target(), far + 1)),
                    false => {}
                }
            }
        }
        hops
    }

    proptest! {
        #[test]
        fn hops_are_those_of_the_textbook(
            edges in prop::collection::vec((0_u32..12, 0_u32..12, prop::bool::weighted(0.2)), 0..50),
            starts in prop::collection::btree_set(0_usize..12, 1..3),
            depth in 0_usize..6,
        ) {
            let mut graph = DiGraph::new();
            (0..12).for_each(|_| _ = graph.add_node(()));
            edges.iter().for_each(|&(a, b, free)| _ = graph.add_edge(a.into(), b.into(), free));
            let starts: Vec<_> = starts.into_iter().map(NodeIndex::new).collect();
            let question = Question { passes: |_| true, loose: |_| true, free: |e: petgraph::graph::EdgeReference<'_, bool>| *e.weight(), depth };
            let levels = Levels::walk(&graph, starts.iter().copied(), FixedBitSet::new(), question);
            let got: Vec<_> = (0..12).map(|node| levels.hops(node)).collect();
            prop_assert_eq!(got, by_deque(&graph, &starts, depth));
        }
    }
}
