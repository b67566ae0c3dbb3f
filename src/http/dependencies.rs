//! Dependencies: the edges, and one of them.

use actix_web::get;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::Answer;
use super::ask::Ask;
use super::page::key;
use super::parameters::{DependenciesQuery, DependencyPath, PageQuery, ViewQuery};
use super::problem::{NotFound, Problems};
use super::views::{Dependency, DependencyList, is_of_layer};
use crate::graph::{CompanyIx, DependencyIx, Graph};
use crate::model::Day;

/// List the dependencies
///
/// The dependencies that hold on the day, in the order of dependent, supplier, layer (as in the stack), input and
/// beginning. Filters add up. What companies make for themselves is not listed here, but with the company.
#[utoipa::path(
    operation_id = "listDependencies", tag = "dependencies", extensions(("x-command" = json!("edges"))),
    params(ViewQuery, PageQuery, DependenciesQuery),
    responses((status = 200, description = "A page of dependencies.", body = DependencyList), Problems),
)]
#[get("")]
pub async fn list_dependencies(ask: Ask<(PageQuery, DependenciesQuery)>) -> Answer {
    let (graph, view, query) = (ask.graph(), &*ask.view, &ask.query.1);
    let from = query.from.as_ref().map(|name| ask.company("from", name)).transpose()?;
    let to = query.to.as_ref().map(|name| ask.company("to", name)).transpose()?;
    let layer = query.layer.as_ref().map(|name| ask.layer("layer", name)).transpose()?;
    let range = match (from, to) {
        (Some(from), Some(to)) => graph.dependencies.between(from, to),
        (Some(from), None) => graph.dependencies.of(from),
        (None, _) => 0..graph.dependencies.len() as DependencyIx,
    };
    let rows: Vec<DependencyIx> = range
        .filter(|&at| view.holds(graph, at))
        .filter(|&at| to.is_none_or(|to| graph.dependencies.to(at) == to))
        .filter(|&at| layer.is_none_or(|layer| is_of_layer(graph, graph.dependencies.kind(at), layer)))
        .collect();
    let page = ask.page(&ask.query.0, "", &rows, |&at| order(graph, at))?;
    let items = page.rows.iter().map(|&at| Dependency::new(graph, ask.lang, at)).collect();
    ask.list(&DependencyList::new(items, &page, view.filter.day))
}

/// The sort key of a dependency: as the table is ordered.
pub fn order(graph: &Graph, dependency: DependencyIx) -> String {
    let row = graph.dependencies.row(dependency);
    let company = |company: CompanyIx| graph.companies[company as usize].id.as_str();
    let since = graph.terms.get(row.terms).period.since.map(|since| since.first_day().to_string());
    key(&[company(row.from), company(row.to), &super::stack::kind_order(graph, row.kind), &since.unwrap_or_default()])
}

/// A dependency, and whether it holds.
#[derive(Debug, Serialize, ToSchema)]
pub struct DependencyInFull<'a> {
    #[serde(flatten)]
    dependency: Dependency<'a>,
    /// Whether it holds on the day, under the filters.
    holds: bool,
    /// The day asked about.
    #[schema(value_type = String, format = Date, example = "2026-11-26")]
    as_of: Day,
}

/// Show a dependency
///
/// One dependency with its period, status, share and sources, whether it holds on the day or not.
#[utoipa::path(
    operation_id = "showDependency", tag = "dependencies", extensions(("x-command" = json!("dependency"))),
    params(DependencyPath, ViewQuery),
    responses((status = 200, description = "The dependency.", body = DependencyInFull), Problems, NotFound),
)]
#[get("/{id}")]
pub async fn show_dependency(ask: Ask) -> Answer {
    let dependency = ask.dependency_in_path()?;
    ask.json(&DependencyInFull {
        dependency: Dependency::new(ask.graph(), ask.lang, dependency),
        holds: ask.view.holds(ask.graph(), dependency),
        as_of: ask.view.filter.day,
    })
}
