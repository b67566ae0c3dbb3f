//! What is stated of companies: who they are, what they are in the stack, what they make for themselves, what they hold.

use std::io;

use oxrdf::Literal;

use super::statements::{Statements, date, node};
use super::terms::{ORG, OWL, SCHEMA, WIKIDATA};
use crate::export::Href;
use crate::graph::{CompanyIx, HeldRole, SelfSupply, Stake};
impl Statements<'_, '_> {
    pub(super) fn company(&mut self, company: CompanyIx) -> io::Result<()> {
        let graph = self.part.graph;
        let record = &graph.companies[company as usize];
        let subject = self.company_node(company)?;
        self.is(&subject, SCHEMA, "Organization")?;
        self.is(&subject, ORG, "Organization")?;
        self.plain(&subject, SCHEMA, "identifier", record.id.as_str())?;
        self.texts(&subject, SCHEMA, "name", &record.name)?;
        if let Some(founded) = record.founded {
            self.say(&subject, SCHEMA, "foundingDate", date(founded))?;
        }
        if let Some(parent) = record.parent {
            let parent = self.company_node(parent)?;
            self.say(&subject, SCHEMA, "parentOrganization", parent.0)?;
        }
        for layer in graph.activities.of(company).filter_map(|node| graph.activities.layer(node)) {
            let layer = self.layer_node(layer)?;
            self.own(&subject, "actsIn", layer.0)?;
        }
        if let Some(country) = record.country {
            let address = self.at(&format!("{}#address", Href::company(graph, company)))?;
            self.say(&subject, SCHEMA, "address", address.0.clone())?;
            self.is(&address, SCHEMA, "PostalAddress")?;
            self.plain(&address, SCHEMA, "addressCountry", &country.to_string())?;
        }
        let Some(profile) = &record.profile else { return Ok(()) };
        let names = profile.aliases.iter().map(|alias| ("alternateName", alias));
        let products = profile.products.iter().map(|product| ("brand", product));
        names.chain(products).try_for_each(|(term, text)| self.plain(&subject, SCHEMA, term, text))?;
        if let Some(description) = &profile.description {
            self.texts(&subject, SCHEMA, "description", description)?;
        }
        if let Some(lei) = &profile.lei {
            self.plain(&subject, SCHEMA, "leiCode", lei)?;
        }
        if let Some(ticker) = &profile.ticker {
            self.plain(&subject, SCHEMA, "tickerSymbol", ticker)?;
        }
        if let Some(website) = &profile.website {
            self.link(&subject, "url", website)?;
        }
        match &profile.wikidata {
            Some(item) => self.say(&subject, OWL, "sameAs", node(format!("{WIKIDATA}{}", &**item))?),
            None => Ok(()),
        }
    }

    /// The roles, self-supply, stakes, strategies and figures of a company; only stakes in companies that are `known`.
    pub(super) fn facts_of(&mut self, company: CompanyIx, known: impl Fn(CompanyIx) -> bool) -> io::Result<()> {
        let (graph, view) = (self.part.graph, self.part.view);
        let roles = graph.held_roles.of(company).iter().filter(|held| view.keeps(held.terms));
        roles.into_iter().try_for_each(|held| self.membership(company, held))?;
        let made = graph.self_supply.of(company).iter().filter(|made| view.keeps(made.terms));
        made.into_iter().try_for_each(|made| self.self_supply(company, made))?;
        let stakes = graph.stakes.of(company).iter().enumerate();
        stakes
            .filter(|(_, stake)| view.keeps(stake.terms) && known(stake.of))
            .try_for_each(|(at, stake)| self.stake(company, at, stake))?;
        let strategies = graph.strategies.of(company).iter().enumerate();
        strategies
            .filter(|(_, strategy)| view.keeps(strategy.terms))
            .try_for_each(|(at, strategy)| self.strategy(company, at, strategy))?;
        self.figures_of(company)
    }

    pub(super) fn membership(&mut self, company: CompanyIx, held: &HeldRole) -> io::Result<()> {
        let graph = self.part.graph;
        let subject = self.part_of(company, "role", graph.roles[held.role as usize].id.as_str(), held.terms)?;
        let (member, role) = (self.company_node(company)?, self.role_node(held.role)?);
        self.is(&subject, ORG, "Membership")?;
        self.say(&subject, ORG, "member", member.0)?;
        self.say(&subject, ORG, "role", role.0)?;
        self.rests_on(&subject, held.terms, held.note.as_ref())
    }

    pub(super) fn self_supply(&mut self, company: CompanyIx, made: &SelfSupply) -> io::Result<()> {
        let (layer, input) = self.part.graph.kind(made.kind);
        let name = input.map_or(layer.id.to_string(), |input| format!("{}.{}", layer.id, input.id));
        let subject = self.part_of(company, "self-supply", &name, made.terms)?;
        let supplier = self.company_node(company)?;
        self.own_class(&subject, "SelfSupply")?;
        self.own(&subject, "supplier", supplier.0)?;
        self.kind(&subject, made.kind)?;
        self.rests_on(&subject, made.terms, made.wording.what.as_ref())
    }

    pub(super) fn stake(&mut self, company: CompanyIx, at: usize, stake: &Stake) -> io::Result<()> {
        let subject = self.part_of(company, "stake", &(at + 1).to_string(), stake.terms)?;
        let (holder, of) = (self.company_node(company)?, self.company_node(stake.of)?);
        self.own_class(&subject, "Stake")?;
        self.own(&subject, "holder", holder.0)?;
        self.own(&subject, "in", of.0)?;
        self.own(&subject, "kind", Literal::new_simple_literal(stake.kind.to_string()))?;
        let numbers = [("amountUsd", stake.amount_usd), ("percent", stake.percent)];
        for (term, number) in numbers.into_iter().filter_map(|(term, number)| Some((term, number?))) {
            self.own(&subject, term, Literal::from(number))?;
        }
        self.rests_on(&subject, stake.terms, stake.note.as_ref())
    }
}
