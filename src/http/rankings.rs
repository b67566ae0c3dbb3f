//! Rankings: companies by how much rests on them.

use actix_web::get;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::Answer;
use super::ask::Ask;
use super::page::key;
use super::parameters::{MeasurePath, PageQuery, RankingQuery, ViewQuery};
use super::problem::{Costly, NotFound, Problem, ProblemKind, Problems, Refusal};
use super::views::{Reference, Support, layer_id};
use crate::graph::{CompanyIx, LayerIx};
use crate::model::Day;
use crate::query::{Cases, Measure, Scored, entering_layer, flows, holders, roles_of_layer};

/// A company and what it scores.
#[derive(Debug, Serialize, ToSchema)]
pub struct RankedCompany<'a> {
    /// The company.
    company: Reference<'a>,
    /// What it scores.
    #[schema(example = 0.08)]
    score: f64,
    /// Its rank: 1 plus how many score more. Equal scores share a rank.
    #[schema(minimum = 1, example = 1)]
    rank: usize,
}

/// A page of a ranking.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ranking<'a> {
    /// By what companies are ranked.
    measure: Measure,
    /// How it is worked out.
    method: &'static str,
    /// What is on this page.
    items: Vec<RankedCompany<'a>>,
    /// How many items the whole list has.
    total: usize,
    /// The address of the next page; null on the last one.
    next: Option<&'a str>,
    /// How well what this rests on is supported.
    evidence: Support,
    /// The day asked about.
    #[schema(value_type = String, format = Date, example = "2026-11-26")]
    as_of: Day,
}

impl super::answer::Listed for Ranking<'_> {
    fn next(&self) -> Option<&str> {
        self.next
    }
}

/// A measure.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureExplained {
    /// Its name.
    measure: Measure,
    /// How it is worked out.
    method: &'static str,
    /// Where the ranking is.
    #[schema(example = "/v1/rankings/pagerank")]
    href: String,
}

/// How a layer does by a measure.
#[derive(Debug, Serialize, ToSchema)]
pub struct LayerScore<'a> {
    /// The measure.
    measure: Measure,
    /// The mean score of the companies that have a role in the layer.
    #[schema(example = 0.004)]
    mean: f64,
    /// The one that scores most, the first by id among equals; null if nobody has a role in the layer.
    leader: Option<Reference<'a>>,
    /// What it scores.
    #[schema(example = 0.08)]
    highest: Option<f64>,
}

/// What part of the revenue that enters the stack stays in a layer.
#[derive(Debug, Serialize, ToSchema)]
pub struct RetainedShare {
    /// Every role at its low rate, 0–1.
    #[schema(minimum = 0, maximum = 1, example = 0.05)]
    low: f64,
    /// Every role at its high rate, 0–1.
    #[schema(minimum = 0, maximum = 1, example = 0.15)]
    high: f64,
}

/// A layer by all measures.
#[derive(Debug, Serialize, ToSchema)]
pub struct LayerRanked<'a> {
    /// The id of the layer.
    #[schema(example = "chip")]
    layer: &'a str,
    /// Its column in the stack.
    #[schema(example = 3)]
    tier: u16,
    /// How many companies have a role in it on the day.
    #[schema(example = 20)]
    companies: usize,
    /// How it does by each measure.
    scores: Vec<LayerScore<'a>>,
    /// What part stays in it of the revenue that enters the first layer of the stack in which somebody has a role.
    retained: Option<RetainedShare>,
}

/// The measures, and the layers by all of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct Rankings<'a> {
    /// The measures there are.
    items: Vec<MeasureExplained>,
    /// How many they are.
    #[schema(example = 5)]
    total: usize,
    /// Always null: they stand on one page.
    next: Option<&'a str>,
    /// The layers side by side, in the order of the stack. Measures that would take too long are left out.
    layers: Vec<LayerRanked<'a>>,
    /// How well what this rests on is supported.
    evidence: Support,
    /// The day asked about.
    #[schema(value_type = String, format = Date, example = "2026-11-26")]
    as_of: Day,
}

/// Compare the layers by all measures
///
/// The measures by which companies can be ranked, and for each layer of the stack the mean score of its companies, the
/// leader, and what part of the revenue stays in it: who wins, in numbers. A company counts in each layer in which it has
/// a role on the day.
#[utoipa::path(
    operation_id = "listRankings", tag = "risk", extensions(("x-command" = json!("rankings"))),
    params(ViewQuery),
    responses((status = 200, description = "The measures, and the layers by each.", body = Rankings), Problems),
)]
#[get("/rankings")]
pub async fn list_rankings(ask: Ask) -> Answer {
    let (graph, view, lang) = (ask.graph(), &*ask.view, ask.lang);
    let mut rankings = Vec::new();
    for measure in Measure::ALL {
        if let Ok(ranking) = ask.world.snapshot.ranking(view, measure) {
            rankings.push((measure, ranking));
        }
    }
    let layers = 0..graph.layers.len() as LayerIx;
    let entering =
        layers.clone().map(|layer| entering_layer(graph, view, layer, 1.0)).find(|entering| !entering.is_empty());
    let flows = entering.map(|entering| flows(graph, view, &entering));
    let of_layer = |layer: LayerIx| {
        let roles = roles_of_layer(graph, layer);
        let members: Vec<CompanyIx> = holders(graph, view, &roles).collect();
        let score = |(measure, ranking): &(Measure, std::sync::Arc<Vec<Scored>>)| {
            let of_members: Vec<&Scored> =
                ranking.iter().filter(|scored| members.binary_search(&scored.company).is_ok()).collect();
            let sum: f64 = of_members.iter().map(|scored| scored.score).sum();
            LayerScore {
                measure: *measure,
                mean: if of_members.is_empty() { 0.0 } else { sum / of_members.len() as f64 },
                leader: of_members.first().map(|scored| Reference::company(graph, lang, scored.company)),
                highest: of_members.first().map(|scored| scored.score),
            }
        };
        let retained = flows.as_ref().map(|flows| {
            let Cases { low, high } = flows.layers[layer as usize].1;
            RetainedShare { low: low.retained.clamp(0.0, 1.0), high: high.retained.clamp(0.0, 1.0) }
        });
        LayerRanked {
            layer: layer_id(graph, layer),
            tier: graph.layers[layer as usize].tier,
            companies: members.len(),
            scores: rankings.iter().map(score).collect(),
            retained,
        }
    };
    let explained = |measure: Measure| MeasureExplained {
        measure,
        method: measure.method(),
        href: format!("/v1/rankings/{}", measure.name()),
    };
    ask.json(&Rankings {
        items: Measure::ALL.into_iter().map(explained).collect(),
        total: Measure::ALL.len(),
        next: None,
        layers: layers.map(of_layer).collect(),
        evidence: ask.world.snapshot.study(view).evidence.into(),
        as_of: view.filter.day,
    })
}

/// Rank companies by a measure
///
/// All companies of the day by one measure: by score, then id. Equal scores share a rank (1, 1, 3).
#[utoipa::path(
    operation_id = "showRanking", tag = "risk", extensions(("x-command" = json!("ranking"))),
    params(MeasurePath, ViewQuery, PageQuery, RankingQuery),
    responses((status = 200, description = "A page of the ranking.", body = Ranking), Problems, NotFound, Costly),
)]
#[get("/rankings/{measure}")]
pub async fn show_ranking(ask: Ask<(PageQuery, RankingQuery)>) -> Answer {
    let (graph, view, lang) = (ask.graph(), &*ask.view, ask.lang);
    let measure = measure(&ask)?;
    let layer = ask.query.1.layer.as_ref().map(|name| ask.layer("layer", name)).transpose()?;
    let ranking = ask.world.snapshot.ranking(view, measure)?;
    let members = layer.map(|layer| holders(graph, view, &roles_of_layer(graph, layer)).collect::<Vec<_>>());
    let kept = |scored: &&Scored| members.as_ref().is_none_or(|of| of.binary_search(&scored.company).is_ok());
    let rows: Vec<&Scored> = ranking.iter().filter(kept).collect();
    let order = |scored: &&Scored| {
        // Scores are not negative, so their bits order as they do; turned round, the highest comes first.
        key(&[&format!("{:016x}", !scored.score.to_bits()), graph.companies[scored.company as usize].id.as_str()])
    };
    let page = ask.page(&ask.query.0, "", &rows, order)?;
    let items = page.rows.iter().map(|scored| RankedCompany {
        company: Reference::company(graph, lang, scored.company),
        score: scored.score,
        rank: scored.rank,
    });
    ask.list(&Ranking {
        measure,
        method: measure.method(),
        items: items.collect(),
        total: page.total,
        next: page.next.as_deref(),
        evidence: ask.world.snapshot.study(view).evidence.into(),
        as_of: view.filter.day,
    })
}

/// The measure that the path names.
fn measure(ask: &Ask<(PageQuery, RankingQuery)>) -> Result<Measure, Refusal> {
    let name = ask.request.match_info().query("measure");
    name.parse().map_err(|error: crate::model::Invalid| {
        let takes = error.to_string();
        let got: String = name.chars().take(120).collect();
        let problem =
            Problem::new(ProblemKind::UnknownMeasure, format!("there is no measure `{got}`: the path takes {takes}"));
        problem.about("measure", name).taking(takes).into()
    })
}
