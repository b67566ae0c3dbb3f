//! The files of a data folder as they are written: one type a file, one field a key.
//!
//! The JSON Schemas in `graph/schema/` are generated from these types, so what an editor checks is what is loaded.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use super::severity::Severities;
use crate::model::{
    CompanyId, Country, FigureKind, InputId, Lang, LayerId, Lei, Money, Number, PartialDate, Percent, Period, RoleId,
    Share, SourceId, StakeKind, Status, Subject, Text, Wikidata,
};

/// `dataset.json`: what the data set is.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Where the schema of this file is, for editors.
    #[serde(rename = "$schema", default)]
    pub schema: Option<String>,
    /// What the data set is called.
    pub title: Text,
    /// The version of the data, as its owner counts.
    pub version: Box<str>,
    /// The day the data set speaks of; a partial date means its last day.
    pub as_of: PartialDate,
    /// The licence of the data: an SPDX identifier.
    #[serde(default)]
    pub license: Option<Box<str>>,
    /// The languages in which names and texts are given, the first one first.
    #[serde(default)]
    pub languages: List<Lang>,
    /// The severity of rules that this data set sees otherwise, by the rule's name.
    #[serde(default)]
    pub rules: Severities,
}

/// An item of `layers.json`: one kind of thing that is bought.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LayerRecord {
    /// The id of the layer.
    pub id: LayerId,
    /// Its column in the stack, 0 next to the end user.
    pub tier: u16,
    /// What it is called.
    pub name: Text,
    /// What it is.
    #[serde(default)]
    pub description: Option<Text>,
    /// Finer kinds, where suppliers of the layer are no alternatives to each other.
    #[serde(default)]
    pub inputs: List<InputRecord>,
}

/// A finer kind within a layer.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InputRecord {
    /// The id of the input, unique in its layer.
    pub id: InputId,
    /// What it is called.
    pub name: Text,
    /// What it is.
    #[serde(default)]
    pub description: Option<Text>,
}

/// An item of `roles.json`: what a company is in the stack.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleRecord {
    /// The id of the role.
    pub id: RoleId,
    /// Its number; the founding post's six have 1 to 6.
    #[serde(default)]
    pub number: Option<u32>,
    /// The layer in which the role supplies.
    pub layer: LayerId,
    /// The layers without which the role cannot be played.
    #[serde(default)]
    pub needs: List<LayerId>,
    /// What it is called.
    pub name: Text,
    /// What it is.
    #[serde(default)]
    pub description: Option<Text>,
    /// What share of its revenue the role spends in a layer.
    #[serde(default)]
    pub rates: List<RateRecord>,
}

/// What share of a role's revenue is spent in a layer.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RateRecord {
    /// The layer in which it is spent.
    pub layer: LayerId,
    /// The low estimate.
    pub low: Share,
    /// The high estimate.
    pub high: Share,
    /// The year it speaks of.
    pub year: u16,
    /// A remark.
    #[serde(default)]
    pub note: Option<Text>,
    /// Who says so.
    #[serde(default)]
    pub sources: List<SourceId>,
}

/// `companies/ID.json`: one company and all that it says of itself.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompanyRecord {
    /// Where the schema of this file is, for editors.
    #[serde(rename = "$schema", default)]
    pub schema: Option<Box<str>>,
    /// The id of the company; the file is named after it.
    pub id: CompanyId,
    /// What it is called.
    pub name: Text,
    /// Former and other names.
    #[serde(default)]
    pub aliases: List<Box<str>>,
    /// Names of its products.
    #[serde(default)]
    pub products: List<Box<str>>,
    /// What it does, in a sentence.
    #[serde(default)]
    pub description: Option<Text>,
    /// Where its headquarters are.
    #[serde(default)]
    pub country: Option<Country>,
    /// When it was founded.
    #[serde(default)]
    pub founded: Option<PartialDate>,
    /// Its web address.
    #[serde(default)]
    pub website: Option<Box<str>>,
    /// Its item in Wikidata.
    #[serde(default)]
    pub wikidata: Option<Wikidata>,
    /// Its Legal Entity Identifier: ISO 17442.
    #[serde(default)]
    pub lei: Option<Lei>,
    /// Exchange and symbol, such as `NASDAQ:NVDA`.
    #[serde(default)]
    pub ticker: Option<Box<str>>,
    /// The company that it belongs to.
    #[serde(default)]
    pub parent: Option<CompanyId>,
    /// What it is in the stack.
    #[serde(default)]
    pub roles: List<HeldRoleRecord>,
    /// Whom it gets something from.
    #[serde(default)]
    pub dependencies: List<DependencyRecord>,
    /// What it makes for itself.
    #[serde(default)]
    pub self_supply: List<SelfSupplyRecord>,
    /// What it holds of other companies.
    #[serde(default)]
    pub stakes: List<StakeRecord>,
    /// What it is after.
    #[serde(default)]
    pub strategies: List<StrategyRecord>,
}

/// A role that a company holds.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeldRoleRecord {
    /// The role.
    pub role: RoleId,
    /// When it began.
    #[serde(default)]
    pub since: Option<PartialDate>,
    /// When it ended.
    #[serde(default)]
    pub until: Option<PartialDate>,
    /// A remark.
    #[serde(default)]
    pub note: Option<Text>,
    /// Who says so.
    #[serde(default)]
    pub sources: List<SourceId>,
}

/// Something that a company gets from another.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DependencyRecord {
    /// The supplier.
    pub on: CompanyId,
    /// The layer of what is got.
    pub layer: LayerId,
    /// The finer kind, where the layer has inputs.
    #[serde(default)]
    pub input: Option<InputId>,
    /// What is got, in a few words.
    #[serde(default)]
    pub what: Option<Text>,
    /// When it began.
    #[serde(default)]
    pub since: Option<PartialDate>,
    /// When it ended.
    #[serde(default)]
    pub until: Option<PartialDate>,
    /// Whether the company cannot do without at least one such supplier; `true` if absent.
    #[serde(default)]
    pub critical: Option<bool>,
    /// The part of the company's supply in the layer, where it is stated.
    #[serde(default)]
    pub share: Option<Share>,
    /// How sure the sources are; `confirmed` if absent.
    #[serde(default)]
    pub status: Option<Status>,
    /// A remark.
    #[serde(default)]
    pub note: Option<Text>,
    /// Who says so.
    #[serde(default)]
    pub sources: List<SourceId>,
}

/// Something that a company makes for itself.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SelfSupplyRecord {
    /// The layer of what is made.
    pub layer: LayerId,
    /// The finer kind, where the layer has inputs.
    #[serde(default)]
    pub input: Option<InputId>,
    /// What is made, in a few words.
    #[serde(default)]
    pub what: Option<Text>,
    /// When it began.
    #[serde(default)]
    pub since: Option<PartialDate>,
    /// When it ended.
    #[serde(default)]
    pub until: Option<PartialDate>,
    /// A remark.
    #[serde(default)]
    pub note: Option<Text>,
    /// Who says so.
    #[serde(default)]
    pub sources: List<SourceId>,
}

/// What a company holds of another.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StakeRecord {
    /// The company it is a part of.
    #[serde(rename = "in")]
    pub of: CompanyId,
    /// What kind of holding it is.
    pub kind: StakeKind,
    /// What was paid or promised, in US dollars.
    #[serde(default)]
    pub amount_usd: Option<Money>,
    /// The part of the company, in per cent.
    #[serde(default)]
    pub percent: Option<Percent>,
    /// When.
    #[serde(default)]
    pub date: Option<PartialDate>,
    /// A remark.
    #[serde(default)]
    pub note: Option<Text>,
    /// Who says so.
    #[serde(default)]
    pub sources: List<SourceId>,
}

/// What a company is after.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StrategyRecord {
    /// The strategy, in our own words.
    pub text: Text,
    /// When it was stated.
    #[serde(default)]
    pub date: Option<PartialDate>,
    /// Who says so.
    #[serde(default)]
    pub sources: List<SourceId>,
}

/// An item of `figures.json`: a number somebody published.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FigureRecord {
    /// What it is about: `market:NAME` or `company:ID`.
    pub subject: Subject,
    /// What is measured, such as `revenue` or `market-size`.
    pub measure: Box<str>,
    /// The number.
    pub value: Number,
    /// Its unit, such as `USD` or `ratio`.
    pub unit: Box<str>,
    /// The year it speaks of.
    pub year: u16,
    /// Measured, estimated or foretold.
    pub kind: FigureKind,
    /// A remark.
    #[serde(default)]
    pub note: Option<Text>,
    /// Who says so.
    #[serde(default)]
    pub sources: List<SourceId>,
}

/// An item of `sources.json`: who says so.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceRecord {
    /// The id of the source.
    pub id: SourceId,
    /// The title of the page.
    pub title: Box<str>,
    /// Who published it.
    #[serde(default)]
    pub publisher: Option<Box<str>>,
    /// When it was published.
    #[serde(default)]
    pub published: Option<PartialDate>,
    /// When it was read.
    #[serde(default)]
    pub seen: Option<PartialDate>,
    /// Where it is.
    #[serde(default)]
    pub url: Option<Box<str>>,
    /// What it states, in our own words.
    #[serde(default)]
    pub says: Option<Box<str>>,
}

macro_rules! periods {
    ($($record:ty),*) => {$(
        impl $record {
            /// When the fact holds.
            pub fn period(&self) -> Period {
                Period { since: self.since, until: self.until }
            }
        }
    )*};
}
periods!(HeldRoleRecord, DependencyRecord, SelfSupplyRecord);

/// A list that may be absent or null, which is an empty one.
#[derive(Debug, Clone)]
pub struct List<T>(pub Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> std::ops::Deref for List<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut list: Vec<T> = Option::deserialize(deserializer)?.unwrap_or_default();
        // A data set holds millions of these, most of them short.
        list.shrink_to_fit();
        Ok(Self(list))
    }
}

impl<T: JsonSchema> JsonSchema for List<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("List_of_{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Option::<Vec<T>>::json_schema(generator)
    }
}
