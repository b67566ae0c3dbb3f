//! Activities, and what they lose.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Reference, layer_and_input, layer_id};
use crate::graph::{Graph, LayerIx, NodeIx, View};
use crate::model::Lang;
use crate::query::{AllNeeds, Degraded, Evidence, Failure, LayerToll, NeedIx, Reason};

/// A company acting in a layer: a node of the graph.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActivityEntry<'a> {
    /// The company.
    pub company: Reference<'a>,
    /// The id of the layer; null if the company acts in none.
    #[schema(example = "chip")]
    pub layer: Option<&'a str>,
}

impl<'a> ActivityEntry<'a> {
    /// One activity.
    pub fn new(graph: &'a Graph, lang: Lang, node: NodeIx) -> Self {
        Self {
            company: Reference::company(graph, lang, graph.activities.company(node)),
            layer: graph.activities.layer(node).map(|layer| layer_id(graph, layer)),
        }
    }
}

/// A need that is lost: all of its suppliers are down or failed.
#[derive(Debug, Serialize, ToSchema)]
pub struct LostNeed<'a> {
    /// The id of the layer.
    #[schema(example = "fabrication")]
    layer: &'a str,
    /// The id of the input, the finer kind within the layer.
    #[schema(example = "leading-edge-logic")]
    input: Option<&'a str>,
    /// The suppliers that were, the company itself among them if it supplied itself.
    suppliers: Vec<Reference<'a>>,
    /// Whether that it is a need rests on one voice: one publisher, or sources that only report it.
    weak: bool,
}

impl<'a> LostNeed<'a> {
    fn new(graph: &'a Graph, view: &View, lang: Lang, needs: &AllNeeds, need: NeedIx) -> Self {
        let (layer, input) = layer_and_input(graph, needs.kind(need));
        let mut suppliers: Vec<_> = needs.suppliers(need).iter().map(|&node| graph.activities.company(node)).collect();
        suppliers.sort_unstable();
        Self {
            layer,
            input,
            suppliers: suppliers.into_iter().map(|company| Reference::company(graph, lang, company)).collect(),
            weak: needs.is_weak(graph, view, need),
        }
    }
}

/// An activity that fails.
#[derive(Debug, Serialize, ToSchema)]
pub struct FailedActivity<'a> {
    #[serde(flatten)]
    activity: ActivityEntry<'a>,
    /// The round in which it fails; what is down has 0.
    #[schema(minimum = 1, example = 1)]
    wave: u32,
    /// The needs that it loses in that wave: any one is enough.
    lost: Vec<LostNeed<'a>>,
    /// The activity whose fall in the wave before took the last supplier. Followed from failure to failure, causes lead
    /// back to what was down.
    cause: ActivityEntry<'a>,
}

impl<'a> FailedActivity<'a> {
    /// One failure, explained.
    pub fn new(
        graph: &'a Graph,
        view: &View,
        lang: Lang,
        needs: &AllNeeds,
        Failure { wave, node }: Failure,
        reason: &Reason,
    ) -> Self {
        Self {
            activity: ActivityEntry::new(graph, lang, node),
            wave,
            lost: reason.lost.iter().map(|&need| LostNeed::new(graph, view, lang, needs, need)).collect(),
            cause: ActivityEntry::new(graph, lang, reason.cause),
        }
    }
}

/// A need that has lost some of its suppliers, but not all.
#[derive(Debug, Serialize, ToSchema)]
pub struct DegradedNeed<'a> {
    /// The company that has it.
    company: Reference<'a>,
    /// The id of the layer.
    #[schema(example = "memory")]
    layer: &'a str,
    /// The id of the input, the finer kind within the layer.
    #[schema(example = "hbm")]
    input: Option<&'a str>,
    /// The part of its supply that is lost, 0–1.
    #[schema(minimum = 0, maximum = 1, example = 0.5)]
    lost_share: f64,
}

impl<'a> DegradedNeed<'a> {
    /// One weakened need.
    pub fn new(graph: &'a Graph, lang: Lang, degraded: &Degraded) -> Self {
        let (layer, input) = layer_and_input(graph, degraded.kind);
        let company = Reference::company(graph, lang, degraded.company);
        Self { company, layer, input, lost_share: degraded.lost_share.clamp(0.0, 1.0) }
    }
}

/// How the activities of a layer stand.
#[derive(Debug, Serialize, ToSchema)]
pub struct LayerStanding<'a> {
    /// The id of the layer.
    #[schema(example = "chip")]
    layer: &'a str,
    /// How many activities it has, of companies in the graph of the day.
    #[schema(example = 40)]
    activities: usize,
    /// How many of them are down.
    down: usize,
    /// How many of them fail.
    failed: usize,
    /// How many stand although they use a layer for which no supplier is on record: nobody knows what would stop them.
    unknown: usize,
}

impl<'a> LayerStanding<'a> {
    /// How a layer stands.
    pub fn new(graph: &'a Graph, layer: LayerIx, toll: &LayerToll) -> Self {
        let LayerToll { activities, down, failed, unknown } = *toll;
        Self { layer: layer_id(graph, layer), activities, down, failed, unknown }
    }
}

/// How well the dependencies of the day, on which an answer rests, are supported.
#[derive(Debug, Serialize, ToSchema)]
pub struct Support {
    /// How many dependencies hold on the day.
    #[schema(example = 1000)]
    dependencies: usize,
    /// How many of them rest on one voice: one publisher, or sources that only report it.
    #[schema(example = 300)]
    weak: usize,
    /// How many companies use a layer for which no supplier is on record. A gap says that no source was found.
    #[schema(example = 100)]
    companies_with_gaps: usize,
}

impl From<Evidence> for Support {
    fn from(evidence: Evidence) -> Self {
        let Evidence { dependencies, weak, companies_with_gaps } = evidence;
        Self { dependencies, weak, companies_with_gaps }
    }
}
