//! The page of a role.

use actix_web::{get, web};
use askama::Template;

use super::answers::Role;
use super::facts::Layers;
use super::frame::{Frame, Meta, OF_THINGS};
use super::view::segment;
use super::visit::{Page, Visit};

#[derive(Template)]
#[template(path = "role.html")]
struct RolePage<'a> {
    frame: &'a Frame,
    meta: Meta,
    role: Role,
    layers: Layers,
}

/// The page of a role.
#[get("/roles/{id}")]
pub async fn show(visit: Visit, id: web::Path<String>) -> Page {
    let path = format!("/v1/roles/{}", segment(&id));
    let role: Role = visit.get(&path, &[]).await?;
    let layers = Layers::of(&visit).await?;
    let frame = &visit.frame;
    let meta = Meta::of(&role.name, role.description.as_deref().unwrap_or(frame.w.tagline)).json(frame, &path, &[]);
    let meta = meta.and(frame, &path, OF_THINGS);
    visit.page(&RolePage { frame, meta, role, layers })
}
