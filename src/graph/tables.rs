//! From tables to the graph: activities, what they use, and the edges between them.

use std::collections::{BTreeMap, BTreeSet};

use fixedbitset::FixedBitSet;

use super::terms::{Guards, Interner};
use super::{
    Activities, ByCompany, Company, CompanyIx, Dependencies, DependencyIx, Figure, Graph, GuardId, HeldRole, Kind,
    KindIx, Layer, LayerIx, Manifest, Names, NodeIx, Role, SelfSupply, Source, Stake, Strategy, Structure, TermsId,
};

/// All that a graph is made of. Companies and sources come by id, layers in the order of the stack, roles by number.
#[derive(Debug)]
pub struct Tables {
    /// What the data set says of itself.
    pub manifest: Manifest,
    /// Layers, with their inputs by id.
    pub layers: Vec<Layer>,
    /// Roles.
    pub roles: Vec<Role>,
    /// Sources.
    pub sources: Vec<Source>,
    /// Companies.
    pub companies: Vec<Company>,
    /// What facts rest on.
    pub terms: Interner,
    /// What companies get from one another.
    pub dependencies: Dependencies,
    /// The roles that companies hold.
    pub held_roles: ByCompany<HeldRole>,
    /// What companies make for themselves.
    pub self_supply: ByCompany<SelfSupply>,
    /// What companies hold of others.
    pub stakes: ByCompany<Stake>,
    /// What companies are after.
    pub strategies: ByCompany<Strategy>,
    /// Published numbers.
    pub figures: Vec<Figure>,
}

/// A table is not in its order.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the tables of a graph are not in order")]
pub struct Unsorted;

impl Graph {
    /// The graph that tables make.
    ///
    /// # Errors
    /// If the dependencies are not in order.
    pub fn assemble(tables: Tables) -> Result<Self, Unsorted> {
        let Tables { manifest, layers, roles, sources, companies, terms, .. } = tables;
        let Tables { dependencies, held_roles, self_supply, stakes, strategies, figures, .. } = tables;
        let all = companies.len();
        let kinds = kinds(&layers);
        let activities = activities(&roles, &kinds, &held_roles, &dependencies, &self_supply);
        let mut makers = FixedBitSet::with_capacity(activities.len());
        for (company, _) in self_supply.iter() {
            activities.of(company).for_each(|node| makers.insert(node as usize));
        }
        let mut guards = terms.finish();
        let edges = edges(&activities, &kinds, &dependencies, &self_supply, &mut guards);
        let structure = Structure::from_sorted(activities.len(), edges).map_err(|_| Unsorted)?;
        let numbered = companies.iter().enumerate();
        let parents = numbered.filter_map(|(at, company)| Some((company.parent?, at as CompanyIx)));
        let subjects = figures.iter().enumerate().filter_map(|(at, figure)| Some((figure.company?, at as u32)));
        let holders = (0..all as CompanyIx).flat_map(|holder| {
            let own: &[Stake] = stakes.of(holder);
            own.iter().enumerate().map(move |(at, stake)| (stake.of, (holder, at as u32)))
        });
        Ok(Self {
            manifest,
            layers,
            kinds,
            roles,
            sources,
            names: Names::of(&companies),
            activities,
            terms: guards.finish(),
            self_supply,
            makers,
            held_roles,
            held_in: ByCompany::group(all, holders),
            figures_about: ByCompany::group(all, subjects),
            subsidiaries: ByCompany::group(all, parents),
            companies,
            dependencies,
            stakes,
            strategies,
            figures,
            structure,
        })
    }
}

/// Every layer, and after it every input within it.
pub(super) fn kinds(layers: &[Layer]) -> Vec<Kind> {
    let of_layer = |(at, layer): (usize, &Layer)| {
        let inputs = (0..layer.inputs.len() as u16).map(Some);
        std::iter::once(None).chain(inputs).map(move |input| Kind { layer: at as LayerIx, input }).collect::<Vec<_>>()
    };
    layers.iter().enumerate().flat_map(of_layer).collect()
}

/// The activities of every company and what each of them uses.
fn activities(
    roles: &[Role],
    kinds: &[Kind],
    held: &ByCompany<HeldRole>,
    dependencies: &Dependencies,
    made: &ByCompany<SelfSupply>,
) -> Activities {
    let layer_of = |kind: KindIx| kinds[kind as usize].layer;
    let companies = held.companies();
    let mut supplied = vec![BTreeSet::new(); companies];
    for dependency in 0..dependencies.len() as DependencyIx {
        supplied[dependencies.to(dependency) as usize].insert(layer_of(dependencies.kind(dependency)));
    }
    let mut needs_of_layer: BTreeMap<LayerIx, BTreeSet<LayerIx>> = BTreeMap::new();
    for role in roles {
        needs_of_layer.entry(role.layer).or_default().extend(&role.needs);
    }
    let mut activities = Activities::default();
    for (company, mut layers) in supplied.into_iter().enumerate() {
        let company = company as CompanyIx;
        let roles: Vec<&Role> = held.of(company).iter().map(|held| &roles[held.role as usize]).collect();
        let makes = made.of(company).iter().map(|made| layer_of(made.kind));
        layers.extend(roles.iter().map(|role| role.layer).chain(makes.clone()));
        if layers.is_empty() {
            layers.insert(Activities::NO_LAYER);
        }
        let mut all: Vec<(LayerIx, BTreeSet<LayerIx>)> = layers
            .into_iter()
            .map(|layer| {
                let mut here = roles.iter().filter(|role| role.layer == layer).peekable();
                let uses = match here.peek() {
                    Some(_) => here.flat_map(|role| &role.needs).copied().collect(),
                    None => needs_of_layer.get(&layer).cloned().unwrap_or_default(),
                };
                (layer, uses)
            })
            .collect();
        let mut taken: BTreeSet<LayerIx> = dependencies.of(company).map(|at| layer_of(dependencies.kind(at))).collect();
        taken.extend(makes);
        for layer in taken {
            if !all.iter().any(|(_, uses)| uses.contains(&layer)) {
                all.iter_mut().for_each(|(_, uses)| _ = uses.insert(layer));
            }
        }
        activities.push(all.into_iter().map(|(layer, uses)| (layer, uses.into_iter().collect())));
    }
    activities
}

/// The edges between activities, strictly increasing by dependent, then supplier.
fn edges(
    activities: &Activities,
    kinds: &[Kind],
    dependencies: &Dependencies,
    made: &ByCompany<SelfSupply>,
    guards: &mut Guards,
) -> Vec<(NodeIx, NodeIx, GuardId)> {
    let layer_of = |kind: KindIx| kinds[kind as usize].layer;
    let mut edges = Vec::with_capacity(dependencies.len());
    let mut supplies: Vec<(CompanyIx, LayerIx, TermsId)> = Vec::new();
    for company in 0..made.companies() as CompanyIx {
        supplies.clear();
        supplies.extend(
            dependencies
                .of(company)
                .map(|at| (dependencies.to(at), layer_of(dependencies.kind(at)), dependencies.terms(at))),
        );
        supplies.extend(made.of(company).iter().map(|made| (company, layer_of(made.kind), made.terms)));
        supplies.sort_by_key(|&(to, layer, _)| (to, layer));
        let ends: Vec<(LayerIx, NodeIx, GuardId)> = supplies
            .chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
            .filter_map(|run| {
                let terms: Vec<TermsId> = run.iter().map(|&(_, _, terms)| terms).collect();
                let (to, layer, _) = run[0];
                Some((layer, activities.find(to, layer)?, guards.any(&terms)))
            })
            .collect();
        for node in activities.of(company) {
            let uses = activities.uses(node);
            let used = ends.iter().filter(|(layer, ..)| uses.binary_search(layer).is_ok());
            edges.extend(used.map(|&(_, end, guard)| (node, end, guard)));
        }
    }
    edges
}
