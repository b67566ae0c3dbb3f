//! 5 · Questions: pure functions from the graph of a day to an answer, numbers in, numbers out. One file each.

mod changes;
mod chokepoints;
mod concentration;
mod coverage;
mod evidence;
mod exposure;
mod flows;
mod holders;
mod impact;
mod legal_form;
mod needs;
mod paths;
mod rankings;
mod search;
mod split;
mod walk;

pub use changes::{Change, Event, Fact, changes};
pub use chokepoints::{
    Chokepoint, FailureReach, TooLarge, choke_pairs, chokepoints, dominated, layers_of, reach_of_failures,
};
pub use concentration::{Concentration, concentration};
pub use coverage::{CompanyCoverage, Coverage, Facts, LayerCoverage, coverage};
pub use evidence::Evidence;
pub use exposure::{Exposure, Part, Resolved, Support, Vendors, exposure, heavier, resolve};
pub use flows::{Cases, Entering, Flows, Link, Takings, entering_layer, flows};
pub use holders::{holders, roles_of_layer};
pub use impact::{Degraded, Failure, Impact, LayerToll, Reason, acting_in, impact, toll};
pub use needs::{AllNeeds, Need, NeedIx, gaps, needs};
pub use paths::{Path, Paths, PathsQuestion, paths};
pub use rankings::{Measure, Scored, ranking};
pub use search::{Hit, closest, search};
pub use split::{Part as SupplyPart, split, supply_split};
pub use walk::{Direction, Kept, Reached, Stop, Walk, dependents_count, suppliers_count};
