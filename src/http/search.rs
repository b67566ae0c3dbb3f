//! Search: companies by any name, typos forgiven.

use actix_web::get;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::Answer;
use super::ask::Ask;
use super::page::key;
use super::parameters::{PageQuery, SearchQuery, ViewQuery};
use super::problem::Problems;
use super::views::{CompanySummary, Reference, page};
use crate::graph::NameKind;
use crate::query::{Hit, search};

/// A company that answers to what was searched for.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchHit<'a> {
    /// The company.
    company: Reference<'a>,
    /// How well it fits, 0–1; 1 where its id or name is the same.
    #[schema(minimum = 0, maximum = 1, example = 0.9)]
    score: f64,
    /// The name that fits best, as it is written.
    #[schema(example = "엔비디아")]
    matched: &'a str,
    /// What kind of name that is.
    matched_as: NameKind,
    /// Where its headquarters are, and what it is in the stack on the day.
    summary: CompanySummary<'a>,
}

page! {
    SearchHitList of SearchHit: "A page of companies found by a search.";
}

/// Search for companies
///
/// The companies in the graph of the day that answer to a name, best first, then by id. Ids, names in every language,
/// former and other names, and products are looked through. Case, width, accents, spaces and Unicode forms do not matter,
/// and typos are forgiven: Hangul is compared by its letters. A name that is the same comes first.
#[utoipa::path(
    operation_id = "searchCompanies", tag = "companies", extensions(("x-command" = json!("search"))),
    params(ViewQuery, PageQuery, SearchQuery),
    responses((status = 200, description = "A page of companies.", body = SearchHitList), Problems),
)]
#[get("/search")]
pub async fn search_companies(ask: Ask<(PageQuery, SearchQuery)>) -> Answer {
    let (graph, view) = (ask.graph(), &*ask.view);
    let hits = search(graph, Some(view), &ask.query.1.q.0);
    let order = |hit: &Hit<'_>| {
        // Scores are not negative, so their bits order as they do; turned round, the best comes first.
        key(&[&format!("{:016x}", !hit.score.to_bits()), graph.companies[hit.company as usize].id.as_str()])
    };
    let page = ask.page(&ask.query.0, "", &hits, order)?;
    let items = page
        .rows
        .iter()
        .map(|hit| SearchHit {
            company: Reference::company(graph, ask.lang, hit.company),
            score: hit.score,
            matched: hit.matched,
            matched_as: hit.kind,
            summary: CompanySummary::new(graph, view, ask.lang, hit.company),
        })
        .collect();
    ask.list(&SearchHitList::new(items, &page, view.filter.day))
}
