//! Dependencies, in full and in short.

use serde::Serialize;
use utoipa::ToSchema;

use super::{KnownSince, Reference, says, sources};
use crate::export::dependency_href;
use crate::graph::{DependencyId, DependencyIx, Graph};
use crate::model::{Lang, PartialDate, Status};

/// Something that one company gets from another.
#[derive(Debug, Serialize, ToSchema)]
pub struct Dependency<'a> {
    /// Its id: who, on whom, in which layer, for which input, since when.
    #[schema(value_type = String, example = "github.openai.model")]
    pub id: DependencyId<'a>,
    /// Its address.
    #[schema(example = "/v1/dependencies/github.openai.model")]
    pub href: String,
    /// The company that depends.
    pub from: Reference<'a>,
    /// The supplier.
    pub to: Reference<'a>,
    /// The id of the layer of what is got.
    #[schema(example = "model")]
    pub layer: &'a str,
    /// The id of the input, the finer kind within the layer.
    #[schema(example = "hbm")]
    pub input: Option<&'a str>,
    /// What is got, in a few words.
    pub what: Option<&'a str>,
    /// How sure the sources are.
    pub status: Status,
    /// When it began, where that is stated.
    pub since: Option<PartialDate>,
    /// From when it counts: `since`, else the earliest day one of its sources bears; null if it has always held.
    #[schema(value_type = Option<String>, example = "2023-02-08")]
    pub known_since: Option<KnownSince>,
    /// When it ended; null while it holds.
    pub until: Option<PartialDate>,
    /// Whether the dependent cannot do without at least one such supplier.
    pub critical: bool,
    /// The part of the dependent's supply in the layer, 0–1, where it is stated.
    #[schema(minimum = 0, maximum = 1)]
    pub share: Option<f64>,
    /// A remark.
    pub note: Option<&'a str>,
    /// The ids of the sources that say so.
    pub sources: Vec<&'a str>,
}

impl<'a> Dependency<'a> {
    /// One dependency in full.
    pub fn new(graph: &'a Graph, lang: Lang, dependency: DependencyIx) -> Self {
        let row = graph.dependencies.row(dependency);
        let terms = graph.terms.get(row.terms);
        let wording = graph.dependencies.wording(dependency);
        let id = graph.dependency_id(dependency);
        Self {
            href: dependency_href(id),
            id,
            from: Reference::company(graph, lang, row.from),
            to: Reference::company(graph, lang, row.to),
            layer: id.layer,
            input: id.input,
            what: wording.and_then(|wording| says(&wording.what, lang)),
            status: terms.status.unwrap_or_default(),
            since: terms.period.since,
            known_since: KnownSince::of(graph, row.terms),
            until: terms.period.until,
            critical: row.critical,
            share: row.share,
            note: wording.and_then(|wording| says(&wording.note, lang)),
            sources: sources(graph, row.terms),
        }
    }
}

/// A dependency by which a walk enters a company. Its id, which names both ends, leads to all of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DependencyEntry<'a> {
    /// Its id: `/v1/dependencies/{id}` has all of it.
    #[schema(value_type = String, example = "github.openai.model")]
    pub id: DependencyId<'a>,
    /// The id of the layer of what is got.
    #[schema(example = "model")]
    pub layer: &'a str,
    /// The id of the input, the finer kind within the layer.
    #[schema(example = "hbm")]
    pub input: Option<&'a str>,
}

impl<'a> DependencyEntry<'a> {
    /// One dependency, named.
    pub fn new(graph: &'a Graph, dependency: DependencyIx) -> Self {
        let id = graph.dependency_id(dependency);
        Self { id, layer: id.layer, input: id.input }
    }
}

/// A dependency in short, as paths list it: with the companies at its ends.
#[derive(Debug, Serialize, ToSchema)]
pub struct DependencyStep<'a> {
    #[serde(flatten)]
    entry: DependencyEntry<'a>,
    /// The company that depends.
    from: Reference<'a>,
    /// The supplier.
    to: Reference<'a>,
}

impl<'a> DependencyStep<'a> {
    /// One dependency in short.
    pub fn new(graph: &'a Graph, lang: Lang, dependency: DependencyIx) -> Self {
        Self {
            entry: DependencyEntry::new(graph, dependency),
            from: Reference::company(graph, lang, graph.dependencies.from(dependency)),
            to: Reference::company(graph, lang, graph.dependencies.to(dependency)),
        }
    }
}
