//! A part of the graph of a day: some companies and the dependencies between them. Every writer of a format reads it.

use fixedbitset::FixedBitSet;
use serde::Serialize;
use utoipa::ToSchema;

use super::Href;
use crate::graph::{CompanyIx, DependencyId, DependencyIx, Graph, LayerIx, SourceIx, View};
use crate::model::{Country, Lang, PartialDate, Status, Text};

/// Which part.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// The companies.
    pub companies: FixedBitSet,
    /// Only dependencies in these layers, sorted; all without them.
    pub layers: Option<Vec<LayerIx>>,
    /// The company that it is about, if it is about one.
    pub focus: Option<CompanyIx>,
}

/// A part of the graph of a day, with names in a language.
#[derive(Debug, Clone, Copy)]
pub struct Subgraph<'a> {
    /// The graph it is a part of.
    pub graph: &'a Graph,
    /// What of it holds.
    pub view: &'a View,
    /// The language of names and texts.
    pub lang: Lang,
    /// Which part.
    pub scope: &'a Scope,
}

/// A company of a graph.
#[derive(Debug, Serialize, ToSchema)]
pub struct Node<'a> {
    /// Its id.
    #[schema(example = "openai")]
    pub id: &'a str,
    /// What it is called in the language asked for.
    #[schema(example = "OpenAI")]
    pub name: &'a str,
    /// What it is called in every language.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    pub names: &'a Text,
    /// Its address.
    #[schema(value_type = String, example = "/v1/companies/openai")]
    pub href: Href<'a>,
    /// Where its headquarters are: ISO 3166-1 alpha-2.
    pub country: Option<Country>,
    /// When it was founded.
    pub founded: Option<PartialDate>,
    /// The ids of the roles that it has on the day.
    #[schema(example = json!(["closed-model"]))]
    pub roles: Vec<&'a str>,
    /// The ids of the layers in which it acts, on any day, in the order of the stack.
    #[schema(example = json!(["model"]))]
    pub activities: Vec<&'a str>,
}

/// A dependency of a graph.
#[derive(Debug, Serialize, ToSchema)]
pub struct Edge<'a> {
    /// Its id.
    #[schema(value_type = String, example = "github.openai.model")]
    pub id: DependencyId<'a>,
    /// The id of the company that depends.
    #[schema(example = "github")]
    pub from: &'a str,
    /// The id of the supplier.
    #[schema(example = "openai")]
    pub to: &'a str,
    /// The id of the layer of what is got.
    #[schema(example = "model")]
    pub layer: &'a str,
    /// The id of the input, the finer kind within the layer.
    pub input: Option<&'a str>,
    /// What is got, in a few words.
    pub what: Option<&'a str>,
    /// How sure the sources are.
    pub status: Status,
    /// When it began, where that is stated.
    pub since: Option<PartialDate>,
    /// When it ended; null while it holds.
    pub until: Option<PartialDate>,
    /// Whether the dependent cannot do without at least one such supplier.
    pub critical: bool,
    /// The part of the dependent's supply in the layer, 0–1, where it is stated.
    #[schema(minimum = 0, maximum = 1)]
    pub share: Option<f64>,
    /// The ids of the sources that say so.
    pub sources: Vec<&'a str>,
}

impl<'a> Subgraph<'a> {
    /// The numbers of its companies, by id.
    pub fn companies(self) -> impl Iterator<Item = CompanyIx> + use<'a> {
        self.scope.companies.ones().map(|company| company as CompanyIx)
    }

    /// The numbers of its dependencies, by from, to, layer, input, since.
    pub fn dependencies(self) -> impl Iterator<Item = DependencyIx> + use<'a> {
        self.companies().flat_map(move |company| self.graph.dependencies.of(company)).filter(move |&at| self.has(at))
    }

    /// Whether a dependency of one of its companies is part of it.
    fn has(self, at: DependencyIx) -> bool {
        let kind = self.graph.kinds[self.graph.dependencies.kind(at) as usize];
        self.view.holds(self.graph, at)
            && self.scope.companies.contains(self.graph.dependencies.to(at) as usize)
            && self.scope.layers.as_ref().is_none_or(|layers| layers.binary_search(&kind.layer).is_ok())
    }

    /// Its companies.
    pub fn nodes(self) -> impl Iterator<Item = Node<'a>> + use<'a> {
        self.companies().map(move |company| self.node(company))
    }

    /// Its dependencies.
    pub fn edges(self) -> impl Iterator<Item = Edge<'a>> + use<'a> {
        self.dependencies().map(move |at| self.edge(at))
    }

    fn node(self, company: CompanyIx) -> Node<'a> {
        let graph = self.graph;
        let record = &graph.companies[company as usize];
        let held = graph.held_roles.of(company).iter().filter(|held| self.view.keeps(held.terms));
        let mut roles: Vec<_> = held.map(|held| graph.roles[held.role as usize].id.as_str()).collect();
        roles.dedup();
        let layers = graph.activities.of(company).filter_map(|node| graph.activities.layer(node));
        Node {
            id: record.id.as_str(),
            name: record.name.get(self.lang),
            names: &record.name,
            href: Href::company(graph, company),
            country: record.country,
            founded: record.founded,
            roles,
            activities: layers.map(|layer| graph.layers[layer as usize].id.as_str()).collect(),
        }
    }

    fn edge(self, at: DependencyIx) -> Edge<'a> {
        let graph = self.graph;
        let row = graph.dependencies.row(at);
        let terms = graph.terms.get(row.terms);
        let what = graph.dependencies.wording(at).and_then(|wording| wording.what.as_ref());
        let id = graph.dependency_id(at);
        let source = |&source: &SourceIx| graph.sources[source as usize].id.as_str();
        Edge {
            id,
            from: id.from,
            to: id.to,
            layer: id.layer,
            input: id.input,
            what: what.map(|what| what.get(self.lang)),
            status: terms.status.unwrap_or_default(),
            since: terms.period.since,
            until: terms.period.until,
            critical: row.critical,
            share: row.share,
            sources: graph.terms.sources(row.terms).iter().map(source).collect(),
        }
    }
}

impl Scope {
    /// All companies of a day; with layers, only those that one of the dependencies in them joins.
    pub fn whole(graph: &Graph, view: &View, layers: Option<Vec<LayerIx>>) -> Self {
        let mut companies = FixedBitSet::with_capacity(graph.companies.len());
        companies.extend(view.companies().map(|company| company as usize));
        let all = Self { companies, layers, focus: None };
        if all.layers.is_none() {
            return all;
        }
        let part = Subgraph { graph, view, lang: Lang::EN, scope: &all };
        let ends = |at| [graph.dependencies.from(at) as usize, graph.dependencies.to(at) as usize];
        let mut companies = FixedBitSet::with_capacity(graph.companies.len());
        companies.extend(part.dependencies().flat_map(ends));
        Self { companies, ..all }
    }
}
