//! Concentration: how the supply of each layer is divided, on a day or over time.

use actix_web::get;

use super::answer::Answer;
use super::ask::Ask;
use super::page::key;
use super::parameters::{ConcentrationQuery, PageQuery, Step, ViewQuery};
use super::problem::{Problem, ProblemKind, Problems};
use super::stack::kind_order;
use super::views::{ConcentrationList, ConcentrationOfLayer, is_of_layer};
use crate::graph::Filter;
use crate::model::Day;
use crate::query::{Concentration, concentration};

/// A series has no more days than this.
const MOST_DAYS: usize = 400;

/// List how concentrated each layer is
///
/// Of each layer, and of each input within it, how its supply is divided: every company with a dependency in it has one
/// vote, split among its suppliers by the stated shares, the rest evenly; what it makes itself does not count. With `from`
/// (and `to`, `step`) a series: the same for the last day of each step. By day, then in the order of the stack.
#[utoipa::path(
    operation_id = "listConcentration", tag = "risk", extensions(("x-command" = json!("concentration"))),
    params(ViewQuery, PageQuery, ConcentrationQuery),
    responses((status = 200, description = "A page of layers and inputs.", body = ConcentrationList), Problems),
)]
#[get("/concentration")]
pub async fn list_concentration(ask: Ask<(PageQuery, ConcentrationQuery)>) -> Answer {
    let graph = ask.graph();
    let layer = ask.query.1.layer.as_ref().map(|name| ask.layer("layer", name)).transpose()?;
    let mut rows: Vec<(Day, Concentration)> = Vec::new();
    for day in days(&ask)? {
        let view = ask.world.snapshot.view(Filter { day, ..ask.view.filter });
        let all = concentration(graph, &view, |_| 1.0).into_iter();
        let kept = all.filter(|row| layer.is_none_or(|layer| is_of_layer(graph, row.kind, layer)));
        rows.extend(kept.map(|row| (day, row)));
    }
    let order = |(day, row): &(Day, Concentration)| key(&[&day.to_string(), &kind_order(graph, row.kind)]);
    let page = ask.page(&ask.query.0, "", &rows, order)?;
    let items = page.rows.iter().map(|(day, row)| ConcentrationOfLayer::new(graph, ask.lang, *day, row)).collect();
    ask.list(&ConcentrationList::new(items, &page, ask.view.filter.day))
}

/// The days asked about.
fn days(ask: &Ask<(PageQuery, ConcentrationQuery)>) -> Result<Vec<Day>, Problem> {
    let ConcentrationQuery { from, to, step, .. } = &ask.query.1;
    if from.is_none() && to.is_none() && step.is_none() {
        return Ok(vec![ask.view.filter.day]);
    }
    let last = to.map_or(ask.view.filter.day, |to| to.0.last_day());
    let first = from.map_or(last, |from| from.0.first_day());
    let wrong = |takes: String| {
        let given = from.map(|from| from.0.to_string());
        Err(Problem::with_parameter(ProblemKind::InvalidParameter, "from", given.as_deref(), takes))
    };
    if first > last {
        return wrong(format!("a date that is not after {last}"));
    }
    let days: Vec<Day> = Day::steps(first, last, step.unwrap_or(Step::Year).months()).take(MOST_DAYS + 1).collect();
    if days.len() > MOST_DAYS {
        return wrong(format!("a date that is at most {MOST_DAYS} steps before {last}"));
    }
    Ok(days)
}
