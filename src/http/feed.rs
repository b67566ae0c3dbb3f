//! Changes as an Atom feed: what feed readers follow.

use std::collections::HashMap;

use actix_web::get;

use super::answer::{Answer, Given, unwritable};
use super::ask::Ask;
use super::changes::{FactChange, days};
use super::page::key;
use super::parameters::{ChangesQuery, ViewQuery};
use super::problem::Problems;
use crate::export::{Entry, Feed, Format, dependency_href};
use crate::graph::{Graph, KindIx, TermsId};
use crate::model::Lang;
use crate::query::{Change, Event, Fact, changes};

/// The most entries of a feed.
const MOST: usize = 100;

/// Follow what changed as a feed
///
/// The changes of `/v1/changes` as an Atom feed (RFC 4287): the newest first, at most 100. An entry keeps its id as long as the
/// fact and its day stay as they are, in every language, and leads to the page of what changed. Changes bear days; an entry is `updated` when its day begins (UTC).
#[utoipa::path(
    operation_id = "showFeed", tag = "facts", extensions(("x-formats" = json!("feed"))),
    params(ViewQuery, ChangesQuery),
    responses((status = 200, description = "The feed.", body = String, content_type = "application/atom+xml"), Problems),
)]
#[get("/changes.atom")]
pub async fn show_feed(ask: Ask<(ChangesQuery,)>) -> Answer {
    let graph = ask.graph();
    let rows = changes(graph, ask.view.filter, &days(&ask, &ask.query.0)?);
    let mut seen = HashMap::new();
    let ids: Vec<_> = rows.iter().map(|event| entry_id(graph, event, &mut seen)).collect();
    let newest = rows.iter().zip(ids).rev().take(MOST);
    let entries: Vec<_> = newest.map(|(event, id)| entry(graph, ask.lang, event, id)).collect();
    let (title, query) = (graph.manifest.title.get(ask.lang), ask.request.query_string());
    let address = |path: &str| if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
    let origin = ask.origin();
    let feed = Feed {
        origin: &origin,
        id: urn(&["feed", graph.manifest.title.get(Lang::EN), query]),
        title: format!("{title}: {}", word(ask.lang, &["what changed", "바뀐 것"])),
        author: title,
        rights: graph.manifest.license.as_deref(),
        updated: entries.first().map_or(ask.view.filter.day, |entry| entry.updated),
        lang: ask.lang,
        href: address("/v1/changes.atom"),
        json: address("/v1/changes"),
        entries,
    };
    let body = feed.write().map_err(|_| unwritable(Format::Atom))?;
    Ok(Given::new(body, Format::Atom, ask.lang))
}

fn entry<'a>(graph: &'a Graph, lang: Lang, event: &Event, id: String) -> Entry<'a> {
    let change = FactChange::new(graph, lang, event);
    let href = match &change.dependency {
        Some(dependency) => dependency_href(*dependency),
        None => change.company.href.to_string(),
    };
    Entry {
        id,
        title: title(graph, lang, &change, event),
        updated: event.date,
        href,
        category: change.kind.as_str(),
        summary: summary(graph, lang, event.fact),
        sources: urls(graph, event.terms),
    }
}

/// What happened, in a few words: who, what with whom, and whether it began or ended.
fn title(graph: &Graph, lang: Lang, change: &FactChange<'_>, event: &Event) -> String {
    let name = change.company.name;
    let what = match event.fact {
        Fact::Dependency(at) => {
            format!(
                "{name} → {}: {}",
                graph.companies[graph.dependencies.to(at) as usize].name.get(lang),
                kind(graph, lang, graph.dependencies.row(at).kind)
            )
        }
        Fact::Role(company, at) => {
            let role = graph.held_roles.of(company)[at].role;
            format!("{name}: {}", graph.roles[role as usize].name.get(lang))
        }
        Fact::SelfSupply(company, at) => {
            format!("{name} → {name}: {}", kind(graph, lang, graph.self_supply.of(company)[at].kind))
        }
        Fact::Stake(company, at) => {
            let of = graph.stakes.of(company)[at].of;
            let stake = word(lang, &["a stake in", "지분 보유:"]);
            format!("{name}: {stake} {}", graph.companies[of as usize].name.get(lang))
        }
        Fact::Strategy(..) => format!("{name}: {}", word(lang, &["strategy", "전략"])),
    };
    let change = match event.change {
        Change::Began => word(lang, &["began", "시작"]),
        Change::Ended => word(lang, &["ended", "종료"]),
    };
    format!("{what} ({change})")
}

/// A layer or an input, by name.
fn kind(graph: &Graph, lang: Lang, kind: KindIx) -> &str {
    let (layer, input) = graph.kind(kind);
    input.map_or(&layer.name, |input| &input.name).get(lang)
}

/// More about it, in the words of the data.
fn summary(graph: &Graph, lang: Lang, fact: Fact) -> Option<&str> {
    let text = match fact {
        Fact::Dependency(at) => graph.dependencies.wording(at)?.what.as_ref()?,
        Fact::Stake(company, at) => graph.stakes.of(company)[at].note.as_ref()?,
        Fact::Strategy(company, at) => &graph.strategies.of(company)[at].text,
        Fact::Role(..) | Fact::SelfSupply(..) => return None,
    };
    Some(text.get(lang))
}

/// The words of a feed are not in the data: English, Korean; English stands in for others.
fn word(lang: Lang, words: &[&'static str; 2]) -> &'static str {
    words[usize::from(lang == Lang::KO)]
}

/// Where the sources of a fact stand.
fn urls(graph: &Graph, terms: TermsId) -> Vec<&str> {
    graph.terms.sources(terms).iter().filter_map(|&source| graph.sources[source as usize].url.as_deref()).collect()
}

/// The id of an entry: made of what the change says, and of how many said the same before.
fn entry_id(graph: &Graph, event: &Event, seen: &mut HashMap<String, usize>) -> String {
    let change = FactChange::new(graph, Lang::EN, event);
    let ended = if event.change == Change::Ended { "ended" } else { "began" };
    let dependency = change.dependency.map(|id| id.to_string()).unwrap_or_default();
    let text = match event.fact {
        Fact::Strategy(company, at) => graph.strategies.of(company)[at].text.get(Lang::EN),
        _ => "",
    };
    let parts = [
        change.kind.as_str(),
        ended,
        &event.date.to_string(),
        change.company.id,
        change.other.map_or("", |other| other.id),
        &dependency,
        change.role.unwrap_or_default(),
        change.layer.unwrap_or_default(),
        change.input.unwrap_or_default(),
        text,
    ];
    let said = key(&parts);
    let before = seen.entry(said.clone()).or_insert(0);
    *before += 1;
    urn(&[&said, &before.to_string()])
}

/// A UUID (RFC 9562, version 8: a hash of one's own) as a URN.
fn urn(parts: &[&str]) -> String {
    let hash = twox_hash::XxHash3_128::oneshot(key(parts).as_bytes());
    let marked = hash & !(0xf << 76) & !(0x3 << 62) | 0x8 << 76 | 0x2 << 62;
    let digits = format!("{marked:032x}");
    let (a, b, c, d, e) = (&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]);
    format!("urn:uuid:{a}-{b}-{c}-{d}-{e}")
}
