//! What other sites put into a frame: a company's card, and drawings.

use actix_web::{get, web};
use askama::Template;
use serde::de::IgnoredAny;

use super::answers::Company;
use super::drawing;
use super::facts::Layers;
use super::frame::{Frame, Meta};
use super::view::segment;
use super::visit::{Page, Visit};

#[derive(Template)]
#[template(path = "embed-company.html")]
struct Card<'a> {
    frame: &'a Frame,
    meta: Meta,
    company: Company,
    layers: Layers,
}

#[derive(Template)]
#[template(path = "embed-graph.html")]
struct Drawing<'a> {
    frame: &'a Frame,
    meta: Meta,
    drawing: String,
    caption: String,
    page: String,
}

/// A company's card.
#[get("/embed/companies/{id}")]
pub async fn show_company(visit: Visit, id: web::Path<String>) -> Page {
    let company: Company = visit.get(&format!("/v1/companies/{}", segment(&id)), &[]).await?;
    let layers = Layers::of(&visit).await?;
    let frame = &visit.frame;
    let meta = Meta::of(&company.name, company.description.as_deref().unwrap_or(frame.w.tagline)).unlisted();
    visit.embed(&Card { frame, meta, company, layers })
}

/// A drawing: a company's neighbourhood, or the whole graph.
#[get("/embed/graph")]
pub async fn show_graph(visit: Visit) -> Page {
    let company: Option<Company> = match visit.frame.parameter("company") {
        Some(name) => {
            let found = visit.get(&format!("/v1/companies/{}", segment(name)), &[]).await;
            Some(found.map_err(|refused| refused.within("/embed/graph", "company", &visit.frame))?)
        }
        None => None,
    };
    let frame = &visit.frame;
    let (drawing, caption, page) = match &company {
        Some(company) => {
            let depth = frame.parameter("depth").unwrap_or("1");
            // A picture cannot say what is wrong with a depth: the walk that it shows does.
            let walk = format!("/v1/companies/{}/dependencies", segment(&company.id));
            let _: IgnoredAny = visit.get(&walk, &[("depth", depth), ("limit", "1")]).await?;
            let caption = frame.saying(frame.w.drawing_of, &company.name);
            (drawing::of_company(frame, &company.id, depth), caption, frame.to("companies", &company.id))
        }
        None => (drawing::of_all(frame), frame.w.drawing_of_all.to_owned(), frame.link("/")),
    };
    let meta = Meta::of(&caption, &caption).unlisted();
    visit.embed(&Drawing { frame, meta, drawing, caption, page })
}
