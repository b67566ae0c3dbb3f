//! Candidates for a name: what a search finds, ordered by how well it answers all that is asked.

use serde::Serialize;
use serde_json::Value;

use super::compare;
use super::door::{Door, escaped};
use super::entity::{Entity, Kind, Stack, Type};
use super::properties::{self, IDENTIFYING};
use super::question::{Known, Question, texts};
use super::score::Score;

/// So many of what a search finds are looked at, at the least.
const LOOKED_AT: usize = 20;
/// So many, if they have to be of a type.
const LOOKED_AT_FOR_TYPE: usize = 200;
/// How much less each further suggestion of a role or a layer is like what was asked for.
const STEP: f64 = 0.05;

/// A candidate.
#[derive(Debug, Serialize)]
pub struct Candidate {
    id: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(rename = "type")]
    types: Vec<Type>,
    score: f64,
    features: Vec<Value>,
    #[serde(rename = "match")]
    matches: bool,
}

/// An entity that was found, and how.
#[derive(Debug)]
pub struct Found {
    /// What it is.
    pub entity: Entity,
    /// The types it has.
    pub types: Vec<Type>,
    /// How alike its name is, 0–1.
    pub likeness: f64,
    /// What it is, in a few words.
    pub description: Option<String>,
    /// What is known of it.
    pub record: Value,
}

/// Answers a query.
pub async fn answer(door: &Door, stack: &Stack, question: &Question) -> Vec<Candidate> {
    let mut found = Vec::new();
    for kind in question.kinds() {
        match kind {
            Kind::Company => found.extend(companies(door, stack, question).await),
            kind => found.extend(of_stack(door, stack, question, kind).await),
        }
    }
    let scored = found.into_iter().filter_map(|found| Some((Score::of(question, &found, stack)?, found)));
    let mut scored: Vec<(Score, Found)> = scored.filter(|(score, _)| score.value > 0.0).collect();
    // The order of the search decides between equals.
    scored.sort_by(|(a, _), (b, _)| b.value.total_cmp(&a.value).then(b.exact.cmp(&a.exact)));
    let clear = scored.iter().filter(|(score, _)| score.exact).count() == 1;
    let candidates = scored.into_iter().enumerate().take(question.limit());
    candidates.map(|(at, (score, found))| candidate(found, clear && at == 0 && score.exact, score)).collect()
}

fn candidate(found: Found, matches: bool, score: Score) -> Candidate {
    Candidate {
        id: found.entity.to_string(),
        name: found.record["name"].as_str().unwrap_or_default().to_owned(),
        description: found.description,
        types: found.types,
        score: score.value,
        features: score.features,
        matches,
    }
}

/// An entity in a few words: a company by its roles and country, another one by what it is.
pub fn describe(record: &Value, types: &[Type]) -> Option<String> {
    let own = record["description"].as_str().map(str::to_owned);
    let roles = types.iter().skip(1).map(|role| role.name.as_str());
    let words: Vec<&str> = roles.chain(record["country"].as_str()).collect();
    own.or_else(|| (!words.is_empty()).then(|| words.join(", ")))
}

async fn companies(door: &Door, stack: &Stack, question: &Question) -> Vec<Found> {
    let limit = if question.types().is_empty() { question.limit().max(LOOKED_AT) } else { LOOKED_AT_FOR_TYPE };
    let mut found: Vec<Found> = Vec::new();
    if let Some(name) = question.query.as_deref().filter(|name| !name.trim().is_empty()) {
        let hits = door.items(&format!("/v1/search?q={}&limit={limit}", escaped(name))).await;
        found.extend(hits.into_iter().filter_map(|mut hit| {
            let likeness = hit["score"].as_f64()?;
            company(hit["summary"].take(), likeness, stack)
        }));
    }
    for address in addresses(question, found.is_empty(), limit) {
        for summary in door.items(&address).await {
            if found.iter().all(|before| summary["id"] != before.entity.id) {
                found.extend(company(summary, 0.0, stack));
            }
        }
    }
    if !question.properties.is_empty() {
        for found in found.iter_mut().take(LOOKED_AT.max(question.limit())) {
            found.record = door.json(&found.entity.address()).await.unwrap_or_default();
        }
    }
    found
}

/// A company that was found.
pub fn company(summary: Value, likeness: f64, stack: &Stack) -> Option<Found> {
    let entity = Entity::new(Kind::Company, summary["id"].as_str()?);
    let roles = summary["roles"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let types = stack.types(Kind::Company, roles);
    Some(Found { entity, description: describe(&summary, &types), types, likeness, record: summary })
}

/// Lists of companies that have what is known: an identifier, or else all that lists can be filtered by.
fn addresses(question: &Question, nothing_yet: bool, limit: usize) -> Vec<String> {
    let named = |known: &Known| properties::of(Kind::Company, &known.pid);
    let known = |id: &str| -> Vec<String> {
        let of_it = question.properties.iter().filter(|known| named(known).is_some_and(|it| it.id == id));
        of_it.flat_map(|known| texts(&known.v)).collect()
    };
    let identifiers = question.properties.iter().flat_map(|known| {
        let how = named(known).and_then(|it| it.tells).filter(|(_, weight)| *weight >= IDENTIFYING).map(|(how, _)| how);
        how.into_iter().flat_map(|how| texts(&known.v).into_iter().map(move |text| how.plain(&text)))
    });
    let mut lists: Vec<String> =
        identifiers.map(|text| format!("/v1/companies?identifier={}&limit={limit}", escaped(&text))).collect();
    if nothing_yet && question.query.is_none() {
        let country =
            known("country").first().and_then(|text| compare::country(text)).map(|it| format!("country={it}"));
        let first = |id: &str, parameter: &str| Some(format!("{parameter}={}", escaped(known(id).first()?)));
        let filters: Vec<String> =
            [country, first("roles", "role"), first("layers", "layer")].into_iter().flatten().collect();
        if !filters.is_empty() {
            lists.push(format!("/v1/companies?{}&limit={limit}", filters.join("&")));
        }
    }
    lists
}

/// Roles and layers: a name of theirs leads to one, anything else to suggestions.
async fn of_stack(door: &Door, stack: &Stack, question: &Question, kind: Kind) -> Vec<Found> {
    let Some(name) = question.query.as_deref() else { return Vec::new() };
    let named = Entity::named(name);
    let asked = if named.kind == kind { named } else { Entity::new(kind, name) };
    let reply = door.get(&asked.address()).await;
    let said: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    let ids: Vec<(String, f64)> = match reply.status.is_success() {
        true => said["id"].as_str().map(|id| (id.to_owned(), 1.0)).into_iter().collect(),
        false => {
            let suggested = said["suggestions"].as_array().into_iter().flatten().filter_map(|it| it["id"].as_str());
            suggested.zip(0..).map(|(id, at)| (id.to_owned(), 0.75 - STEP * f64::from(at))).collect()
        }
    };
    let known = |id: &str| stack.all(kind).iter().find(|item| item["id"] == id).cloned();
    let found = |(id, likeness): (String, f64)| {
        let record = known(&id)?;
        let (entity, types) = (Entity::new(kind, id), stack.types(kind, []));
        Some(Found { entity, description: describe(&record, &types), types, likeness, record })
    };
    ids.into_iter().filter_map(found).collect()
}
