//! Where revenue goes: from activity to activity, along dependencies, at the rates at which roles spend.

use std::collections::{BTreeMap, BTreeSet};

use super::holders::{holders, roles_of_layer};
use super::split::{Part, supply_split};
use crate::graph::{CompanyIx, Graph, KindIx, LayerIx, NodeIx, Rate, RoleIx, View};

/// Money that comes in where, all of it together the amount asked about.
pub type Entering = Vec<(NodeIx, f64)>;

/// Spent in all layers, no more than this part of what is received: money never circles for ever.
const MOST_SPENT: f64 = 0.95;
/// Money under way that is no more than this part of the amount stays where it is.
const NEGLIGIBLE: f64 = 1e-14;

/// Two cases: every role at its low rate, every role at its high rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cases<T> {
    /// Every role at its low rate.
    pub low: T,
    /// Every role at its high rate.
    pub high: T,
}

/// What somebody takes in, and what stays.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Takings {
    /// What is received, with what enters from outside.
    pub received: f64,
    /// What of it is not spent.
    pub retained: f64,
    /// What of that would be spent at the rates, had the company a supplier on record.
    pub unplaced: f64,
}

impl std::ops::AddAssign for Takings {
    fn add_assign(&mut self, other: Self) {
        self.received += other.received;
        self.retained += other.retained;
        self.unplaced += other.unplaced;
    }
}

/// Money that companies pay each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// Who pays.
    pub from: CompanyIx,
    /// Who is paid; the same where a company pays itself.
    pub to: CompanyIx,
    /// For what.
    pub layer: LayerIx,
    /// How much.
    pub paid: Cases<f64>,
}

/// Where an amount goes.
#[derive(Debug, PartialEq)]
pub struct Flows {
    /// By layer, in the order of the stack; money of activities without a layer comes last. Layers without money too.
    pub layers: Vec<(Option<LayerIx>, Cases<Takings>)>,
    /// By company, those that receive something, the one that retains most at the high rates first, then by id.
    pub companies: Vec<(CompanyIx, Cases<Takings>)>,
    /// By who pays whom for what, in order.
    pub links: Vec<Link>,
    /// The rates that were used, by role, then in the order of the role's rates.
    pub rates: Vec<(RoleIx, usize)>,
}

/// Where money goes that enters so.
pub fn flows(graph: &Graph, view: &View, entering: &Entering) -> Flows {
    let low = spread(graph, view, entering, |rate| rate.low);
    let high = spread(graph, view, entering, |rate| rate.high);
    let mut nodes: BTreeMap<NodeIx, Cases<Takings>> = BTreeMap::new();
    low.takings.iter().for_each(|(&node, &takings)| nodes.entry(node).or_default().low = takings);
    high.takings.iter().for_each(|(&node, &takings)| nodes.entry(node).or_default().high = takings);
    let mut layers: Vec<(Option<LayerIx>, Cases<Takings>)> =
        (0..graph.layers.len() as LayerIx).map(|layer| (Some(layer), Cases::default())).collect();
    let mut outside = Cases::default();
    let mut companies: BTreeMap<CompanyIx, Cases<Takings>> = BTreeMap::new();
    for (&node, &takings) in &nodes {
        let of_layer = match graph.activities.layer(node) {
            Some(layer) => &mut layers[layer as usize].1,
            None => &mut outside,
        };
        for sum in [of_layer, companies.entry(graph.activities.company(node)).or_default()] {
            sum.low += takings.low;
            sum.high += takings.high;
        }
    }
    if outside != Cases::default() {
        layers.push((None, outside));
    }
    let mut companies: Vec<_> = companies.into_iter().collect();
    companies.sort_by(|a, b| b.1.high.retained.total_cmp(&a.1.high.retained).then(a.0.cmp(&b.0)));
    let mut paid: BTreeMap<(CompanyIx, CompanyIx, LayerIx), Cases<f64>> = BTreeMap::new();
    low.paid.iter().for_each(|(&link, &sum)| paid.entry(link).or_default().low = sum);
    high.paid.iter().for_each(|(&link, &sum)| paid.entry(link).or_default().high = sum);
    let links = paid.into_iter().map(|((from, to, layer), paid)| Link { from, to, layer, paid }).collect();
    Flows { layers, companies, links, rates: low.rates.into_iter().collect() }
}

/// An amount that enters a layer: evenly over the companies that have a role in it on the day.
pub fn entering_layer(graph: &Graph, view: &View, layer: LayerIx, amount: f64) -> Entering {
    let roles = roles_of_layer(graph, layer);
    let nodes: Vec<NodeIx> =
        holders(graph, view, &roles).filter_map(|company| graph.activities.find(company, layer)).collect();
    let each = amount / nodes.len() as f64;
    nodes.into_iter().map(|node| (node, each)).collect()
}

struct Spread {
    takings: BTreeMap<NodeIx, Takings>,
    paid: BTreeMap<(CompanyIx, CompanyIx, LayerIx), f64>,
    rates: BTreeSet<(RoleIx, usize)>,
}

/// What an activity does with a unit of money.
struct Spending {
    to: Vec<(NodeIx, LayerIx, f64)>,
    retained: f64,
    unplaced: f64,
    rates: Vec<(RoleIx, usize)>,
}

/// One case, pushed on from activity to activity until what is under way is negligible.
fn spread(graph: &Graph, view: &View, entering: &Entering, at: impl Fn(&Rate) -> f64) -> Spread {
    let mut spread = Spread { takings: BTreeMap::new(), paid: BTreeMap::new(), rates: BTreeSet::new() };
    let mut known: BTreeMap<NodeIx, Spending> = BTreeMap::new();
    let mut arriving: BTreeMap<NodeIx, f64> = BTreeMap::new();
    for &(node, money) in entering {
        *arriving.entry(node).or_default() += money;
    }
    let amount: f64 = arriving.values().sum();
    while arriving.values().sum::<f64>() > amount * NEGLIGIBLE {
        let mut next: BTreeMap<NodeIx, f64> = BTreeMap::new();
        for (node, money) in arriving {
            let spending = known.entry(node).or_insert_with(|| spending(graph, view, node, &at));
            *spread.takings.entry(node).or_default() +=
                Takings { received: money, retained: money * spending.retained, unplaced: money * spending.unplaced };
            for &(to, layer, part) in &spending.to {
                *next.entry(to).or_default() += money * part;
                let link = (graph.activities.company(node), graph.activities.company(to), layer);
                *spread.paid.entry(link).or_default() += money * part;
            }
        }
        arriving = next;
    }
    for (node, money) in arriving {
        *spread.takings.entry(node).or_default() += Takings { received: money, retained: money, unplaced: 0.0 };
    }
    spread.rates = known.into_values().flat_map(|spending| spending.rates).collect();
    spread
}

fn spending(graph: &Graph, view: &View, node: NodeIx, at: impl Fn(&Rate) -> f64) -> Spending {
    let company = graph.activities.company(node);
    let mut wanted: BTreeMap<LayerIx, f64> = BTreeMap::new();
    let mut rates = Vec::new();
    for role in graph.roles_of_activity(node) {
        for (place, rate) in rates_of_the_day(graph, view, role) {
            let most = wanted.entry(rate.layer).or_default();
            *most = most.max(at(rate));
            rates.push((role, place));
        }
    }
    let made = |layer: LayerIx| {
        let own = graph.self_supply.of(company).iter();
        own.filter(|made| view.keeps(made.terms)).any(|made| graph.kinds[made.kind as usize].layer == layer)
    };
    let suppliers = |layer: LayerIx| -> Vec<Part> {
        let of_layer = |kind: KindIx| graph.kinds[kind as usize].layer == layer;
        supply_split(graph, view, company, of_layer, made(layer) && view.has(company))
    };
    let placed: Vec<(LayerIx, f64, Vec<Part>)> =
        wanted.into_iter().map(|(layer, rate)| (layer, rate, suppliers(layer))).collect();
    let unplaced: f64 = placed.iter().filter(|(.., parts)| parts.is_empty()).map(|(_, rate, _)| rate).sum();
    let sum: f64 = placed.iter().filter(|(.., parts)| !parts.is_empty()).map(|(_, rate, _)| rate).sum();
    let scale = if sum > MOST_SPENT { MOST_SPENT / sum } else { 1.0 };
    let to: Vec<(NodeIx, LayerIx, f64)> = placed
        .iter()
        .flat_map(|(layer, rate, parts)| {
            parts.iter().map(move |part| (*layer, rate * scale * part.share, part.supplier))
        })
        .filter_map(|(layer, part, supplier)| Some((graph.activities.find(supplier, layer)?, layer, part)))
        .filter(|&(.., part)| part > 0.0)
        .collect();
    let retained = 1.0 - to.iter().map(|(.., part)| part).sum::<f64>();
    Spending { to, retained, unplaced: unplaced.min(retained), rates }
}

/// Of a role's rates for each layer the newest that is not after the year of the day, else the oldest; each with its place
/// among the role's rates.
fn rates_of_the_day<'a>(graph: &'a Graph, view: &View, role: RoleIx) -> Vec<(usize, &'a Rate)> {
    let year = view.filter.day.year();
    let rates = &graph.roles[role as usize].rates;
    // Those that are not too late come first, the newest of them; then the others, the oldest of them.
    let order = move |rate: &Rate| match i32::from(rate.year) <= year {
        true => (0, -i32::from(rate.year)),
        false => (1, i32::from(rate.year)),
    };
    let kept = |(_, rate): &(usize, &Rate)| view.filter.supports(&graph.terms, rate.terms);
    let mut rates: Vec<(usize, &Rate)> = rates.iter().enumerate().filter(kept).collect();
    rates.sort_by_key(|(_, rate)| (rate.layer, order(rate)));
    let of_layer = rates.chunk_by(|a, b| a.1.layer == b.1.layer);
    let best = of_layer.flat_map(|rates| rates.iter().take_while(|(_, rate)| rate.year == rates[0].1.year));
    best.copied().collect()
}
