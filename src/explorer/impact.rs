//! What stops if something does, wave by wave.

use actix_web::get;
use askama::Template;

use super::answers::{Failure, Hit, Impact, Reference};
use super::drawing;
use super::facts::Layers;
use super::frame::{Frame, Meta};
use super::visit::{Page, Visit};

/// What selects what is down.
const SELECTORS: [&str; 4] = ["down", "layer", "role", "country"];

/// How many rows of a wave are shown.
const SHOWN: usize = 200;

/// A wave of failures.
#[derive(Debug)]
pub struct Wave {
    /// Its number.
    pub number: usize,
    /// How many activities fail in it.
    pub activities: usize,
    /// The companies concerned, each once.
    pub companies: Vec<Reference>,
}

/// The waves of an impact.
pub fn waves(impact: &Impact) -> Vec<Wave> {
    let mut waves: Vec<Wave> = Vec::new();
    for failure in &impact.failed {
        let at = waves.iter().position(|wave| wave.number == failure.wave).unwrap_or(waves.len());
        if at == waves.len() {
            waves.push(Wave { number: failure.wave, activities: 0, companies: Vec::new() });
        }
        if let Some(wave) = waves.get_mut(at) {
            wave.activities += 1;
            if wave.companies.last() != Some(&failure.company) {
                wave.companies.push(failure.company.clone());
            }
        }
    }
    waves.sort_by_key(|wave| wave.number);
    waves
}

#[derive(Template)]
#[template(path = "impact.html")]
struct ImpactPage<'a> {
    frame: &'a Frame,
    meta: Meta,
    layers: Layers,
    answer: Option<Impact>,
    waves: Vec<Wave>,
    drawing: String,
}

impl ImpactPage<'_> {
    fn asked(&self, name: &str) -> &str {
        self.frame.parameter(name).unwrap_or_default()
    }

    fn failures<'a>(&self, answer: &'a Impact, wave: &usize) -> Vec<&'a Failure> {
        answer.failed.iter().filter(|failure| failure.wave == *wave).take(SHOWN).collect()
    }

    fn hits<'a>(&self, answer: &'a Impact) -> Vec<&'a Hit> {
        answer.layers.iter().filter(|hit| hit.failed + hit.down > 0).collect()
    }
}

/// What stops, or the form that asks for it.
#[get("/impact")]
pub async fn show(visit: Visit) -> Page {
    let layers = Layers::of(&visit).await?;
    let frame = &visit.frame;
    let own: Vec<_> = SELECTORS.iter().filter_map(|name| Some((*name, frame.parameter(name)?))).collect();
    let answer: Option<Impact> = if own.is_empty() { None } else { Some(visit.get("/v1/impact", &own).await?) };
    let mut names: Vec<&str> =
        answer.iter().flat_map(|answer| &answer.down).map(|down| down.company.name.as_str()).collect();
    names.dedup();
    let title = match names[..] {
        [one] => frame.saying(frame.w.ask_what_if, one),
        _ => frame.w.impact_title.to_owned(),
    };
    let meta = Meta::of(&title, frame.w.impact_lead);
    let meta = if answer.is_some() { meta.json(frame, "/v1/impact", &own) } else { meta };
    let waves = answer.as_ref().map_or(Vec::new(), waves);
    let drawing = drawing::of_answer(frame, "/v1/impact", &own);
    visit.page(&ImpactPage { frame, meta, layers, answer, waves, drawing })
}
