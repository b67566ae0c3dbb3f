//! 7 · Now: one loaded, immutable world, and what has been worked out about it.

use std::hash::Hash;
use std::sync::Arc;

use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};

use crate::graph::{CompanyIx, Filter, Graph, LayerIx, View};
use crate::query::{AllNeeds, Direction, Evidence, Kept, Measure, Reached, Scored, TooLarge, Walk, ranking};

/// A graph, with the views and walks of it that were asked for lately.
#[derive(Debug)]
pub struct Snapshot {
    /// The graph.
    pub graph: Graph,
    today: Arc<View>,
    views: Cache<Filter, Arc<View>, Bytes>,
    studies: Cache<Filter, Arc<Study>, Bytes>,
    rankings: Cache<(Filter, Measure), Arc<Vec<Scored>>, Bytes>,
    walks: Option<Cache<WalkQuestion, Arc<WalkAnswer>, Bytes>>,
}

/// What questions about the whole graph of a day begin with.
#[derive(Debug)]
pub struct Study {
    /// The needs of all companies.
    pub needs: AllNeeds,
    /// How well the dependencies are supported.
    pub evidence: Evidence,
}

/// A walk and which of its companies are listed: all of a list but the page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WalkQuestion {
    /// Of which view.
    pub filter: Filter,
    /// From which company.
    pub company: CompanyIx,
    /// Which way.
    pub direction: Direction,
    /// How many hops at the most.
    pub depth: usize,
    /// Along edges of which layers only.
    pub via: Option<Vec<LayerIx>>,
    /// Which companies are listed.
    pub kept: Kept,
}

/// A walk and the companies it lists.
#[derive(Debug)]
pub struct WalkAnswer {
    /// The walk.
    pub walk: Walk,
    /// The companies, by hops, then id.
    pub list: Vec<Reached>,
}

/// How much is kept, in bytes, at the most.
#[derive(Debug, Clone)]
struct Bytes;

const VIEWS: u64 = 16 << 20;
const STUDIES: u64 = 64 << 20;
const RANKINGS: u64 = 16 << 20;

impl Snapshot {
    /// The world of this graph, which remembers walks of at most `walk_bytes` in all.
    pub fn new(graph: Graph, walk_bytes: u64) -> Self {
        let today = Arc::new(View::new(&graph, Filter { day: graph.as_of(), source: None, status: None }));
        let walks = (walk_bytes > 0).then(|| whole(walk_bytes));
        Self { graph, today, views: whole(VIEWS), studies: whole(STUDIES), rankings: whole(RANKINGS), walks }
    }

    /// The graph of the data set's own day, all of it.
    pub fn today(&self) -> &View {
        &self.today
    }

    /// What a filter keeps of the graph.
    pub fn view(&self, filter: Filter) -> Arc<View> {
        if self.today.filter == filter {
            return Arc::clone(&self.today);
        }
        let made = self.views.get_or_insert_with(&filter, || {
            Ok::<_, std::convert::Infallible>(Arc::new(View::new(&self.graph, filter)))
        });
        let Ok(view) = made;
        view
    }

    /// What questions about the whole graph of this view begin with.
    pub fn study(&self, view: &View) -> Arc<Study> {
        let made = self.studies.get_or_insert_with(&view.filter, || {
            let study = Study { needs: AllNeeds::of(&self.graph, view), evidence: Evidence::of(&self.graph, view) };
            Ok::<_, std::convert::Infallible>(Arc::new(study))
        });
        let Ok(study) = made;
        study
    }

    /// The companies of this view, ranked by a measure.
    ///
    /// # Errors
    /// If it would take too long.
    pub fn ranking(&self, view: &View, measure: Measure) -> Result<Arc<Vec<Scored>>, TooLarge> {
        self.rankings.get_or_insert_with(&(view.filter, measure), || ranking(&self.graph, view, measure).map(Arc::new))
    }

    /// The walk that a question asks for, and its list.
    pub fn walk(&self, view: &View, question: WalkQuestion) -> Arc<WalkAnswer> {
        let answer = |question: &WalkQuestion| {
            let WalkQuestion { company, direction, depth, via, kept, .. } = question;
            let walk = Walk::new(&self.graph, view, *company, *direction, *depth, via.clone());
            let list = walk.list(&self.graph, view, kept);
            Arc::new(WalkAnswer { walk, list })
        };
        match &self.walks {
            None => answer(&question),
            Some(walks) => {
                let made = walks.get_or_insert_with(&question, || Ok::<_, std::convert::Infallible>(answer(&question)));
                let Ok(found) = made;
                found
            }
        }
    }
}

/// A cache in one piece: in shards, each with its part of the room, none would hold what is as large as a walk.
fn whole<K: Eq + Hash, V: Clone>(bytes: u64) -> Cache<K, V, Bytes>
where
    Bytes: Weighter<K, V>,
{
    let options = OptionsBuilder::new().estimated_items_capacity(1024).weight_capacity(bytes).shards(1).build();
    match options {
        Ok(options) => Cache::with_options(options, Bytes, DefaultHashBuilder::default(), DefaultLifecycle::default()),
        Err(_) => Cache::with_weighter(1024, bytes, Bytes),
    }
}

impl Weighter<Filter, Arc<View>> for Bytes {
    fn weight(&self, _: &Filter, view: &Arc<View>) -> u64 {
        view.bytes() as u64
    }
}

impl Weighter<WalkQuestion, Arc<WalkAnswer>> for Bytes {
    fn weight(&self, _: &WalkQuestion, answer: &Arc<WalkAnswer>) -> u64 {
        (answer.walk.bytes() + answer.list.len() * size_of::<Reached>() + size_of::<WalkQuestion>()) as u64
    }
}

impl Weighter<Filter, Arc<Study>> for Bytes {
    fn weight(&self, _: &Filter, study: &Arc<Study>) -> u64 {
        (study.needs.bytes() + size_of::<Study>()) as u64
    }
}

impl Weighter<(Filter, Measure), Arc<Vec<Scored>>> for Bytes {
    fn weight(&self, _: &(Filter, Measure), scored: &Arc<Vec<Scored>>) -> u64 {
        (scored.len() * size_of::<Scored>() + 64) as u64
    }
}
