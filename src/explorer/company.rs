//! The page of a company.

use actix_web::{get, web};
use askama::Template;

use super::answers::{Chokepoint, Company, Dependency, Impact, List};
use super::drawing;
use super::facts::{Citations, Layers};
use super::figures;
use super::frame::{Frame, Meta, OF_THINGS};
use super::impact::{Wave, waves};
use super::text;
use super::view::segment;
use super::visit::{Page, Visit};

/// How many facts of a kind a page shows; there are links to all of them.
const SHOWN: &str = "100";

/// Graphs with more dependencies are not asked what stops on every page.
const QUICK: usize = 200_000;

#[derive(Template)]
#[template(path = "company.html")]
struct CompanyPage<'a> {
    frame: &'a Frame,
    meta: Meta,
    company: Company,
    layers: Layers,
    citations: Citations,
    /// Its dependencies by layer, in the order of the stack.
    upstream: Vec<(String, Vec<Dependency>)>,
    upstream_total: usize,
    /// Those of others on it by layer.
    downstream: Vec<(String, Vec<Dependency>)>,
    downstream_total: usize,
    impact: Option<Impact>,
    waves: Vec<Wave>,
    chokepoints: List<Chokepoint>,
    drawing: String,
}

impl CompanyPage<'_> {
    fn website(&self) -> Option<&str> {
        text::web(self.company.website.as_deref())
    }

    fn hit(&self) -> usize {
        self.impact.as_ref().map_or(0, |impact| impact.stopped.len() + impact.curtailed.len())
    }

    fn other_names(&self) -> Vec<&str> {
        let own = self.company.names.values().chain(&self.company.aliases).map(String::as_str);
        own.filter(|name| *name != self.company.name).collect()
    }
}

/// The page of a company.
#[get("/companies/{id}")]
pub async fn show(visit: Visit, id: web::Path<String>) -> Page {
    let path = format!("/v1/companies/{}", segment(&id));
    let company: Company = visit.get(&path, &[]).await?;
    let layers = Layers::of(&visit).await?;
    let from: List<Dependency> = visit.get("/v1/dependencies", &[("from", &company.id), ("limit", SHOWN)]).await?;
    let to: List<Dependency> = visit.get("/v1/dependencies", &[("to", &company.id), ("limit", SHOWN)]).await?;
    let chokepoints: Option<List<Chokepoint>> = visit.try_get(&format!("{path}/chokepoints"), &[]).await;
    let quick = visit.frame.overview.dependencies <= QUICK && company.present;
    let impact = if quick { visit.try_get("/v1/impact", &[("down", &company.id)]).await } else { None };
    let frame = &visit.frame;
    let meta = head(frame, &company, &path);
    visit.page(
        &CompanyPage {
            frame,
            meta,
            citations: Citations::of(Vec::new()),
            upstream: by_layer(&layers, from.items),
            upstream_total: from.total,
            downstream: by_layer(&layers, to.items),
            downstream_total: to.total,
            waves: impact.as_ref().map_or(Vec::new(), waves),
            impact,
            chokepoints: chokepoints.unwrap_or(List { items: Vec::new(), total: 0, next: None }),
            drawing: drawing::of_company(frame, &company.id, "1"),
            layers,
            company,
        }
        .cited(),
    )
}

impl CompanyPage<'_> {
    /// The same with the sources by id; they are listed no second time.
    fn cited(mut self) -> Self {
        self.citations = Citations::of(self.company.sources.clone());
        self
    }
}

fn head(frame: &Frame, company: &Company, path: &str) -> Meta {
    let roles = company.roles.iter().map(|role| role.name.as_str()).collect::<Vec<_>>().join(", ");
    let description = company.description.as_deref().unwrap_or(&roles);
    let meta = Meta::of(&company.name, if description.is_empty() { frame.w.tagline } else { description });
    let meta = meta.json(frame, path, &[]).and(frame, path, OF_THINGS);
    Meta { embeds: true, image: Some(drawing::card_of_company(frame, &company.id)), ..meta }
}

/// Dependencies by layer, layers in the order of the stack.
fn by_layer(layers: &Layers, all: Vec<Dependency>) -> Vec<(String, Vec<Dependency>)> {
    let mut groups: Vec<(String, Vec<Dependency>)> = Vec::new();
    for dependency in all {
        match groups.iter_mut().find(|(layer, _)| *layer == dependency.layer) {
            Some((_, group)) => group.push(dependency),
            None => groups.push((dependency.layer.clone(), vec![dependency])),
        }
    }
    groups.sort_by_key(|(layer, _)| layers.0.iter().position(|other| other.id == *layer));
    groups
}
