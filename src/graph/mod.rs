//! 3 · Structure: a [`Dataset`](crate::dataset::Dataset) becomes one immutable [`Graph`] of activities.
//!
//! Strings end here: companies, layers, roles and sources are numbers in the order of their answers, facts are rows of
//! tables sorted by company, and the edges between activities are two petgraph [`Csr`](petgraph::csr::Csr)s. A
//! [`View`] keeps of it what holds on a day, what a source says or what is confirmed, without copying any of it.

mod activities;
mod dependencies;
mod facts;
mod names;
mod records;
mod structure;
mod tables;
mod terms;
mod view;
mod words;

pub use activities::Activities;
pub use dependencies::{Dependencies, DependencyId, Row, Wording};
pub use facts::{ByCompany, Figure, HeldRole, Rate, SelfSupply, Stake, Strategy};
pub use names::{Name, NameKind, Names, fold};
pub use records::NoGraph;
pub use structure::{Edge, Structure};
pub use tables::{Tables, Unsorted};
pub use terms::{GuardId, Interner, Known, Terms, TermsId, TermsTable};
pub use view::{Filter, View};
pub use words::{Company, Input, Kind, Layer, Manifest, Profile, Role, Source};

use fixedbitset::FixedBitSet;

use crate::model::Day;

/// The number of a company, in the order of ids.
pub type CompanyIx = u32;
/// The number of an activity: a node of the graph. Those of one company follow each other.
pub type NodeIx = u32;
/// The number of a layer, in the order of the stack: by tier, then id.
pub type LayerIx = u16;
/// The number of a role, in the order of its number, then id.
pub type RoleIx = u16;
/// The number of a source, in the order of ids.
pub type SourceIx = u32;
/// The number of a [`Kind`]: a layer, or an input within it.
pub type KindIx = u16;
/// The number of a dependency, in the order of from, to, layer, input, since.
pub type DependencyIx = u32;

/// All that was loaded, as numbers.
#[derive(Debug)]
pub struct Graph {
    /// What the data set says of itself.
    pub manifest: Manifest,
    /// Layers, in the order of the stack.
    pub layers: Vec<Layer>,
    /// Layers and their inputs, each layer before its inputs.
    pub kinds: Vec<Kind>,
    /// Roles, by number, then id.
    pub roles: Vec<Role>,
    /// Sources, by id.
    pub sources: Vec<Source>,
    /// Companies, by id.
    pub companies: Vec<Company>,
    /// Every name a company answers to.
    pub names: Names,
    /// The activities of the companies, and what each of them uses.
    pub activities: Activities,
    /// What facts rest on: period, status, sources.
    pub terms: TermsTable,
    /// What companies get from one another.
    pub dependencies: Dependencies,
    /// What companies make for themselves.
    pub self_supply: ByCompany<SelfSupply>,
    /// The activities of companies that make something for themselves: the only ones with edges that are no hop.
    pub makers: FixedBitSet,
    /// The roles that companies hold.
    pub held_roles: ByCompany<HeldRole>,
    /// What companies hold of others.
    pub stakes: ByCompany<Stake>,
    /// The holder of each stake in a company, and which of the holder's stakes it is.
    held_in: ByCompany<(CompanyIx, u32)>,
    /// What companies are after.
    pub strategies: ByCompany<Strategy>,
    /// Published numbers, in the order of their file.
    pub figures: Vec<Figure>,
    /// Which figures are about a company.
    figures_about: ByCompany<u32>,
    /// The companies that belong to a company, by id.
    pub subsidiaries: ByCompany<CompanyIx>,
    /// The edges between activities, both ways.
    pub structure: Structure,
}

impl Graph {
    /// The company with this id.
    pub fn company(&self, id: &str) -> Option<CompanyIx> {
        position(&self.companies, id, |company| company.id.as_str())
    }

    /// The source with this id.
    pub fn source(&self, id: &str) -> Option<SourceIx> {
        position(&self.sources, id, |source| source.id.as_str())
    }

    /// The layer with this id.
    pub fn layer(&self, id: &str) -> Option<LayerIx> {
        self.layers.iter().position(|layer| layer.id.as_str() == id).map(|at| at as LayerIx)
    }

    /// The role with this id.
    pub fn role(&self, id: &str) -> Option<RoleIx> {
        self.roles.iter().position(|role| role.id.as_str() == id).map(|at| at as RoleIx)
    }

    /// The layer and the input of a kind.
    pub fn kind(&self, kind: KindIx) -> (&Layer, Option<&Input>) {
        let Kind { layer, input } = self.kinds[kind as usize];
        let layer = &self.layers[layer as usize];
        (layer, input.map(|input| &layer.inputs[input as usize]))
    }

    /// The roles in which an activity acts: those of its company in its layer, of any period; if it has none there, all
    /// roles of that layer.
    pub fn roles_of_activity(&self, node: NodeIx) -> Vec<RoleIx> {
        let Some(layer) = self.activities.layer(node) else { return Vec::new() };
        let in_layer = |&role: &RoleIx| self.roles[role as usize].layer == layer;
        let held = self.held_roles.of(self.activities.company(node)).iter().map(|held| held.role);
        let mut roles: Vec<RoleIx> = held.filter(in_layer).collect();
        if roles.is_empty() {
            roles = (0..self.roles.len() as RoleIx).filter(in_layer).collect();
        }
        roles.sort_unstable();
        roles.dedup();
        roles
    }

    /// The kind that is the whole layer of a kind.
    pub fn whole_layer(&self, kind: KindIx) -> KindIx {
        kind - self.kinds[kind as usize].input.map_or(0, |input| input + 1)
    }

    /// The stakes that a company holds, then those that others hold in it; each with its holder.
    pub fn stakes_of(&self, company: CompanyIx) -> impl Iterator<Item = (CompanyIx, &Stake)> {
        let own = self.stakes.of(company).iter().map(move |stake| (company, stake));
        let others = self.held_in.of(company).iter();
        own.chain(others.map(|&(holder, at)| (holder, &self.stakes.of(holder)[at as usize])))
    }

    /// The figures about a company.
    pub fn figures_of(&self, company: CompanyIx) -> impl Iterator<Item = &Figure> {
        self.figures_about.of(company).iter().map(|&at| &self.figures[at as usize])
    }

    /// The day the data set speaks of.
    pub fn as_of(&self) -> Day {
        self.manifest.as_of
    }

    /// The memory that dependencies take in all, with their attributes and the edges they make, in bytes.
    pub fn bytes_of_dependencies(&self) -> usize {
        self.dependencies.bytes() + self.structure.bytes()
    }

    /// The id of a dependency.
    pub fn dependency_id(&self, dependency: DependencyIx) -> DependencyId<'_> {
        let (layer, input) = self.kind(self.dependencies.kind(dependency));
        let company = |ix: CompanyIx| self.companies[ix as usize].id.as_str();
        DependencyId {
            from: company(self.dependencies.from(dependency)),
            to: company(self.dependencies.to(dependency)),
            layer: layer.id.as_str(),
            input: input.map(|input| input.id.as_str()),
            since: self.terms.get(self.dependencies.terms(dependency)).period.since,
        }
    }

    /// The dependency with this id.
    pub fn dependency(&self, id: &str) -> Option<DependencyIx> {
        let mut parts = id.split(['.', '@']);
        let from = self.company(parts.next()?)?;
        let to = self.company(parts.next()?)?;
        self.dependencies.between(from, to).find(|&dependency| self.dependency_id(dependency).to_string() == id)
    }
}

fn position<T>(sorted: &[T], id: &str, key: impl Fn(&T) -> &str) -> Option<u32> {
    sorted.binary_search_by(|item| key(item).cmp(id)).ok().map(|at| at as u32)
}
