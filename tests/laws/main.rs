//! Laws: what holds of every data set, tried on random ones.
//!
//! [`drawn`] makes small data sets full of what is awkward: cycles, parallel edges, self-supply, several activities a
//! company, companies without roles, periods that have ended or not begun. [`plain`] reads the definitions of walk, need
//! and path word by word, without any regard for speed. What the program answers has to be the same.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod drawn;
mod needs;
mod paths;
mod petgraphs;
mod plain;
mod risk;
mod views;
mod walks;

use linchpin::dataset::{Dataset, Folder, load};
use linchpin::graph::{CompanyIx, DependencyIx, Filter, Graph, LayerIx, View};
use proptest::prelude::ProptestConfig;

use drawn::{Asked, Drawn};
use plain::{Dependency, Plain};

/// A drawn data set twice: as the program holds it on a day, and as its records say.
struct Both {
    graph: Graph,
    view: View,
    records: Dataset,
    asked: Asked,
}

impl Both {
    fn of(drawn: &Drawn, asked: &Asked) -> Self {
        let folder = Folder::memory(drawn.files());
        let read = || {
            let loaded = load(&folder);
            loaded.dataset.unwrap_or_else(|| panic!("{}", loaded.report))
        };
        let graph = Graph::build(read()).unwrap();
        let filter = Filter {
            day: asked.day.last_day(),
            source: asked.source.and_then(|source| graph.source(source)),
            status: asked.status,
        };
        let view = View::new(&graph, filter);
        Self { graph, view, records: read(), asked: asked.clone() }
    }

    fn plain(&self) -> Plain<'_> {
        Plain::new(&self.records, &self.asked)
    }

    fn companies(&self) -> impl Iterator<Item = (CompanyIx, &str)> {
        let ids = self.graph.companies.iter().map(|company| company.id.as_str());
        ids.enumerate().map(|(at, id)| (at as CompanyIx, id))
    }

    fn company_id(&self, company: CompanyIx) -> String {
        self.graph.companies[company as usize].id.to_string()
    }

    fn layer_id(&self, layer: LayerIx) -> String {
        self.graph.layers[layer as usize].id.to_string()
    }

    fn dependency(&self, at: DependencyIx) -> Dependency {
        let row = self.graph.dependencies.row(at);
        let (layer, input) = self.graph.kind(row.kind);
        Dependency {
            from: self.company_id(row.from),
            to: self.company_id(row.to),
            layer: layer.id.to_string(),
            input: input.map(|input| input.id.to_string()),
            since: self.graph.terms.get(row.terms).period.since.map(|since| since.to_string()),
        }
    }

    fn layers(&self, ids: &Option<Vec<&'static str>>) -> Option<Vec<LayerIx>> {
        let ids = ids.as_ref()?;
        Some(ids.iter().map(|id| self.graph.layer(id).unwrap()).collect())
    }
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}
