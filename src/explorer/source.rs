//! The page of a source: who says what.

use actix_web::{get, web};
use askama::Template;

use super::answers::Source;
use super::facts::Layers;
use super::figures;
use super::frame::{Frame, Meta};
use super::text;
use super::view::segment;
use super::visit::{Page, Visit};

#[derive(Template)]
#[template(path = "source.html")]
struct SourcePage<'a> {
    frame: &'a Frame,
    meta: Meta,
    source: Source,
    layers: Layers,
}

impl SourcePage<'_> {
    fn url(&self) -> Option<&str> {
        text::web(self.source.url.as_deref())
    }
}

/// The page of a source.
#[get("/sources/{id}")]
pub async fn show(visit: Visit, id: web::Path<String>) -> Page {
    let path = format!("/v1/sources/{}", segment(&id));
    let source: Source = visit.get(&path, &[]).await?;
    let layers = Layers::of(&visit).await?;
    let frame = &visit.frame;
    let meta = Meta::of(&source.name, source.says.as_deref().unwrap_or(&source.name)).json(frame, &path, &[]);
    visit.page(&SourcePage { frame, meta, source, layers })
}
