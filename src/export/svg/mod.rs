//! Drawings: the graph, an impact wave by wave, and paths. Each becomes a [`Picture`], which is drawn in one way.
//!
//! A layered drawing (Sugiyama, Tagawa and Toda, 1981): the layers are tiers, waves or hops; within a column boxes are
//! ordered by the barycentre heuristic, so that lines cross less. The same is always drawn in the same way.

mod graph;
mod impact;
mod layout;
mod paths;
mod picture;
mod words;

pub use graph::picture_of_graph;
pub use impact::picture_of_impact;
pub use paths::picture_of_paths;
pub use picture::Picture;

use std::collections::BTreeMap;

use crate::graph::{DependencyIx, Graph, View};
use crate::model::{Lang, Status};
use words::{Words, words};

/// How many publishers the corner names.
const NAMED: usize = 4;

/// How a line for a dependency looks.
fn class(graph: &Graph, at: DependencyIx) -> &'static str {
    let status = graph.terms.get(graph.dependencies.terms(at)).status;
    match (status, graph.dependencies.critical(at)) {
        (Some(Status::Reported), _) => "edge reported",
        (_, true) => "edge",
        (_, false) => "edge optional",
    }
}

/// What the classes of lines for dependencies mean.
fn legend(words: &'static Words) -> Vec<(&'static str, &'static str)> {
    ["edge", "edge optional", "edge reported"].into_iter().zip(words.supply).collect()
}

/// What is got by a dependency, in a few words.
fn what(graph: &Graph, lang: Lang, at: DependencyIx) -> String {
    let what = graph.dependencies.wording(at).and_then(|wording| wording.what.as_ref());
    let (layer, input) = graph.kind(graph.dependencies.kind(at));
    what.unwrap_or_else(|| input.map_or(&layer.name, |input| &input.name)).get(lang).to_owned()
}

/// The corner: the day, what is shown, what it is taken from, and the publishers on whom most of it rests.
fn notes(graph: &Graph, view: &View, lang: Lang, shown: &str, on: impl Iterator<Item = DependencyIx>) -> Vec<String> {
    let words = words(lang);
    let license = graph.manifest.license.as_deref().map(|license| format!(" · {license}")).unwrap_or_default();
    let title = graph.manifest.title.get(lang);
    let first = format!("{} {} · {shown} · {title}{license}", words.as_of, view.filter.day);
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for &source in on.flat_map(|at| graph.terms.sources(graph.dependencies.terms(at))) {
        *counted.entry(graph.sources[source as usize].voice()).or_default() += 1;
    }
    let mut all: Vec<(&str, usize)> = counted.into_iter().collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let named: Vec<_> = all.iter().take(NAMED).map(|(voice, _)| *voice).collect();
    let more = all.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(", {}", (words.more)(more)) } else { String::new() };
    let sources = (!all.is_empty()).then(|| format!("{}: {}{more}", words.sources, named.join(", ")));
    std::iter::once(first).chain(sources).collect()
}
