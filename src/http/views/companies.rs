//! Companies in short, as lists have them.

use serde::Serialize;
use utoipa::ToSchema;

use super::Reference;
use crate::export::Href;
use crate::graph::{CompanyIx, Graph, RoleIx, View};
use crate::model::{Country, Lang, PartialDate};

/// A company in short.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompanySummary<'a> {
    /// Its id.
    #[schema(example = "openai")]
    pub id: &'a str,
    /// What it is called in the language asked for.
    #[schema(example = "OpenAI")]
    pub name: &'a str,
    /// Its address.
    #[schema(value_type = String, example = "/v1/companies/openai")]
    pub href: Href<'a>,
    /// Where its headquarters are: ISO 3166-1 alpha-2.
    pub country: Option<Country>,
    /// When it was founded.
    pub founded: Option<PartialDate>,
    /// The company that it belongs to.
    pub parent: Option<Reference<'a>>,
    /// The ids of the roles it has on the day.
    #[schema(example = json!(["closed-model"]))]
    pub roles: Vec<&'a str>,
}

impl<'a> CompanySummary<'a> {
    /// A company in short.
    pub fn new(graph: &'a Graph, view: &View, lang: Lang, company: CompanyIx) -> Self {
        let record = &graph.companies[company as usize];
        let mut roles: Vec<RoleIx> =
            graph.held_roles.of(company).iter().filter(|held| view.keeps(held.terms)).map(|held| held.role).collect();
        roles.dedup();
        Self {
            id: record.id.as_str(),
            name: record.name.get(lang),
            href: Href::company(graph, company),
            country: record.country,
            founded: record.founded,
            parent: record.parent.map(|parent| Reference::company(graph, lang, parent)),
            roles: roles.into_iter().map(|role| graph.roles[role as usize].id.as_str()).collect(),
        }
    }
}
