//! Why one company rests on another: paths, link by link, with who says so.

use std::collections::HashMap;

use actix_web::get;
use askama::Template;

use super::answers::{Citation, Dependency, Paths};
use super::drawing;
use super::facts::{Citations, Layers};
use super::frame::{Frame, Meta};
use super::view::segment;
use super::visit::{Page, Visit};

#[derive(Template)]
#[template(path = "paths.html")]
struct PathsPage<'a> {
    frame: &'a Frame,
    meta: Meta,
    layers: Layers,
    answer: Option<Paths>,
    links: HashMap<String, Dependency>,
    citations: Citations,
    drawing: Option<String>,
}

impl PathsPage<'_> {
    fn asked(&self, name: &str) -> &str {
        self.frame.parameter(name).unwrap_or_default()
    }

    fn sources(&self, id: &str) -> &[String] {
        self.links.get(id).map_or(&[], |link| &link.sources)
    }

    fn what(&self, id: &str) -> Option<&str> {
        self.links.get(id)?.what.as_deref()
    }
}

/// Paths between two companies, or the form that asks for them.
#[get("/paths")]
pub async fn show(visit: Visit) -> Page {
    let layers = Layers::of(&visit).await?;
    let frame = &visit.frame;
    let asked = match (frame.parameter("from"), frame.parameter("to")) {
        (Some(from), Some(to)) => Some([("from", from), ("to", to)]),
        _ => None,
    };
    let answer: Option<Paths> = match &asked {
        Some(own) => Some(visit.get("/v1/paths", own).await?),
        None => None,
    };
    let links = links(&visit, &answer).await;
    let citations = citations(&visit, &links).await;
    let title = answer.as_ref().map_or(frame.w.paths_title.to_owned(), |answer| {
        frame.w.paths_of.replacen("{}", &answer.from.name, 1).replacen("{}", &answer.to.name, 1)
    });
    let meta = Meta::of(&title, frame.w.paths_lead);
    let meta = match &asked {
        Some(own) => meta.json(frame, "/v1/paths", own),
        None => meta,
    };
    let drawing = asked.map(|own| drawing::of_answer(frame, "/v1/paths", &own));
    visit.page(&PathsPage { frame, meta, layers, answer, links, citations, drawing })
}

/// The dependencies that the paths go along.
async fn links(visit: &Visit, answer: &Option<Paths>) -> HashMap<String, Dependency> {
    let mut links = HashMap::new();
    for step in answer.iter().flat_map(|answer| &answer.paths).flat_map(|path| path.dependencies.iter().flatten()) {
        if !links.contains_key(&step.id) {
            let link: Option<Dependency> = visit.try_get(&format!("/v1/dependencies/{}", segment(&step.id)), &[]).await;
            links.extend(link.map(|link| (step.id.clone(), link)));
        }
    }
    links
}

async fn citations(visit: &Visit, links: &HashMap<String, Dependency>) -> Citations {
    let mut ids: Vec<_> = links.values().flat_map(|link| &link.sources).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut sources = Vec::new();
    for id in ids {
        sources.extend(visit.try_get::<Citation>(&format!("/v1/sources/{}", segment(id)), &[]).await);
    }
    Citations::of(sources)
}
