//! References: the id, name and address of a thing.

use serde::Serialize;
use utoipa::ToSchema;

use crate::export::Href;
use crate::graph::{CompanyIx, DependencyIx, Graph, LayerIx, NodeIx, RoleIx, SourceIx};
use crate::model::Lang;

/// A reference to a thing that has an address of its own.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Reference<'a> {
    /// Its id.
    #[schema(example = "openai")]
    pub id: &'a str,
    /// What it is called in the language asked for.
    #[schema(example = "OpenAI")]
    pub name: &'a str,
    /// Its address.
    #[schema(value_type = String, example = "/v1/companies/openai")]
    pub href: Href<'a>,
}

impl<'a> Reference<'a> {
    fn new(href: Href<'a>, name: &'a str) -> Self {
        Self { id: href.id(), name, href }
    }

    /// To a company.
    pub fn company(graph: &'a Graph, lang: Lang, company: CompanyIx) -> Self {
        Self::new(Href::company(graph, company), graph.companies[company as usize].name.get(lang))
    }
}

/// A reference that outlives the graph: in problems.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Suggestion)]
pub struct OwnedReference {
    /// Its id.
    #[schema(example = "nvidia")]
    id: String,
    /// What it is called.
    #[schema(example = "Nvidia")]
    name: String,
    /// Its address.
    #[schema(example = "/v1/companies/nvidia")]
    href: String,
}

impl OwnedReference {
    fn new(href: Href<'_>, name: &str) -> Self {
        Self { id: href.id().to_owned(), name: name.to_owned(), href: href.to_string() }
    }

    /// To a company.
    pub fn company(graph: &Graph, company: CompanyIx) -> Self {
        Self::new(Href::company(graph, company), graph.companies[company as usize].name.get(Lang::EN))
    }

    /// To an activity: its name is that of its company and its layer, its address that of its company.
    pub fn activity(graph: &Graph, node: NodeIx) -> Self {
        let company = Self::company(graph, graph.activities.company(node));
        match graph.activities.layer(node).map(|layer| &graph.layers[layer as usize]) {
            None => company,
            Some(layer) => Self {
                id: format!("{}:{}", company.id, layer.id),
                name: format!("{}: {}", company.name, layer.name.get(Lang::EN)),
                href: company.href,
            },
        }
    }

    /// To a layer.
    pub fn layer(graph: &Graph, layer: LayerIx) -> Self {
        Self::new(Href::layer(graph, layer), graph.layers[layer as usize].name.get(Lang::EN))
    }

    /// To a role.
    pub fn role(graph: &Graph, role: RoleIx) -> Self {
        Self::new(Href::role(graph, role), graph.roles[role as usize].name.get(Lang::EN))
    }

    /// To a source.
    pub fn source(graph: &Graph, source: SourceIx) -> Self {
        Self::new(Href::source(graph, source), &graph.sources[source as usize].title)
    }

    /// To a dependency.
    pub fn dependency(graph: &Graph, dependency: DependencyIx) -> Self {
        let id = graph.dependency_id(dependency).to_string();
        Self::new(Href::dependency(&id), &id)
    }
}
