//! What answers are made of: numbers become names again here.

use std::fmt;

use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use crate::graph::{
    CompanyIx, DependencyIx, Figure, Graph, HeldRole, Kind, KindIx, Known, LayerIx, Rate, RoleIx, SelfSupply, SourceIx,
    Stake, Strategy, TermsId, Wording,
};
use crate::model::{Country, FigureKind, Lang, PartialDate, StakeKind, Status, Text};

/// The address of a thing: the one place where addresses are made.
#[derive(Debug, Clone, Copy)]
pub struct Href<'a>(&'static str, &'a str);

impl<'a> Href<'a> {
    /// Of a company.
    pub fn company(graph: &'a Graph, company: CompanyIx) -> Self {
        Self("/v1/companies/", graph.companies[company as usize].id.as_str())
    }

    /// Of a layer.
    pub fn layer(graph: &'a Graph, layer: LayerIx) -> Self {
        Self("/v1/layers/", graph.layers[layer as usize].id.as_str())
    }

    /// Of a role.
    pub fn role(graph: &'a Graph, role: RoleIx) -> Self {
        Self("/v1/roles/", graph.roles[role as usize].id.as_str())
    }

    /// Of a source.
    pub fn source(graph: &'a Graph, source: SourceIx) -> Self {
        Self("/v1/sources/", graph.sources[source as usize].id.as_str())
    }

    /// The id at its end.
    pub fn id(&self) -> &'a str {
        self.1
    }
}

impl fmt::Display for Href<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)?;
        f.write_str(self.1)
    }
}

impl Serialize for Href<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A reference to a thing that has an address of its own.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Reference<'a> {
    /// Its id.
    #[schema(example = "openai")]
    pub id: &'a str,
    /// What it is called in the language asked for.
    #[schema(example = "OpenAI")]
    pub name: &'a str,
    /// Its address.
    #[schema(value_type = String, example = "/v1/companies/openai")]
    pub href: Href<'a>,
}

impl<'a> Reference<'a> {
    fn new(href: Href<'a>, name: &'a str) -> Self {
        Self { id: href.id(), name, href }
    }

    /// To a company.
    pub fn company(graph: &'a Graph, lang: Lang, company: CompanyIx) -> Self {
        Self::new(Href::company(graph, company), graph.companies[company as usize].name.get(lang))
    }
}

/// A reference that outlives the graph: in problems.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Suggestion)]
pub struct OwnedReference {
    /// Its id.
    #[schema(example = "nvidia")]
    id: String,
    /// What it is called.
    #[schema(example = "Nvidia")]
    name: String,
    /// Its address.
    #[schema(example = "/v1/companies/nvidia")]
    href: String,
}

impl OwnedReference {
    fn new(href: Href<'_>, name: &str) -> Self {
        Self { id: href.id().to_owned(), name: name.to_owned(), href: href.to_string() }
    }

    /// To a company.
    pub fn company(graph: &Graph, company: CompanyIx) -> Self {
        Self::new(Href::company(graph, company), graph.companies[company as usize].name.get(Lang::EN))
    }

    /// To a layer.
    pub fn layer(graph: &Graph, layer: LayerIx) -> Self {
        Self::new(Href::layer(graph, layer), graph.layers[layer as usize].name.get(Lang::EN))
    }

    /// To a role.
    pub fn role(graph: &Graph, role: RoleIx) -> Self {
        Self::new(Href::role(graph, role), graph.roles[role as usize].name.get(Lang::EN))
    }

    /// To a source.
    pub fn source(graph: &Graph, source: SourceIx) -> Self {
        Self::new(Href::source(graph, source), &graph.sources[source as usize].title)
    }

    /// To a dependency.
    pub fn dependency(graph: &Graph, dependency: DependencyIx) -> Self {
        let id = graph.dependency_id(dependency);
        Self::new(Href("/v1/dependencies/", &id), &id)
    }
}

/// A thing in one language and its names in all.
pub fn names(text: &Text) -> std::collections::BTreeMap<String, &str> {
    text.iter().map(|(lang, text)| (lang.to_string(), text)).collect()
}

/// The ids of sources.
pub fn sources(graph: &Graph, terms: TermsId) -> Vec<&str> {
    graph.terms.sources(terms).iter().map(|&source| graph.sources[source as usize].id.as_str()).collect()
}

/// From when a fact is known: `since` where it is stated, else the earliest day that one of its sources bears.
pub fn known_since(graph: &Graph, terms: TermsId) -> Option<String> {
    match graph.terms.known(terms) {
        Known::Stated(since) => Some(since.to_string()),
        Known::Sourced(day) => Some(day.to_string()),
        Known::Always => None,
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

/// Something that one company gets from another.
#[derive(Debug, Serialize, ToSchema)]
pub struct Dependency<'a> {
    /// Its id: who, on whom, in which layer, for which input, since when.
    #[schema(example = "github.openai.model")]
    pub id: String,
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
    #[schema(example = "2023-02-08")]
    pub known_since: Option<String>,
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
        let (layer, input) = layer_and_input(graph, row.kind);
        let wording = graph.dependencies.wording(dependency);
        let id = graph.dependency_id(dependency);
        Self {
            href: format!("/v1/dependencies/{id}"),
            id,
            from: Reference::company(graph, lang, row.from),
            to: Reference::company(graph, lang, row.to),
            layer,
            input,
            what: wording.and_then(|wording| says(&wording.what, lang)),
            status: terms.status.unwrap_or_default(),
            since: terms.period.since,
            known_since: known_since(graph, row.terms),
            until: terms.period.until,
            critical: row.critical,
            share: row.share,
            note: wording.and_then(|wording| says(&wording.note, lang)),
            sources: sources(graph, row.terms),
        }
    }
}

/// A dependency in short, as walks and paths list it. Its id leads to all of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DependencyStep<'a> {
    /// Its id: `/v1/dependencies/{id}` has all of it.
    #[schema(example = "github.openai.model")]
    pub id: String,
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
}

impl<'a> DependencyStep<'a> {
    /// One dependency in short.
    pub fn new(graph: &'a Graph, lang: Lang, dependency: DependencyIx) -> Self {
        let (layer, input) = layer_and_input(graph, graph.dependencies.kind(dependency));
        Self {
            id: graph.dependency_id(dependency),
            from: Reference::company(graph, lang, graph.dependencies.from(dependency)),
            to: Reference::company(graph, lang, graph.dependencies.to(dependency)),
            layer,
            input,
        }
    }
}

/// A role that a company holds.
#[derive(Debug, Serialize, ToSchema)]
pub struct Role<'a> {
    /// The id of the role.
    #[schema(example = "cloud")]
    pub role: &'a str,
    /// What it is called.
    #[schema(example = "Cloud platform")]
    pub name: &'a str,
    /// The address of the role.
    #[schema(value_type = String, example = "/v1/roles/cloud")]
    pub href: Href<'a>,
    /// The id of the layer in which it supplies.
    #[schema(example = "cloud")]
    pub layer: &'a str,
    /// When it began, where that is stated.
    pub since: Option<PartialDate>,
    /// From when it counts.
    #[schema(example = "2023-02-08")]
    pub known_since: Option<String>,
    /// When it ended; null while it holds.
    pub until: Option<PartialDate>,
    /// A remark.
    pub note: Option<&'a str>,
    /// The ids of the sources that say so.
    pub sources: Vec<&'a str>,
}

impl<'a> Role<'a> {
    /// One role that a company holds.
    pub fn new(graph: &'a Graph, lang: Lang, held: &'a HeldRole) -> Self {
        let role = &graph.roles[held.role as usize];
        let period = graph.terms.get(held.terms).period;
        Self {
            role: role.id.as_str(),
            name: role.name.get(lang),
            href: Href::role(graph, held.role),
            layer: layer_id(graph, role.layer),
            since: period.since,
            known_since: known_since(graph, held.terms),
            until: period.until,
            note: says(&held.note, lang),
            sources: sources(graph, held.terms),
        }
    }
}

/// Something that a company makes for itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnSupply<'a> {
    /// The company.
    pub company: Reference<'a>,
    /// The id of the layer of what is made.
    #[schema(example = "chip")]
    pub layer: &'a str,
    /// The id of the input, the finer kind within the layer.
    pub input: Option<&'a str>,
    /// What is made, in a few words.
    pub what: Option<&'a str>,
    /// When it began, where that is stated.
    pub since: Option<PartialDate>,
    /// From when it counts.
    pub known_since: Option<String>,
    /// When it ended; null while it holds.
    pub until: Option<PartialDate>,
    /// A remark.
    pub note: Option<&'a str>,
    /// The ids of the sources that say so.
    pub sources: Vec<&'a str>,
}

impl<'a> OwnSupply<'a> {
    /// One thing that a company makes for itself.
    pub fn new(graph: &'a Graph, lang: Lang, company: CompanyIx, made: &'a SelfSupply) -> Self {
        let (layer, input) = layer_and_input(graph, made.kind);
        let period = graph.terms.get(made.terms).period;
        let Wording { what, note } = &made.wording;
        Self {
            company: Reference::company(graph, lang, company),
            layer,
            input,
            what: says(what, lang),
            since: period.since,
            known_since: known_since(graph, made.terms),
            until: period.until,
            note: says(note, lang),
            sources: sources(graph, made.terms),
        }
    }
}

/// What a company holds of another.
#[derive(Debug, Serialize, ToSchema)]
pub struct StakeHeld<'a> {
    /// Who holds it.
    pub holder: Reference<'a>,
    /// The company it is a part of.
    pub r#in: Reference<'a>,
    /// What kind of holding it is.
    pub kind: StakeKind,
    /// What was paid or promised, in US dollars.
    #[schema(minimum = 0, example = 1e9)]
    pub amount_usd: Option<f64>,
    /// The part of the company, in per cent.
    #[schema(minimum = 0, maximum = 100)]
    pub percent: Option<f64>,
    /// When, where that is stated.
    pub date: Option<PartialDate>,
    /// From when it counts.
    pub known_since: Option<String>,
    /// A remark.
    pub note: Option<&'a str>,
    /// The ids of the sources that say so.
    pub sources: Vec<&'a str>,
}

impl<'a> StakeHeld<'a> {
    /// One stake.
    pub fn new(graph: &'a Graph, lang: Lang, holder: CompanyIx, stake: &'a Stake) -> Self {
        Self {
            holder: Reference::company(graph, lang, holder),
            r#in: Reference::company(graph, lang, stake.of),
            kind: stake.kind,
            amount_usd: stake.amount_usd,
            percent: stake.percent,
            date: graph.terms.get(stake.terms).period.since,
            known_since: known_since(graph, stake.terms),
            note: says(&stake.note, lang),
            sources: sources(graph, stake.terms),
        }
    }
}

/// What a company is after.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompanyStrategy<'a> {
    /// The company.
    pub company: Reference<'a>,
    /// The strategy, in the language asked for.
    pub text: &'a str,
    /// When it was stated.
    pub date: Option<PartialDate>,
    /// From when it counts.
    pub known_since: Option<String>,
    /// The ids of the sources that say so.
    pub sources: Vec<&'a str>,
}

impl<'a> CompanyStrategy<'a> {
    /// One strategy.
    pub fn new(graph: &'a Graph, lang: Lang, company: CompanyIx, strategy: &'a Strategy) -> Self {
        Self {
            company: Reference::company(graph, lang, company),
            text: strategy.text.get(lang),
            date: graph.terms.get(strategy.terms).period.since,
            known_since: known_since(graph, strategy.terms),
            sources: sources(graph, strategy.terms),
        }
    }
}

/// A number somebody published.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublishedFigure<'a> {
    /// What it is about: `market:NAME` or `company:ID`.
    #[schema(example = "market:ai-chips")]
    pub subject: &'a str,
    /// The company it is about, if it is about one.
    pub company: Option<Reference<'a>>,
    /// What is measured.
    #[schema(example = "market-size")]
    pub measure: &'a str,
    /// The number.
    #[schema(example = 3.2e9)]
    pub value: f64,
    /// Its unit.
    #[schema(example = "USD")]
    pub unit: &'a str,
    /// The year it speaks of.
    #[schema(example = 2020)]
    pub year: u16,
    /// Measured, estimated or foretold.
    pub kind: FigureKind,
    /// From when it is known.
    pub known_since: Option<String>,
    /// A remark.
    pub note: Option<&'a str>,
    /// The ids of the sources that say so.
    pub sources: Vec<&'a str>,
}

impl<'a> PublishedFigure<'a> {
    /// One figure.
    pub fn new(graph: &'a Graph, lang: Lang, figure: &'a Figure) -> Self {
        Self {
            subject: &figure.subject,
            company: figure.company.map(|company| Reference::company(graph, lang, company)),
            measure: &figure.measure,
            value: figure.value,
            unit: &figure.unit,
            year: figure.year,
            kind: figure.kind,
            known_since: known_since(graph, figure.terms),
            note: says(&figure.note, lang),
            sources: sources(graph, figure.terms),
        }
    }
}

/// What share of its revenue a role spends in a layer.
#[derive(Debug, Serialize, ToSchema)]
pub struct SpendingRate<'a> {
    /// The id of the role.
    #[schema(example = "app-builder")]
    pub role: &'a str,
    /// The id of the layer.
    #[schema(example = "model")]
    pub layer: &'a str,
    /// The low estimate, 0–1.
    #[schema(minimum = 0, maximum = 1, example = 0.2)]
    pub low: f64,
    /// The high estimate, 0–1.
    #[schema(minimum = 0, maximum = 1, example = 0.4)]
    pub high: f64,
    /// The year it speaks of.
    #[schema(example = 2023)]
    pub year: u16,
    /// A remark.
    pub note: Option<&'a str>,
    /// The ids of the sources that say so.
    pub sources: Vec<&'a str>,
}

impl<'a> SpendingRate<'a> {
    /// One rate of a role.
    pub fn new(graph: &'a Graph, lang: Lang, role: RoleIx, rate: &'a Rate) -> Self {
        Self {
            role: graph.roles[role as usize].id.as_str(),
            layer: layer_id(graph, rate.layer),
            low: rate.low,
            high: rate.high,
            year: rate.year,
            note: says(&rate.note, lang),
            sources: sources(graph, rate.terms),
        }
    }
}

/// Who says so.
#[derive(Debug, Serialize, ToSchema)]
pub struct Source<'a> {
    /// Its id.
    #[schema(example = "caucasus-2023-02-08")]
    pub id: &'a str,
    /// The title of the page.
    pub name: &'a str,
    /// Its address here.
    #[schema(value_type = String, example = "/v1/sources/caucasus-2023-02-08")]
    pub href: Href<'a>,
    /// Who published it.
    pub publisher: Option<&'a str>,
    /// When it was published.
    pub published: Option<PartialDate>,
    /// When it was read.
    pub seen: Option<PartialDate>,
    /// Where it is.
    #[schema(example = "https://example.org/article")]
    pub url: Option<&'a str>,
    /// What it states, in our own words.
    pub says: Option<&'a str>,
}

impl<'a> Source<'a> {
    /// One source.
    pub fn new(graph: &'a Graph, source: SourceIx) -> Self {
        let record = &graph.sources[source as usize];
        Self {
            id: record.id.as_str(),
            name: &record.title,
            href: Href::source(graph, source),
            publisher: record.publisher.as_deref(),
            published: record.published,
            seen: record.seen,
            url: record.url.as_deref(),
            says: record.says.as_deref(),
        }
    }
}

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
        let Source { id, name, href, publisher, published, url, .. } = Source::new(graph, source);
        Self { id, name, href, publisher, published, url }
    }
}

/// A company in short.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompanySummary<'a> {
    /// Its id.
    #[schema(example = "openai")]
    pub id: &'a str,
    /// What it is called in the language asked for.
    #[schema(example = "OpenAI")]
    pub name: &'a str,
    /// Its address.
    #[schema(value_type = String, example = "/v1/companies/openai")]
    pub href: Href<'a>,
    /// Where its headquarters are: ISO 3166-1 alpha-2.
    pub country: Option<Country>,
    /// When it was founded.
    pub founded: Option<PartialDate>,
    /// The company that it belongs to.
    pub parent: Option<Reference<'a>>,
    /// The ids of the roles it has on the day.
    #[schema(example = json!(["closed-model"]))]
    pub roles: Vec<&'a str>,
}

impl<'a> CompanySummary<'a> {
    /// A company in short.
    pub fn new(graph: &'a Graph, view: &crate::graph::View, lang: Lang, company: CompanyIx) -> Self {
        let record = &graph.companies[company as usize];
        let mut roles: Vec<RoleIx> =
            graph.held_roles.of(company).iter().filter(|held| view.keeps(held.terms)).map(|held| held.role).collect();
        roles.dedup();
        Self {
            id: record.id.as_str(),
            name: record.name.get(lang),
            href: Href::company(graph, company),
            country: record.country,
            founded: record.founded,
            parent: record.parent.map(|parent| Reference::company(graph, lang, parent)),
            roles: roles.into_iter().map(|role| graph.roles[role as usize].id.as_str()).collect(),
        }
    }
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
            #[schema(value_type = String, format = Date, example = "2026-11-24")]
            pub as_of: crate::model::Day,
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
}
