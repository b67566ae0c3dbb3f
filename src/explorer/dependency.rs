//! The page of a dependency: what is got from whom, and who says so.

use actix_web::{get, web};
use askama::Template;

use super::answers::{Citation, Dependency};
use super::facts::Layers;
use super::frame::{Frame, Meta};
use super::view::segment;
use super::visit::{Page, Visit};

#[derive(Template)]
#[template(path = "dependency.html")]
struct DependencyPage<'a> {
    frame: &'a Frame,
    meta: Meta,
    dependency: Dependency,
    layers: Layers,
    sources: Vec<Citation>,
}

/// The page of a dependency.
#[get("/dependencies/{id}")]
pub async fn show(visit: Visit, id: web::Path<String>) -> Page {
    let path = format!("/v1/dependencies/{}", segment(&id));
    let dependency: Dependency = visit.get(&path, &[]).await?;
    let layers = Layers::of(&visit).await?;
    let mut sources = Vec::new();
    for source in &dependency.sources {
        sources.extend(visit.try_get::<Citation>(&format!("/v1/sources/{}", segment(source)), &[]).await);
    }
    let frame = &visit.frame;
    let title = frame.w.dependency_of.replacen("{}", &dependency.from.name, 1).replacen("{}", &dependency.to.name, 1);
    let what = dependency.what.as_deref().unwrap_or_else(|| layers.what(&dependency.layer, &dependency.input));
    let meta = Meta::of(&title, what).json(frame, &path, &[]);
    visit.page(&DependencyPage { frame, meta, dependency, layers, sources })
}
