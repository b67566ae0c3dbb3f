//! Pictures for where links to pages are posted (Open Graph, <https://ogp.me>): 1200 by 630 pixels, as most sites show them.

use actix_web::http::StatusCode;
use actix_web::{get, web};
use askama::Template;
use unicode_width::UnicodeWidthStr;

use super::answers::{Chokepoint, Company, List};
use super::frame::Frame;
use super::home::ranking;
use super::paint::paint;
use super::refused::Refused;
use super::text;
use super::view::segment;
use super::visit::{Page, Visit};
use crate::http::Given;

/// The columns that a line of the description has room for.
const COLUMNS: usize = 66;
/// The columns that there are for names and what they are.
const NAMES: usize = 74;

#[derive(Template)]
#[template(path = "card.svg")]
struct Card<'a> {
    frame: &'a Frame,
    title: String,
    title_size: usize,
    lines: Vec<(usize, String)>,
    tiles: Vec<(usize, String, String)>,
    named: &'a str,
    names: String,
}

impl<'a> Card<'a> {
    /// A card with a title, a sentence, numbers with what they count, and names with what they are.
    fn new(
        frame: &'a Frame,
        title: &str,
        sentence: &str,
        counts: [(usize, &str); 3],
        named: (&'a str, Vec<&str>),
    ) -> Self {
        let title = text::plain(title);
        // A letter is a little wider than half its height.
        let title_size = (1060 * 100 / (title.width().max(1) * 55)).clamp(24, 88);
        let lines = wrap(&text::plain(sentence)).into_iter().enumerate().map(|(at, line)| (296 + 46 * at, line));
        let tiles = counts
            .into_iter()
            .enumerate()
            .map(|(at, (number, what))| (72 + 368 * at, frame.count(number), frame.counted(what, number)));
        let (named, names) = (named.0, together(named.1, NAMES.saturating_sub(named.0.width())));
        Self { frame, title, title_size, lines: lines.collect(), tiles: tiles.collect(), named, names }
    }

    fn painted(&self) -> Page {
        let broken = Refused::Bare(StatusCode::INTERNAL_SERVER_ERROR);
        let painted = self.render().ok().and_then(|drawing| paint(&drawing).ok());
        Ok(Given::of_kind(painted.ok_or(broken)?, "image/png", self.frame.lang))
    }
}

/// The card of a company.
#[get("/cards/companies/{id}")]
pub async fn show_company(visit: Visit, id: web::Path<String>) -> Page {
    let path = format!("/v1/companies/{}", segment(&id));
    let company: Company = visit.get(&path, &[]).await?;
    let chokepoints: Option<List<Chokepoint>> = visit.try_get(&format!("{path}/chokepoints"), &[("limit", "12")]).await;
    let (total, items) = chokepoints.map_or((0, Vec::new()), |list| (list.total, list.items));
    let frame = &visit.frame;
    let w = frame.w;
    let counts = [
        (company.counts.dependencies, w.direct_suppliers),
        (company.counts.dependents, w.direct_dependents),
        (total, w.chokepoints_n),
    ];
    let names = items.iter().map(|chokepoint| chokepoint.company.name.as_str()).collect();
    let sentence = company.description.as_deref().unwrap_or(w.tagline);
    Card::new(frame, &company.name, sentence, counts, (w.chokepoints, names)).painted()
}

/// The card of the first page.
#[get("/cards")]
pub async fn show(visit: Visit) -> Page {
    let linchpins = ranking(&visit, "impact").await;
    let frame = &visit.frame;
    let (w, overview) = (frame.w, &frame.overview);
    let counts =
        [(overview.companies, w.companies), (overview.dependencies, w.dependencies), (overview.sources, w.sources)];
    let names = linchpins.iter().map(|row| row.company.name.as_str()).collect();
    Card::new(frame, w.tagline, w.home_lead, counts, (w.linchpins, names)).painted()
}

/// A sentence on two lines.
fn wrap(sentence: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in sentence.split_whitespace() {
        let full = lines.last().is_some_and(|line| !line.is_empty() && line.width() + 1 + word.width() > COLUMNS);
        if full && lines.len() == 2 {
            lines.iter_mut().skip(1).for_each(|line| line.push('…'));
            break;
        }
        if full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(word);
        }
    }
    lines
}

/// As many names as there are columns for.
fn together(names: Vec<&str>, columns: usize) -> String {
    let mut line = String::new();
    for name in names {
        let name = text::plain(name);
        if line.width() + name.width() > columns {
            break;
        }
        line.push_str(if line.is_empty() { "" } else { " · " });
        line.push_str(&name);
    }
    line
}
