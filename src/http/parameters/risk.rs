//! Parameters of the questions about risk.

use serde::Deserialize;
use utoipa::IntoParams;

use super::{Amount, Countries, Date, Name, Names, Size, Step};

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

/// Which companies of a ranking are listed.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RankingQuery {
    /// Only companies that have a role in this layer on the day, by id or name; ranks stay those among all.
    #[param(value_type = Option<String>, example = "cloud", min_length = 1)]
    pub layer: Option<Name>,
}
