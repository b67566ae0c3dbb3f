//! Parameters: what a query may say, each declared once for reading, checking and documenting.

mod paths;
mod risk;
mod values;
mod words;

pub use paths::{CompanyPath, DependencyPath, LayerPath, MeasurePath, RolePath, SourcePath};
pub use risk::{ChokepointsQuery, ConcentrationQuery, FlowsQuery, ImpactQuery, RankingQuery};
pub use values::{Amount, Countries, CountryCode, Date, Depth, Hops, LangCode, Limit, Name, Names, Paths, Size, Words};
pub use words::{Side, Sort, Step};

use serde::{Deserialize, Deserializer};
use utoipa::IntoParams;

use crate::model::Status;

/// What of the graph is asked about. Every route takes these.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ViewQuery {
    /// The day asked about; a partial date means its last day. Without it, the day of the data set.
    #[param(value_type = Option<String>, example = "2023-02", pattern = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$")]
    pub as_of: Option<Date>,
    /// Keep only facts that this source supports, by its id.
    #[param(value_type = Option<String>, example = "caucasus-2023-02-08", min_length = 1)]
    pub source: Option<Name>,
    /// Keep only dependencies of this status.
    #[serde(default, deserialize_with = "status")]
    #[param(inline, example = "confirmed")]
    pub status: Option<Status>,
    /// The language of names and texts: `en`, `ko`, or another one of the data set. Without it, `Accept-Language` picks.
    #[param(value_type = Option<String>, example = "ko", pattern = "^[a-z]{2}$")]
    pub lang: Option<LangCode>,
}

fn status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Status>, D::Error> {
    match &*std::borrow::Cow::<str>::deserialize(deserializer)? {
        "confirmed" => Ok(Some(Status::Confirmed)),
        "reported" => Ok(Some(Status::Reported)),
        _ => Err(serde::de::Error::custom("`confirmed` or `reported`")),
    }
}

/// Which page of a list is asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// The most items on a page.
    #[serde(default)]
    #[param(value_type = Option<u16>, minimum = 1, maximum = 1000, default = 50, example = 20)]
    pub limit: Limit,
    /// Where the page begins: what `next` of the page before says. Opaque.
    #[param(value_type = Option<String>, min_length = 1)]
    pub after: Option<Words>,
}

/// Which companies are listed.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CompaniesQuery {
    /// Those that have this role on the day: a role, by id or name.
    #[param(value_type = Option<String>, example = "cloud", min_length = 1)]
    pub role: Option<Name>,
    /// Those with a role in this layer on the day: a layer, by id or name.
    #[param(value_type = Option<String>, example = "cloud", min_length = 1)]
    pub layer: Option<Name>,
    /// Those of this country: ISO 3166-1 alpha-2.
    #[param(value_type = Option<String>, example = "US", pattern = "^[A-Za-z]{2}$")]
    pub country: Option<CountryCode>,
    /// Only these companies, by id or name, with commas between them.
    #[param(value_type = Option<String>, example = "openai,google", min_length = 1)]
    pub id: Option<Names>,
    /// Those that answer to this name, as in a search.
    #[param(value_type = Option<String>, example = "a", min_length = 1)]
    pub q: Option<Words>,
    /// Those with this identifier: a Wikidata item, an LEI, a ticker with or without its exchange, or a web address, of
    /// which the host counts.
    #[param(value_type = Option<String>, example = "NASDAQ:NVDA", min_length = 1)]
    pub identifier: Option<Words>,
    /// The order; `-` before it turns it round. Companies that are equal in it come by id.
    #[param(inline, example = "name")]
    pub sort: Option<Sort>,
}

/// How far a walk goes and which of the companies found are listed.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WalkQuery {
    /// How many hops at the most: a number from 1 on, or `all`.
    #[serde(default)]
    #[param(value_type = Option<String>, example = "all", default = "1", pattern = "^([1-9][0-9]{0,8}|all)$")]
    pub depth: Depth,
    /// Walk only along dependencies in these layers, by id or name, with commas between them.
    #[param(value_type = Option<String>, example = "model,cloud,chip", min_length = 1)]
    pub via: Option<Names>,
    /// List only companies found in this layer, at the fewest hops at which they are found in it.
    #[param(value_type = Option<String>, example = "chip", min_length = 1)]
    pub layer: Option<Name>,
    /// List only companies that have this role on the day.
    #[param(value_type = Option<String>, example = "chip-maker", min_length = 1)]
    pub role: Option<Name>,
    /// List only companies of this country: ISO 3166-1 alpha-2.
    #[param(value_type = Option<String>, example = "US", pattern = "^[A-Za-z]{2}$")]
    pub country: Option<CountryCode>,
}

/// Which dependencies are listed.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DependenciesQuery {
    /// Those of this company, by id or name.
    #[param(value_type = Option<String>, example = "openai", min_length = 1)]
    pub from: Option<Name>,
    /// Those on this company, by id or name.
    #[param(value_type = Option<String>, example = "microsoft", min_length = 1)]
    pub to: Option<Name>,
    /// Those in this layer, by id or name.
    #[param(value_type = Option<String>, example = "cloud", min_length = 1)]
    pub layer: Option<Name>,
}

/// Between whom paths are sought.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PathsQuery {
    /// The company that depends, by id or name.
    #[param(value_type = String, example = "github", min_length = 1)]
    pub from: Name,
    /// The company it rests on, by id or name.
    #[param(value_type = String, example = "asml", min_length = 1)]
    pub to: Name,
    /// Go only along dependencies in these layers, by id or name, with commas between them.
    #[param(value_type = Option<String>, example = "model,cloud,chip,fabrication,equipment", min_length = 1)]
    pub via: Option<Names>,
    /// The most paths that are listed.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100, default = 10, example = 3)]
    pub limit: Paths,
    /// The most hops of a path. Without it 8, or as many as the nearest way has where that is more.
    #[param(value_type = Option<u8>, minimum = 1, maximum = 16, example = 6)]
    pub max_hops: Option<Hops>,
}

/// What is searched for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SearchQuery {
    /// A name, or what one remembers of it: any language, any spelling.
    #[param(value_type = String, example = "엔비디어", min_length = 1)]
    pub q: Words,
}

/// Which figures are listed.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FiguresQuery {
    /// Those about this: `market:NAME` or `company:ID`.
    #[param(value_type = Option<String>, example = "market:ai-chips", min_length = 1)]
    pub subject: Option<Words>,
    /// Those of this measure.
    #[param(value_type = Option<String>, example = "market-size", min_length = 1)]
    pub measure: Option<Words>,
}

/// Which stakes are listed.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StakesQuery {
    /// Those that this company holds, by id or name.
    #[param(value_type = Option<String>, example = "microsoft", min_length = 1)]
    pub holder: Option<Name>,
    /// Those in this company, by id or name.
    #[param(value_type = Option<String>, example = "openai", min_length = 1)]
    pub r#in: Option<Name>,
}

/// Between which days changes are sought.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ChangesQuery {
    /// The first day; a partial date means its first. Without it, from the beginning.
    #[param(value_type = Option<String>, example = "2023", pattern = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$")]
    pub since: Option<Date>,
    /// The last day; a partial date means its last. Without it, the day asked about.
    #[param(value_type = Option<String>, example = "2024-06", pattern = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$")]
    pub until: Option<Date>,
}

/// Which part of the graph is exported.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GraphQuery {
    /// Only dependencies in these layers and the companies that they join, by id or name, with commas between them.
    #[param(value_type = Option<String>, example = "chip", min_length = 1)]
    pub layer: Option<Names>,
}

/// Which neighbourhood of a company is exported.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NeighbourhoodQuery {
    /// How many hops at the most: a number from 1 on, or `all`.
    #[serde(default)]
    #[param(value_type = Option<String>, example = "1", default = "1", pattern = "^([1-9][0-9]{0,8}|all)$")]
    pub depth: Depth,
    /// Whether suppliers, dependents or both are looked for.
    #[param(inline, example = "upstream")]
    pub direction: Option<Side>,
    /// Only along dependencies in these layers, by id or name, with commas between them.
    #[param(value_type = Option<String>, example = "model,cloud,chip", min_length = 1)]
    pub via: Option<Names>,
}
