//! Answers of the routes, as far as pages show them. What the fields mean, the OpenAPI document says.

use serde::Deserialize;

/// A company or another thing: its id and name.
#[derive(Debug, Clone, Deserialize, PartialEq, Eq)]
pub struct Reference {
    pub id: String,
    pub name: String,
}

/// What is loaded.
#[derive(Debug, Deserialize)]
pub struct Overview {
    pub version: String,
    pub license: Option<String>,
    pub as_of: String,
    pub companies: usize,
    pub dependencies: usize,
    pub sources: usize,
}

/// A list.
#[derive(Debug, Deserialize)]
pub struct List<T> {
    pub items: Vec<T>,
    #[serde(default)]
    pub total: usize,
    #[serde(default)]
    pub next: Option<String>,
}

/// A problem.
#[derive(Debug, Default, Deserialize)]
pub struct Said {
    #[serde(rename = "type")]
    pub kind: String,
    pub status: u16,
    pub detail: String,
    #[serde(default)]
    pub parameter: Option<String>,
    #[serde(default)]
    pub got: Option<String>,
    #[serde(default)]
    pub takes: Option<String>,
    #[serde(default)]
    pub suggestions: Vec<Reference>,
}

/// A layer of the stack.
#[derive(Debug, Deserialize)]
pub struct Layer {
    pub id: String,
    pub name: String,
    pub tier: u32,
    pub description: Option<String>,
    #[serde(default)]
    pub inputs: Vec<Reference>,
    #[serde(default)]
    pub companies: Vec<Reference>,
}

/// A role.
#[derive(Debug, Deserialize)]
pub struct Role {
    pub id: String,
    pub name: String,
    pub number: Option<u32>,
    pub layer: String,
    #[serde(default)]
    pub needs: Vec<String>,
    pub description: Option<String>,
    #[serde(default)]
    pub rates: Vec<Rate>,
    #[serde(default)]
    pub companies: Vec<Reference>,
}

/// How much of its revenue a role passes on.
#[derive(Debug, Deserialize)]
pub struct Rate {
    pub role: String,
    pub layer: String,
    pub low: f64,
    pub high: f64,
    pub year: i32,
    pub note: Option<String>,
    pub sources: Vec<String>,
}

/// A company in a list.
#[derive(Debug, Deserialize)]
pub struct Summary {
    pub id: String,
    pub name: String,
    pub country: Option<String>,
    pub founded: Option<String>,
    pub roles: Vec<String>,
}

/// A company, all of it.
#[derive(Debug, Deserialize)]
pub struct Company {
    pub id: String,
    pub name: String,
    pub names: std::collections::BTreeMap<String, String>,
    pub aliases: Vec<String>,
    pub products: Vec<String>,
    pub description: Option<String>,
    pub country: Option<String>,
    pub founded: Option<String>,
    pub website: Option<String>,
    pub wikidata: Option<String>,
    pub lei: Option<String>,
    pub ticker: Option<String>,
    pub parent: Option<Reference>,
    pub subsidiaries: Vec<Reference>,
    pub present: bool,
    pub roles: Vec<Holding>,
    pub self_supply: Vec<SelfSupply>,
    pub counts: Counts,
    pub stakes: Vec<Stake>,
    pub figures: Vec<Figure>,
    pub strategies: Vec<Strategy>,
    pub gaps: Vec<String>,
    pub sources: Vec<Citation>,
}

/// How many companies it rests on directly, and how many rest on it.
#[derive(Debug, Deserialize)]
pub struct Counts {
    pub dependencies: usize,
    pub dependents: usize,
}

/// A role that a company holds.
#[derive(Debug, Deserialize)]
pub struct Holding {
    #[serde(default)]
    pub company: Option<Reference>,
    pub role: String,
    pub name: String,
    pub since: Option<String>,
    pub until: Option<String>,
    pub note: Option<String>,
}

/// What a company supplies itself with.
#[derive(Debug, Deserialize)]
pub struct SelfSupply {
    pub company: Reference,
    pub layer: String,
    pub input: Option<String>,
    pub what: Option<String>,
    pub since: Option<String>,
    pub known_since: Option<String>,
    pub until: Option<String>,
    pub sources: Vec<String>,
}

/// A part of one company that another one holds.
#[derive(Debug, Deserialize)]
pub struct Stake {
    pub holder: Reference,
    #[serde(rename = "in")]
    pub within: Reference,
    pub kind: String,
    pub amount_usd: Option<f64>,
    pub percent: Option<f64>,
    pub date: Option<String>,
    pub note: Option<String>,
    pub sources: Vec<String>,
}

/// A number that somebody states.
#[derive(Debug, Deserialize)]
pub struct Figure {
    pub subject: String,
    pub company: Option<Reference>,
    pub measure: String,
    pub value: f64,
    pub unit: String,
    pub year: i32,
    pub kind: String,
    pub note: Option<String>,
    pub sources: Vec<String>,
}

/// What a company means to do.
#[derive(Debug, Deserialize)]
pub struct Strategy {
    pub company: Reference,
    pub text: String,
    pub date: Option<String>,
    pub sources: Vec<String>,
}

/// A source in short.
#[derive(Debug, Clone, Deserialize)]
pub struct Citation {
    pub id: String,
    pub name: String,
    pub publisher: Option<String>,
    pub published: Option<String>,
}

/// A source with all that it supports.
#[derive(Debug, Deserialize)]
pub struct Source {
    pub id: String,
    pub name: String,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub seen: Option<String>,
    pub url: Option<String>,
    pub says: Option<String>,
    pub roles: Vec<Holding>,
    pub dependencies: Vec<Dependency>,
    pub self_supply: Vec<SelfSupply>,
    pub stakes: Vec<Stake>,
    pub figures: Vec<Figure>,
    pub rates: Vec<Rate>,
    pub strategies: Vec<Strategy>,
}

/// A dependency.
#[derive(Debug, Deserialize)]
pub struct Dependency {
    pub id: String,
    pub from: Reference,
    pub to: Reference,
    pub layer: String,
    pub input: Option<String>,
    pub what: Option<String>,
    pub status: String,
    pub since: Option<String>,
    pub known_since: Option<String>,
    pub until: Option<String>,
    pub critical: bool,
    pub share: Option<f64>,
    pub note: Option<String>,
    pub sources: Vec<String>,
    #[serde(default)]
    pub holds: Option<bool>,
}

/// What fails.
#[derive(Debug, Deserialize)]
pub struct Impact {
    pub down: Vec<Activity>,
    pub failed: Vec<Failure>,
    pub degraded: Vec<Degraded>,
    pub stopped: Vec<Reference>,
    pub curtailed: Vec<Reference>,
    pub layers: Vec<Hit>,
}

/// A company acting in a layer.
#[derive(Debug, Deserialize)]
pub struct Activity {
    pub company: Reference,
    pub layer: Option<String>,
}

/// An activity that fails, and why.
#[derive(Debug, Deserialize)]
pub struct Failure {
    pub company: Reference,
    pub layer: Option<String>,
    pub wave: usize,
    pub lost: Vec<Lost>,
}

/// A need that was lost.
#[derive(Debug, Deserialize)]
pub struct Lost {
    pub layer: String,
    pub input: Option<String>,
    pub suppliers: Vec<Reference>,
}

/// A need that is met by fewer than before.
#[derive(Debug, Deserialize)]
pub struct Degraded {
    pub company: Reference,
    pub layer: String,
    pub input: Option<String>,
    pub lost_share: f64,
}

/// How a layer is hit.
#[derive(Debug, Deserialize)]
pub struct Hit {
    pub layer: Option<String>,
    pub activities: usize,
    pub down: usize,
    pub failed: usize,
}

/// Paths from one company to another.
#[derive(Debug, Deserialize)]
pub struct Paths {
    pub from: Reference,
    pub to: Reference,
    pub paths: Vec<Path>,
    pub truncated: bool,
}

/// A path.
#[derive(Debug, Deserialize)]
pub struct Path {
    pub hops: usize,
    pub companies: Vec<Reference>,
    pub dependencies: Vec<Vec<Step>>,
}

/// A dependency on a path.
#[derive(Debug, Deserialize)]
pub struct Step {
    pub id: String,
    pub layer: String,
    pub input: Option<String>,
}

/// A company whose being down stops another.
#[derive(Debug, Deserialize)]
pub struct Chokepoint {
    pub company: Reference,
    pub layers: Vec<String>,
    pub wave: usize,
}

/// How a layer or input is concentrated.
#[derive(Debug, Deserialize)]
pub struct Concentration {
    pub layer: String,
    pub input: Option<String>,
    pub suppliers: usize,
    pub dependents: usize,
    pub hhi: Option<f64>,
    pub cr1: Option<f64>,
    pub shares: Vec<Share>,
}

/// A supplier's part.
#[derive(Debug, Deserialize)]
pub struct Share {
    pub company: Reference,
    pub share: f64,
}

/// A company in a ranking.
#[derive(Debug, Deserialize)]
pub struct Ranked {
    pub company: Reference,
    pub score: f64,
    pub rank: usize,
}

/// A company that was found.
#[derive(Debug, Deserialize)]
pub struct Found {
    pub summary: Summary,
}
