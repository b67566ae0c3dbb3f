//! An impact as a picture: what is down on the left, then what fails, wave by wave, each joined to the activity that took
//! the last supplier.

use std::collections::{BTreeMap, HashMap};

use super::picture::{Item, Line, Picture};
use super::words::words;
use super::{notes, what};
use crate::graph::{DependencyIx, Graph, NodeIx, View};
use crate::model::Lang;
use crate::query::Impact;

/// How many of those that are down the title names.
const NAMED: usize = 3;

/// What fails, as a picture.
pub fn picture_of_impact(graph: &Graph, view: &View, lang: Lang, impact: &Impact<'_>) -> Picture {
    let words = words(lang);
    let down = impact.down.iter().map(|&node| (node, 0, "down"));
    let failed = impact.failed.iter().map(|failure| (failure.node, failure.wave.try_into().unwrap_or(u16::MAX), ""));
    let items: Vec<(NodeIx, u16, &'static str)> = down.chain(failed).collect();
    let places: HashMap<NodeIx, usize> = items.iter().enumerate().map(|(at, (node, ..))| (*node, at)).collect();
    let mut on = Vec::new();
    let mut lines = Vec::new();
    for &failure in &impact.failed {
        let cause = impact.reason(graph, failure).cause;
        let (Some(&from), Some(&to)) = (places.get(&failure.node), places.get(&cause)) else { continue };
        let between: Vec<DependencyIx> = lost(graph, view, failure.node, cause).collect();
        let whats: Vec<String> = between.iter().map(|&at| what(graph, lang, at)).collect();
        let [dependent, supplier] = [failure.node, cause].map(|node| name(graph, lang, node));
        let hint = format!("{dependent} → {supplier}: {}", whats.join("; "));
        lines.push(Line { ends: (from, to), class: "edge".to_owned(), hint });
        on.extend(between);
    }
    let heads: BTreeMap<u16, String> = items
        .iter()
        .map(|&(_, wave, _)| (wave, if wave == 0 { words.down.to_owned() } else { (words.wave)(wave) }))
        .collect();
    let shown = (words.struck)(impact.failed.len(), impact.stopped.len(), impact.curtailed.len());
    Picture {
        title: (words.impact)(&titled(graph, lang, &impact.down)),
        summary: shown.clone(),
        lang,
        heads,
        items: items.into_iter().map(|(node, column, class)| item(graph, lang, node, column, class)).collect(),
        lines,
        legend: vec![("edge", words.last_supplier)],
        notes: notes(graph, view, lang, &shown, on.into_iter()),
    }
}

/// The dependencies by which an activity gets what a fallen one supplied.
fn lost<'a>(
    graph: &'a Graph,
    view: &'a View,
    dependent: NodeIx,
    supplier: NodeIx,
) -> impl Iterator<Item = DependencyIx> + use<'a> {
    let [from, to] = [dependent, supplier].map(|node| graph.activities.company(node));
    let layer = graph.activities.layer(supplier);
    let of_layer = move |at: &DependencyIx| Some(graph.kinds[graph.dependencies.kind(*at) as usize].layer) == layer;
    graph.dependencies.between(from, to).filter(of_layer).filter(|&at| view.holds(graph, at))
}

fn item(graph: &Graph, lang: Lang, node: NodeIx, column: u16, class: &'static str) -> Item {
    let company = &graph.companies[graph.activities.company(node) as usize];
    let label = name(graph, lang, node);
    Item { id: company.id.to_string(), hint: format!("{}: {label}", company.id), label, column, class }
}

/// The name of an activity: that of its company and of its layer.
fn name(graph: &Graph, lang: Lang, node: NodeIx) -> String {
    let company = graph.companies[graph.activities.company(node) as usize].name.get(lang);
    match graph.activities.layer(node) {
        Some(layer) => format!("{company} · {}", graph.layers[layer as usize].name.get(lang)),
        None => company.to_owned(),
    }
}

/// Who is down, in a few words.
fn titled(graph: &Graph, lang: Lang, down: &[NodeIx]) -> String {
    let mut companies: Vec<_> = down.iter().map(|&node| graph.activities.company(node)).collect();
    companies.dedup();
    let names: Vec<_> = companies.iter().take(NAMED).map(|&at| graph.companies[at as usize].name.get(lang)).collect();
    let more = companies.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" {}", (words(lang).more)(more)) } else { String::new() };
    format!("{}{more}", names.join(", "))
}
