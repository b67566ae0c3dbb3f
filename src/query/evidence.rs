//! How well an answer is supported: what rests on one voice, and where the data have a hole.

use crate::graph::{CompanyIx, DependencyIx, Graph, TermsId, View};
use crate::model::Status;

use super::gaps;

/// How many publishers say so; sources that name none count one each.
pub fn publishers(graph: &Graph, terms: TermsId) -> usize {
    let sources = graph.terms.sources(terms).iter().map(|&source| &graph.sources[source as usize]);
    let mut names: Vec<&str> =
        sources.map(|source| source.publisher.as_deref().unwrap_or(source.id.as_str())).collect();
    names.sort_unstable();
    names.dedup();
    names.len()
}

/// Whether a fact on these terms rests on one voice: one publisher, or sources that only report or expect it.
pub fn is_weak(graph: &Graph, terms: TermsId) -> bool {
    graph.terms.get(terms).status == Some(Status::Reported) || publishers(graph, terms) < 2
}

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
        let mut known: Vec<Option<bool>> = vec![None; graph.terms.len()];
        for dependency in held {
            let terms = graph.dependencies.terms(dependency);
            dependencies += 1;
            weak += usize::from(*known[terms as usize].get_or_insert_with(|| is_weak(graph, terms)));
        }
        let holes = (0..graph.companies.len() as CompanyIx).filter(|&company| !gaps(graph, view, company).is_empty());
        Self { dependencies, weak, companies_with_gaps: holes.count() }
    }
}
