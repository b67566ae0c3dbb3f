//! How far the data reach, and how well they are supported: what an analyst asks before trusting an answer.

use std::collections::{BTreeMap, BTreeSet};

use super::holders::{holders, roles_of_layer};
use super::needs::gaps;
use crate::graph::{Company, CompanyIx, DependencyIx, Graph, KindIx, Known, LayerIx, Profile, TermsId, View};
use crate::model::Lang;

/// Some of the facts, by how they are supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, utoipa::ToSchema)]
pub struct Facts {
    /// How many there are.
    pub facts: usize,
    /// How many of them two publishers or more state.
    pub two_publishers: usize,
    /// Of how many the beginning is stated.
    pub with_beginning: usize,
    /// How many the sources only report or expect.
    pub reported: usize,
}

impl Facts {
    fn add(&mut self, graph: &Graph, terms: TermsId) {
        self.facts += 1;
        self.two_publishers += usize::from(graph.terms.publishers(terms) >= 2);
        self.with_beginning += usize::from(matches!(graph.terms.known(terms), Known::Stated(_)));
        self.reported += usize::from(graph.terms.get(terms).status == Some(crate::model::Status::Reported));
    }
}

/// What is known of a layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerCoverage {
    /// How many companies have a role in it.
    pub companies: usize,
    /// How many companies supply somebody in it.
    pub suppliers: usize,
    /// Its dependencies.
    pub dependencies: Facts,
    /// How many companies use it with no supplier on record.
    pub gaps: usize,
}

/// What is known of the companies, each number one of companies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, utoipa::ToSchema)]
pub struct CompanyCoverage {
    /// How many there are.
    pub total: usize,
    /// How many have a role.
    pub with_role: usize,
    /// How many have suppliers on record, but no role: nobody knows which of their activities rests on these.
    pub suppliers_without_role: usize,
    /// How many use a layer with no supplier on record.
    pub with_gaps: usize,
    /// How many have a name in every language of the data set.
    pub named_in_every_language: usize,
    /// How many have a description.
    pub described: usize,
    /// How many have a country.
    pub country: usize,
    /// How many have a day of foundation.
    pub founded: usize,
    /// How many have a web address.
    pub website: usize,
    /// How many have an item in Wikidata.
    pub wikidata: usize,
    /// How many have a Legal Entity Identifier.
    pub lei: usize,
    /// How many have a ticker.
    pub ticker: usize,
}

/// How far the data reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Companies in the graph of the day.
    pub companies: CompanyCoverage,
    /// All dependencies of the day.
    pub dependencies: Facts,
    /// The roles that companies have on the day.
    pub roles: Facts,
    /// By layer, in the order of the stack.
    pub layers: Vec<LayerCoverage>,
    /// How many names of companies each language has.
    pub names: Vec<(Lang, usize)>,
    /// How many sources there are for each year of publication; `None` stands for those that bear no date.
    pub sources: BTreeMap<Option<i32>, usize>,
}

/// How far the data reach, on the day.
pub fn coverage(graph: &Graph, view: &View) -> Coverage {
    let layer_of = |kind: KindIx| graph.kinds[kind as usize].layer;
    let mut layers: Vec<LayerCoverage> = (0..graph.layers.len() as LayerIx)
        .map(|layer| LayerCoverage {
            companies: holders(graph, view, &roles_of_layer(graph, layer)).count(),
            suppliers: 0,
            dependencies: Facts::default(),
            gaps: 0,
        })
        .collect();
    let mut dependencies = Facts::default();
    let mut suppliers: BTreeSet<(LayerIx, CompanyIx)> = BTreeSet::new();
    for at in (0..graph.dependencies.len() as DependencyIx).filter(|&at| view.holds(graph, at)) {
        let (layer, terms) = (layer_of(graph.dependencies.kind(at)), graph.dependencies.terms(at));
        dependencies.add(graph, terms);
        layers[layer as usize].dependencies.add(graph, terms);
        suppliers.insert((layer, graph.dependencies.to(at)));
    }
    suppliers.iter().for_each(|&(layer, _)| layers[layer as usize].suppliers += 1);

    let mut companies = CompanyCoverage::default();
    let mut roles = Facts::default();
    let mut names: Vec<(Lang, usize)> = graph.manifest.languages.iter().map(|&lang| (lang, 0)).collect();
    for company in view.companies() {
        let record = &graph.companies[company as usize];
        let held = graph.held_roles.of(company).iter().filter(|held| view.keeps(held.terms)).count();
        graph
            .held_roles
            .of(company)
            .iter()
            .filter(|held| view.keeps(held.terms))
            .for_each(|held| roles.add(graph, held.terms));
        let supplied = graph.dependencies.of(company).any(|at| view.holds(graph, at));
        let holes = gaps(graph, view, company);
        holes.iter().for_each(|&layer| layers[layer as usize].gaps += 1);
        let has_name = |lang: Lang| record.name.iter().any(|(other, _)| other == lang);
        names.iter_mut().for_each(|(lang, count)| *count += usize::from(has_name(*lang)));
        companies.total += 1;
        companies.with_role += usize::from(held > 0);
        companies.suppliers_without_role += usize::from(supplied && graph.held_roles.of(company).is_empty());
        companies.with_gaps += usize::from(!holes.is_empty());
        companies.named_in_every_language += usize::from(names.iter().all(|&(lang, _)| has_name(lang)));
        companies.identify(record);
    }
    let mut sources: BTreeMap<Option<i32>, usize> = BTreeMap::new();
    for source in &graph.sources {
        *sources.entry(source.published.map(|published| published.first_day().year())).or_default() += 1;
    }
    Coverage { companies, dependencies, roles, layers, names, sources }
}

impl CompanyCoverage {
    fn identify(&mut self, record: &Company) {
        let profile = record.profile.as_deref();
        let has = |field: fn(&Profile) -> bool| usize::from(profile.is_some_and(field));
        self.described += has(|profile| profile.description.is_some());
        self.country += usize::from(record.country.is_some());
        self.founded += usize::from(record.founded.is_some());
        self.website += has(|profile| profile.website.is_some());
        self.wikidata += has(|profile| profile.wikidata.is_some());
        self.lei += has(|profile| profile.lei.is_some());
        self.ticker += has(|profile| profile.ticker.is_some());
    }
}
