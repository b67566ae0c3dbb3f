//! Facts and who said them: figures, stakes, sources.

use actix_web::get;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::Answer;
use super::ask::Ask;
use super::page::key;
use super::parameters::{FiguresQuery, PageQuery, SourcePath, StakesQuery, ViewQuery};
use super::problem::{NotFound, Problems};
use super::views::{
    CompanyStrategy, Dependency, FigureList, OwnSupply, PublishedFigure, Reference, Role, Source, SourceList,
    SpendingRate, StakeHeld, StakeList, sources,
};
use crate::graph::{CompanyIx, DependencyIx, Graph, RoleIx, SourceIx, Stake, TermsId, View};
use crate::model::Day;

/// The sources; with `source`, only that one. A source is no fact: the day matters for what it supports.
pub fn listed_sources<'a>(graph: &'a Graph, view: &'a View) -> impl Iterator<Item = SourceIx> + use<'a> {
    (0..graph.sources.len() as SourceIx).filter(|&source| view.filter.source.is_none_or(|only| only == source))
}

/// List the figures
///
/// Numbers that somebody published, known on the day, in the order of subject, measure, year, unit, kind and value.
#[utoipa::path(
    operation_id = "listFigures", tag = "facts", extensions(("x-command" = json!("figures"))),
    params(ViewQuery, PageQuery, FiguresQuery),
    responses((status = 200, description = "A page of figures.", body = FigureList), Problems),
)]
#[get("/figures")]
pub async fn list_figures(ask: Ask<(PageQuery, FiguresQuery)>) -> Answer {
    let (graph, view, query) = (ask.graph(), &*ask.view, &ask.query.1);
    let order = |&at: &usize| {
        let figure = &graph.figures[at];
        let kind = serde_json::to_string(&figure.kind).unwrap_or_default();
        let (year, value) = (format!("{:05}", figure.year), ordered(figure.value));
        let who = sources(graph, figure.terms).join(",");
        key(&[&figure.subject, &figure.measure, &year, &figure.unit, &kind, &value, &who])
    };
    let mut rows: Vec<usize> = (0..graph.figures.len())
        .filter(|&at| view.keeps(graph.figures[at].terms))
        .filter(|&at| query.subject.as_ref().is_none_or(|subject| *graph.figures[at].subject == *subject.0))
        .filter(|&at| query.measure.as_ref().is_none_or(|measure| *graph.figures[at].measure == *measure.0))
        .collect();
    rows.sort_by_cached_key(order);
    let page = ask.page(&ask.query.0, "", &rows, order)?;
    let items = page.rows.iter().map(|&at| PublishedFigure::new(graph, ask.lang, &graph.figures[at])).collect();
    ask.list(&FigureList::new(items, &page, view.filter.day))
}

/// A number as a text that orders as numbers do.
fn ordered(value: f64) -> String {
    let bits = value.to_bits();
    let ascending = if bits >> 63 == 1 { !bits } else { bits | 1 << 63 };
    format!("{ascending:016x}")
}

/// List the stakes
///
/// What companies hold of one another, known on the day, in the order of holder, company, date, kind and amount.
#[utoipa::path(
    operation_id = "listStakes", tag = "facts", extensions(("x-command" = json!("stakes"))),
    params(ViewQuery, PageQuery, StakesQuery),
    responses((status = 200, description = "A page of stakes.", body = StakeList), Problems),
)]
#[get("/stakes")]
pub async fn list_stakes(ask: Ask<(PageQuery, StakesQuery)>) -> Answer {
    let (graph, view, query) = (ask.graph(), &*ask.view, &ask.query.1);
    let holder = query.holder.as_ref().map(|name| ask.company("holder", name)).transpose()?;
    let of = query.r#in.as_ref().map(|name| ask.company("in", name)).transpose()?;
    let rows: Vec<(CompanyIx, &Stake)> = graph
        .stakes
        .iter()
        .filter(|(_, stake)| view.keeps(stake.terms))
        .filter(|(owner, stake)| holder.is_none_or(|holder| holder == *owner) && of.is_none_or(|of| of == stake.of))
        .collect();
    let page = ask.page(&ask.query.0, "", &rows, |(owner, stake)| stake_order(graph, *owner, stake))?;
    let items = page.rows.iter().map(|(holder, stake)| StakeHeld::new(graph, ask.lang, *holder, stake)).collect();
    ask.list(&StakeList::new(items, &page, view.filter.day))
}

/// The sort key of a stake: as the table is ordered.
pub fn stake_order(graph: &Graph, holder: CompanyIx, stake: &Stake) -> String {
    let id = |company: CompanyIx| graph.companies[company as usize].id.as_str();
    let date = graph.terms.get(stake.terms).period.since.map(|date| date.first_day().to_string());
    let [amount, percent] = [stake.amount_usd, stake.percent].map(|number| number.map(ordered).unwrap_or_default());
    let kind = (stake.kind as u8).to_string();
    key(&[id(holder), id(stake.of), &date.unwrap_or_default(), &kind, &amount, &percent])
}

/// List the sources
///
/// Who says so, by id, whatever the day. With `source`, only that one.
#[utoipa::path(
    operation_id = "listSources", tag = "facts", extensions(("x-command" = json!("sources"))),
    params(ViewQuery, PageQuery),
    responses((status = 200, description = "A page of sources.", body = SourceList), Problems),
)]
#[get("/sources")]
pub async fn list_sources(ask: Ask<(PageQuery,)>) -> Answer {
    let (graph, view) = (ask.graph(), &*ask.view);
    let rows: Vec<SourceIx> = listed_sources(graph, view).collect();
    let page = ask.page(&ask.query.0, "", &rows, |&at| graph.sources[at as usize].id.to_string())?;
    let items = page.rows.iter().map(|&at| Source::new(graph, at)).collect();
    ask.list(&SourceList::new(items, &page, view.filter.day))
}

/// A source and all that it supports on the day.
#[derive(Debug, Serialize, ToSchema)]
pub struct SourceInFull<'a> {
    #[serde(flatten)]
    source: Source<'a>,
    /// Roles that companies have.
    roles: Vec<RoleOf<'a>>,
    /// What companies get from one another.
    dependencies: Vec<Dependency<'a>>,
    /// What companies make for themselves.
    self_supply: Vec<OwnSupply<'a>>,
    /// What companies hold of one another.
    stakes: Vec<StakeHeld<'a>>,
    /// Published numbers.
    figures: Vec<PublishedFigure<'a>>,
    /// What roles spend in a layer.
    rates: Vec<SpendingRate<'a>>,
    /// What companies are after.
    strategies: Vec<CompanyStrategy<'a>>,
    /// The day asked about.
    #[schema(value_type = String, format = Date, example = "2026-11-26")]
    as_of: Day,
}

/// A role and the company that has it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleOf<'a> {
    /// The company.
    company: Reference<'a>,
    #[serde(flatten)]
    role: Role<'a>,
}

/// Show a source
///
/// One source and every fact of the day that it supports, alone or with others.
#[utoipa::path(
    operation_id = "showSource", tag = "facts", extensions(("x-command" = json!("source"))),
    params(SourcePath, ViewQuery),
    responses((status = 200, description = "The source.", body = SourceInFull), Problems, NotFound),
)]
#[get("/sources/{id}")]
pub async fn show_source(ask: Ask) -> Answer {
    let source = ask.source_in_path()?;
    let (graph, view, lang) = (ask.graph(), &*ask.view, ask.lang);
    let supports = |terms: TermsId| view.keeps(terms) && graph.terms.sources(terms).contains(&source);
    let dependencies = (0..graph.dependencies.len() as DependencyIx)
        .filter(|&at| supports(graph.dependencies.terms(at)) && view.holds(graph, at));
    let rates = (0..graph.roles.len() as RoleIx)
        .flat_map(|role| graph.roles[role as usize].rates.iter().map(move |rate| (role, rate)));
    ask.json(&SourceInFull {
        source: Source::new(graph, source),
        roles: graph
            .held_roles
            .iter()
            .filter(|(_, held)| supports(held.terms))
            .map(|(company, held)| RoleOf {
                company: Reference::company(graph, lang, company),
                role: Role::new(graph, lang, held),
            })
            .collect(),
        dependencies: dependencies.map(|at| Dependency::new(graph, lang, at)).collect(),
        self_supply: graph
            .self_supply
            .iter()
            .filter(|(_, made)| supports(made.terms))
            .map(|(company, made)| OwnSupply::new(graph, lang, company, made))
            .collect(),
        stakes: graph
            .stakes
            .iter()
            .filter(|(_, stake)| supports(stake.terms))
            .map(|(holder, stake)| StakeHeld::new(graph, lang, holder, stake))
            .collect(),
        figures: graph
            .figures
            .iter()
            .filter(|figure| supports(figure.terms))
            .map(|figure| PublishedFigure::new(graph, lang, figure))
            .collect(),
        rates: rates
            .filter(|(_, rate)| supports(rate.terms))
            .map(|(role, rate)| SpendingRate::new(graph, lang, role, rate))
            .collect(),
        strategies: graph
            .strategies
            .iter()
            .filter(|(_, plan)| supports(plan.terms))
            .map(|(company, plan)| CompanyStrategy::new(graph, lang, company, plan))
            .collect(),
        as_of: view.filter.day,
    })
}
