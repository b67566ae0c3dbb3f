//! Parameters that take one of a few words.

use std::str::FromStr;

use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use super::values::{from_text, parsed};
use crate::model::Invalid;

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

from_text!(Sort, Step, Side);
