//! What is stated of layers and roles: concepts of two schemes.

use std::io;

use oxrdf::Literal;

use super::statements::{Statements, Subject};
use super::terms::{ORG, SKOS};
use crate::graph::{LayerIx, RoleIx};
use crate::model::Text;
impl Statements<'_, '_> {
    pub(super) fn layer(&mut self, layer: LayerIx) -> io::Result<()> {
        let record = &self.part.graph.layers[layer as usize];
        let (subject, scheme) = (self.layer_node(layer)?, self.at("/v1/layers")?);
        self.concept(&subject, &scheme, record.id.as_str(), &record.name, record.description.as_ref())?;
        self.own(&subject, "tier", Literal::from(i64::from(record.tier)))?;
        for input in &record.inputs {
            let narrower = self.input_node(layer, input.id.as_str())?;
            self.concept(&narrower, &scheme, input.id.as_str(), &input.name, input.description.as_ref())?;
            self.say(&narrower, SKOS, "broader", subject.0.clone())?;
        }
        Ok(())
    }

    pub(super) fn role(&mut self, role: RoleIx) -> io::Result<()> {
        let view = self.part.view;
        let record = &self.part.graph.roles[role as usize];
        let (subject, scheme) = (self.role_node(role)?, self.at("/v1/roles")?);
        self.is(&subject, ORG, "Role")?;
        self.concept(&subject, &scheme, record.id.as_str(), &record.name, record.description.as_ref())?;
        let layer = self.layer_node(record.layer)?;
        self.own(&subject, "layer", layer.0)?;
        record.needs.iter().try_for_each(|&need| {
            let need = self.layer_node(need)?;
            self.own(&subject, "needs", need.0)
        })?;
        let rates = record.rates.iter().enumerate();
        rates.filter(|(_, rate)| view.keeps(rate.terms)).try_for_each(|(at, rate)| self.rate(role, at, rate))
    }

    pub(super) fn concept(
        &mut self,
        subject: &Subject,
        scheme: &Subject,
        id: &str,
        name: &Text,
        meaning: Option<&Text>,
    ) -> io::Result<()> {
        self.is(subject, SKOS, "Concept")?;
        self.say(subject, SKOS, "inScheme", scheme.0.clone())?;
        self.plain(subject, SKOS, "notation", id)?;
        self.texts(subject, SKOS, "prefLabel", name)?;
        meaning.map_or(Ok(()), |meaning| self.texts(subject, SKOS, "definition", meaning))
    }
}
