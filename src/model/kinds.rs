//! Small closed sets of words.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How sure the sources are of a dependency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// A source states it.
    #[default]
    Confirmed,
    /// The sources only report or expect it.
    Reported,
}

/// What kind of holding a stake is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StakeKind {
    /// Money put in for a part of the company.
    Investment,
    /// A part of the company that is held.
    Ownership,
    /// Money promised, not yet paid.
    Commitment,
}

/// What a figure is: measured, estimated or foretold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FigureKind {
    /// Reported by whom it is about.
    Actual,
    /// Worked out by somebody else.
    Estimate,
    /// Foretold for a year to come.
    Forecast,
}

macro_rules! shown_as_serialized {
    ($($type:ty),*) => {$(
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.serialize(f)
            }
        }
    )*};
}
shown_as_serialized!(Status, StakeKind, FigureKind);
