//! Changes: what began and what ended between two days.

use std::ops::RangeInclusive;

use actix_web::get;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::Answer;
use super::ask::Ask;
use super::page::key;
use super::parameters::{ChangesQuery, PageQuery, ViewQuery};
use super::problem::{Problem, ProblemKind, Problems};
use super::views::{Reference, layer_and_input, layer_id, page, sources};
use crate::graph::{DependencyId, Graph, Known};
use crate::model::{Day, Lang};
use crate::query::{Change, Event, Fact, changes};

/// What kind of fact it is.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FactKind {
    /// A company gets something from another.
    Dependency,
    /// A company has a role.
    Role,
    /// A company makes something for itself.
    SelfSupply,
    /// A company holds a part of another.
    Stake,
    /// A company is after something.
    Strategy,
}

impl FactKind {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dependency => "dependency",
            Self::Role => "role",
            Self::SelfSupply => "self-supply",
            Self::Stake => "stake",
            Self::Strategy => "strategy",
        }
    }
}

/// A change of one fact.
#[derive(Debug, Serialize, ToSchema)]
pub struct FactChange<'a> {
    /// The first day of the new state.
    #[schema(value_type = String, format = Date, example = "2023-02-08")]
    date: Day,
    /// What happened.
    change: Change,
    /// To what kind of fact.
    pub kind: FactKind,
    /// Whether the date is that of the fact; `false` where only the date of its earliest source is known.
    stated: bool,
    /// The company that the fact is about: who depends, has the role, makes, holds, plans.
    pub company: Reference<'a>,
    /// The other company: the supplier, or the one it holds a part of.
    pub other: Option<Reference<'a>>,
    /// The id of the dependency.
    #[schema(value_type = Option<String>, example = "github.openai.model")]
    pub dependency: Option<DependencyId<'a>>,
    /// The id of the role.
    #[schema(example = "cloud")]
    pub role: Option<&'a str>,
    /// The id of the layer.
    #[schema(example = "model")]
    pub layer: Option<&'a str>,
    /// The id of the input.
    pub input: Option<&'a str>,
    /// The ids of the sources that say so.
    sources: Vec<&'a str>,
}

page! {
    FactChangeList of FactChange: "A page of changes.";
}

/// List what changed
///
/// What began and what ended on the days from `since` to `until`, both included: dependencies, roles, self-supply, stakes
/// and strategies, by day. A fact without a stated beginning began, as far as is known, on the earliest day that one of its
/// sources bears.
#[utoipa::path(
    operation_id = "listChanges", tag = "facts", extensions(("x-command" = json!("changes"))),
    params(ViewQuery, PageQuery, ChangesQuery),
    responses((status = 200, description = "A page of changes.", body = FactChangeList), Problems),
)]
#[get("/changes")]
pub async fn list_changes(ask: Ask<(PageQuery, ChangesQuery)>) -> Answer {
    let graph = ask.graph();
    let rows = changes(graph, ask.view.filter, &days(&ask, &ask.query.1)?);
    let page = ask.page(&ask.query.0, "", &rows, |event| order(graph, event))?;
    let items = page.rows.iter().map(|event| FactChange::new(graph, ask.lang, event)).collect();
    ask.list(&FactChangeList::new(items, &page, ask.view.filter.day))
}

/// The days from which changes are asked for.
///
/// # Errors
/// If the last is before the first.
pub fn days<Q>(ask: &Ask<Q>, query: &ChangesQuery) -> Result<RangeInclusive<Day>, Problem> {
    let since = query.since.map_or(Day::FIRST, |date| date.0.first_day());
    let until = query.until.map_or(ask.view.filter.day, |date| date.0.last_day());
    match query.until.filter(|_| since > until) {
        None => Ok(since..=until),
        Some(date) => {
            let (got, takes) = (date.0.to_string(), "a date not before `since`");
            Err(Problem::with_parameter(ProblemKind::InvalidParameter, "until", Some(&got), takes))
        }
    }
}

/// The sort key of a change: as the list is ordered.
fn order(graph: &Graph, event: &Event) -> String {
    let change = format!("{}", event.change as u8);
    let since =
        graph.terms.get(event.terms).period.since.map(|since| since.first_day().to_string()).unwrap_or_default();
    let id = |company: u32| graph.companies[company as usize].id.as_str();
    let (table, row) = match event.fact {
        Fact::Dependency(at) => ("0", super::dependencies::order(graph, at)),
        Fact::Role(company, at) => {
            let role = graph.held_roles.of(company)[at].role;
            ("1", key(&[id(company), &super::stack::role_order(graph, role), &since]))
        }
        Fact::SelfSupply(company, at) => {
            let made = &graph.self_supply.of(company)[at];
            ("2", key(&[id(company), &super::stack::kind_order(graph, made.kind), &since]))
        }
        Fact::Stake(company, at) => ("3", super::facts::stake_order(graph, company, &graph.stakes.of(company)[at])),
        Fact::Strategy(company, at) => {
            ("4", key(&[id(company), &since, graph.strategies.of(company)[at].text.get(Lang::EN)]))
        }
    };
    key(&[&event.date.to_string(), &change, table, &row])
}

impl<'a> FactChange<'a> {
    /// One change.
    pub fn new(graph: &'a Graph, lang: Lang, event: &Event) -> Self {
        let reference = |company| Reference::company(graph, lang, company);
        let blank = |kind, company| Self {
            date: event.date,
            change: event.change,
            kind,
            stated: event.change == Change::Ended || matches!(graph.terms.known(event.terms), Known::Stated(_)),
            company: reference(company),
            other: None,
            dependency: None,
            role: None,
            layer: None,
            input: None,
            sources: sources(graph, event.terms),
        };
        match event.fact {
            Fact::Dependency(at) => {
                let id = graph.dependency_id(at);
                Self {
                    other: Some(reference(graph.dependencies.to(at))),
                    dependency: Some(id),
                    layer: Some(id.layer),
                    input: id.input,
                    ..blank(FactKind::Dependency, graph.dependencies.from(at))
                }
            }
            Fact::Role(company, at) => {
                let role = &graph.roles[graph.held_roles.of(company)[at].role as usize];
                let layer = Some(layer_id(graph, role.layer));
                Self { role: Some(role.id.as_str()), layer, ..blank(FactKind::Role, company) }
            }
            Fact::SelfSupply(company, at) => {
                let (layer, input) = layer_and_input(graph, graph.self_supply.of(company)[at].kind);
                Self { layer: Some(layer), input, ..blank(FactKind::SelfSupply, company) }
            }
            Fact::Stake(company, at) => {
                Self { other: Some(reference(graph.stakes.of(company)[at].of)), ..blank(FactKind::Stake, company) }
            }
            Fact::Strategy(company, _) => blank(FactKind::Strategy, company),
        }
    }
}
