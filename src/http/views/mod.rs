//! What answers are made of: numbers become names again here.

mod activities;
mod companies;
mod concentration;
mod dependencies;
mod facts;
mod references;
mod sources;

pub use activities::{ActivityEntry, DegradedNeed, FailedActivity, LayerStanding, Support};
pub use companies::CompanySummary;
pub use concentration::ConcentrationOfLayer;
pub use dependencies::{Dependency, DependencyEntry, DependencyStep};
pub use facts::{CompanyStrategy, OwnSupply, PublishedFigure, Role, SpendingRate, StakeHeld};
pub use references::{OwnedReference, Reference};
pub use sources::{Citation, Citations, Source};

use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use crate::graph::{Graph, Kind, KindIx, Known, LayerIx, TermsId};
use crate::model::{Lang, Text};

/// The ids of sources.
pub fn sources(graph: &Graph, terms: TermsId) -> Vec<&str> {
    graph.terms.sources(terms).iter().map(|&source| graph.sources[source as usize].id.as_str()).collect()
}

/// From when a fact is known: `since` where it is stated, else the earliest day that one of its sources bears.
#[derive(Debug, Clone, Copy)]
pub struct KnownSince(Known);

impl KnownSince {
    /// From when a fact on these terms is known; `None` if it has always held.
    pub fn of(graph: &Graph, terms: TermsId) -> Option<Self> {
        Some(Self(graph.terms.known(terms))).filter(|known| known.0 != Known::Always)
    }
}

impl Serialize for KnownSince {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Known::Stated(since) => since.serialize(serializer),
            Known::Sourced(day) => day.serialize(serializer),
            Known::Always => serializer.serialize_none(),
        }
    }
}

/// The ids of a kind's layer and input.
pub fn layer_and_input(graph: &Graph, kind: KindIx) -> (&str, Option<&str>) {
    let (layer, input) = graph.kind(kind);
    (layer.id.as_str(), input.map(|input| input.id.as_str()))
}

/// The id of a layer.
pub fn layer_id(graph: &Graph, layer: LayerIx) -> &str {
    graph.layers[layer as usize].id.as_str()
}

fn says(text: &Option<Text>, lang: Lang) -> Option<&str> {
    text.as_ref().map(|text| text.get(lang))
}

/// Whether a kind is of this layer.
pub fn is_of_layer(graph: &Graph, kind: KindIx, layer: LayerIx) -> bool {
    let Kind { layer: own, .. } = graph.kinds[kind as usize];
    own == layer
}

/// A concrete page type for each list, since generic ones have no name of their own in OpenAPI.
macro_rules! page {
    ($($name:ident of $item:ident: $what:literal;)*) => {$(
        #[doc = $what]
        #[derive(Debug, Serialize, ToSchema)]
        pub struct $name<'a> {
            /// What is on this page.
            pub items: Vec<$item<'a>>,
            /// How many items the whole list has.
            pub total: usize,
            /// The address of the next page; null on the last one.
            pub next: Option<&'a str>,
            /// The day asked about.
            #[schema(value_type = String, format = Date, example = "2026-11-26")]
            pub as_of: crate::model::Day,
        }

        impl<'a> $name<'a> {
            /// The items of a page, on the day asked about.
            pub fn new<T>(items: Vec<$item<'a>>, page: &'a $crate::http::page::Page<'_, T>, as_of: crate::model::Day) -> Self {
                Self { items, total: page.total, next: page.next.as_deref(), as_of }
            }
        }

        impl $crate::http::answer::Listed for $name<'_> {
            fn next(&self) -> Option<&str> {
                self.next
            }
        }
    )*};
}
pub(super) use page;

page! {
    CompanyList of CompanySummary: "A page of companies.";
    DependencyList of Dependency: "A page of dependencies.";
    RoleHeldList of Role: "The roles of a company.";
    SourceList of Source: "A page of sources.";
    FigureList of PublishedFigure: "A page of figures.";
    StakeList of StakeHeld: "A page of stakes.";
    ConcentrationList of ConcentrationOfLayer: "A page of layers and inputs.";
}
