//! The graph as a picture: companies in columns by tier, from the end user on the left to materials on the right.

use std::collections::BTreeMap;

use super::picture::{Item, Line, Picture};
use super::words::words;
use super::{class, legend, notes, what};
use crate::export::{Node, Subgraph};

/// The column of companies that act in no layer: the last one.
const NO_TIER: u16 = u16::MAX;

/// A part of the graph as a picture.
pub fn picture_of_graph(part: Subgraph<'_>) -> Picture {
    let (graph, words) = (part.graph, words(part.lang));
    let nodes: Vec<Node<'_>> = part.nodes().collect();
    let focus = part.scope.focus.and_then(|focus| part.companies().position(|company| company == focus));
    let columns = columns(part, &nodes);
    let heads = columns.iter().map(|&tier| (tier, tier_name(part, tier))).collect();
    let item = |(at, node): (usize, &Node<'_>)| {
        let roles = if node.roles.is_empty() { String::new() } else { format!(" ({})", node.roles.join(", ")) };
        Item {
            id: node.id.to_owned(),
            label: node.name.to_owned(),
            hint: format!("{}: {}{roles}", node.id, node.name),
            column: columns[at],
            class: if focus == Some(at) { "focus" } else { "" },
        }
    };
    let shown = (words.graph)(nodes.len(), part.dependencies().count());
    Picture {
        title: format!("{}, {}", graph.manifest.title.get(part.lang), part.view.filter.day),
        summary: shown.clone(),
        lang: part.lang,
        heads,
        items: nodes.iter().enumerate().map(item).collect(),
        lines: lines(part, &nodes, focus),
        legend: legend(words),
        notes: notes(graph, part.view, part.lang, &shown, part.dependencies()),
    }
}

/// A line for all dependencies of one company on another, drawn as the firmest of them.
fn lines(part: Subgraph<'_>, nodes: &[Node<'_>], focus: Option<usize>) -> Vec<Line> {
    let place = |id: &str| nodes.binary_search_by(|node| node.id.cmp(id)).unwrap_or_default();
    let mut joined: BTreeMap<(usize, usize), (&str, Vec<String>)> = BTreeMap::new();
    for at in part.dependencies() {
        let id = part.graph.dependency_id(at);
        let (looks, whats) = joined.entry((place(id.from), place(id.to))).or_insert((class(part.graph, at), vec![]));
        if class(part.graph, at) == "edge" {
            *looks = "edge";
        }
        whats.push(what(part.graph, part.lang, at));
    }
    let line = |(ends, (looks, whats)): ((usize, usize), (&str, Vec<String>))| {
        let near = focus.map(|focus| if focus == ends.0 || focus == ends.1 { " near" } else { " far" });
        let hint = format!("{} → {}: {}", nodes[ends.0].name, nodes[ends.1].name, whats.join("; "));
        Line { ends, class: format!("{looks}{}", near.unwrap_or_default()), hint }
    };
    joined.into_iter().map(line).collect()
}

/// The tier in which each company is drawn: that in which it supplies most of the part, else the lowest in which it acts.
fn columns(part: Subgraph<'_>, nodes: &[Node<'_>]) -> Vec<u16> {
    let tier = |id: &str| part.graph.layer(id).map(|layer| part.graph.layers[layer as usize].tier);
    let mut supplied: Vec<BTreeMap<u16, usize>> = vec![BTreeMap::new(); nodes.len()];
    for edge in part.edges() {
        if let (Ok(at), Some(tier)) = (nodes.binary_search_by(|node| node.id.cmp(edge.to)), tier(edge.layer)) {
            *supplied[at].entry(tier).or_default() += 1;
        }
    }
    let most = |counted: &BTreeMap<u16, usize>| {
        counted.iter().max_by_key(|(tier, count)| (**count, std::cmp::Reverse(**tier))).map(|(tier, _)| *tier)
    };
    let lowest = |node: &Node<'_>| node.activities.iter().filter_map(|id| tier(id)).min();
    nodes
        .iter()
        .zip(&supplied)
        .map(|(node, counted)| most(counted).or_else(|| lowest(node)).unwrap_or(NO_TIER))
        .collect()
}

/// The names of the layers of a tier.
fn tier_name(part: Subgraph<'_>, tier: u16) -> String {
    let of_tier = part.graph.layers.iter().filter(|layer| layer.tier == tier);
    let names: Vec<_> = of_tier.map(|layer| layer.name.get(part.lang)).collect();
    match names.len() {
        0..=2 => names.join(" · "),
        more => format!("{} +{}", names[..2].join(" · "), more - 2),
    }
}
