//! What a list of vendors rests on in common.

use std::collections::BTreeMap;

use super::chokepoints::TooLarge;
use super::concentration::{Concentration, concentration};
use super::impact::struck;
use super::legal_form::without_legal_form;
use super::needs::{AllNeeds, gaps};
use super::search::{Hit, search, similarity};
use crate::graph::{CompanyIx, Graph, LayerIx, View, fold};
use crate::model::Country;
use crate::theory::{LANES, reach};

/// The vendors of somebody, each once, with the weight that it has for them.
pub type Vendors = BTreeMap<CompanyIx, f64>;

/// Some of the vendors.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Part {
    /// How many.
    pub vendors: usize,
    /// Their weight in all.
    pub weight: f64,
}

impl Part {
    fn add(&mut self, weight: f64) {
        self.vendors += 1;
        self.weight += weight;
    }
}

/// A company on which vendors rest.
#[derive(Debug, Clone, PartialEq)]
pub struct Support {
    /// The company.
    pub company: CompanyIx,
    /// The vendors that rest on it, at any depth.
    pub resting: Part,
    /// The vendors of which an activity fails if it is down.
    pub failing: Part,
}

/// A country on whose companies vendors rest.
#[derive(Debug, Clone, PartialEq)]
pub struct CountryPart {
    /// The country; `None` stands for companies of which it is not on record.
    pub country: Option<Country>,
    /// How many companies there are on which a vendor rests.
    pub companies: usize,
    /// The vendors that rest on one of them, at any depth.
    pub resting: Part,
}

/// What the data do not know of the vendors.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Unknown {
    /// Vendors of which no supplier is on record.
    pub without_suppliers: Vec<CompanyIx>,
    /// Vendors that use layers for which no supplier is on record.
    pub with_gaps: Vec<(CompanyIx, Vec<LayerIx>)>,
    /// How many dependencies the vendors have.
    pub dependencies: usize,
    /// How many of these rest on one voice.
    pub weak: usize,
}

/// What vendors rest on.
#[derive(Debug, PartialEq)]
pub struct Exposure {
    /// Every company on which a vendor rests, the one with most weight first, then by vendors, then by id.
    pub supports: Vec<Support>,
    /// How concentrated what the vendors buy is.
    pub concentration: Vec<Concentration>,
    /// Where the companies are on which they rest, the one with most weight first.
    pub countries: Vec<CountryPart>,
    /// What is not known.
    pub unknown: Unknown,
}

/// What the vendors rest on, on the day.
///
/// # Errors
/// If it would take too long.
pub fn exposure(graph: &Graph, view: &View, needs: &AllNeeds, vendors: &Vendors) -> Result<Exposure, TooLarge> {
    let mut resting = vec![Part::default(); graph.companies.len()];
    let mut countries: BTreeMap<Option<Country>, Part> = BTreeMap::new();
    let all: Vec<(CompanyIx, f64)> = vendors.iter().map(|(&company, &weight)| (company, weight)).collect();
    for lanes in all.chunks(LANES) {
        let start = |&(company, _): &(CompanyIx, f64)| {
            if view.has(company) { graph.activities.of(company).collect() } else { Vec::new() }
        };
        let starts: Vec<Vec<_>> = lanes.iter().map(start).collect();
        let found = reach(&graph.structure, &starts, view.absent_nodes(), |edge| view.opens(edge.guard));
        let mut by_country: BTreeMap<Option<Country>, u64> = BTreeMap::new();
        for company in view.companies() {
            let own = lanes.iter().position(|&(vendor, _)| vendor == company).map_or(0, |lane| 1 << lane);
            let mask = graph.activities.of(company).fold(0, |mask, node| mask | found[node as usize]) & !own;
            if mask != 0 {
                of_mask(mask, lanes, &mut resting[company as usize]);
                *by_country.entry(graph.companies[company as usize].country).or_default() |= mask;
            }
        }
        by_country.into_iter().for_each(|(country, mask)| of_mask(mask, lanes, countries.entry(country).or_default()));
    }
    let mut companies_in: BTreeMap<Option<Country>, usize> = BTreeMap::new();
    let mut cascade = needs.cascade(graph);
    let mut work = super::chokepoints::Work::default();
    let mut supports = Vec::new();
    for company in view.companies().filter(|&company| resting[company as usize].vendors > 0) {
        *companies_in.entry(graph.companies[company as usize].country).or_default() += 1;
        cascade.take_down(graph.activities.of(company));
        work.add(&cascade)?;
        let (stopped, curtailed) = struck(graph, &cascade);
        let mut failing = Part::default();
        stopped
            .iter()
            .chain(&curtailed)
            .filter_map(|company| vendors.get(company))
            .for_each(|&weight| failing.add(weight));
        supports.push(Support { company, resting: resting[company as usize], failing });
        cascade.take_back(crate::theory::Cascade::START);
    }
    supports.sort_by(|a, b| heavier(a.resting, b.resting).then(a.company.cmp(&b.company)));
    let mut countries: Vec<CountryPart> = countries
        .into_iter()
        .map(|(country, resting)| CountryPart { country, companies: companies_in[&country], resting })
        .collect();
    countries.sort_by(|a, b| heavier(a.resting, b.resting).then(a.country.cmp(&b.country)));
    let weight = |company: CompanyIx| vendors.get(&company).copied().unwrap_or(0.0);
    Ok(Exposure {
        supports,
        concentration: concentration(graph, view, weight),
        countries,
        unknown: unknown(graph, view, vendors),
    })
}

/// Puts the vendors of these lanes into a part.
fn of_mask(mask: u64, lanes: &[(CompanyIx, f64)], part: &mut Part) {
    let within = lanes.iter().enumerate().filter(|(lane, _)| mask >> lane & 1 == 1);
    within.for_each(|(_, &(_, weight))| part.add(weight));
}

/// The order of parts, the heaviest first.
pub fn heavier(a: Part, b: Part) -> std::cmp::Ordering {
    b.weight.total_cmp(&a.weight).then(b.vendors.cmp(&a.vendors))
}

fn unknown(graph: &Graph, view: &View, vendors: &Vendors) -> Unknown {
    let mut unknown = Unknown::default();
    for &company in vendors.keys() {
        let held = graph.dependencies.of(company).filter(|&at| view.holds(graph, at));
        let weak: Vec<bool> = held.map(|at| graph.terms.is_weak(graph.dependencies.terms(at))).collect();
        if weak.is_empty() {
            unknown.without_suppliers.push(company);
        }
        unknown.dependencies += weak.len();
        unknown.weak += weak.iter().filter(|&&weak| weak).count();
        let holes = gaps(graph, view, company);
        if !holes.is_empty() {
            unknown.with_gaps.push((company, holes));
        }
    }
    unknown
}

/// What a name on a list of vendors stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Resolved<'a> {
    /// A company.
    Company(Hit<'a>),
    /// None that is alike enough, or several that are equally alike; the likeliest first.
    Unclear(Vec<CompanyIx>),
}

/// Names less alike than this, letter by letter, are taken for different ones.
const ALIKE: f64 = 0.8;
/// Two companies that are nearer to each other than this cannot be told apart.
const APART: f64 = 0.05;

/// Words that say of a name where or what, and not who.
const GENERAL: &[&str] = &[
    "ai",
    "america",
    "americas",
    "asia",
    "cloud",
    "deutschland",
    "emea",
    "eu",
    "europe",
    "france",
    "germany",
    "global",
    "india",
    "international",
    "ireland",
    "japan",
    "kk",
    "korea",
    "labs",
    "of",
    "pacific",
    "platform",
    "platforms",
    "services",
    "service",
    "singapore",
    "software",
    "sales",
    "solutions",
    "systems",
    "taiwan",
    "technologies",
    "technology",
    "the",
    "uk",
    "us",
    "usa",
    "web",
    "코리아",
    "한국",
    "재팬",
    "클라우드",
    "서비스",
];

/// The company that the first words of a name stand for, if all other words are general or part of what it is called:
/// `microsoft azure`, `google cloud emea`.
fn by_first_words<'a>(graph: &'a Graph, bare: &str) -> Option<Hit<'a>> {
    let words: Vec<&str> = bare.split(' ').collect();
    (1..words.len()).rev().find_map(|count| {
        let name = graph.names.resolve(&words[..count].join(" "))?;
        let called: Vec<&str> = graph
            .names
            .iter()
            .filter(|other| other.company == name.company)
            .flat_map(|other| other.folded.split(|c: char| !c.is_alphanumeric()))
            .collect();
        let known = words[count..].iter().all(|word| GENERAL.contains(word) || called.contains(word));
        let matched = name.text(&graph.companies);
        let score = similarity(&name.folded, bare);
        known.then_some(Hit { company: name.company, score, matched, kind: name.kind })
    })
}

/// The company that a name stands for: the same name, the same but for the legal form, or one that is alike.
pub fn resolve<'a>(graph: &'a Graph, name: &str) -> Resolved<'a> {
    let folded = fold(name);
    let bare = without_legal_form(&folded);
    for text in [folded.as_str(), bare.as_str()] {
        if let Some(name) = graph.names.resolve(text) {
            let kind = name.kind;
            return Resolved::Company(Hit {
                company: name.company,
                score: 1.0,
                matched: name.text(&graph.companies),
                kind,
            });
        }
    }
    if let Some(hit) = by_first_words(graph, &bare) {
        return Resolved::Company(hit);
    }
    let mut hits: Vec<Hit<'_>> = search(graph, None, if bare.is_empty() { &folded } else { &bare });
    let likeliest: Vec<CompanyIx> = hits.iter().map(|hit| hit.company).collect();
    hits.truncate(8);
    hits.iter_mut().for_each(|hit| hit.score = similarity(&without_legal_form(&fold(hit.matched)), &bare));
    hits.sort_by(|a, b| b.score.total_cmp(&a.score));
    let second = hits.get(1).map_or(0.0, |hit| hit.score);
    match hits.into_iter().next() {
        Some(best) if best.score >= ALIKE && best.score - second >= APART => Resolved::Company(best),
        _ => Resolved::Unclear(likeliest),
    }
}
