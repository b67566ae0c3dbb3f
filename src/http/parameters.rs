//! Parameters: what a query may say, each declared once for reading, checking and documenting.

use std::str::FromStr;

use serde::{Deserialize, Deserializer};
use utoipa::{IntoParams, ToSchema};

use crate::model::{Invalid, PartialDate, Status};

/// Reads a value from its text by `FromStr`; the error says what would be taken.
fn parsed<'de, D: Deserializer<'de>, T: FromStr<Err = Invalid>>(deserializer: D) -> Result<T, D::Error> {
    std::borrow::Cow::<str>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
}

macro_rules! from_text {
    ($($type:ty),*) => {$(
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                parsed(deserializer)
            }
        }
    )*};
}
from_text!(Date, Name, Names, Limit, Depth, Hops, Paths, CountryCode, Countries, LangCode, Words, Size, Amount, Step);

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
    /// The order; `-` before it turns it round. Companies that are equal in it come by id.
    #[param(inline, example = "name")]
    pub sort: Option<Sort>,
}

/// By what companies are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
pub enum Sort {
    /// By id.
    #[schema(rename = "id")]
    Id,
    /// By id, last first.
    #[schema(rename = "-id")]
    IdDown,
    /// By name, in the language asked for.
    #[schema(rename = "name")]
    Name,
    /// By name, last first.
    #[schema(rename = "-name")]
    NameDown,
    /// By the day of foundation; those of which it is unknown come last.
    #[schema(rename = "founded")]
    Founded,
    /// By the day of foundation, latest first; those of which it is unknown come first.
    #[schema(rename = "-founded")]
    FoundedDown,
}

impl FromStr for Sort {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        Ok(match text {
            "id" => Self::Id,
            "-id" => Self::IdDown,
            "name" => Self::Name,
            "-name" => Self::NameDown,
            "founded" => Self::Founded,
            "-founded" => Self::FoundedDown,
            _ => {
                return Err(Invalid::new("`id`, `name` or `founded`, with `-` before it to turn the order round"));
            }
        })
    }
}
from_text!(Sort);

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

/// What is down. Several of these add up.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ImpactQuery {
    /// These companies, by id or name, or one activity of each, written `google:chip`; with commas between them.
    #[param(value_type = Option<String>, example = "tsmc", min_length = 1)]
    pub down: Option<Names>,
    /// Every activity in these layers, by id or name, with commas between them.
    #[param(value_type = Option<String>, example = "cloud", min_length = 1)]
    pub layer: Option<Names>,
    /// Of the companies that have these roles on the day, their activity in the role's layer; with commas between them.
    #[param(value_type = Option<String>, example = "foundry", min_length = 1)]
    pub role: Option<Names>,
    /// Every company of these countries: ISO 3166-1 alpha-2, with commas between them.
    #[param(value_type = Option<String>, example = "TW", pattern = "^[A-Za-z]{2}(,[A-Za-z]{2})*$")]
    pub country: Option<Countries>,
}

/// Which chokepoints are sought.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ChokepointsQuery {
    /// How many companies have to be down: 1, or 2 for the pairs neither of which is enough alone.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 2, default = 1, example = 1)]
    pub size: Size,
}

/// Of what the concentration is asked, and when.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ConcentrationQuery {
    /// Only this layer and its inputs, by id or name.
    #[param(value_type = Option<String>, example = "cloud", min_length = 1)]
    pub layer: Option<Name>,
    /// A series from the step in which this date lies. Without it, one day: the last of the step in which `to` lies.
    #[param(value_type = Option<String>, example = "2020", pattern = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$")]
    pub from: Option<Date>,
    /// A series up to this date; a partial date means its last day. Without it, the day asked about.
    #[param(value_type = Option<String>, example = "2024", pattern = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$")]
    pub to: Option<Date>,
    /// How far apart the days of a series are: its days are the last ones of each step.
    #[param(inline, example = "year")]
    pub step: Option<Step>,
}

/// How far apart the days of a series are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum Step {
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// A year.
    #[default]
    Year,
}

impl Step {
    /// How many months it has.
    pub fn months(self) -> u8 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }
}

impl FromStr for Step {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        match text {
            "month" => Ok(Self::Month),
            "quarter" => Ok(Self::Quarter),
            "year" => Ok(Self::Year),
            _ => Err(Invalid::new("`month`, `quarter` or `year`")),
        }
    }
}

/// How much money enters, and where.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FlowsQuery {
    /// How much money enters, in any currency.
    #[serde(default)]
    #[param(value_type = Option<f64>, minimum = 0.01, maximum = 1e15, default = 100, example = 100)]
    pub amount: Amount,
    /// Where it enters: a layer (evenly over the companies that have a role in it on the day), an activity such as
    /// `google:chip`, or a company (its activity of the lowest tier). Without it, the first layer of the stack in which
    /// somebody has a role.
    #[param(value_type = Option<String>, example = "app", min_length = 1)]
    pub from: Option<Name>,
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

/// On which side of a company one looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum Side {
    /// Suppliers and dependents.
    #[default]
    Both,
    /// Suppliers.
    Upstream,
    /// Dependents.
    Downstream,
}

impl FromStr for Side {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        match text {
            "both" => Ok(Self::Both),
            "upstream" => Ok(Self::Upstream),
            "downstream" => Ok(Self::Downstream),
            _ => Err(Invalid::new("`both`, `upstream` or `downstream`")),
        }
    }
}
from_text!(Side);

/// Which companies of a ranking are listed.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RankingQuery {
    /// Only companies that have a role in this layer on the day, by id or name; ranks stay those among all.
    #[param(value_type = Option<String>, example = "cloud", min_length = 1)]
    pub layer: Option<Name>,
}

macro_rules! paths {
    ($($type:ident, $field:ident, $what:literal, $example:literal;)*) => {$(
        #[doc = $what]
        #[derive(IntoParams)]
        #[into_params(parameter_in = Path)]
        #[expect(dead_code, reason = "it declares the parameter; `names` reads it from the path")]
        pub struct $type {
            #[doc = $what]
            #[param(value_type = String, example = $example, min_length = 1)]
            $field: String,
        }
    )*};
}
paths! {
    CompanyPath, id, "The company: its id. Another name of it redirects there.", "openai";
    RolePath, role, "The role: its id. Another name of it redirects there.", "cloud";
    LayerPath, layer, "The layer: its id. Another name of it redirects there.", "chip";
    SourcePath, id, "The source: its id.", "caucasus-2023-02-08";
    DependencyPath, id, "The dependency: its id, as lists give it.", "github.openai.model";
}

/// By what companies are ranked.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it declares the parameter; the handler reads it from the path")]
pub struct MeasurePath {
    /// The measure.
    #[param(inline, example = "pagerank")]
    measure: crate::query::Measure,
}

/// A date, whole or partial.
#[derive(Debug, Clone, Copy)]
pub struct Date(pub PartialDate);

impl FromStr for Date {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        text.parse().map(Self)
    }
}

/// A name of something, as its users spell it.
#[derive(Debug, Clone)]
pub struct Name(pub String);

impl FromStr for Name {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        match text.trim() {
            "" => Err(Invalid::new("an id or a name")),
            name => Ok(Self(name.to_owned())),
        }
    }
}

/// Names, with commas between them.
#[derive(Debug, Clone)]
pub struct Names(pub Vec<Name>);

impl FromStr for Names {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let names: Result<Vec<Name>, Invalid> = text.split(',').map(str::parse).collect();
        names.map(Self).map_err(|_| Invalid::new("ids or names, with commas between them"))
    }
}

/// A text that is not empty.
#[derive(Debug, Clone)]
pub struct Words(pub String);

impl FromStr for Words {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        match text.trim() {
            "" => Err(Invalid::new("a text that is not empty")),
            _ => Ok(Self(text.to_owned())),
        }
    }
}

/// A country code in either case.
#[derive(Debug, Clone, Copy)]
pub struct CountryCode(pub crate::model::Country);

impl FromStr for CountryCode {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        text.to_ascii_uppercase().parse().map(Self)
    }
}

/// Country codes in either case, with commas between them.
#[derive(Debug, Clone)]
pub struct Countries(pub Vec<crate::model::Country>);

impl FromStr for Countries {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        text.to_ascii_uppercase().split(',').map(str::parse).collect::<Result<_, _>>().map(Self)
    }
}

/// An amount of money.
#[derive(Debug, Clone, Copy)]
pub struct Amount(pub f64);

impl Default for Amount {
    fn default() -> Self {
        Self(100.0)
    }
}

impl FromStr for Amount {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        match text.parse() {
            Ok(amount) if (0.01..=1e15).contains(&amount) => Ok(Self(amount)),
            _ => Err(Invalid::new("a number from 0.01 to 1e15")),
        }
    }
}

/// A language code in either case.
#[derive(Debug, Clone, Copy)]
pub struct LangCode(pub crate::model::Lang);

impl FromStr for LangCode {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        text.to_ascii_lowercase().parse().map(Self)
    }
}

macro_rules! whole_numbers {
    ($($type:ident, $low:literal, $high:literal, $default:literal, $what:literal, $takes:literal;)*) => {$(
        #[doc = $what]
        #[derive(Debug, Clone, Copy)]
        pub struct $type(pub usize);

        impl Default for $type {
            fn default() -> Self {
                Self($default)
            }
        }
        impl FromStr for $type {
            type Err = Invalid;
            fn from_str(text: &str) -> Result<Self, Invalid> {
                let digits = text.bytes().all(|b| b.is_ascii_digit());
                match text.parse() {
                    Ok(number) if digits && (($low)..=$high).contains(&number) => Ok(Self(number)),
                    _ => Err(Invalid::new($takes)),
                }
            }
        }
    )*};
}
whole_numbers! {
    Limit, 1, 1000, 50, "How many items a page has at the most.", "a whole number from 1 to 1000";
    Paths, 1, 100, 10, "How many paths are listed at the most.", "a whole number from 1 to 100";
    Size, 1, 2, 1, "How many companies have to be down.", "1 or 2";
    Hops, 1, 16, 8, "How many hops a path has at the most.", "a whole number from 1 to 16";
}

/// How many hops a walk goes at the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Depth(pub usize);

impl Default for Depth {
    fn default() -> Self {
        Self(1)
    }
}

impl FromStr for Depth {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        match text {
            "all" => Ok(Self(usize::MAX)),
            _ => match text.parse() {
                Ok(depth @ 1..=999_999_999) if digits => Ok(Self(depth)),
                _ => Err(Invalid::new("a whole number from 1 on, or `all`")),
            },
        }
    }
}
