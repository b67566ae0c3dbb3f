//! Walks: whom a company rests on, and who rests on it.

use actix_web::get;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::Answer;
use super::ask::Ask;
use super::page::key;
use super::parameters::{CompanyPath, PageQuery, ViewQuery, WalkQuery};
use super::problem::{NotFound, Problems, Refusal};
use super::views::{DependencyEntry, Reference, layer_id, page};
use crate::query::{Direction, Kept, Reached, Stop};
use crate::snapshot::WalkQuestion;

/// A company found by a walk.
#[derive(Debug, Serialize, ToSchema)]
pub struct Found<'a> {
    /// The company.
    company: Reference<'a>,
    /// The fewest hops to it, from company to company.
    #[schema(minimum = 1, example = 2)]
    hops: u32,
    /// The ids of the layers in which it is found at that many hops; empty for a company that acts in none.
    #[schema(example = json!(["chip"]))]
    layers: Vec<&'a str>,
    /// The dependencies by which it is entered at that many hops, from activities one hop nearer.
    dependencies: Vec<DependencyEntry<'a>>,
}

page! {
    FoundList of Found: "A page of companies found by a walk.";
}

/// List whom a company rests on
///
/// Its suppliers, and with `depth` theirs and so on, by hops, then id. The walk goes from all activities of the company
/// along dependencies that hold on the day; what a company makes for itself leads from one of its activities to another
/// and is no hop. `layer`, `role` and `country` pick among the companies found; `via` restricts the walk.
#[utoipa::path(
    operation_id = "listDependenciesOfCompany", tag = "companies", extensions(("x-command" = json!("dependencies"))),
    params(CompanyPath, ViewQuery, PageQuery, WalkQuery),
    responses((status = 200, description = "A page of companies.", body = FoundList), Problems, NotFound),
)]
#[get("/companies/{id}/dependencies")]
pub async fn list_dependencies_of_company(ask: Ask<(PageQuery, WalkQuery)>) -> Answer {
    walk(&ask, Direction::Upstream)
}

/// List who rests on a company
///
/// Its dependents, and with `depth` theirs and so on, by hops, then id. The walk goes from all activities of the company
/// against the dependencies that hold on the day; what a company makes for itself leads from one of its activities to
/// another and is no hop. `layer`, `role` and `country` pick among the companies found; `via` restricts the walk.
#[utoipa::path(
    operation_id = "listDependentsOfCompany", tag = "companies", extensions(("x-command" = json!("dependents"))),
    params(CompanyPath, ViewQuery, PageQuery, WalkQuery),
    responses((status = 200, description = "A page of companies.", body = FoundList), Problems, NotFound),
)]
#[get("/companies/{id}/dependents")]
pub async fn list_dependents_of_company(ask: Ask<(PageQuery, WalkQuery)>) -> Answer {
    walk(&ask, Direction::Downstream)
}

fn walk(ask: &Ask<(PageQuery, WalkQuery)>, direction: Direction) -> Answer {
    let (graph, view, lang) = (ask.graph(), &*ask.view, ask.lang);
    let question = question(ask, direction)?;
    let kept = question.kept.clone();
    let answer = ask.world.snapshot.walk(view, question);
    let order = |reached: &Reached| {
        key(&[&format!("{:010}", reached.hops), graph.companies[reached.company as usize].id.as_str()])
    };
    let page = ask.page(&ask.query.0, "", &answer.list, order)?;
    let stops = answer.walk.stops(graph, view, page.rows, &kept);
    let found = |(reached, stop): (&Reached, Stop)| Found {
        company: Reference::company(graph, lang, reached.company),
        hops: reached.hops,
        layers: stop.layers.into_iter().map(|layer| layer_id(graph, layer)).collect(),
        dependencies: stop.dependencies.into_iter().map(|at| DependencyEntry::new(graph, at)).collect(),
    };
    let items = page.rows.iter().zip(stops).map(found).collect();
    ask.list(&FoundList::new(items, &page, view.filter.day))
}

fn question(ask: &Ask<(PageQuery, WalkQuery)>, direction: Direction) -> Result<WalkQuestion, Refusal> {
    let company = ask.company_in_path()?;
    let query = &ask.query.1;
    Ok(WalkQuestion {
        filter: ask.view.filter,
        company,
        direction,
        depth: query.depth.0,
        via: query.via.as_ref().map(|names| ask.layers("via", names)).transpose()?,
        kept: Kept {
            layer: query.layer.as_ref().map(|name| ask.layer("layer", name)).transpose()?,
            role: query.role.as_ref().map(|name| ask.role("role", name)).transpose()?,
            country: query.country.map(|country| country.0),
        },
    })
}
