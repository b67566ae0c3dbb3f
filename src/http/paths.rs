//! Paths: why one company rests on another.

use actix_web::get;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::Answer;
use super::ask::Ask;
use super::parameters::{PathsQuery, ViewQuery};
use super::problem::Problems;
use super::views::{DependencyStep, Reference};
use crate::export::{Format, picture_of_paths};
use crate::model::Day;
use crate::query::{PathsQuestion, paths};

/// Ways in which one company rests on another.
#[derive(Debug, Serialize, ToSchema)]
pub struct PathList<'a> {
    /// The company that depends.
    from: Reference<'a>,
    /// The company it rests on.
    to: Reference<'a>,
    /// By hops, then by the ids of the companies passed.
    paths: Vec<WayOfDepending<'a>>,
    /// Whether there are, or may be, more within `max_hops` than are listed.
    truncated: bool,
    /// The most hops looked at.
    #[schema(example = 8)]
    max_hops: usize,
    /// The day asked about.
    #[schema(value_type = String, format = Date, example = "2026-11-26")]
    as_of: Day,
}

/// One way in which a company rests on another.
#[derive(Debug, Serialize, ToSchema)]
pub struct WayOfDepending<'a> {
    /// How many hops it has.
    #[schema(example = 2)]
    hops: usize,
    /// The companies passed, both ends included.
    companies: Vec<Reference<'a>>,
    /// For each hop, the dependencies that make it.
    dependencies: Vec<Vec<DependencyStep<'a>>>,
}

/// Explain why one company rests on another
///
/// Simple paths from dependent to supplier, shortest first, then by the ids of the companies passed. A path goes through
/// activities as a walk does, and through each company once; there is one path for each sequence of companies. The search
/// has a budget: where it ends, `truncated` says so.
#[utoipa::path(
    operation_id = "listPaths", tag = "dependencies", extensions(("x-command" = json!("path")), ("x-formats" = json!("drawn"))),
    params(ViewQuery, PathsQuery),
    responses((status = 200, description = "The paths.", body = PathList), Problems),
)]
#[get("/paths")]
pub async fn list_paths(ask: Ask<(PathsQuery,)>) -> Answer {
    let (graph, view, lang) = (ask.graph(), &*ask.view, ask.lang);
    let (query,) = &ask.query;
    let question = PathsQuestion {
        from: ask.company("from", &query.from)?,
        to: ask.company("to", &query.to)?,
        via: query.via.as_ref().map(|names| ask.layers("via", names)).transpose()?,
        limit: query.limit.0,
        max_hops: query.max_hops.map(|hops| hops.0),
    };
    let found = paths(graph, view, &question);
    if ask.format == Format::Svg {
        return ask.drawn(&picture_of_paths(graph, view, lang, &question, &found));
    }
    let paths = found.paths.into_iter().map(|path| WayOfDepending {
        hops: path.dependencies.len(),
        companies: path.companies.into_iter().map(|company| Reference::company(graph, lang, company)).collect(),
        dependencies: path
            .dependencies
            .into_iter()
            .map(|hop| hop.into_iter().map(|at| DependencyStep::new(graph, lang, at)).collect())
            .collect(),
    });
    ask.json(&PathList {
        from: Reference::company(graph, lang, question.from),
        to: Reference::company(graph, lang, question.to),
        paths: paths.collect(),
        truncated: found.truncated,
        max_hops: found.max_hops,
        as_of: view.filter.day,
    })
}
