//! Who reaches whom, for many starts at once: one bit a start, 64 of them in one pass over the edges.
//!
//! Then et al., "The more the merrier: efficient multi-source graph traversal", *PVLDB* 8, 2014.

use fixedbitset::FixedBitSet;
use petgraph::visit::{EdgeRef, IntoEdges, NodeIndexable};

/// How many starts one pass takes.
pub const LANES: usize = u64::BITS as usize;

/// For every node the set of starts from which it is reached, a bit each; a start reaches itself. Each start is a set of
/// nodes. Nodes in `closed` are not entered.
pub fn reach<G: IntoEdges + NodeIndexable>(
    graph: G,
    starts: &[Vec<G::NodeId>],
    closed: &FixedBitSet,
    passes: impl Fn(G::EdgeRef) -> bool,
) -> Vec<u64> {
    let mut seen = vec![0_u64; graph.node_bound()];
    let mut fresh = vec![0_u64; graph.node_bound()];
    let mut waiting: Vec<usize> = Vec::new();
    let mut enter = |node: usize, lanes: u64, fresh: &mut Vec<u64>, waiting: &mut Vec<usize>| {
        let new = lanes & !seen[node];
        if new != 0 {
            seen[node] |= new;
            if fresh[node] == 0 {
                waiting.push(node);
            }
            fresh[node] |= new;
        }
    };
    for (lane, nodes) in starts.iter().enumerate().take(LANES) {
        nodes.iter().for_each(|&node| enter(graph.to_index(node), 1 << lane, &mut fresh, &mut waiting));
    }
    let mut next = 0;
    while next < waiting.len() {
        let node = waiting[next];
        next += 1;
        let lanes = std::mem::take(&mut fresh[node]);
        for edge in graph.edges(graph.from_index(node)) {
            let target = graph.to_index(edge.target());
            if !closed.contains(target) && passes(edge) {
                enter(target, lanes, &mut fresh, &mut waiting);
            }
        }
    }
    seen
}
