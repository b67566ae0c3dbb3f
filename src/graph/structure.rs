//! The edges between activities: a petgraph graph that answers in both directions.
//!
//! An edge points from dependent to supplier. All dependencies between the same two activities are one edge, whose
//! weight says which terms let it pass; which dependencies they are, the table of dependencies tells. Kept are two
//! [`Csr`]s, the edges as they are and reversed: a walk against the edges reads memory in order, too.

use fixedbitset::FixedBitSet;
use petgraph::Direction;
use petgraph::csr::Csr;
use petgraph::visit::{
    Data, EdgeCount, EdgeRef, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges, IntoEdgesDirected, IntoNeighbors,
    IntoNeighborsDirected, IntoNodeIdentifiers, IntoNodeReferences, NodeCompactIndexable, NodeCount, NodeIndexable,
    Visitable,
};

use super::{GuardId, NodeIx};

/// The edges between activities, both ways.
#[derive(Debug)]
pub struct Structure {
    forward: Csr<(), GuardId>,
    reverse: Csr<(), GuardId>,
}

/// An edge: `source` depends on `target`, as long as the guard lets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// Who depends.
    pub source: NodeIx,
    /// The supplier.
    pub target: NodeIx,
    /// What lets the edge pass.
    pub guard: GuardId,
}

impl Structure {
    /// The graph of `nodes` activities with these edges, which come strictly increasing by source, then target.
    ///
    /// # Errors
    /// If they do not.
    pub fn from_sorted(
        nodes: usize,
        edges: Vec<(NodeIx, NodeIx, GuardId)>,
    ) -> Result<Self, petgraph::csr::EdgesNotSorted> {
        let forward = compressed(nodes, &edges)?;
        let reverse = compressed(nodes, &reversed(nodes, &edges))?;
        Ok(Self { forward, reverse })
    }

    /// The edges at a node, as two slices of one length: the nodes at the other ends, and the guards.
    pub fn row(&self, node: NodeIx, direction: Direction) -> (&[NodeIx], &[GuardId]) {
        let rows = self.rows(direction);
        (rows.neighbors_slice(node), rows.edges_slice(node))
    }

    /// How many edges there are at a node.
    pub fn degree(&self, node: NodeIx, direction: Direction) -> usize {
        self.rows(direction).out_degree(node)
    }

    /// The memory taken, in bytes.
    pub fn bytes(&self) -> usize {
        let nodes = (self.forward.node_count() + 1) * size_of::<usize>();
        let edges = self.forward.edge_count() * (size_of::<NodeIx>() + size_of::<GuardId>());
        2 * (nodes + edges)
    }

    fn rows(&self, direction: Direction) -> &Csr<(), GuardId> {
        match direction {
            Direction::Outgoing => &self.forward,
            Direction::Incoming => &self.reverse,
        }
    }
}

fn compressed(
    nodes: usize,
    edges: &[(NodeIx, NodeIx, GuardId)],
) -> Result<Csr<(), GuardId>, petgraph::csr::EdgesNotSorted> {
    let mut csr = Csr::from_sorted_edges(edges)?;
    while csr.node_count() < nodes {
        csr.add_node(());
    }
    // Csr grows by doubling and cannot be shrunk; a clone has just the memory it needs.
    Ok(csr.clone())
}

/// The edges turned round, sorted again by counting.
fn reversed(nodes: usize, edges: &[(NodeIx, NodeIx, GuardId)]) -> Vec<(NodeIx, NodeIx, GuardId)> {
    let mut next = vec![0_u32; nodes + 1];
    for &(_, target, _) in edges {
        next[target as usize + 1] += 1;
    }
    for node in 0..nodes {
        next[node + 1] += next[node];
    }
    let mut turned = vec![(0, 0, 0); edges.len()];
    for &(source, target, guard) in edges {
        let place = &mut next[target as usize];
        turned[*place as usize] = (target, source, guard);
        *place += 1;
    }
    turned
}

impl EdgeRef for Edge {
    type NodeId = NodeIx;
    type EdgeId = (NodeIx, NodeIx);
    type Weight = GuardId;

    fn source(&self) -> NodeIx {
        self.source
    }
    fn target(&self) -> NodeIx {
        self.target
    }
    fn weight(&self) -> &GuardId {
        &self.guard
    }
    fn id(&self) -> (NodeIx, NodeIx) {
        (self.source, self.target)
    }
}

impl GraphBase for Structure {
    type NodeId = NodeIx;
    type EdgeId = (NodeIx, NodeIx);
}

impl Data for Structure {
    type NodeWeight = ();
    type EdgeWeight = GuardId;
}

impl GraphProp for Structure {
    type EdgeType = petgraph::Directed;
}

impl NodeCount for Structure {
    fn node_count(&self) -> usize {
        self.forward.node_count()
    }
}

impl EdgeCount for Structure {
    fn edge_count(&self) -> usize {
        self.forward.edge_count()
    }
}

impl NodeIndexable for Structure {
    fn node_bound(&self) -> usize {
        self.forward.node_count()
    }
    fn to_index(&self, node: NodeIx) -> usize {
        node as usize
    }
    fn from_index(&self, index: usize) -> NodeIx {
        index as NodeIx
    }
}

impl NodeCompactIndexable for Structure {}

impl Visitable for Structure {
    type Map = FixedBitSet;

    fn visit_map(&self) -> FixedBitSet {
        self.forward.visit_map()
    }
    fn reset_map(&self, map: &mut FixedBitSet) {
        self.forward.reset_map(map);
    }
}

type Neighbors<'a> = std::iter::Copied<std::slice::Iter<'a, NodeIx>>;

impl<'a> IntoNeighbors for &'a Structure {
    type Neighbors = Neighbors<'a>;

    fn neighbors(self, node: NodeIx) -> Neighbors<'a> {
        self.neighbors_directed(node, Direction::Outgoing)
    }
}

impl<'a> IntoNeighborsDirected for &'a Structure {
    type NeighborsDirected = Neighbors<'a>;

    fn neighbors_directed(self, node: NodeIx, direction: Direction) -> Neighbors<'a> {
        self.rows(direction).neighbors_slice(node).iter().copied()
    }
}

/// The edges at one node.
#[derive(Debug, Clone)]
pub struct Edges<'a> {
    node: NodeIx,
    direction: Direction,
    ends: std::iter::Zip<Neighbors<'a>, Neighbors<'a>>,
}

impl Iterator for Edges<'_> {
    type Item = Edge;

    #[inline]
    fn next(&mut self) -> Option<Edge> {
        let (other, guard) = self.ends.next()?;
        Some(match self.direction {
            Direction::Outgoing => Edge { source: self.node, target: other, guard },
            Direction::Incoming => Edge { source: other, target: self.node, guard },
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.ends.size_hint()
    }
}

impl<'a> IntoEdges for &'a Structure {
    type Edges = Edges<'a>;

    fn edges(self, node: NodeIx) -> Edges<'a> {
        self.edges_directed(node, Direction::Outgoing)
    }
}

impl<'a> IntoEdgesDirected for &'a Structure {
    type EdgesDirected = Edges<'a>;

    #[inline]
    fn edges_directed(self, node: NodeIx, direction: Direction) -> Edges<'a> {
        let (ends, guards) = self.row(node, direction);
        Edges { node, direction, ends: ends.iter().copied().zip(guards.iter().copied()) }
    }
}

/// All edges, node by node.
#[derive(Debug, Clone)]
pub struct EdgeReferences<'a> {
    structure: &'a Structure,
    nodes: std::ops::Range<NodeIx>,
    edges: Edges<'a>,
}

impl Iterator for EdgeReferences<'_> {
    type Item = Edge;

    fn next(&mut self) -> Option<Edge> {
        loop {
            if let Some(edge) = self.edges.next() {
                return Some(edge);
            }
            self.edges = self.structure.edges(self.nodes.next()?);
        }
    }
}

impl<'a> IntoEdgeReferences for &'a Structure {
    type EdgeRef = Edge;
    type EdgeReferences = EdgeReferences<'a>;

    fn edge_references(self) -> EdgeReferences<'a> {
        let none = Edges { node: 0, direction: Direction::Outgoing, ends: [].iter().copied().zip([].iter().copied()) };
        EdgeReferences { structure: self, nodes: 0..self.node_count() as NodeIx, edges: none }
    }
}

impl IntoNodeIdentifiers for &Structure {
    type NodeIdentifiers = std::ops::Range<NodeIx>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        0..self.node_count() as NodeIx
    }
}

impl<'a> IntoNodeReferences for &'a Structure {
    type NodeRef = (NodeIx, &'a ());
    type NodeReferences = petgraph::csr::NodeReferences<'a, (), NodeIx>;

    fn node_references(self) -> Self::NodeReferences {
        (&self.forward).node_references()
    }
}
