//! Data extension: values of properties for entities that were recognised.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, get, rt};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::door::{Door, escaped};
use super::endpoint::{self, Fields};
use super::entity::{Entity, Kind, Stack};
use super::properties::{self, Place, Property, Shape};
use super::question::texts;
use crate::http::{Problem, ProblemKind};

/// No more entities are asked about at once.
const MOST_IDS: usize = 1000;
/// No more properties are asked for at once.
const MOST_PROPERTIES: usize = 50;
/// No cell has more values.
const MOST_VALUES: usize = 1000;

/// What is asked for.
#[derive(Debug, Deserialize)]
pub struct Extension {
    ids: Vec<String>,
    properties: Vec<Wanted>,
}

#[derive(Debug, Deserialize)]
struct Wanted {
    id: String,
    #[serde(default)]
    settings: Value,
}

/// A column of the answer.
struct Column {
    id: String,
    property: &'static Property,
    limit: usize,
    /// The query that its addresses get.
    day: String,
}

/// The answer: a row for each entity, with the values of each property.
pub async fn answer(door: &Door, asked: Extension) -> Result<Value, Problem> {
    for (what, given, most) in
        [("ids", asked.ids.len(), MOST_IDS), ("properties", asked.properties.len(), MOST_PROPERTIES)]
    {
        if given > most {
            let takes = format!("at most {most} `{what}`");
            return Err(Problem::new(ProblemKind::BodyTooLarge, format!("there are {given} `{what}`")).taking(takes));
        }
    }
    let columns = asked.properties.into_iter().map(column).collect::<Result<Vec<_>, _>>()?;
    let stack = Stack::read(door).await;
    let mut rows = Map::new();
    for id in asked.ids {
        let row = row(door, &stack, &Entity::named(&id), &columns).await?;
        rows.insert(id, Value::Object(row));
        rt::task::yield_now().await;
    }
    let meta: Vec<Value> = columns.iter().map(|column| meta(column, door.lang())).collect();
    Ok(json!({"meta": meta, "rows": rows}))
}

fn column(wanted: Wanted) -> Result<Column, Problem> {
    let property =
        properties::find(&wanted.id).or_else(|| properties::of(Kind::Company, &wanted.id)).ok_or_else(|| {
            let all: Vec<_> = properties::ALL.iter().map(|property| format!("`{}`", property.id)).collect();
            let problem = Problem::new(ProblemKind::InvalidParameter, format!("there is no property `{}`", wanted.id));
            problem.about("extend", &wanted.id).taking(format!("one of {}", all.join(", ")))
        })?;
    // A client may send what people typed into a form, so a number may be a text.
    let setting = |name: &str| wanted.settings.get(name).map(texts).and_then(|texts| texts.into_iter().next());
    let limit = setting("limit").and_then(|text| text.trim().parse().ok()).filter(|limit| *limit > 0);
    let day = setting("as_of").filter(|day| !day.trim().is_empty());
    let day = day.map(|day| format!("as_of={}", escaped(day.trim()))).unwrap_or_default();
    Ok(Column { limit: limit.map_or(MOST_VALUES, |limit: usize| limit.min(MOST_VALUES)), property, day, id: wanted.id })
}

fn meta(column: &Column, lang: &str) -> Value {
    let name = column.property.name(lang);
    match column.property.shape {
        Shape::Entity(kind) => json!({"id": column.id, "name": name, "type": kind.as_type(lang)}),
        _ => json!({"id": column.id, "name": name}),
    }
}

async fn row(door: &Door, stack: &Stack, entity: &Entity, columns: &[Column]) -> Result<Map<String, Value>, Problem> {
    let mut own: HashMap<&str, Value> = HashMap::new();
    let mut row = Map::new();
    for column in columns {
        let mut values = match column.property.place {
            _ if !column.property.of.contains(&entity.kind) => Vec::new(),
            Place::Own(pointer) => {
                if !own.contains_key(column.day.as_str()) {
                    let page = page(door, &format!("{}?{}", entity.address(), column.day)).await?;
                    own.insert(&column.day, page);
                }
                let page = own.get(column.day.as_str());
                column.property.values(page.and_then(|page| page.pointer(pointer)), stack)
            }
            Place::List(list, key) => {
                let address = format!("{}/{list}?limit={}&{}", entity.address(), column.limit, column.day);
                let mut page = page(door, &address).await?;
                let items = page["items"].as_array_mut().map(std::mem::take).unwrap_or_default();
                let items = items.into_iter().map(|mut item| item[key].take()).collect();
                column.property.values(Some(&Value::Array(items)), stack)
            }
        };
        values.truncate(column.limit);
        row.insert(column.id.clone(), Value::Array(values));
    }
    Ok(row)
}

/// What stands at an address: nothing for an entity that is unknown. A day that is none is the client's mistake.
async fn page(door: &Door, address: &str) -> Result<Value, Problem> {
    let reply = door.get(address.trim_end_matches(['?', '&'])).await;
    let said: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    if reply.status == actix_web::http::StatusCode::BAD_REQUEST {
        let detail = said["detail"].as_str().unwrap_or_default();
        return Err(Problem::new(ProblemKind::InvalidParameter, format!("in the settings of `extend`: {detail}")));
    }
    Ok(if reply.status.is_success() { said } else { Value::Null })
}

/// The properties that a type of entities has.
#[get("/reconcile/properties")]
pub async fn propose_properties(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let fields = Fields::of(&request);
    let door = Door::open(&request, fields.get("lang")).await?;
    let limit = fields.number("limit", properties::ALL.len(), 1000)?;
    let asked = fields.get("type").unwrap_or_default();
    // A role is a type of companies.
    let kind = Kind::ALL.into_iter().find(|kind| kind.id() == asked).unwrap_or(Kind::Company);
    let of_kind = properties::ALL.iter().filter(|property| property.of.contains(&kind)).take(limit);
    let proposed: Vec<_> = of_kind.map(|property| property.propose(door.lang())).collect();
    let kind = if asked.is_empty() { kind.id() } else { asked };
    let mut answer = json!({"type": kind, "properties": proposed});
    if fields.get("limit").is_some() {
        answer["limit"] = json!(limit);
    }
    Ok(endpoint::json(&answer))
}
