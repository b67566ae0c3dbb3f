//! The definitions, read word by word from the records: slow, and as plain as can be.

use std::collections::{BTreeMap, BTreeSet};

use linchpin::dataset::Dataset;
use linchpin::dataset::record::CompanyRecord;
use linchpin::model::{Day, Period, SourceId, Status};
use petgraph::Direction;
use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::drawn::{Asked, Way};

/// A company acting in a layer.
pub type Activity = (String, Option<String>);

/// What tells one dependency from all others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dependency {
    pub from: String,
    pub to: String,
    pub layer: String,
    pub input: Option<String>,
    pub since: Option<String>,
}

/// A company that a walk finds.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    pub hops: usize,
    pub company: String,
    pub layers: Vec<String>,
    pub dependencies: BTreeSet<Dependency>,
}

/// A path: the companies passed, and the dependencies of each hop.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path {
    pub companies: Vec<String>,
    pub dependencies: Vec<BTreeSet<Dependency>>,
}

/// A need: layer, input, other suppliers, and whether the company supplies itself.
pub type Need = (String, Option<String>, BTreeSet<String>, bool);

/// The records of a day.
pub struct Plain<'d> {
    data: &'d Dataset,
    day: Day,
    source: Option<&'static str>,
    status: Option<Status>,
}

impl<'d> Plain<'d> {
    pub fn new(data: &'d Dataset, asked: &Asked) -> Self {
        Self { data, day: asked.day.last_day(), source: asked.source, status: asked.status }
    }

    fn company(&self, id: &str) -> &'d CompanyRecord {
        self.data.companies.iter().find(|company| company.id.as_str() == id).unwrap()
    }

    /// From when a fact is known; `None` if it has always held.
    fn known(&self, period: Period, sources: &[SourceId]) -> Option<Day> {
        let bears = |id: &SourceId| {
            let source = self.data.sources.iter().find(|source| source.id == *id).unwrap();
            source.published.or(source.seen).map(|date| date.first_day())
        };
        match period.since {
            Some(since) => Some(since.first_day()),
            None => sources.iter().filter_map(bears).min(),
        }
    }

    /// Whether a fact is kept.
    pub fn keeps(&self, period: Period, sources: &[SourceId]) -> bool {
        self.known(period, sources).is_none_or(|known| known <= self.day)
            && period.until.is_none_or(|until| self.day < until.first_day())
            && self.source.is_none_or(|only| sources.iter().any(|source| source.as_str() == only))
    }

    fn dated(&self, date: Option<linchpin::model::PartialDate>, sources: &[SourceId]) -> bool {
        self.keeps(Period { since: date, until: None }, sources)
    }

    /// The dependencies that are kept, whoever is in the graph.
    fn kept_dependencies(&self) -> Vec<(Dependency, bool)> {
        let mut kept = Vec::new();
        for company in &self.data.companies {
            for it in &company.dependencies {
                let status = it.status.unwrap_or(Status::Confirmed);
                if self.keeps(it.period(), &it.sources) && self.status.is_none_or(|asked| asked == status) {
                    let dependency = Dependency {
                        from: company.id.to_string(),
                        to: it.on.to_string(),
                        layer: it.layer.to_string(),
                        input: it.input.as_ref().map(ToString::to_string),
                        since: it.since.map(|since| since.to_string()),
                    };
                    kept.push((dependency, it.critical != Some(false)));
                }
            }
        }
        kept
    }

    /// The dependencies that count, each with whether it is critical.
    pub fn dependencies(&self) -> Vec<(Dependency, bool)> {
        let mut all = self.kept_dependencies();
        all.retain(|(it, _)| self.present(&it.from) && self.present(&it.to));
        all
    }

    /// The layers, and inputs in them, in which a company supplies itself.
    pub fn made(&self, id: &str) -> Vec<(String, Option<String>)> {
        let made = self.company(id).self_supply.iter().filter(|made| self.keeps(made.period(), &made.sources));
        made.map(|made| (made.layer.to_string(), made.input.as_ref().map(ToString::to_string))).collect()
    }

    /// The roles that a company has on the day.
    pub fn roles(&self, id: &str) -> Vec<String> {
        let held = self.company(id).roles.iter().filter(|held| self.keeps(held.period(), &held.sources));
        held.map(|held| held.role.to_string()).collect()
    }

    /// Whether a company is in the graph of the day.
    pub fn present(&self, id: &str) -> bool {
        let record = self.company(id);
        record.founded.is_none_or(|founded| founded.first_day() <= self.day)
            && (self.source.is_none() || self.named(id))
    }

    fn named(&self, id: &str) -> bool {
        let record = self.company(id);
        !self.roles(id).is_empty()
            || !self.made(id).is_empty()
            || record.strategies.iter().any(|plan| self.dated(plan.date, &plan.sources))
            || self.kept_dependencies().iter().any(|(it, _)| it.from == id || it.to == id)
            || self
                .data
                .figures
                .iter()
                .any(|figure| *figure.subject == *format!("company:{id}") && self.dated(None, &figure.sources))
            || self.data.companies.iter().any(|holder| {
                holder
                    .stakes
                    .iter()
                    .filter(|stake| self.dated(stake.date, &stake.sources))
                    .any(|stake| holder.id.as_str() == id || stake.of.as_str() == id)
            })
    }

    /// The layers in the order of the stack.
    pub fn stack(&self) -> Vec<String> {
        let mut layers: Vec<_> = self.data.layers.iter().map(|layer| (layer.tier, layer.id.to_string())).collect();
        layers.sort();
        layers.into_iter().map(|(_, id)| id).collect()
    }

    /// The activities of a company and the layers they use, whatever the day.
    pub fn activities(&self, id: &str) -> Vec<(Option<String>, BTreeSet<String>)> {
        let record = self.company(id);
        let role = |id: &str| self.data.roles.iter().find(|role| role.id.as_str() == id).unwrap();
        let roles: Vec<_> = record.roles.iter().map(|held| role(held.role.as_str())).collect();
        let mut acts: BTreeSet<String> = roles.iter().map(|role| role.layer.to_string()).collect();
        acts.extend(record.self_supply.iter().map(|made| made.layer.to_string()));
        for other in &self.data.companies {
            acts.extend(other.dependencies.iter().filter(|it| it.on == record.id).map(|it| it.layer.to_string()));
        }
        let mut layers: Vec<_> = self.stack().into_iter().filter(|layer| acts.contains(layer)).map(Some).collect();
        if layers.is_empty() {
            layers.push(None);
        }
        let mut activities: Vec<_> = layers
            .into_iter()
            .map(|layer| {
                let here = |role: &&&linchpin::dataset::record::RoleRecord| Some(role.layer.to_string()) == layer;
                let own: Vec<_> = roles.iter().filter(|role| here(role)).copied().collect();
                let all: Vec<_> = self.data.roles.iter().collect();
                let of = if own.is_empty() { all.iter().filter(|role| here(role)).copied().collect() } else { own };
                let uses = of.iter().flat_map(|role| role.needs.iter()).map(ToString::to_string);
                (layer, uses.collect::<BTreeSet<_>>())
            })
            .collect();
        let mut taken: BTreeSet<String> = record.dependencies.iter().map(|it| it.layer.to_string()).collect();
        taken.extend(record.self_supply.iter().map(|made| made.layer.to_string()));
        taken.retain(|layer| !activities.iter().any(|(_, uses)| uses.contains(layer)));
        activities.iter_mut().for_each(|(_, uses)| uses.extend(taken.iter().cloned()));
        activities
    }

    /// The graph of the day: activities of the companies in it, an edge for each dependency or self-supply (`None`) and
    /// each activity that uses its layer. With `via`, edges of those layers only.
    pub fn graph(&self, via: Option<&[&str]>) -> DiGraph<Activity, Option<Dependency>> {
        let mut graph = DiGraph::new();
        let mut nodes: BTreeMap<Activity, (NodeIndex, BTreeSet<String>)> = BTreeMap::new();
        for company in self.data.companies.iter().filter(|company| self.present(company.id.as_str())) {
            for (layer, uses) in self.activities(company.id.as_str()) {
                let activity = (company.id.to_string(), layer);
                nodes.insert(activity.clone(), (graph.add_node(activity), uses));
            }
        }
        let mut join = |from: &str, to: &str, layer: &str, weight: Option<Dependency>| {
            if via.is_some_and(|via| !via.contains(&layer)) {
                return;
            }
            let (supplier, _) = nodes[&(to.to_owned(), Some(layer.to_owned()))];
            for ((company, _), (node, uses)) in &nodes {
                if company == from && uses.contains(layer) {
                    graph.add_edge(*node, supplier, weight.clone());
                }
            }
        };
        for (it, _) in self.dependencies() {
            join(&it.from.clone(), &it.to.clone(), &it.layer.clone(), Some(it));
        }
        for company in self.data.companies.iter().filter(|company| self.present(company.id.as_str())) {
            for (layer, _) in self.made(company.id.as_str()) {
                join(company.id.as_str(), company.id.as_str(), &layer, None);
            }
        }
        graph
    }

    /// Whom a walk finds, by hops, then id.
    pub fn walk(&self, id: &str, direction: Direction, way: &Way) -> Vec<Found> {
        let mut graph = self.graph(way.via.as_deref());
        if direction == Direction::Incoming {
            graph.reverse();
        }
        let mut hops: BTreeMap<NodeIndex, usize> = BTreeMap::new();
        for start in graph.node_indices().filter(|&node| graph[node].0 == id) {
            for (node, far) in dijkstra(&graph, start, None, |edge| usize::from(edge.weight().is_some())) {
                let fewest = hops.entry(node).or_insert(far);
                *fewest = far.min(*fewest);
            }
        }
        let mut found = Vec::new();
        for company in self.data.companies.iter().filter(|company| company.id.as_str() != id) {
            let mine = |node: &NodeIndex| graph[*node].0 == company.id.as_str();
            let in_layer = |node: &NodeIndex| way.layer.is_none_or(|layer| graph[*node].1.as_deref() == Some(layer));
            let listed = hops.iter().filter(|(node, _)| mine(node) && in_layer(node));
            let Some(fewest) = listed.clone().map(|(_, far)| *far).min().filter(|fewest| *fewest <= way.depth) else {
                continue;
            };
            let has_role = |role| self.roles(company.id.as_str()).iter().any(|held| held == role);
            let in_country = |code| company.country.is_some_and(|country| country.as_str() == code);
            if !way.role.is_none_or(has_role) || !way.country.is_none_or(in_country) {
                continue;
            }
            let at: BTreeSet<_> =
                listed.filter(|(_, far)| **far == fewest).filter_map(|(node, _)| graph[*node].1.clone()).collect();
            let entered = graph.edge_references().filter(|edge| {
                mine(&edge.target())
                    && hops.get(&edge.target()) == Some(&fewest)
                    && hops.get(&edge.source()) == Some(&(fewest - 1))
            });
            found.push(Found {
                hops: fewest,
                company: company.id.to_string(),
                layers: self.stack().into_iter().filter(|layer| at.contains(layer)).collect(),
                dependencies: entered.filter_map(|edge| edge.weight().clone()).collect(),
            });
        }
        found.sort();
        found
    }

    /// Every path from one company to another of at most so many hops, shortest first.
    pub fn paths(&self, from: &str, to: &str, via: Option<&[&str]>, max_hops: usize) -> Vec<Path> {
        let graph = self.graph(via);
        let start = graph.node_indices().filter(|&node| graph[node].0 == from).collect();
        let mut search = Search { graph: &graph, to, max_hops, sequences: Vec::new() };
        if from != to {
            search.go(&mut vec![from.to_owned()], &start);
        }
        let mut paths: Vec<_> = search.sequences.into_iter().map(|sequence| path(&graph, sequence)).collect();
        paths.sort_by(|a, b| (a.companies.len(), &a.companies).cmp(&(b.companies.len(), &b.companies)));
        paths
    }

    /// What a company cannot do without.
    pub fn needs(&self, id: &str) -> BTreeSet<Need> {
        if !self.present(id) {
            return BTreeSet::new();
        }
        let own: Vec<_> = self.dependencies().into_iter().filter(|(it, _)| it.from == id).collect();
        let made = self.made(id);
        let critical = own.iter().filter(|(_, critical)| *critical).map(|(it, _)| (it.layer.clone(), it.input.clone()));
        let mut needs: BTreeSet<_> =
            critical.chain(made.iter().filter(|(_, input)| input.is_some()).cloned()).collect();
        for (layer, _) in made.iter().filter(|(_, input)| input.is_none()) {
            if !needs.iter().any(|(other, _)| other == layer) {
                needs.insert((layer.clone(), None));
            }
        }
        let complete = |(layer, input): (String, Option<String>)| {
            let of = |it: &Dependency| it.layer == layer && it.input == input;
            let suppliers = own.iter().filter(|(it, _)| of(it)).map(|(it, _)| it.to.clone()).collect();
            let itself = made.contains(&(layer.clone(), None)) || made.contains(&(layer.clone(), input.clone()));
            (layer, input, suppliers, itself)
        };
        needs.into_iter().map(complete).collect()
    }

    /// The layers that a company uses, with no supplier and no self-supply.
    pub fn gaps(&self, id: &str) -> Vec<String> {
        if !self.present(id) {
            return Vec::new();
        }
        let mut covered: BTreeSet<_> = self.made(id).into_iter().map(|(layer, _)| layer).collect();
        covered.extend(self.dependencies().into_iter().filter(|(it, _)| it.from == id).map(|(it, _)| it.layer));
        let used: BTreeSet<_> = self.activities(id).into_iter().flat_map(|(_, uses)| uses).collect();
        self.stack().into_iter().filter(|layer| used.contains(layer) && !covered.contains(layer)).collect()
    }
}

type Day1<'a> = &'a DiGraph<Activity, Option<Dependency>>;

/// Follows all ways, a company at a time: what is carried along is where in the last company one can be.
struct Search<'a> {
    graph: Day1<'a>,
    to: &'a str,
    max_hops: usize,
    sequences: Vec<Vec<String>>,
}

impl Search<'_> {
    fn go(&mut self, way: &mut Vec<String>, here: &BTreeSet<NodeIndex>) {
        if way.last().is_some_and(|last| last == self.to) {
            self.sequences.push(way.clone());
            return;
        }
        if way.len() > self.max_hops {
            return;
        }
        let companies: BTreeSet<String> = self.graph.node_weights().map(|(company, _)| company.clone()).collect();
        for company in companies {
            let entered = forward(self.graph, here, &company);
            if !way.contains(&company) && !entered.is_empty() {
                way.push(company);
                self.go(way, &entered);
                way.pop();
            }
        }
    }
}

/// Where in a company one can be after one hop from here.
fn forward(graph: Day1<'_>, here: &BTreeSet<NodeIndex>, company: &str) -> BTreeSet<NodeIndex> {
    let hops = graph.edge_references().filter(|edge| edge.weight().is_some() && here.contains(&edge.source()));
    let ends = hops.map(|edge| edge.target()).filter(|&node| graph[node].0 == company).collect();
    within(graph, ends)
}

/// These activities and those that they supply themselves from.
fn within(graph: Day1<'_>, mut nodes: BTreeSet<NodeIndex>) -> BTreeSet<NodeIndex> {
    loop {
        let own = graph.edge_references().filter(|edge| edge.weight().is_none() && nodes.contains(&edge.source()));
        let more: Vec<_> = own.map(|edge| edge.target()).filter(|node| !nodes.contains(node)).collect();
        if more.is_empty() {
            return nodes;
        }
        nodes.extend(more);
    }
}

/// A sequence of companies with the dependencies by which it can be gone from end to end.
fn path(graph: Day1<'_>, companies: Vec<String>) -> Path {
    let hop = |at: usize, edge: &petgraph::graph::EdgeReference<'_, Option<Dependency>>| {
        edge.weight().is_some()
            && graph[edge.source()].0 == companies[at]
            && graph[edge.target()].0 == companies[at + 1]
    };
    // Whether the rest of the way can be gone by somebody who stands here.
    let rest = |at: usize, node: NodeIndex| {
        let mut here = within(graph, [node].into());
        for next in &companies[at + 1..] {
            here = forward(graph, &here, next);
        }
        !here.is_empty()
    };
    let mut here = graph.node_indices().filter(|&node| graph[node].0 == companies[0]).collect();
    let mut dependencies = Vec::new();
    for at in 0..companies.len() - 1 {
        let edges = graph.edge_references().filter(|edge| hop(at, edge) && BTreeSet::contains(&here, &edge.source()));
        let useful = edges.filter(|edge| rest(at + 1, edge.target()));
        dependencies.push(useful.filter_map(|edge| edge.weight().clone()).collect());
        here = forward(graph, &here, &companies[at + 1]);
    }
    Path { companies, dependencies }
}
