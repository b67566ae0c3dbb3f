//! From tables to the graph: activities, what they use, and the edges between them.

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
            names: Names::of(&companies),
            activities,
            terms: guards.finish(|source| sources[source as usize].voice()),
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
            sources,
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

/// The layers that a role needs.
fn needs(role: &Role) -> impl Iterator<Item = usize> {
    role.needs.iter().map(|&layer| layer as usize)
}

/// The activities of every company and what each of them uses.
fn activities(
    roles: &[Role],
    kinds: &[Kind],
    held: &ByCompany<HeldRole>,
    dependencies: &Dependencies,
    made: &ByCompany<SelfSupply>,
) -> Activities {
    let layer_of = |kind: KindIx| kinds[kind as usize].layer as usize;
    let width = kinds.last().map_or(0, |kind| kind.layer as usize + 1);
    // One bit for each company and layer: whether the company acts in it.
    let mut acting = FixedBitSet::with_capacity(held.companies() * width);
    for dependency in 0..dependencies.len() as DependencyIx {
        acting.insert(dependencies.to(dependency) as usize * width + layer_of(dependencies.kind(dependency)));
    }
    for (company, held) in held.iter() {
        acting.insert(company as usize * width + roles[held.role as usize].layer as usize);
    }
    for (company, made) in made.iter() {
        acting.insert(company as usize * width + layer_of(made.kind));
    }
    let mut needs_of_layer = vec![FixedBitSet::with_capacity(width); width];
    roles.iter().for_each(|role| needs_of_layer[role.layer as usize].extend(needs(role)));

    let mut activities = Activities::default();
    let mut layers: Vec<LayerIx> = Vec::new();
    for company in 0..held.companies() as CompanyIx {
        let first = company as usize * width;
        layers.clear();
        layers.extend((0..width).filter(|layer| acting.contains(first + layer)).map(|layer| layer as LayerIx));
        if layers.is_empty() {
            layers.push(Activities::NO_LAYER);
        }
        let roles = held.of(company).iter().map(|held| &roles[held.role as usize]);
        let mut left = FixedBitSet::with_capacity(width);
        left.extend(dependencies.of(company).map(|at| layer_of(dependencies.kind(at))));
        left.extend(made.of(company).iter().map(|made| layer_of(made.kind)));
        let uses_of = |&layer: &LayerIx| {
            let mut here = roles.clone().filter(|role| role.layer == layer).peekable();
            match here.peek() {
                Some(_) => here.flat_map(needs).collect(),
                None => needs_of_layer.get(layer as usize).cloned().unwrap_or_default(),
            }
        };
        let mut uses: Vec<FixedBitSet> = layers.iter().map(uses_of).collect();
        uses.iter().for_each(|uses| left.difference_with(uses));
        uses.iter_mut().for_each(|uses| uses.union_with(&left));
        let uses = uses.iter().map(|uses| uses.ones().map(|layer| layer as LayerIx).collect());
        activities.push(layers.iter().copied().zip(uses));
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
    let mut ends: Vec<(LayerIx, NodeIx, GuardId)> = Vec::new();
    let mut terms: Vec<TermsId> = Vec::new();
    for company in 0..made.companies() as CompanyIx {
        let got = |at| (dependencies.to(at), layer_of(dependencies.kind(at)), dependencies.terms(at));
        supplies.clear();
        supplies.extend(dependencies.of(company).map(got));
        supplies.extend(made.of(company).iter().map(|made| (company, layer_of(made.kind), made.terms)));
        supplies.sort_by_key(|&(to, layer, _)| (to, layer));
        ends.clear();
        for run in supplies.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            terms.clear();
            terms.extend(run.iter().map(|&(_, _, terms)| terms));
            let (to, layer, _) = run[0];
            ends.extend(activities.find(to, layer).map(|end| (layer, end, guards.any(&terms))));
        }
        for node in activities.of(company) {
            let uses = activities.uses(node);
            let used = ends.iter().filter(|(layer, ..)| uses.binary_search(layer).is_ok());
            edges.extend(used.map(|&(_, end, guard)| (node, end, guard)));
        }
    }
    edges
}
