//! Coverage: how far the data reach, and how well they are supported.

use actix_web::get;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::Answer;
use super::ask::Ask;
use super::parameters::ViewQuery;
use super::problem::Problems;
use super::views::layer_id;
use crate::graph::LayerIx;
use crate::model::Day;
use crate::query::{CompanyCoverage, Facts, coverage};

/// What is known of a layer.
#[derive(Debug, Serialize, ToSchema)]
pub struct LayerCovered<'a> {
    /// The id of the layer.
    #[schema(example = "chip")]
    layer: &'a str,
    /// How many companies have a role in it.
    #[schema(example = 20)]
    companies: usize,
    /// How many companies supply somebody in it.
    #[schema(example = 10)]
    suppliers: usize,
    /// How many companies use it with no supplier on record.
    #[schema(example = 5)]
    gaps: usize,
    /// Its dependencies.
    #[serde(flatten)]
    dependencies: Facts,
}

/// How many companies have a name in a language.
#[derive(Debug, Serialize, ToSchema)]
pub struct LanguageCovered {
    /// The language: ISO 639-1.
    #[schema(value_type = String, example = "ko")]
    language: crate::model::Lang,
    /// How many companies have a name in it.
    #[schema(example = 400)]
    companies: usize,
}

/// How many sources were published in a year.
#[derive(Debug, Serialize, ToSchema)]
pub struct YearOfSources {
    /// The year of publication; null for those that bear no date.
    #[schema(example = 2025)]
    year: Option<i32>,
    /// How many sources.
    #[schema(example = 120)]
    sources: usize,
}

/// How far the data reach.
#[derive(Debug, Serialize, ToSchema)]
pub struct Coverage<'a> {
    /// The companies in the graph of the day.
    companies: CompanyCoverage,
    /// The dependencies of the day.
    dependencies: Facts,
    /// The roles that companies have on the day.
    roles: Facts,
    /// The layers, in the order of the stack.
    layers: Vec<LayerCovered<'a>>,
    /// The languages of the data set.
    languages: Vec<LanguageCovered>,
    /// The sources by year of publication, undated ones first.
    sources: Vec<YearOfSources>,
    /// The day asked about.
    #[schema(value_type = String, format = Date, example = "2026-11-26")]
    as_of: Day,
}

/// Show how far the data reach
///
/// What to know before an answer is trusted: how many facts there are in each layer, how many of them two publishers state
/// and how many say when they began, which companies have gaps, what identifies them, and how old the sources are.
#[utoipa::path(
    operation_id = "showCoverage", tag = "facts", extensions(("x-command" = json!("coverage"))),
    params(ViewQuery),
    responses((status = 200, description = "The coverage.", body = Coverage), Problems),
)]
#[get("/coverage")]
pub async fn show_coverage(ask: Ask) -> Answer {
    let graph = ask.graph();
    let found = coverage(graph, &ask.view);
    let layers = found.layers.into_iter().enumerate().map(|(at, layer)| LayerCovered {
        layer: layer_id(graph, at as LayerIx),
        companies: layer.companies,
        suppliers: layer.suppliers,
        gaps: layer.gaps,
        dependencies: layer.dependencies,
    });
    ask.json(&Coverage {
        companies: found.companies,
        dependencies: found.dependencies,
        roles: found.roles,
        layers: layers.collect(),
        languages: found
            .names
            .into_iter()
            .map(|(language, companies)| LanguageCovered { language, companies })
            .collect(),
        sources: found.sources.into_iter().map(|(year, sources)| YearOfSources { year, sources }).collect(),
        as_of: ask.view.filter.day,
    })
}
