//! Chokepoints: single points of failure, of one company and of all.

use actix_web::get;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::Answer;
use super::ask::Ask;
use super::page::key;
use super::parameters::{ChokepointsQuery, CompanyPath, PageQuery, ViewQuery};
use super::problem::{Costly, NotFound, Problems};
use super::views::{Reference, layer_id, page};
use crate::graph::CompanyIx;
use crate::model::Day;
use crate::query::{self, Chokepoint, layers_of};

/// Who stops a company.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChokepointOfCompany<'a> {
    /// The company that has to be down.
    company: Reference<'a>,
    /// Another one that has to be down as well; null where the first is enough.
    other: Option<Reference<'a>>,
    /// The ids of the layers in which the company asked about then fails; empty if it acts in none.
    #[schema(example = json!(["chip"]))]
    layers: Vec<&'a str>,
    /// How many steps the failure takes to it.
    #[schema(minimum = 1, example = 2)]
    wave: u32,
    /// To how many companies every way of the company asked about leads through this one, whether it needs them or not: its
    /// part in the dominator tree. 0 where all that lies behind it is reached in another way, too, so that only the
    /// needs make it a chokepoint; null for pairs.
    #[schema(example = 12)]
    dominates: Option<usize>,
}

/// A company through which every way to others leads, but whose being down stops nothing.
#[derive(Debug, Serialize, ToSchema)]
pub struct Dominator<'a> {
    /// The company.
    company: Reference<'a>,
    /// To how many companies every way leads through it.
    #[schema(example = 3)]
    dominates: usize,
}

/// A page of chokepoints.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChokepointOfCompanyList<'a> {
    /// What is on this page.
    items: Vec<ChokepointOfCompany<'a>>,
    /// How many items the whole list has.
    total: usize,
    /// The address of the next page; null on the last one.
    next: Option<&'a str>,
    /// Structural chokepoints that are none by the needs: every way to some supplier of a supplier leads through them, yet
    /// being down they stop nothing, since each need that they meet has another supplier, or none of it is critical. By id.
    structural_only: Vec<Dominator<'a>>,
    /// The day asked about.
    #[schema(value_type = String, format = Date, example = "2026-11-26")]
    as_of: Day,
}

impl super::answer::Listed for ChokepointOfCompanyList<'_> {
    fn next(&self) -> Option<&str> {
        self.next
    }
}

/// Whom a company stops.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChokepointOfAll<'a> {
    /// The company.
    company: Reference<'a>,
    /// How many companies are stopped or curtailed if it is down.
    #[schema(minimum = 1, example = 90)]
    stops: usize,
    /// Of how many of these all activities fail.
    #[schema(example = 60)]
    stopped: usize,
    /// Of how many of these some activities fail.
    #[schema(example = 30)]
    curtailed: usize,
}

page! {
    ChokepointList of ChokepointOfAll: "A page of chokepoints of all companies.";
}

/// List who alone can stop a company
///
/// Its single points of failure: companies that, being down, make one of its activities fail, by id. Needs decide: who
/// has an alternative for each need that it meets is none. With `size=2` the pairs that stop together what neither stops
/// alone. Beside it stands how the mere structure sees it: the dominators in the flow graph of the company's suppliers.
#[utoipa::path(
    operation_id = "listChokepointsOfCompany", tag = "risk", extensions(("x-command" = json!("chokepoints-of"))),
    params(CompanyPath, ViewQuery, PageQuery, ChokepointsQuery),
    responses((status = 200, description = "A page of chokepoints.", body = ChokepointOfCompanyList), Problems, NotFound, Costly),
)]
#[get("/companies/{id}/chokepoints")]
pub async fn list_chokepoints_of_company(ask: Ask<(PageQuery, ChokepointsQuery)>) -> Answer {
    let company = ask.company_in_path()?;
    let (graph, view, lang) = (ask.graph(), &*ask.view, ask.lang);
    let study = ask.world.snapshot.study(view);
    let pairs = ask.query.1.size.0 == 2;
    let single = query::chokepoints(graph, view, &study.needs, company)?;
    let dominated = query::dominated(graph, view, company);
    let found = if pairs { &query::choke_pairs(graph, view, &study.needs, company)? } else { &single };
    let id = |company: CompanyIx| graph.companies[company as usize].id.as_str();
    let order = |point: &Chokepoint| key(&[id(point.company), point.other.map_or("", id)]);
    let page = ask.page(&ask.query.0, if pairs { "2" } else { "" }, found, order)?;
    let dominates = |company: CompanyIx| {
        dominated.binary_search_by_key(&company, |&(other, _)| other).map_or(0, |at| dominated[at].1)
    };
    let items = page.rows.iter().map(|point| ChokepointOfCompany {
        company: Reference::company(graph, lang, point.company),
        other: point.other.map(|other| Reference::company(graph, lang, other)),
        layers: layers_of(graph, &point.fails).into_iter().map(|layer| layer_id(graph, layer)).collect(),
        wave: point.wave,
        dominates: (!pairs).then(|| dominates(point.company)),
    });
    let harmless = dominated.iter().filter(|(company, _)| single.iter().all(|point| point.company != *company));
    ask.list(&ChokepointOfCompanyList {
        items: items.collect(),
        total: page.total,
        next: page.next.as_deref(),
        structural_only: harmless
            .map(|&(company, dominates)| Dominator { company: Reference::company(graph, lang, company), dominates })
            .collect(),
        as_of: view.filter.day,
    })
}

/// List the chokepoints of all companies
///
/// Companies that, being down, stop or curtail others: the one that stops most first, then by id.
#[utoipa::path(
    operation_id = "listChokepoints", tag = "risk", extensions(("x-command" = json!("chokepoints"))),
    params(ViewQuery, PageQuery),
    responses((status = 200, description = "A page of chokepoints.", body = ChokepointList), Problems, Costly),
)]
#[get("/chokepoints")]
pub async fn list_chokepoints(ask: Ask<(PageQuery,)>) -> Answer {
    let (graph, view, lang) = (ask.graph(), &*ask.view, ask.lang);
    let study = ask.world.snapshot.study(view);
    let all = query::reach_of_failures(graph, view, &study.needs)?;
    let mut rows: Vec<_> = (0..).zip(all).filter(|(_, reach)| reach.stopped + reach.curtailed > 0).collect();
    let order = |&(company, reach): &(CompanyIx, query::FailureReach)| {
        let stops = reach.stopped + reach.curtailed;
        key(&[&format!("{:010}", 9_999_999_999 - stops as u64), graph.companies[company as usize].id.as_str()])
    };
    rows.sort_by_cached_key(order);
    let page = ask.page(&ask.query.0, "", &rows, order)?;
    let items = page.rows.iter().map(|&(company, reach)| ChokepointOfAll {
        company: Reference::company(graph, lang, company),
        stops: reach.stopped + reach.curtailed,
        stopped: reach.stopped,
        curtailed: reach.curtailed,
    });
    ask.list(&ChokepointList::new(items.collect(), &page, view.filter.day))
}
