//! Companies ranked by one measure of how much rests on them.

use super::chokepoints::{TooLarge, reach_of_failures};
use super::needs::AllNeeds;
use crate::graph::{CompanyIx, DependencyIx, Graph, View};
use crate::theory::{LANES, Rows, betweenness, pagerank, reach};

/// What companies are ranked by. The list of measures there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// How many companies get something from it, directly.
    Dependents,
    /// How many companies rest on it, at any depth.
    Reach,
    /// How many companies are stopped or curtailed if it is down.
    Impact,
    /// PageRank along the edges from dependent to supplier.
    Pagerank,
    /// On how many shortest paths between two others it lies.
    Betweenness,
}

impl Measure {
    /// Every measure.
    pub const ALL: [Self; 5] = [Self::Dependents, Self::Reach, Self::Impact, Self::Pagerank, Self::Betweenness];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dependents => "dependents",
            Self::Reach => "reach",
            Self::Impact => "impact",
            Self::Pagerank => "pagerank",
            Self::Betweenness => "betweenness",
        }
    }

    /// How it is worked out, in a sentence or two.
    pub fn method(self) -> &'static str {
        match self {
            Self::Dependents => "Companies with a dependency on it that holds on the day, each once.",
            Self::Reach => "Companies from which a walk along dependencies and self-supply leads to it, at any depth.",
            Self::Impact => {
                "Companies of which at least one activity fails if it is down: an activity fails when it loses all \
                 suppliers of one of its needs, and so on to the least fixpoint."
            }
            Self::Pagerank => {
                "PageRank over distinct pairs of companies, from dependent to supplier: damping 0.85, what arrives at \
                 companies without suppliers is spread evenly, the sum is 1."
            }
            Self::Betweenness => {
                "Shortest paths between other companies that pass through it, over distinct pairs from dependent to \
                 supplier: directed, unweighted, endpoints excluded, not normalised (Brandes)."
            }
        }
    }
}

impl std::str::FromStr for Measure {
    type Err = crate::model::Invalid;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let takes = "`dependents`, `reach`, `impact`, `pagerank` or `betweenness`";
        Self::ALL.into_iter().find(|measure| measure.name() == text).ok_or_else(|| crate::model::Invalid::new(takes))
    }
}

/// A company and its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scored {
    /// The company.
    pub company: CompanyIx,
    /// What it scores.
    pub score: f64,
    /// Its rank: 1 plus how many score more.
    pub rank: usize,
}

/// Work beyond this, in edges looked at, is refused.
const BUDGET: u64 = 1 << 30;

/// The companies of the day by a measure: by score, then id. Equal scores share a rank.
///
/// # Errors
/// If it would take too long.
pub fn ranking(graph: &Graph, view: &View, measure: Measure) -> Result<Vec<Scored>, TooLarge> {
    let companies: Vec<CompanyIx> = view.companies().collect();
    let scores: Vec<f64> = match measure {
        Measure::Dependents => {
            let pairs = pairs(graph, view, &companies);
            let dependents = pairs.turned(companies.len());
            (0..companies.len() as u32).map(|at| f64::from(dependents.width(at))).collect()
        }
        Measure::Pagerank => pagerank(&pairs(graph, view, &companies)),
        Measure::Betweenness => {
            affordable(companies.len() as u64 * graph.dependencies.len() as u64)?;
            betweenness(&pairs(graph, view, &companies))
        }
        Measure::Reach => {
            affordable(companies.len() as u64 * graph.dependencies.len() as u64 / LANES as u64)?;
            reaches(graph, view, &companies)
        }
        Measure::Impact => {
            let all = reach_of_failures(graph, view, &AllNeeds::of(graph, view))?;
            let struck = |&company: &CompanyIx| all[company as usize].stopped + all[company as usize].curtailed;
            companies.iter().map(|company| struck(company) as f64).collect()
        }
    };
    let mut scored: Vec<Scored> =
        companies.into_iter().zip(scores).map(|(company, score)| Scored { company, score, rank: 0 }).collect();
    scored.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.company.cmp(&b.company)));
    for at in 0..scored.len() {
        let same = at > 0 && scored[at - 1].score == scored[at].score;
        scored[at].rank = if same { scored[at - 1].rank } else { at + 1 };
    }
    Ok(scored)
}

fn affordable(work: u64) -> Result<(), TooLarge> {
    if work > BUDGET { Err(TooLarge) } else { Ok(()) }
}

/// Who depends on whom, each pair once, among companies numbered as they come.
fn pairs(graph: &Graph, view: &View, companies: &[CompanyIx]) -> Rows {
    let mut place = vec![u32::MAX; graph.companies.len()];
    companies.iter().enumerate().for_each(|(at, &company)| place[company as usize] = at as u32);
    let mut rows = Rows::default();
    let mut suppliers: Vec<u32> = Vec::new();
    for &company in companies {
        let held = |&dependency: &DependencyIx| view.holds(graph, dependency);
        suppliers.clear();
        suppliers
            .extend(graph.dependencies.of(company).filter(held).map(|at| place[graph.dependencies.to(at) as usize]));
        suppliers.dedup();
        rows.push(suppliers.iter().copied());
    }
    rows
}

/// How many companies rest on each, at any depth.
fn reaches(graph: &Graph, view: &View, companies: &[CompanyIx]) -> Vec<f64> {
    let mut count = vec![0.0; companies.len()];
    for (lanes, counts) in companies.chunks(LANES).zip(count.chunks_mut(LANES)) {
        let starts: Vec<Vec<_>> = lanes.iter().map(|&company| graph.activities.of(company).collect()).collect();
        let edges = petgraph::visit::Reversed(&graph.structure);
        let passes =
            |edge: petgraph::visit::ReversedEdgeReference<crate::graph::Edge>| view.opens(edge.as_unreversed().guard);
        let found = reach(edges, &starts, view.absent_nodes(), passes);
        for &company in companies {
            let mut mask = graph.activities.of(company).fold(0, |mask, node| mask | found[node as usize]);
            while mask != 0 {
                let lane = mask.trailing_zeros() as usize;
                mask &= mask - 1;
                counts[lane] += f64::from(u8::from(lanes[lane] != company));
            }
        }
    }
    count
}
