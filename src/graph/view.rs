//! A view: what of the graph holds on a day, what a source says, what is confirmed.

use fixedbitset::FixedBitSet;
use petgraph::visit::FilterEdge;

use super::{CompanyIx, DependencyIx, Edge, Graph, GuardId, SourceIx, TermsId, TermsTable};
use crate::model::{Day, Status};

/// Which facts are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Those that hold on this day.
    pub day: Day,
    /// Those that this source supports.
    pub source: Option<SourceIx>,
    /// Those of this status, where a fact has one.
    pub status: Option<Status>,
}

/// The graph as a [`Filter`] leaves it: one bit for each distinct terms and one for each company, no copy of anything.
///
/// It is a petgraph edge filter: `EdgeFiltered(&graph.structure, &view)` is the graph of the day.
#[derive(Debug)]
pub struct View {
    /// What was asked for.
    pub filter: Filter,
    guards: FixedBitSet,
    present: FixedBitSet,
    absent_nodes: FixedBitSet,
}

impl View {
    /// The view that a filter makes of a graph.
    pub fn new(graph: &Graph, filter: Filter) -> Self {
        let terms = &graph.terms;
        let mut guards = FixedBitSet::with_capacity(terms.len() + terms.guards().len());
        for id in 0..terms.len() as TermsId {
            guards.set(id as usize, filter.keeps(terms, id));
        }
        for (at, any) in terms.guards().iter().enumerate() {
            let open = any.iter().any(|&terms| guards.contains(terms as usize));
            guards.set(terms.len() + at, open);
        }
        let mut view = Self {
            filter,
            guards,
            present: FixedBitSet::with_capacity(graph.companies.len()),
            absent_nodes: FixedBitSet::new(),
        };
        match filter.source {
            None => view.present.insert_range(..),
            Some(_) => view.mark_named(graph),
        }
        for (at, company) in graph.companies.iter().enumerate() {
            if company.founded.is_some_and(|founded| founded.first_day() > filter.day) {
                view.present.set(at, false);
            }
        }
        if !view.present.is_full() {
            let mut absent = FixedBitSet::with_capacity(graph.activities.len());
            for company in view.present.zeroes() {
                let nodes = graph.activities.of(company as CompanyIx);
                absent.insert_range(nodes.start as usize..nodes.end as usize);
            }
            view.absent_nodes = absent;
        }
        view
    }

    /// Marks every company that a kept fact names.
    fn mark_named(&mut self, graph: &Graph) {
        let mut named = FixedBitSet::with_capacity(graph.companies.len());
        let mut name = |companies: &[CompanyIx], terms| {
            if self.keeps(terms) {
                companies.iter().for_each(|&company| named.insert(company as usize));
            }
        };
        for dependency in 0..graph.dependencies.len() as DependencyIx {
            let ends = [graph.dependencies.from(dependency), graph.dependencies.to(dependency)];
            name(&ends, graph.dependencies.terms(dependency));
        }
        graph.held_roles.iter().for_each(|(company, held)| name(&[company], held.terms));
        graph.self_supply.iter().for_each(|(company, supply)| name(&[company], supply.terms));
        graph.stakes.iter().for_each(|(company, stake)| name(&[company, stake.of], stake.terms));
        graph.strategies.iter().for_each(|(company, strategy)| name(&[company], strategy.terms));
        graph.figures.iter().for_each(|figure| name(figure.company.as_slice(), figure.terms));
        self.present = named;
    }

    /// Whether a fact on these terms is kept.
    #[inline]
    pub fn keeps(&self, terms: TermsId) -> bool {
        self.guards.contains(terms as usize)
    }

    /// Whether an edge with this guard is kept, as far as its terms go.
    #[inline]
    pub fn opens(&self, guard: GuardId) -> bool {
        self.guards.contains(guard as usize)
    }

    /// Whether a company is in the graph of the day.
    #[inline]
    pub fn has(&self, company: CompanyIx) -> bool {
        self.present.contains(company as usize)
    }

    /// The activities of companies that are not in the graph of the day.
    pub fn absent_nodes(&self) -> &FixedBitSet {
        &self.absent_nodes
    }

    /// The companies in the graph of the day, by id.
    pub fn companies(&self) -> impl Iterator<Item = CompanyIx> {
        self.present.ones().map(|company| company as CompanyIx)
    }

    /// How many companies are in the graph of the day.
    pub fn company_count(&self) -> usize {
        self.present.count_ones(..)
    }

    /// Whether a dependency counts: it is kept, and both its ends are in the graph.
    pub fn holds(&self, graph: &Graph, dependency: DependencyIx) -> bool {
        self.keeps(graph.dependencies.terms(dependency))
            && self.has(graph.dependencies.to(dependency))
            && self.has(graph.dependencies.from(dependency))
    }

    /// The size of the view in bytes, near enough.
    pub fn bytes(&self) -> usize {
        (self.guards.len() + self.present.len() + self.absent_nodes.len()) / 8 + size_of::<Self>()
    }
}

impl Filter {
    /// Whether facts on these terms are supported as asked, whatever the day.
    pub fn supports(&self, terms: &TermsTable, id: TermsId) -> bool {
        let status = terms.get(id).status;
        self.status.is_none_or(|asked| status.is_none_or(|status| status == asked))
            && self.source.is_none_or(|source| terms.sources(id).contains(&source))
    }

    fn keeps(&self, terms: &TermsTable, id: TermsId) -> bool {
        let ended = terms.end(id).is_some_and(|end| end <= self.day);
        terms.known(id).day() <= self.day && !ended && self.supports(terms, id)
    }
}

impl FilterEdge<Edge> for &View {
    fn include_edge(&self, edge: Edge) -> bool {
        self.opens(edge.guard)
    }
}
