//! Paths as a picture: the company that depends on the left, a column a hop, the supplier on the right.

use std::collections::BTreeMap;

use super::picture::{Item, Line, Picture};
use super::words::words;
use super::{class, legend, notes, what};
use crate::graph::{CompanyIx, DependencyIx, Graph, View};
use crate::model::Lang;
use crate::query::{Paths, PathsQuestion};

/// Why one company rests on another, as a picture.
pub fn picture_of_paths(graph: &Graph, view: &View, lang: Lang, question: &PathsQuestion, found: &Paths) -> Picture {
    let words = words(lang);
    let mut columns: BTreeMap<CompanyIx, u16> = BTreeMap::from([(question.from, 0)]);
    let mut hops: BTreeMap<(CompanyIx, CompanyIx), Vec<DependencyIx>> = BTreeMap::new();
    for path in &found.paths {
        for (at, &company) in path.companies.iter().enumerate() {
            let place = columns.entry(company).or_insert(at as u16);
            *place = (*place).min(at as u16);
        }
        for (pair, dependencies) in path.companies.windows(2).zip(&path.dependencies) {
            hops.entry((pair[0], pair[1])).or_insert_with(|| dependencies.clone());
        }
    }
    // The supplier stands behind everybody on the way to it.
    columns.remove(&question.to);
    let last = columns.values().max().map_or(0, |last| last + 1);
    columns.insert(question.to, last);
    let order: Vec<CompanyIx> = columns.keys().copied().collect();
    let name = |company: CompanyIx| graph.companies[company as usize].name.get(lang);
    let line = |((from, to), dependencies): (&(CompanyIx, CompanyIx), &Vec<DependencyIx>)| {
        let whats: Vec<String> = dependencies.iter().map(|&at| what(graph, lang, at)).collect();
        let firmest = dependencies.iter().map(|&at| class(graph, at)).min_by_key(|class| class.len());
        let place = |company: &CompanyIx| order.binary_search(company).unwrap_or_default();
        Line {
            ends: (place(from), place(to)),
            class: firmest.unwrap_or("edge").to_owned(),
            hint: format!("{} → {}: {}", name(*from), name(*to), whats.join("; ")),
        }
    };
    let item = |(&company, &column): (&CompanyIx, &u16)| Item {
        id: graph.companies[company as usize].id.to_string(),
        label: name(company).to_owned(),
        hint: format!("{}: {}", graph.companies[company as usize].id, name(company)),
        column,
        class: if company == question.from || company == question.to { "focus" } else { "" },
    };
    let shown = (words.found)(found.paths.len(), found.truncated);
    Picture {
        title: (words.paths)(name(question.from), name(question.to)),
        summary: shown.clone(),
        lang,
        heads: columns.values().map(|&column| (column, (words.hop)(column))).collect(),
        items: columns.iter().map(item).collect(),
        lines: hops.iter().map(line).collect(),
        legend: legend(words),
        notes: notes(graph, view, lang, &shown, hops.values().flatten().copied()),
    }
}
