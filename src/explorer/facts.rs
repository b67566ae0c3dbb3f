//! What several pages show of facts: names of layers, and who says so.

use std::collections::HashMap;

use super::answers::{Citation, Layer, List};
use super::refused::Refused;
use super::visit::Visit;

/// The layers of the stack, to name them.
#[derive(Debug)]
pub struct Layers(pub Vec<Layer>);

impl Layers {
    /// Gets them.
    ///
    /// # Errors
    /// If the route gives none.
    pub async fn of(visit: &Visit) -> Result<Self, Refused> {
        let list: List<Layer> = visit.get("/v1/layers", &[]).await?;
        Ok(Self(list.items))
    }

    /// A layer.
    pub fn find(&self, id: &str) -> Option<&Layer> {
        self.0.iter().find(|layer| layer.id == id)
    }

    /// The name of a layer.
    pub fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.find(id).map_or(id, |layer| &layer.name)
    }

    /// The name of an activity's layer, if it has one.
    pub fn of_activity<'a>(&'a self, id: &'a Option<String>) -> &'a str {
        id.as_deref().map_or("", |id| self.name(id))
    }

    /// The column of a layer in the stack.
    pub fn tier(&self, id: &str) -> u32 {
        self.find(id).map_or(9, |layer| layer.tier)
    }

    /// What is bought: the name of the input, or of the layer where there is none.
    pub fn what<'a>(&'a self, layer: &'a str, input: &'a Option<String>) -> &'a str {
        let Some(input) = input else { return self.name(layer) };
        let known = self.find(layer).and_then(|layer| layer.inputs.iter().find(|known| known.id == *input));
        known.map_or(input, |known| &known.name)
    }
}

/// Sources by id.
#[derive(Debug, Default)]
pub struct Citations(HashMap<String, Citation>);

impl Citations {
    /// The book of these.
    pub fn of(sources: Vec<Citation>) -> Self {
        Self(sources.into_iter().map(|source| (source.id.clone(), source)).collect())
    }

    /// Who says so, in a word or two: the publisher, else the title.
    pub fn short<'a>(&'a self, id: &'a str) -> &'a str {
        self.0.get(id).map_or(id, |source| source.publisher.as_deref().unwrap_or(&source.name))
    }
}
