//! Activities: a company acting in a layer, and the layers it uses. They are the nodes of the graph.
//!
//! Activities and uses belong to the data set, not to the day: dates, sources and status filter facts, not these.

use std::collections::HashMap;
use std::ops::Range;

use super::{CompanyIx, LayerIx, NodeIx};

/// The activities of all companies, in the order of companies, then of the stack.
#[derive(Debug, Default)]
pub struct Activities {
    starts: Vec<NodeIx>,
    company: Vec<CompanyIx>,
    layer: Vec<LayerIx>,
    uses: Vec<u32>,
    sets: Vec<Box<[LayerIx]>>,
    known: HashMap<Box<[LayerIx]>, u32>,
}

impl Activities {
    /// Stands for the layer of an activity that has none.
    pub const NO_LAYER: LayerIx = LayerIx::MAX;

    /// Adds the activities of the next company: the layers it acts in and the layers each of them uses, sorted.
    /// A company that acts in no layer has one activity all the same, whose layer is [`Self::NO_LAYER`].
    pub fn push(&mut self, activities: impl IntoIterator<Item = (LayerIx, Vec<LayerIx>)>) {
        let company = self.starts.len() as CompanyIx;
        self.starts.push(self.layer.len() as NodeIx);
        for (layer, uses) in activities {
            let uses = self.known.get(&uses[..]).copied().unwrap_or_else(|| {
                let uses: Box<[_]> = uses.into();
                self.sets.push(uses.clone());
                self.known.insert(uses, self.sets.len() as u32 - 1);
                self.sets.len() as u32 - 1
            });
            self.company.push(company);
            self.layer.push(layer);
            self.uses.push(uses);
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.layer.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.layer.is_empty()
    }

    /// The activities of a company.
    pub fn of(&self, company: CompanyIx) -> Range<NodeIx> {
        let end = self.starts.get(company as usize + 1).copied();
        self.starts[company as usize]..end.unwrap_or(self.layer.len() as NodeIx)
    }

    /// The company that acts.
    pub fn company(&self, node: NodeIx) -> CompanyIx {
        self.company[node as usize]
    }

    /// The layer it acts in, if any.
    pub fn layer(&self, node: NodeIx) -> Option<LayerIx> {
        Some(self.layer[node as usize]).filter(|&layer| layer != Self::NO_LAYER)
    }

    /// The layers it uses, in the order of the stack.
    pub fn uses(&self, node: NodeIx) -> &[LayerIx] {
        &self.sets[self.uses[node as usize] as usize]
    }

    /// The activity of a company in a layer.
    pub fn find(&self, company: CompanyIx, layer: LayerIx) -> Option<NodeIx> {
        self.of(company).find(|&node| self.layer[node as usize] == layer)
    }
}
