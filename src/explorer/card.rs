//! Pictures for where links to pages are posted (Open Graph, <https://ogp.me>): 1200 by 630 pixels, as most sites show them.

use actix_web::http::StatusCode;
use actix_web::{get, web};
use askama::Template;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::answers::{Chokepoint, Company, List};
use super::assets;
use super::frame::Frame;
use super::home::ranking;
use super::paint::paint;
use super::refused::Refused;
use super::text;
use super::view::segment;
use super::visit::{Page, Visit};
use crate::http::Given;

/// The columns that there are for a title in its smallest letters, for a line of the description, and for names with what
/// they are.
const TITLE: usize = 80;
const LINE: usize = 66;
const NAMES: usize = 74;

#[derive(Template)]
#[template(path = "card.svg")]
struct Card<'a> {
    frame: &'a Frame,
    icon: &'static str,
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
        counts: &[(usize, &str)],
        named: (&'a str, Vec<&str>),
    ) -> Self {
        let title = cut(&text::plain(title), TITLE);
        // A letter is a little wider than half its height.
        let title_size = (1060 * 100 / (title.width().max(1) * 55)).min(88);
        let lines = wrap(&text::plain(sentence)).into_iter().enumerate().map(|(at, line)| (296 + 46 * at, line));
        let tiles = counts
            .iter()
            .enumerate()
            .map(|(at, (number, what))| (72 + 368 * at, frame.count(number), frame.counted(what, number)));
        let (named, names) = (named.0, together(named.1, NAMES.saturating_sub(named.0.width())));
        let icon = assets::content("icon.svg");
        Self { frame, icon, title, title_size, lines: lines.collect(), tiles: tiles.collect(), named, names }
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
    let frame = &visit.frame;
    let w = frame.w;
    let mut counts =
        vec![(company.counts.dependencies, w.direct_suppliers), (company.counts.dependents, w.direct_dependents)];
    // How many chokepoints there are is not known where the graph is too large for the question.
    counts.extend(chokepoints.as_ref().map(|list| (list.total, w.chokepoints_n)));
    let items = chokepoints.iter().flat_map(|list| &list.items);
    let names = items.map(|chokepoint| chokepoint.company.name.as_str()).collect();
    let sentence = company.description.as_deref().unwrap_or(w.tagline);
    Card::new(frame, &company.name, sentence, &counts, (w.chokepoints, names)).painted()
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
    Card::new(frame, w.tagline, w.home_lead, &counts, (w.linchpins, names)).painted()
}

/// A sentence on two lines.
fn wrap(sentence: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in sentence.split_whitespace() {
        let whole = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        // The second line takes the rest, as far as it goes.
        if lines.is_empty() && !line.is_empty() && whole.width() > LINE {
            lines.push(std::mem::replace(&mut line, word.to_owned()));
        } else {
            line = whole;
        }
    }
    lines.push(line);
    lines.iter().map(|line| cut(line, LINE)).collect()
}

/// A text that has room in so many columns.
fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut width = 1;
    let fits = |c: &char| {
        width += c.width().unwrap_or_default();
        width <= columns
    };
    let kept: String = text.chars().take_while(fits).collect();
    format!("{}…", kept.trim_end())
}

/// As many names as there are columns for.
fn together(names: Vec<&str>, columns: usize) -> String {
    let mut line = String::new();
    for name in names {
        let name = text::plain(name);
        let whole = if line.is_empty() { name } else { format!("{line} · {name}") };
        if whole.width() > columns {
            break;
        }
        line = whole;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_has_two_lines_at_most_and_says_where_it_is_cut() {
        assert_eq!(wrap("Maker of chips."), ["Maker of chips."]);
        assert_eq!(wrap(""), [""]);
        let long = wrap(&"word ".repeat(40));
        assert!(long.len() == 2 && long[0].ends_with("word") && long[1].ends_with("word…"), "{long:?}");
        for odd in ["한".repeat(200), "W".repeat(400), format!("{} end", "긴낱말".repeat(30))] {
            assert!(wrap(&odd).iter().all(|line| line.width() <= LINE), "{odd}");
        }
    }

    #[test]
    fn names_stand_together_as_far_as_there_is_room() {
        assert_eq!(together(vec!["ASML", "Nvidia", "TSMC"], 14), "ASML · Nvidia");
        assert_eq!(together(vec!["ASML"], 3), "");
    }
}
