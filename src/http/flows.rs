//! Flows: where revenue goes.

use actix_web::get;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::Answer;
use super::ask::Ask;
use super::parameters::{FlowsQuery, ViewQuery};
use super::problem::{Problem, ProblemKind, Problems};
use super::views::{ActivityEntry, Reference, SpendingRate, Support, layer_id};
use crate::graph::{LayerIx, NodeIx};
use crate::model::Day;
use crate::query::{self, Cases, Entering, entering_layer};

/// What somebody takes in, and what stays.
#[derive(Debug, Serialize, ToSchema)]
pub struct Takings {
    /// What is received, with what enters from outside.
    #[schema(example = 15)]
    received: f64,
    /// What of it is not spent on suppliers.
    #[schema(example = 10)]
    retained: f64,
    /// What of it would be spent at the rates, if a supplier were on record.
    #[schema(example = 1)]
    unplaced: f64,
}

impl From<query::Takings> for Takings {
    fn from(takings: query::Takings) -> Self {
        let query::Takings { received, retained, unplaced } = takings;
        Self { received, retained, unplaced }
    }
}

/// Where the money enters.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntersAt<'a> {
    #[serde(flatten)]
    activity: ActivityEntry<'a>,
    /// How much.
    #[schema(example = 100)]
    amount: f64,
}

/// What passes a layer.
#[derive(Debug, Serialize, ToSchema)]
pub struct LayerTakings<'a> {
    /// The id of the layer; null for money of activities without one.
    #[schema(example = "cloud")]
    layer: Option<&'a str>,
    /// Every role at its low rate.
    low: Takings,
    /// Every role at its high rate.
    high: Takings,
}

/// What passes a company.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompanyTakings<'a> {
    /// The company.
    company: Reference<'a>,
    /// Every role at its low rate.
    low: Takings,
    /// Every role at its high rate.
    high: Takings,
}

/// What a company pays another for a layer.
#[derive(Debug, Serialize, ToSchema)]
pub struct Payment<'a> {
    /// Who pays.
    from: Reference<'a>,
    /// Who is paid; the same where a company pays itself.
    to: Reference<'a>,
    /// The id of the layer that is paid for.
    #[schema(example = "cloud")]
    layer: &'a str,
    /// How much at the low rates.
    #[schema(example = 1.5)]
    low: f64,
    /// How much at the high rates.
    #[schema(example = 3)]
    high: f64,
}

/// Where an amount goes.
#[derive(Debug, Serialize, ToSchema)]
pub struct Flows<'a> {
    /// How much enters.
    #[schema(example = 100)]
    amount: f64,
    /// Where it enters, by company.
    from: Vec<EntersAt<'a>>,
    /// What each layer receives and retains, in the order of the stack. What is retained in all adds up to the amount.
    layers: Vec<LayerTakings<'a>>,
    /// What each company receives and retains, the one that retains most at the high rates first, then by id.
    companies: Vec<CompanyTakings<'a>>,
    /// Who pays whom for what, by payer, then by who is paid, then in the order of the stack.
    links: Vec<Payment<'a>>,
    /// The rates that were used, with their sources.
    rates: Vec<SpendingRate<'a>>,
    /// How well what this rests on is supported.
    evidence: Support,
    /// The day asked about.
    #[schema(value_type = String, format = Date, example = "2026-11-26")]
    as_of: Day,
}

/// Follow revenue down the stack
///
/// An amount enters somewhere and is passed on: of what an activity receives it spends, in each layer for which its roles
/// have a rate and its company a supplier, that part, split among the suppliers; the rest it retains. Two cases, every
/// role at its low rate and every role at its high one. Rates are those of the newest year that is not after the day's.
#[utoipa::path(
    operation_id = "showFlows", tag = "risk", extensions(("x-command" = json!("flows"))),
    params(ViewQuery, FlowsQuery),
    responses((status = 200, description = "Where it goes.", body = Flows), Problems),
)]
#[get("/flows")]
pub async fn show_flows(ask: Ask<(FlowsQuery,)>) -> Answer {
    let (graph, view, lang) = (ask.graph(), &*ask.view, ask.lang);
    let entering = entering(&ask)?;
    let flows = query::flows(graph, view, &entering);
    let reference = |company| Reference::company(graph, lang, company);
    let layers = flows.layers.into_iter().map(|(layer, Cases { low, high })| LayerTakings {
        layer: layer.map(|layer| layer_id(graph, layer)),
        low: low.into(),
        high: high.into(),
    });
    let companies = flows.companies.into_iter().map(|(company, Cases { low, high })| CompanyTakings {
        company: reference(company),
        low: low.into(),
        high: high.into(),
    });
    let links = flows.links.into_iter().map(|link| Payment {
        from: reference(link.from),
        to: reference(link.to),
        layer: layer_id(graph, link.layer),
        low: link.paid.low,
        high: link.paid.high,
    });
    let rates = flows
        .rates
        .into_iter()
        .map(|(role, at)| SpendingRate::new(graph, lang, role, &graph.roles[role as usize].rates[at]));
    let from =
        entering.iter().map(|&(node, amount)| EntersAt { activity: ActivityEntry::new(graph, lang, node), amount });
    ask.json(&Flows {
        amount: ask.query.0.amount.0,
        from: from.collect(),
        layers: layers.collect(),
        companies: companies.collect(),
        links: links.collect(),
        rates: rates.collect(),
        evidence: ask.world.snapshot.study(view).evidence.into(),
        as_of: view.filter.day,
    })
}

/// Where the amount enters: a name means a layer before an activity, and an activity before a company.
fn entering(ask: &Ask<(FlowsQuery,)>) -> Result<Entering, Problem> {
    let (graph, view) = (ask.graph(), &*ask.view);
    let FlowsQuery { amount, from } = &ask.query.0;
    let into = |layer: LayerIx| entering_layer(graph, view, layer, amount.0);
    let Some(from) = from else {
        let first = (0..graph.layers.len() as LayerIx).map(into).find(|entering| !entering.is_empty());
        return first.ok_or_else(|| {
            let takes = "an activity or a company, since nobody has a role on the day";
            Problem::with_parameter(ProblemKind::MissingParameter, "from", None, takes)
        });
    };
    if let Ok(layer) = ask.layer("from", from) {
        let entering = into(layer);
        return match entering.is_empty() {
            false => Ok(entering),
            true => {
                let takes = "a layer in which a company has a role on the day";
                Err(Problem::with_parameter(ProblemKind::InvalidParameter, "from", Some(&from.0), takes))
            }
        };
    }
    let nodes: Vec<NodeIx> = ask.activities("from", from)?;
    // Activities of a company stand in the order of the stack.
    Ok(nodes.first().map(|&node| (node, amount.0)).into_iter().collect())
}
