//! Facts about companies: roles, self-supply, stakes, strategies, figures; and what roles spend.

use serde::Serialize;
use utoipa::ToSchema;

use super::{KnownSince, Reference, layer_and_input, layer_id, says, sources};
use crate::export::Href;
use crate::graph::{CompanyIx, Figure, Graph, HeldRole, Rate, RoleIx, SelfSupply, Stake, Strategy, Wording};
use crate::model::{FigureKind, Lang, PartialDate, StakeKind};

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
    #[schema(value_type = Option<String>, example = "2023-02-08")]
    pub known_since: Option<KnownSince>,
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
            known_since: KnownSince::of(graph, held.terms),
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
    #[schema(value_type = Option<String>, example = "2023-02-08")]
    pub known_since: Option<KnownSince>,
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
            known_since: KnownSince::of(graph, made.terms),
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
    #[schema(value_type = Option<String>, example = "2023-02-08")]
    pub known_since: Option<KnownSince>,
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
            known_since: KnownSince::of(graph, stake.terms),
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
    #[schema(value_type = Option<String>, example = "2023-02-08")]
    pub known_since: Option<KnownSince>,
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
            known_since: KnownSince::of(graph, strategy.terms),
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
    #[schema(value_type = Option<String>, example = "2023-02-08")]
    pub known_since: Option<KnownSince>,
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
            known_since: KnownSince::of(graph, figure.terms),
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
