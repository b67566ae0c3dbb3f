//! The list of companies, and what a search finds.

use actix_web::get;
use askama::Template;

use super::answers::{Found, List, Role, Summary};
use super::facts::Layers;
use super::frame::{Frame, Meta};
use super::visit::{Page, Visit};

#[derive(Template)]
#[template(path = "companies.html")]
struct Companies<'a> {
    frame: &'a Frame,
    meta: Meta,
    layers: Layers,
    roles: Vec<Role>,
    rows: Vec<Summary>,
    total: usize,
    /// Where the list goes on.
    next: Option<String>,
}

impl Companies<'_> {
    fn is(&self, name: &str, value: &str) -> bool {
        self.frame.parameter(name) == Some(value)
    }

    fn asked(&self) -> &str {
        self.frame.parameter("q").unwrap_or_default()
    }

    fn role<'a>(&'a self, id: &'a str) -> &'a str {
        self.roles.iter().find(|role| role.id == id).map_or(id, |role| &role.name)
    }
}

/// Companies, all or those that are sought.
#[get("/companies")]
pub async fn list(visit: Visit) -> Page {
    let layers = Layers::of(&visit).await?;
    let roles: List<Role> = visit.get("/v1/roles", &[("limit", "1000")]).await?;
    let own = |names: &[&'static str]| -> Vec<(&'static str, &str)> {
        names.iter().filter_map(|name| Some((*name, visit.frame.parameter(name)?))).collect()
    };
    let (path, asked, (rows, total, next)) = match visit.frame.parameter("q") {
        Some(_) => {
            let asked = own(&["q", "after"]);
            let list: List<Found> = visit.get("/v1/search", &asked).await?;
            let rows = list.items.into_iter().map(|found| found.summary).collect();
            ("/v1/search", asked, (rows, list.total, list.next))
        }
        None => {
            let asked = own(&["role", "layer", "country", "after"]);
            let list: List<Summary> = visit.get("/v1/companies", &asked).await?;
            ("/v1/companies", asked, (list.items, list.total, list.next))
        }
    };
    let frame = &visit.frame;
    let title = frame.parameter("q").map_or(frame.w.all_companies.to_owned(), |q| frame.saying(frame.w.results_for, q));
    let meta = Meta::of(&title, &frame.counted(frame.w.n_companies, total)).json(frame, path, &asked);
    let next = next.and_then(|next| next.split_once('?').map(|(_, query)| format!("/companies?{query}")));
    visit.page(&Companies { frame, meta, layers, roles: roles.items, rows, total, next })
}
