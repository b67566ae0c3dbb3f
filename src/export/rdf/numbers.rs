//! What is stated in numbers, and what companies are after: observations of schema.org, rates of roles, strategies.

use std::io;

use oxrdf::Literal;

use super::statements::{Statements, Subject, xsd};
use super::terms::SCHEMA;
use crate::export::Href;
use crate::graph::{CompanyIx, Figure, Rate, RoleIx, Strategy};

impl Statements<'_, '_> {
    /// The numbers that were published about a company.
    pub(super) fn figures_of(&mut self, company: CompanyIx) -> io::Result<()> {
        let (graph, view) = (self.part.graph, self.part.view);
        let about = self.company_node(company)?;
        let figures = graph.figures_of(company).enumerate();
        figures.filter(|(_, figure)| view.keeps(figure.terms)).try_for_each(|(at, figure)| {
            let subject = self.part_of(company, "figure", &(at + 1).to_string(), figure.terms)?;
            self.say(&subject, SCHEMA, "observationAbout", about.0.clone())?;
            self.figure(&subject, figure)
        })
    }

    /// The numbers that were published about markets.
    pub(super) fn figures_of_markets(&mut self) -> io::Result<()> {
        let (graph, view) = (self.part.graph, self.part.view);
        let figures = graph.figures.iter().enumerate().filter(|(_, figure)| figure.company.is_none());
        figures.filter(|(_, figure)| view.keeps(figure.terms)).try_for_each(|(at, figure)| {
            let subject = self.at(&format!("/v1/figures#figure-{}", at + 1))?;
            self.plain(&subject, SCHEMA, "observationAbout", &figure.subject.to_string())?;
            self.figure(&subject, figure)
        })
    }

    fn figure(&mut self, subject: &Subject, figure: &Figure) -> io::Result<()> {
        self.is(subject, SCHEMA, "Observation")?;
        self.plain(subject, SCHEMA, "variableMeasured", &figure.measure)?;
        self.say(subject, SCHEMA, "value", Literal::from(figure.value))?;
        self.plain(subject, SCHEMA, "unitText", &figure.unit)?;
        self.say(subject, SCHEMA, "observationDate", year(figure.year))?;
        self.plain(subject, SCHEMA, "measurementMethod", &figure.kind.to_string())?;
        self.rests_on(subject, figure.terms, figure.note.as_ref())
    }

    /// What share of its revenue a role spends in a layer.
    pub(super) fn rate(&mut self, role: RoleIx, at: usize, rate: &Rate) -> io::Result<()> {
        let spends = self.role_node(role)?;
        let subject = self.at(&format!("{}#rate-{}", Href::role(self.part.graph, role), at + 1))?;
        let layer = self.layer_node(rate.layer)?;
        self.own(&spends, "spends", subject.0.clone())?;
        self.own_class(&subject, "Rate")?;
        self.own(&subject, "layer", layer.0)?;
        self.say(&subject, SCHEMA, "minValue", Literal::from(rate.low))?;
        self.say(&subject, SCHEMA, "maxValue", Literal::from(rate.high))?;
        self.say(&subject, SCHEMA, "observationDate", year(rate.year))?;
        self.rests_on(&subject, rate.terms, rate.note.as_ref())
    }

    /// What a company is after.
    pub(super) fn strategy(&mut self, company: CompanyIx, at: usize, strategy: &Strategy) -> io::Result<()> {
        let pursues = self.company_node(company)?;
        let subject = self.part_of(company, "strategy", &(at + 1).to_string(), strategy.terms)?;
        self.own(&pursues, "pursues", subject.0.clone())?;
        self.own_class(&subject, "Strategy")?;
        self.rests_on(&subject, strategy.terms, Some(&strategy.text))
    }
}

fn year(year: u16) -> Literal {
    Literal::new_typed_literal(format!("{year:04}"), xsd("gYear"))
}
