//! Sources, in full and in short.

use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::export::Href;
use crate::graph::{Graph, SourceIx};
use crate::model::PartialDate;

/// Who says so, in short: what a citation needs. Its address has all of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Citation<'a> {
    /// The id of the source.
    #[schema(example = "caucasus-2023-02-08")]
    pub id: &'a str,
    /// The title of the page.
    pub name: &'a str,
    /// The address of the source here.
    #[schema(value_type = String, example = "/v1/sources/caucasus-2023-02-08")]
    pub href: Href<'a>,
    /// Who published it.
    pub publisher: Option<&'a str>,
    /// When it was published.
    pub published: Option<PartialDate>,
    /// Where it is.
    #[schema(example = "https://example.org/article")]
    pub url: Option<&'a str>,
}

impl<'a> Citation<'a> {
    /// One source in short.
    pub fn new(graph: &'a Graph, source: SourceIx) -> Self {
        let record = &graph.sources[source as usize];
        Self {
            id: record.id.as_str(),
            name: &record.title,
            href: Href::source(graph, source),
            publisher: record.publisher.as_deref(),
            published: record.published,
            url: record.url.as_deref(),
        }
    }
}

/// The citations of all sources as JSON. They are the same in every answer, and the larger part of many, so they are
/// written once.
#[derive(Debug)]
pub struct Citations(Vec<Box<RawValue>>);

impl Citations {
    /// Of all sources of a graph.
    pub fn of(graph: &Graph) -> Self {
        let sources = 0..graph.sources.len() as SourceIx;
        let written = |source| serde_json::value::to_raw_value(&Citation::new(graph, source)).unwrap_or_default();
        Self(sources.map(written).collect())
    }

    /// Of one source.
    pub fn get(&self, source: SourceIx) -> &RawValue {
        &self.0[source as usize]
    }
}

/// Who says so.
#[derive(Debug, Serialize, ToSchema)]
pub struct Source<'a> {
    #[serde(flatten)]
    citation: Citation<'a>,
    /// When it was read.
    seen: Option<PartialDate>,
    /// What it states, in our own words.
    says: Option<&'a str>,
}

impl<'a> Source<'a> {
    /// One source.
    pub fn new(graph: &'a Graph, source: SourceIx) -> Self {
        let record = &graph.sources[source as usize];
        Self { citation: Citation::new(graph, source), seen: record.seen, says: record.says.as_deref() }
    }
}
