//! How the supply of a layer is divided.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Reference, layer_and_input};
use crate::graph::Graph;
use crate::model::{Day, Lang};
use crate::query::Concentration;

/// How the supply of a layer, or of an input within it, is divided.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConcentrationOfLayer<'a> {
    /// The id of the layer.
    #[schema(example = "chip")]
    layer: &'a str,
    /// The id of the input; null for the whole layer.
    #[schema(example = "ai-accelerator")]
    input: Option<&'a str>,
    /// The day of this row.
    #[schema(value_type = String, format = Date, example = "2026-11-26")]
    date: Day,
    /// How many suppliers there are.
    #[schema(minimum = 1, example = 12)]
    suppliers: usize,
    /// How many companies vote: those with a dependency in it.
    #[schema(minimum = 1, example = 60)]
    dependents: usize,
    /// How many of them have in it only dependencies that rest on one voice.
    #[schema(example = 20)]
    weak: usize,
    /// The Herfindahl–Hirschman index, 0–10,000: the sum of the squares of the shares in per cent.
    #[schema(minimum = 0, maximum = 10000, example = 2500)]
    hhi: f64,
    /// The share of the largest supplier, 0–1.
    #[schema(minimum = 0, maximum = 1, example = 0.4)]
    cr1: f64,
    /// The share of the three largest suppliers, 0–1.
    #[schema(minimum = 0, maximum = 1, example = 0.7)]
    cr3: f64,
    /// The suppliers, the largest first, then by id.
    shares: Vec<ShareOfVotes<'a>>,
}

/// A supplier and its part.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShareOfVotes<'a> {
    /// The supplier.
    company: Reference<'a>,
    /// Its share of the votes, 0–1.
    #[schema(minimum = 0, maximum = 1, example = 0.4)]
    share: f64,
}

impl<'a> ConcentrationOfLayer<'a> {
    /// The concentration of a layer or an input.
    pub fn new(graph: &'a Graph, lang: Lang, date: Day, row: &Concentration) -> Self {
        let (layer, input) = layer_and_input(graph, row.kind);
        let shares = row.shares.iter().map(|part| ShareOfVotes {
            company: Reference::company(graph, lang, part.supplier),
            share: part.share.clamp(0.0, 1.0),
        });
        Self {
            layer,
            input,
            date,
            suppliers: row.shares.len(),
            dependents: row.dependents,
            weak: row.weak,
            // What rounding adds is taken off.
            hhi: row.hhi().clamp(0.0, 10_000.0),
            cr1: row.ratio(1).clamp(0.0, 1.0),
            cr3: row.ratio(3).clamp(0.0, 1.0),
            shares: shares.collect(),
        }
    }
}
