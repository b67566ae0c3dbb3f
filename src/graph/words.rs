//! What the numbers stand for: layers, inputs, roles, companies, sources and the data set itself.

use super::{CompanyIx, LayerIx, Rate};
use crate::model::{
    CompanyId, Country, Day, InputId, Lang, LayerId, Lei, PartialDate, RoleId, SourceId, Text, Wikidata,
};

/// What the data set says of itself.
#[derive(Debug, Clone)]
pub struct Manifest {
    /// What it is called.
    pub title: Text,
    /// Its version, as its owner counts.
    pub version: Box<str>,
    /// The day it speaks of.
    pub as_of: Day,
    /// Its licence: an SPDX identifier.
    pub license: Option<Box<str>>,
    /// Its languages, the first one first.
    pub languages: Vec<Lang>,
    /// A fingerprint of its files.
    pub revision: u128,
    /// When its newest file was changed.
    pub modified: Option<std::time::SystemTime>,
}

/// One kind of thing that is bought.
#[derive(Debug, Clone)]
pub struct Layer {
    /// Its id.
    pub id: LayerId,
    /// Its column in the stack, 0 next to the end user.
    pub tier: u16,
    /// What it is called.
    pub name: Text,
    /// What it is.
    pub description: Option<Text>,
    /// Its finer kinds, by id.
    pub inputs: Vec<Input>,
}

/// A finer kind within a layer.
#[derive(Debug, Clone)]
pub struct Input {
    /// Its id, unique in its layer.
    pub id: InputId,
    /// What it is called.
    pub name: Text,
    /// What it is.
    pub description: Option<Text>,
}

/// What is bought: a layer, or an input within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// The layer.
    pub layer: LayerIx,
    /// The input, as its place in the layer's list.
    pub input: Option<u16>,
}

/// What a company is in the stack.
#[derive(Debug, Clone)]
pub struct Role {
    /// Its id.
    pub id: RoleId,
    /// Its number.
    pub number: Option<u32>,
    /// The layer in which it supplies.
    pub layer: LayerIx,
    /// The layers without which it cannot be played, in the order of the stack.
    pub needs: Vec<LayerIx>,
    /// What it is called.
    pub name: Text,
    /// What it is.
    pub description: Option<Text>,
    /// What share of its revenue it spends in a layer.
    pub rates: Vec<Rate>,
}

/// An organisation.
#[derive(Debug, Clone)]
pub struct Company {
    /// Its id.
    pub id: CompanyId,
    /// What it is called.
    pub name: Text,
    /// Where its headquarters are.
    pub country: Option<Country>,
    /// When it was founded.
    pub founded: Option<PartialDate>,
    /// The company that it belongs to.
    pub parent: Option<CompanyIx>,
    /// What else is known of it.
    pub profile: Option<Box<Profile>>,
}

/// What is known of a company besides its place in the graph.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// Former and other names.
    pub aliases: Vec<Box<str>>,
    /// Names of its products.
    pub products: Vec<Box<str>>,
    /// What it does, in a sentence.
    pub description: Option<Text>,
    /// Its web address.
    pub website: Option<Box<str>>,
    /// Its item in Wikidata.
    pub wikidata: Option<Wikidata>,
    /// Its Legal Entity Identifier.
    pub lei: Option<Lei>,
    /// Exchange and symbol.
    pub ticker: Option<Box<str>>,
}

/// Who says so.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its id.
    pub id: SourceId,
    /// The title of the page.
    pub title: Box<str>,
    /// Who published it.
    pub publisher: Option<Box<str>>,
    /// When it was published.
    pub published: Option<PartialDate>,
    /// When it was read.
    pub seen: Option<PartialDate>,
    /// Where it is.
    pub url: Option<Box<str>>,
    /// What it states.
    pub says: Option<Box<str>>,
}

impl Source {
    /// Who speaks: its publisher, or the source itself if it names none.
    pub fn voice(&self) -> &str {
        self.publisher.as_deref().unwrap_or(self.id.as_str())
    }

    /// The day from which a fact that it states is known: when it was published, else when it was read.
    pub fn day(&self) -> Option<Day> {
        self.published.or(self.seen).map(PartialDate::first_day)
    }
}
