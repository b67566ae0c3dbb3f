//! The rules for the files that are not about one company.

use std::collections::HashSet;

use crate::dataset::finding::Help;
use crate::dataset::phrase::quoted;
use crate::dataset::record::{FigureRecord, LayerRecord, Manifest, RoleRecord, SourceRecord};
use crate::dataset::rules::{Rule, TABLE};
use crate::dataset::suggest::{did_you_mean, nearest};
use crate::dataset::way::Way;

use super::desk::Desk;

/// `dataset.json`: rules that it sees otherwise have to be there, and such that can be seen otherwise.
pub(crate) fn manifest(manifest: &Manifest, desk: &mut Desk<'_, '_, '_>) {
    desk.text(&manifest.title, Way::ROOT.key("title"));
    let settings = Way::ROOT.key("rules");
    for (name, severity) in manifest.rules.iter() {
        let way = settings.key(name);
        match Rule::named(name).map(Rule::row) {
            None => desk.add_key(Rule::UnknownRule, way, || {
                let like = nearest(name, TABLE.iter().map(|row| row.name));
                (
                    format!("there is no rule {}", quoted(name)),
                    like.map_or(Help::Rule, |like| Help::Said(did_you_mean(like))),
                )
            }),
            Some(row) if !row.lowers && severity < row.severity => {
                desk.add_key(Rule::FixedRule, way, || (format!("the rule `{name}` cannot be lowered"), Help::Rule))
            }
            Some(_) => {}
        }
    }
}

/// `layers.json`.
pub(crate) fn layers(layers: &[LayerRecord], desk: &mut Desk<'_, '_, '_>) {
    for (index, layer) in layers.iter().enumerate() {
        let way = Way::ROOT.index(index);
        desk.text(&layer.name, way.key("name"));
        desk.text(&layer.description, way.key("description"));
        let (list, mut seen) = (way.key("inputs"), HashSet::new());
        for (index, input) in layer.inputs.iter().enumerate() {
            let way = list.index(index);
            desk.text(&input.name, way.key("name"));
            if !seen.insert(&input.id) {
                let message = || format!("the input `{}` stands here a second time", input.id);
                desk.add(Rule::DuplicateId, way.key("id"), message);
            }
        }
    }
}

/// `roles.json`.
pub(crate) fn roles(roles: &[RoleRecord], desk: &mut Desk<'_, '_, '_>) {
    for (index, role) in roles.iter().enumerate() {
        let way = Way::ROOT.index(index);
        desk.layer(&role.layer, way.key("layer"));
        desk.text(&role.name, way.key("name"));
        desk.text(&role.description, way.key("description"));
        let needs = way.key("needs");
        for (index, need) in role.needs.iter().enumerate() {
            desk.layer(need, needs.index(index));
        }
        rates(role, &way, desk);
    }
}

fn rates(role: &RoleRecord, way: &Way<'_>, desk: &mut Desk<'_, '_, '_>) {
    let list = way.key("rates");
    for (index, rate) in role.rates.iter().enumerate() {
        let way = list.index(index);
        desk.layer(&rate.layer, way.key("layer"));
        desk.text(&rate.note, way.key("note"));
        desk.sources(&rate.sources, &way);
        let (low, high) = (rate.low.get(), rate.high.get());
        if low > high {
            desk.add(Rule::LowAboveHigh, way.key("low"), || {
                format!("the low estimate, {low}, is above the high one, {high}")
            });
        }
    }
}

/// `figures.json`.
pub(crate) fn figures(figures: &[FigureRecord], desk: &mut Desk<'_, '_, '_>) {
    for (index, figure) in figures.iter().enumerate() {
        let way = Way::ROOT.index(index);
        if let Some(company) = figure.subject.company() {
            desk.company(&company, way.key("subject"));
        }
        desk.word(&figure.measure, way.key("measure"));
        desk.word(&figure.unit, way.key("unit"));
        desk.text(&figure.note, way.key("note"));
        desk.sources(&figure.sources, &way);
    }
}

/// `sources.json`, once all facts have named theirs.
pub(crate) fn sources(sources: &[SourceRecord], desk: &mut Desk<'_, '_, '_>) {
    for (index, source) in sources.iter().enumerate() {
        let way = Way::ROOT.index(index);
        desk.word(&source.title, way.key("title"));
        desk.url(source.url.as_deref(), way.key("url"));
        for (key, date) in [("published", source.published), ("seen", source.seen)] {
            if let (Some(date), Some(as_of)) = (date, desk.names.as_of())
                && date.first_day() > as_of
            {
                let message = || format!("{date} is after {as_of}, the day that the data set speaks of");
                desk.add(Rule::LaterThanData, way.key(key), message);
            }
        }
        if desk.names.is_unused(&source.id) {
            desk.add(Rule::UnusedSource, way.key("id"), || format!("the source `{}` supports nothing", source.id));
        }
    }
}
