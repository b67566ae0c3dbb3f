//! The rules for one company.

use std::collections::HashSet;

use crate::dataset::record::{CompanyRecord, DependencyRecord};
use crate::dataset::rules::Rule;
use crate::dataset::way::Way;
use crate::model::{Day, LayerId, PartialDate, Status};

use super::desk::Desk;

/// Looks through a company's file.
pub(crate) fn check(company: &CompanyRecord, desk: &mut Desk<'_, '_, '_>) {
    let root = Way::ROOT;
    desk.text(&company.name, root.key("name"));
    desk.text(&company.description, root.key("description"));
    desk.words(&company.aliases, root.key("aliases"));
    desk.words(&company.products, root.key("products"));
    desk.url(company.website.as_deref(), root.key("website"));
    if let Some(parent) = &company.parent {
        desk.company(parent, root.key("parent"));
    }
    roles(company, desk);
    dependencies(company, desk);
    self_supply(company, desk);
    stakes(company, desk);
    strategies(company, desk);
}

fn roles(company: &CompanyRecord, desk: &mut Desk<'_, '_, '_>) {
    let (list, mut seen) = (Way::ROOT.key("roles"), HashSet::new());
    for (index, held) in company.roles.iter().enumerate() {
        let way = list.index(index);
        desk.role(&held.role, way.key("role"));
        desk.period(held.period(), &way);
        desk.text(&held.note, way.key("note"));
        desk.sources(&held.sources, &way);
        if desk.spared(way.key("since")) && !seen.insert((&held.role, first_day(held.since))) {
            desk.add(Rule::RepeatedFact, way.key("role"), || {
                format!("the role `{}` stands here a second time", held.role)
            });
        }
    }
}

fn dependencies(company: &CompanyRecord, desk: &mut Desk<'_, '_, '_>) {
    let (list, mut seen) = (Way::ROOT.key("dependencies"), HashSet::new());
    for (index, dependency) in company.dependencies.iter().enumerate() {
        let way = list.index(index);
        desk.company(&dependency.on, way.key("on"));
        let known = desk.layer(&dependency.layer, way.key("layer"));
        if dependency.on == company.id {
            desk.add(Rule::SelfDependency, way.key("on"), || format!("`{}` depends on itself", company.id));
        } else if known {
            supplier(dependency, &way, desk);
        }
        desk.input(&dependency.layer, dependency.input.as_ref(), way.key("input"));
        desk.period(dependency.period(), &way);
        desk.text(&dependency.what, way.key("what"));
        desk.text(&dependency.note, way.key("note"));
        desk.sources(&dependency.sources, &way);
        support(dependency, &way, desk);
        let known = desk.spared(way.key("since")) && desk.spared(way.key("input"));
        if known && !seen.insert((&dependency.on, &dependency.layer, &dependency.input, first_day(dependency.since))) {
            let message = || format!("the dependency on `{}` stands here a second time", dependency.on);
            desk.add(Rule::DuplicateDependency, way.key("on"), message);
        }
    }
}

/// A dependency that is not marked as reported ought not to rest on a single source that nobody answers for.
fn support(dependency: &DependencyRecord, way: &Way<'_>, desk: &mut Desk<'_, '_, '_>) {
    let [only] = &dependency.sources[..] else { return };
    let Some(source) = desk.names.source(only).filter(|_| dependency.status != Some(Status::Reported)) else { return };
    if source.publisher.is_none() {
        let message =
            || format!("the dependency on `{}` rests on `{only}` alone, which names no publisher", dependency.on);
        desk.add(Rule::WeakSource, way.key("sources"), message);
    }
}

/// A supplier ought to have a role, at any time, in the layer that it supplies.
fn supplier(dependency: &DependencyRecord, way: &Way<'_>, desk: &mut Desk<'_, '_, '_>) {
    let Some(supplier) = desk.names.company(&dependency.on).filter(|supplier| !supplier.lacks) else {
        return;
    };
    let names = desk.names;
    let in_layer = |layer: &LayerId| {
        let layers = supplier.record.roles.iter().map(|held| names.role(&held.role).map(|role| &role.layer));
        // Of a role that there is not the layer is not known.
        layers.into_iter().any(|of_role| of_role.is_none_or(|of_role| of_role == layer))
    };
    if !in_layer(&dependency.layer) {
        let message = || format!("`{}` has no role in the layer `{}`", dependency.on, dependency.layer);
        desk.add(Rule::SupplierWithoutRole, way.key("on"), message);
    }
}

fn self_supply(company: &CompanyRecord, desk: &mut Desk<'_, '_, '_>) {
    let (list, mut seen) = (Way::ROOT.key("self_supply"), HashSet::new());
    for (index, supply) in company.self_supply.iter().enumerate() {
        let way = list.index(index);
        desk.layer(&supply.layer, way.key("layer"));
        desk.input(&supply.layer, supply.input.as_ref(), way.key("input"));
        desk.period(supply.period(), &way);
        desk.text(&supply.what, way.key("what"));
        desk.text(&supply.note, way.key("note"));
        desk.sources(&supply.sources, &way);
        let known = desk.spared(way.key("since")) && desk.spared(way.key("input"));
        if known && !seen.insert((&supply.layer, &supply.input, first_day(supply.since))) {
            let message = || format!("the self-supply of `{}` stands here a second time", supply.layer);
            desk.add(Rule::RepeatedFact, way.key("layer"), message);
        }
    }
}

fn stakes(company: &CompanyRecord, desk: &mut Desk<'_, '_, '_>) {
    let list = Way::ROOT.key("stakes");
    for (index, stake) in company.stakes.iter().enumerate() {
        let way = list.index(index);
        desk.company(&stake.of, way.key("in"));
        desk.text(&stake.note, way.key("note"));
        desk.sources(&stake.sources, &way);
    }
}

fn strategies(company: &CompanyRecord, desk: &mut Desk<'_, '_, '_>) {
    let list = Way::ROOT.key("strategies");
    for (index, strategy) in company.strategies.iter().enumerate() {
        let way = list.index(index);
        desk.text(&strategy.text, way.key("text"));
        desk.sources(&strategy.sources, &way);
    }
}

/// Two dates are the same if their first days are: `2019` and `2019-01`.
fn first_day(date: Option<PartialDate>) -> Option<Day> {
    date.map(PartialDate::first_day)
}
