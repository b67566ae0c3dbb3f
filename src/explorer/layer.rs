//! The page of a layer.

use actix_web::{get, web};
use askama::Template;

use super::answers::{Concentration, Layer, List, Role};
use super::facts::Layers;
use super::frame::{Frame, Meta};
use super::numbers;
use super::view::segment;
use super::visit::{Page, Visit};

#[derive(Template)]
#[template(path = "layer.html")]
struct LayerPage<'a> {
    frame: &'a Frame,
    meta: Meta,
    layer: Layer,
    layers: Layers,
    roles: Vec<Role>,
    rows: Vec<Concentration>,
}

impl LayerPage<'_> {
    fn hhi(&self, row: &Concentration) -> String {
        row.hhi.map_or("–".to_owned(), |hhi| numbers::short(hhi, 0))
    }
}

/// The page of a layer.
#[get("/layers/{id}")]
pub async fn show(visit: Visit, id: web::Path<String>) -> Page {
    let path = format!("/v1/layers/{}", segment(&id));
    let layer: Layer = visit.get(&path, &[]).await?;
    let layers = Layers::of(&visit).await?;
    let roles: List<Role> = visit.get("/v1/roles", &[("limit", "1000")]).await?;
    let rows: List<Concentration> = visit.get("/v1/concentration", &[("layer", &layer.id), ("limit", "1000")]).await?;
    let frame = &visit.frame;
    let meta = Meta::of(&layer.name, layer.description.as_deref().unwrap_or(frame.w.tagline)).json(frame, &path, &[]);
    let roles = roles.items.into_iter().filter(|role| role.layer == layer.id).collect();
    visit.page(&LayerPage { frame, meta, layers, roles, rows: rows.items, layer })
}
