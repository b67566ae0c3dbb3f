//! The graph as a document, whole or around one company.

use std::io::{self, Write};
use std::sync::Arc;

use actix_web::get;
use fixedbitset::FixedBitSet;

use super::World;
use super::ask::Ask;
use super::document::Document;
use super::parameters::{CompanyPath, GraphQuery, NeighbourhoodQuery, Side, ViewQuery};
use super::problem::{NotFound, Problems, Refusal};
use crate::export::{self, GraphInJson, Scope, Subgraph};
use crate::graph::View;
use crate::query::Direction;
use crate::snapshot::WalkQuestion;

/// Export the graph
///
/// All companies of the day and the dependencies between them, in any format of graphs. RDF holds the stack, stakes,
/// self-supply and sources, too. Large graphs come in chunks.
#[utoipa::path(
    operation_id = "exportGraph", tag = "documents", extensions(("x-command" = json!("export")), ("x-formats" = json!("graph"))),
    params(ViewQuery, GraphQuery),
    responses((status = 200, description = "The graph.", body = GraphInJson), Problems),
)]
#[get("/graph")]
pub async fn export_graph(ask: Ask<(GraphQuery,)>) -> Result<Document, Refusal> {
    let layers = ask.query.0.layer.as_ref().map(|names| ask.layers("layer", names)).transpose()?;
    let scope = Scope::whole(ask.graph(), &ask.view, layers);
    Ok(document(&ask, scope))
}

/// Export the graph around a company
///
/// The company, those found from it within `depth` hops, and the dependencies between any two of them. `direction` says
/// whether suppliers, dependents or both are looked for, `via` restricts the walk and the dependencies to layers.
#[utoipa::path(
    operation_id = "exportGraphOfCompany", tag = "documents", extensions(("x-command" = json!("graph")), ("x-formats" = json!("graph"))),
    params(CompanyPath, ViewQuery, NeighbourhoodQuery),
    responses((status = 200, description = "The graph.", body = GraphInJson), Problems, NotFound),
)]
#[get("/companies/{id}/graph")]
pub async fn export_graph_of_company(ask: Ask<(NeighbourhoodQuery,)>) -> Result<Document, Refusal> {
    let company = ask.company_in_path()?;
    let NeighbourhoodQuery { depth, direction, via } = &ask.query.0;
    let via = via.as_ref().map(|names| ask.layers("via", names)).transpose()?;
    let mut companies = FixedBitSet::with_capacity(ask.graph().companies.len());
    companies.insert(company as usize);
    for &direction in direction.unwrap_or_default().directions() {
        let filter = ask.view.filter;
        let question =
            WalkQuestion { filter, company, direction, depth: depth.0, via: via.clone(), kept: Default::default() };
        let found = ask.world.snapshot.walk(&ask.view, question);
        companies.extend(found.list.iter().map(|reached| reached.company as usize));
    }
    Ok(document(&ask, Scope { companies, layers: via, focus: Some(company) }))
}

impl Side {
    fn directions(self) -> &'static [Direction] {
        match self {
            Self::Both => &[Direction::Upstream, Direction::Downstream],
            Self::Upstream => &[Direction::Upstream],
            Self::Downstream => &[Direction::Downstream],
        }
    }
}

fn document<Q>(ask: &Ask<Q>, scope: Scope) -> Document {
    let (world, view): (Arc<World>, Arc<View>) = (Arc::clone(&ask.world), Arc::clone(&ask.view));
    let (lang, format, origin) = (ask.lang, ask.format, ask.origin());
    let size = scope.companies.count_ones(..);
    let write = move |out: &mut dyn Write| -> io::Result<()> {
        let part = Subgraph { graph: &world.snapshot.graph, view: &view, lang, scope: &scope };
        export::write(part, &origin, format, out)
    };
    Document::new(write, format, lang, size)
}
