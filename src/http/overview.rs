//! `/v1`: what is loaded.

use actix_web::get;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::Answer;
use super::ask::Ask;
use super::names::languages;
use super::parameters::ViewQuery;
use super::problem::Problems;
use crate::graph::{DependencyIx, Graph, View};
use crate::model::{Day, Lang};

/// What is loaded.
#[derive(Debug, Serialize, ToSchema)]
pub struct Overview<'a> {
    /// What the data set is called.
    #[schema(example = "Who depends on whom in AI")]
    title: &'a str,
    /// The version of the data.
    #[schema(example = "2026.11")]
    version: &'a str,
    /// The licence of the data: an SPDX identifier.
    #[schema(example = "CC0-1.0")]
    license: Option<&'a str>,
    /// The languages of names and texts.
    languages: Vec<Lang>,
    /// The day asked about.
    #[schema(value_type = String, format = Date, example = "2026-11-26")]
    as_of: Day,
    /// A fingerprint of the data files: the same bytes give the same one.
    #[schema(example = "6b1f0c9d0f6f4f0e9f1c2b3a4d5e6f70")]
    revision: String,
    /// The version of the program.
    #[schema(example = "0.1.0")]
    software: &'static str,
    /// How many companies there are on the day.
    companies: usize,
    /// How many activities the companies have, on any day.
    activities: usize,
    /// How many dependencies hold on the day.
    dependencies: usize,
    /// How many roles there are.
    roles: usize,
    /// How many layers there are.
    layers: usize,
    /// How many sources there are.
    sources: usize,
    /// Where to go from here.
    links: Vec<Link>,
}

/// A place to go to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Link {
    /// What it is.
    #[schema(example = "companies")]
    rel: &'static str,
    /// Its address.
    #[schema(example = "/v1/companies")]
    href: &'static str,
}

const LINKS: &[(&str, &str)] = &[
    ("layers", "/v1/layers"),
    ("roles", "/v1/roles"),
    ("companies", "/v1/companies"),
    ("dependencies", "/v1/dependencies"),
    ("search", "/v1/search"),
    ("paths", "/v1/paths"),
    ("figures", "/v1/figures"),
    ("stakes", "/v1/stakes"),
    ("sources", "/v1/sources"),
    ("changes", "/v1/changes"),
    ("feed", "/v1/changes.atom"),
    ("events", "/v1/events"),
    ("impact", "/v1/impact"),
    ("chokepoints", "/v1/chokepoints"),
    ("exposure", "/v1/exposure"),
    ("concentration", "/v1/concentration"),
    ("flows", "/v1/flows"),
    ("rankings", "/v1/rankings"),
    ("coverage", "/v1/coverage"),
    ("service-desc", "/openapi.json"),
    ("service-doc", "/docs/"),
];

/// Show what is loaded
///
/// Counts, day, version and licence of the data, and where to go from here. The counts are those of the lists under the
/// same parameters.
#[utoipa::path(
    operation_id = "showOverview", tag = "service", extensions(("x-command" = json!("overview"))),
    params(ViewQuery),
    responses((status = 200, description = "What is loaded.", body = Overview), Problems),
)]
#[get("")]
pub async fn show_overview(ask: Ask) -> Answer {
    let (graph, view) = (ask.graph(), &*ask.view);
    let manifest = &graph.manifest;
    ask.json(&Overview {
        title: manifest.title.get(ask.lang),
        version: &manifest.version,
        license: manifest.license.as_deref(),
        languages: languages(graph),
        as_of: view.filter.day,
        revision: ask.world.revision(),
        software: env!("CARGO_PKG_VERSION"),
        companies: view.company_count(),
        activities: graph.activities.len(),
        dependencies: dependency_count(graph, view),
        roles: super::stack::listed_roles(graph, view).count(),
        layers: super::stack::listed_layers(graph, view).count(),
        sources: super::facts::listed_sources(graph, view).count(),
        links: LINKS.iter().map(|&(rel, href)| Link { rel, href }).collect(),
    })
}

/// How many dependencies hold in a view.
pub fn dependency_count(graph: &Graph, view: &View) -> usize {
    (0..graph.dependencies.len() as DependencyIx).filter(|&at| view.holds(graph, at)).count()
}
