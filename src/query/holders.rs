//! Who has a role on the day.

use crate::graph::{CompanyIx, Graph, LayerIx, RoleIx, View};

/// The companies that have one of these roles on the day, by id.
pub fn holders<'a>(graph: &'a Graph, view: &'a View, roles: &'a [RoleIx]) -> impl Iterator<Item = CompanyIx> + use<'a> {
    view.companies().filter(|&company| {
        graph.held_roles.of(company).iter().any(|held| roles.contains(&held.role) && view.keeps(held.terms))
    })
}

/// The roles that supply in a layer.
pub fn roles_of_layer(graph: &Graph, layer: LayerIx) -> Vec<RoleIx> {
    (0..graph.roles.len() as RoleIx).filter(|&role| graph.roles[role as usize].layer == layer).collect()
}
