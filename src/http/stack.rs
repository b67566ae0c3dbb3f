//! The stack: layers and roles.

use std::collections::BTreeSet;

use actix_web::get;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::Answer;
use super::ask::Ask;
use super::page::key;
use super::parameters::{LayerPath, PageQuery, RolePath, ViewQuery};
use super::problem::{NotFound, Problems};
use super::views::{Reference, SpendingRate, layer_id, page};
use crate::export::{About, Format, Href};
use crate::graph::{DependencyIx, Graph, KindIx, LayerIx, RoleIx, View};
use crate::model::{Day, Lang, Text};
use crate::query::{holders, roles_of_layer};

/// One kind of thing that is bought.
#[derive(Debug, Serialize, ToSchema)]
pub struct Layer<'a> {
    /// Its id.
    #[schema(example = "chip")]
    id: &'a str,
    /// What it is called in the language asked for.
    #[schema(example = "AI chips")]
    name: &'a str,
    /// What it is called in every language.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    names: &'a Text,
    /// Its address.
    #[schema(value_type = String, example = "/v1/layers/chip")]
    href: Href<'a>,
    /// Its column in the stack, 0 next to the end user.
    #[schema(example = 3)]
    tier: u16,
    /// What it is.
    description: Option<&'a str>,
    /// Finer kinds within it, whose suppliers are no alternatives to each other.
    inputs: Vec<LayerInput<'a>>,
    /// The ids of the roles that supply in it.
    #[schema(example = json!(["chip-maker"]))]
    roles: Vec<&'a str>,
}

/// A finer kind within a layer.
#[derive(Debug, Serialize, ToSchema)]
pub struct LayerInput<'a> {
    /// Its id.
    #[schema(example = "euv-lithography")]
    id: &'a str,
    /// What it is called in the language asked for.
    name: &'a str,
    /// What it is called in every language.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    names: &'a Text,
    /// What it is.
    description: Option<&'a str>,
}

/// What a company can be in the stack.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleOfStack<'a> {
    /// Its id.
    #[schema(example = "cloud")]
    id: &'a str,
    /// Its number.
    #[schema(example = 5)]
    number: Option<u32>,
    /// What it is called in the language asked for.
    #[schema(example = "Cloud platform")]
    name: &'a str,
    /// What it is called in every language.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    names: &'a Text,
    /// Its address.
    #[schema(value_type = String, example = "/v1/roles/cloud")]
    href: Href<'a>,
    /// The id of the layer in which it supplies.
    #[schema(example = "cloud")]
    layer: &'a str,
    /// The column of that layer in the stack.
    #[schema(example = 2)]
    tier: u16,
    /// The ids of the layers without which it cannot be played.
    #[schema(example = json!(["chip"]))]
    needs: Vec<&'a str>,
    /// What it is.
    description: Option<&'a str>,
    /// How many companies have it on the day.
    company_count: usize,
}

page! {
    LayerList of Layer: "A page of layers.";
    RoleList of RoleOfStack: "A page of roles.";
}

/// A role and who has it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleInFull<'a> {
    #[serde(flatten)]
    role: RoleOfStack<'a>,
    /// What share of its revenue it spends in a layer.
    rates: Vec<SpendingRate<'a>>,
    /// The companies that have it on the day, by id.
    companies: Vec<Reference<'a>>,
    /// The day asked about.
    #[schema(value_type = String, format = Date, example = "2026-11-26")]
    as_of: Day,
}

/// A layer and who supplies in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct LayerInFull<'a> {
    #[serde(flatten)]
    layer: Layer<'a>,
    /// The companies that have a role in it on the day, by id.
    companies: Vec<Reference<'a>>,
    /// The day asked about.
    #[schema(value_type = String, format = Date, example = "2026-11-26")]
    as_of: Day,
}

/// The roles in the order of their numbers; with a source, those that a kept fact names.
pub fn listed_roles<'a>(graph: &'a Graph, view: &'a View) -> impl Iterator<Item = RoleIx> + use<'a> {
    let named = view.filter.source.map(|_| {
        let held = graph.held_roles.iter().filter(|(_, held)| view.keeps(held.terms)).map(|(_, held)| held.role);
        let rated = (0..graph.roles.len() as RoleIx)
            .filter(|&role| graph.roles[role as usize].rates.iter().any(|rate| view.keeps(rate.terms)));
        held.chain(rated).collect::<BTreeSet<RoleIx>>()
    });
    (0..graph.roles.len() as RoleIx).filter(move |role| named.as_ref().is_none_or(|named| named.contains(role)))
}

/// The layers in the order of the stack; with a source, those that a kept fact names.
pub fn listed_layers<'a>(graph: &'a Graph, view: &'a View) -> impl Iterator<Item = LayerIx> + use<'a> {
    let named = view.filter.source.map(|_| {
        let mut named: BTreeSet<LayerIx> = BTreeSet::new();
        named.extend(listed_roles(graph, view).map(|role| graph.roles[role as usize].layer));
        let kinds = (0..graph.dependencies.len() as DependencyIx)
            .filter(|&at| view.keeps(graph.dependencies.terms(at)))
            .map(|at| graph.dependencies.kind(at));
        let made = graph.self_supply.iter().filter(|(_, made)| view.keeps(made.terms)).map(|(_, made)| made.kind);
        named.extend(kinds.chain(made).map(|kind| graph.kinds[kind as usize].layer));
        let rates = graph.roles.iter().flat_map(|role| &role.rates).filter(|rate| view.keeps(rate.terms));
        named.extend(rates.map(|rate| rate.layer));
        named
    });
    (0..graph.layers.len() as LayerIx).filter(move |layer| named.as_ref().is_none_or(|named| named.contains(layer)))
}

impl<'a> Layer<'a> {
    fn new(graph: &'a Graph, lang: Lang, layer: LayerIx) -> Self {
        let record = &graph.layers[layer as usize];
        Self {
            id: record.id.as_str(),
            name: record.name.get(lang),
            names: &record.name,
            href: Href::layer(graph, layer),
            tier: record.tier,
            description: record.description.as_ref().map(|text| text.get(lang)),
            inputs: record
                .inputs
                .iter()
                .map(|input| LayerInput {
                    id: input.id.as_str(),
                    name: input.name.get(lang),
                    names: &input.name,
                    description: input.description.as_ref().map(|text| text.get(lang)),
                })
                .collect(),
            roles: graph.roles.iter().filter(|role| role.layer == layer).map(|role| role.id.as_str()).collect(),
        }
    }
}

impl<'a> RoleOfStack<'a> {
    fn new(graph: &'a Graph, view: &View, lang: Lang, role: RoleIx) -> Self {
        let record = &graph.roles[role as usize];
        Self {
            id: record.id.as_str(),
            number: record.number,
            name: record.name.get(lang),
            names: &record.name,
            href: Href::role(graph, role),
            layer: layer_id(graph, record.layer),
            tier: graph.layers[record.layer as usize].tier,
            needs: record.needs.iter().map(|&layer| layer_id(graph, layer)).collect(),
            description: record.description.as_ref().map(|text| text.get(lang)),
            company_count: holders(graph, view, &[role]).count(),
        }
    }
}

/// The sort key of a layer: as the stack is ordered.
fn layer_order(graph: &Graph, layer: LayerIx) -> String {
    key(&[&format!("{:05}", graph.layers[layer as usize].tier), layer_id(graph, layer)])
}

/// The sort key of a layer or an input within it: as the stack is ordered.
pub fn kind_order(graph: &Graph, kind: KindIx) -> String {
    let (_, input) = graph.kind(kind);
    key(&[&layer_order(graph, graph.kinds[kind as usize].layer), input.map_or("", |input| input.id.as_str())])
}

/// The sort key of a role: by number, then id.
pub fn role_order(graph: &Graph, role: RoleIx) -> String {
    let role = &graph.roles[role as usize];
    key(&[&format!("{:010}", role.number.unwrap_or(u32::MAX)), role.id.as_str()])
}

/// List the layers
///
/// The stack: every kind of thing that is bought, in the order of tiers, then ids. With `source`, only layers that one of
/// the source's facts names.
#[utoipa::path(
    operation_id = "listLayers", tag = "stack", extensions(("x-command" = json!("layers"))),
    params(ViewQuery, PageQuery),
    responses((status = 200, description = "A page of layers.", body = LayerList), Problems),
)]
#[get("/layers")]
pub async fn list_layers(ask: Ask<(PageQuery,)>) -> Answer {
    let graph = ask.graph();
    let rows: Vec<LayerIx> = listed_layers(graph, &ask.view).collect();
    let page = ask.page(&ask.query.0, "", &rows, |&layer| layer_order(graph, layer))?;
    let items = page.rows.iter().map(|&layer| Layer::new(graph, ask.lang, layer)).collect();
    ask.list(&LayerList::new(items, &page, ask.view.filter.day))
}

/// Show a layer
///
/// One layer, its inputs, and the companies that have a role in it on the day.
#[utoipa::path(
    operation_id = "showLayer", tag = "stack", extensions(("x-command" = json!("layer"))),
    params(LayerPath, ViewQuery),
    responses((status = 200, description = "The layer.", body = LayerInFull), Problems, NotFound),
)]
#[get("/layers/{layer}")]
pub async fn show_layer(ask: Ask) -> Answer {
    let layer = ask.layer_in_path()?;
    let graph = ask.graph();
    let roles = roles_of_layer(graph, layer);
    let companies = holders(graph, &ask.view, &roles);
    ask.json(&LayerInFull {
        layer: Layer::new(graph, ask.lang, layer),
        companies: companies.map(|company| Reference::company(graph, ask.lang, company)).collect(),
        as_of: ask.view.filter.day,
    })
}

/// List the roles
///
/// What companies can be in the stack, in the order of their numbers, then ids. Numbers 1 to 6 are those of the founding
/// post. With `source`, only roles that one of the source's facts names.
#[utoipa::path(
    operation_id = "listRoles", tag = "stack", extensions(("x-command" = json!("roles"))),
    params(ViewQuery, PageQuery),
    responses((status = 200, description = "A page of roles.", body = RoleList), Problems),
)]
#[get("/roles")]
pub async fn list_roles(ask: Ask<(PageQuery,)>) -> Answer {
    let graph = ask.graph();
    let rows: Vec<RoleIx> = listed_roles(graph, &ask.view).collect();
    let page = ask.page(&ask.query.0, "", &rows, |&role| role_order(graph, role))?;
    let items = page.rows.iter().map(|&role| RoleOfStack::new(graph, &ask.view, ask.lang, role)).collect();
    ask.list(&RoleList::new(items, &page, ask.view.filter.day))
}

/// Show a role
///
/// One role: its layer, the layers it needs, what share of its revenue it spends in them, and the companies that have it
/// on the day.
#[utoipa::path(
    operation_id = "showRole", tag = "stack", extensions(("x-command" = json!("role")), ("x-formats" = json!("thing"))),
    params(RolePath, ViewQuery),
    responses((status = 200, description = "The role.", body = RoleInFull), Problems, NotFound),
)]
#[get("/roles/{role}")]
pub async fn show_role(ask: Ask) -> Answer {
    let role = ask.role_in_path()?;
    if ask.format != Format::Json {
        return ask.rdf(About::Role(role));
    }
    let (graph, view) = (ask.graph(), &*ask.view);
    let rates = graph.roles[role as usize].rates.iter().filter(|rate| view.keeps(rate.terms));
    ask.json(&RoleInFull {
        role: RoleOfStack::new(graph, view, ask.lang, role),
        rates: rates.map(|rate| SpendingRate::new(graph, ask.lang, role, rate)).collect(),
        companies: holders(graph, view, &[role]).map(|company| Reference::company(graph, ask.lang, company)).collect(),
        as_of: view.filter.day,
    })
}
