//! How well an answer is supported: what rests on one voice, and where the data have a hole.

use crate::graph::{CompanyIx, DependencyIx, Graph, View};

use super::gaps;

/// How well the graph of a day is supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// How many dependencies count.
    pub dependencies: usize,
    /// How many of them rest on one voice.
    pub weak: usize,
    /// How many companies use a layer for which no supplier is on record.
    pub companies_with_gaps: usize,
}

impl Evidence {
    /// Of the graph of a day.
    pub fn of(graph: &Graph, view: &View) -> Self {
        let held = (0..graph.dependencies.len() as DependencyIx).filter(|&dependency| view.holds(graph, dependency));
        let (mut dependencies, mut weak) = (0, 0);
        for dependency in held {
            dependencies += 1;
            weak += usize::from(graph.terms.is_weak(graph.dependencies.terms(dependency)));
        }
        let holes = (0..graph.companies.len() as CompanyIx).filter(|&company| !gaps(graph, view, company).is_empty());
        Self { dependencies, weak, companies_with_gaps: holes.count() }
    }
}
