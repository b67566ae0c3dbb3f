//! The one table of formats: name, media type, and which answers can be had in it.

use std::str::FromStr;

macro_rules! formats {
    ($($variant:ident, $name:literal, $media:literal, $meaning:literal;)*) => {
        /// A form in which an answer can be had.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Format {
            $(#[doc = $meaning] $variant,)*
        }

        impl Format {
            /// Every format.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name by which it is asked for.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Its media type.
            pub fn media_type(self) -> &'static str {
                match self { $(Self::$variant => $media,)* }
            }

            /// Whether its documents hold whole addresses, which depend on where the server is.
            pub fn has_whole_addresses(self) -> bool {
                matches!(self, Self::JsonLd | Self::Turtle | Self::NTriples | Self::Atom | Self::Html)
            }

            /// What it is.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

formats! {
    Json, "json", "application/json", "JSON, as everywhere here";
    JsonLd, "jsonld", "application/ld+json", "JSON-LD 1.1";
    Turtle, "turtle", "text/turtle", "RDF 1.1 Turtle";
    NTriples, "ntriples", "application/n-triples", "RDF 1.1 N-Triples";
    GraphMl, "graphml", "application/graphml+xml", "GraphML, as NetworkX, yEd and Gephi read it";
    Gexf, "gexf", "application/gexf+xml", "GEXF 1.3, as Gephi reads it";
    Dot, "dot", "text/vnd.graphviz", "DOT, as Graphviz reads it";
    Csv, "csv", "text/csv", "CSV (RFC 4180), as spreadsheets read it";
    Mermaid, "mermaid", "text/vnd.mermaid", "A Mermaid flowchart";
    Cytoscape, "cytoscape", "application/json", "The elements of Cytoscape.js, by `format=cytoscape` only";
    Svg, "svg", "image/svg+xml", "A drawing";
    // From here on: what no graph is written in.
    Atom, "atom", "application/atom+xml", "An Atom feed (RFC 4287)";
    EventStream, "event-stream", "text/event-stream", "Server-sent events, as EventSource reads them";
    Html, "html", "text/html; charset=utf-8", "A page for people";
}

/// Answers that can be had in the same formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// In JSON only.
    Plain,
    /// Lists.
    List,
    /// One thing that is a subject of the RDF documents.
    Thing,
    /// Graphs.
    Graph,
    /// Answers that can be drawn.
    Drawn,
    /// News, as a feed.
    Feed,
    /// The state of something, or a stream of its states.
    Events,
    /// Pages for people.
    Page,
    /// The description of our own terms.
    Vocabulary,
}

impl Family {
    /// The formats, the usual one first.
    pub fn formats(self) -> &'static [Format] {
        match self {
            Self::Plain => &[Format::Json],
            Self::List => &[Format::Json, Format::Csv],
            Self::Thing => &[Format::Json, Format::JsonLd, Format::Turtle, Format::NTriples],
            // Everything but feeds, events and pages, which come last.
            Self::Graph => Format::ALL.split_last_chunk::<3>().map_or(&[], |(documents, _)| documents),
            Self::Drawn => &[Format::Json, Format::Svg],
            Self::Feed => &[Format::Atom],
            Self::Events => &[Format::Json, Format::EventStream],
            Self::Page => &[Format::Html],
            Self::Vocabulary => &[Format::Turtle, Format::JsonLd, Format::NTriples],
        }
    }
}

/// No format has this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no format has this name")]
pub struct Unknown;

impl FromStr for Format {
    type Err = Unknown;

    fn from_str(name: &str) -> Result<Self, Unknown> {
        Self::ALL.iter().copied().find(|format| format.name() == name).ok_or(Unknown)
    }
}
