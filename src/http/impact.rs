//! Impact: what fails if something is down.

use actix_web::get;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::Answer;
use super::ask::Ask;
use super::parameters::{ImpactQuery, ViewQuery};
use super::problem::{Problem, ProblemKind, Problems};
use super::views::{ActivityEntry, DegradedNeed, FailedActivity, LayerStanding, Reference, Support};
use crate::export::{Format, picture_of_impact};
use crate::graph::{CompanyIx, LayerIx, NodeIx};
use crate::model::Day;
use crate::query::{self, acting_in, holders, toll};

/// What fails and what is weakened while something is down.
#[derive(Debug, Serialize, ToSchema)]
pub struct Impact<'a> {
    /// The activities that are down, by company, then in the order of the stack.
    down: Vec<ActivityEntry<'a>>,
    /// The activities that fail, each explained, by wave, then by company.
    failed: Vec<FailedActivity<'a>>,
    /// Needs that have lost some of their suppliers, but not all, of companies that are not stopped.
    degraded: Vec<DegradedNeed<'a>>,
    /// Companies all of whose activities are down or failed, without those wholly down; by id.
    stopped: Vec<Reference<'a>>,
    /// Companies of which some activities have failed, but which are not stopped; by id.
    curtailed: Vec<Reference<'a>>,
    /// How each layer stands, in the order of the stack.
    layers: Vec<LayerStanding<'a>>,
    /// How well what this rests on is supported.
    evidence: Support,
    /// The day asked about.
    #[schema(value_type = String, format = Date, example = "2026-11-26")]
    as_of: Day,
}

/// Ask what fails if something is down
///
/// An activity, a company acting in a layer, fails when it loses a need: when all suppliers of something that it cannot do
/// without are down or have failed; and so on, wave by wave, until nothing more fails. Each failure names the needs lost,
/// their suppliers, and the activity that caused it; drawn, they stand in columns by wave. `down`, `layer`, `role` and `country` say what is down, and add up.
#[utoipa::path(
    operation_id = "showImpact", tag = "risk", extensions(("x-command" = json!("impact [down]")), ("x-formats" = json!("drawn"))),
    params(ViewQuery, ImpactQuery),
    responses((status = 200, description = "What fails.", body = Impact), Problems),
)]
#[get("/impact")]
pub async fn show_impact(ask: Ask<(ImpactQuery,)>) -> Answer {
    let (graph, view, lang) = (ask.graph(), &*ask.view, ask.lang);
    let study = ask.world.snapshot.study(view);
    let impact = query::impact(graph, view, &study.needs, down(&ask)?);
    if ask.format == Format::Svg {
        return ask.drawn(&picture_of_impact(graph, view, lang, &impact));
    }
    let reference = |&company: &CompanyIx| Reference::company(graph, lang, company);
    let tolls = toll(graph, &study.needs, &impact);
    ask.json(&Impact {
        down: impact.down.iter().map(|&node| ActivityEntry::new(graph, lang, node)).collect(),
        failed: impact
            .failed
            .iter()
            .map(|&failure| {
                FailedActivity::new(graph, view, lang, &study.needs, failure, &impact.reason(graph, failure))
            })
            .collect(),
        degraded: impact.degraded.iter().map(|degraded| DegradedNeed::new(graph, lang, degraded)).collect(),
        stopped: impact.stopped.iter().map(reference).collect(),
        curtailed: impact.curtailed.iter().map(reference).collect(),
        layers: tolls.iter().enumerate().map(|(at, toll)| LayerStanding::new(graph, at as LayerIx, toll)).collect(),
        evidence: study.evidence.into(),
        as_of: view.filter.day,
    })
}

/// The activities that the selectors take down.
fn down(ask: &Ask<(ImpactQuery,)>) -> Result<Vec<NodeIx>, Problem> {
    let (graph, view) = (ask.graph(), &*ask.view);
    let ImpactQuery { down, layer, role, country } = &ask.query.0;
    if down.is_none() && layer.is_none() && role.is_none() && country.is_none() {
        let takes =
            "companies or activities such as `google:chip`, unless `layer`, `role` or `country` says what is down";
        return Err(Problem::with_parameter(ProblemKind::MissingParameter, "down", None, takes));
    }
    let mut nodes: Vec<NodeIx> = Vec::new();
    for name in down.iter().flat_map(|names| &names.0) {
        nodes.extend(ask.activities("down", name)?);
    }
    for name in layer.iter().flat_map(|names| &names.0) {
        nodes.extend(acting_in(graph, view, ask.layer("layer", name)?));
    }
    for name in role.iter().flat_map(|names| &names.0) {
        let role = ask.role("role", name)?;
        let layer = graph.roles[role as usize].layer;
        nodes.extend(holders(graph, view, &[role]).filter_map(|company| graph.activities.find(company, layer)));
    }
    for &country in country.iter().flat_map(|countries| &countries.0) {
        let there = view.companies().filter(|&company| graph.companies[company as usize].country == Some(country));
        nodes.extend(there.flat_map(|company| graph.activities.of(company)));
    }
    Ok(nodes)
}
