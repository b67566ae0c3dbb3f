//! Suggestions while somebody types: entities, properties and types.

use actix_web::{HttpRequest, HttpResponse, get, web};
use serde_json::{Value, json};

use super::candidates::{company, describe};
use super::door::{Door, escaped};
use super::endpoint::{self, Fields};
use super::entity::{Entity, Kind, Stack, Type};
use super::properties;
use crate::http::{Problem, ProblemKind};

/// So many suggestions are given at once.
const AT_ONCE: usize = 20;

/// Suggests what begins as `prefix` does; `cursor` leaves out those given before.
#[get("/reconcile/suggest/{what}")]
pub async fn suggest(request: HttpRequest, what: web::Path<String>) -> Result<HttpResponse, Problem> {
    let fields = Fields::of(&request);
    let door = Door::open(&request, fields.get("lang")).await?;
    let prefix = fields.need("prefix", "the beginning of a name or an id")?;
    let skipped = fields.number("cursor", 0, 980)?;
    let found: Vec<Value> = match what.as_str() {
        "entity" => entities(&door, prefix, skipped + AT_ONCE).await,
        "property" => {
            let all = properties::ALL.iter().filter(|property| property.answers(prefix));
            all.map(|property| json!(property.propose(door.lang()))).collect()
        }
        "type" => {
            let stack = Stack::read(&door).await;
            stack.all_types().filter(|kind| fits(&[&kind.id, &kind.name], prefix)).map(|kind| json!(kind)).collect()
        }
        _ => return Err(Problem::new(ProblemKind::NotFound, "suggestions are `entity`, `property` or `type`")),
    };
    let result: Vec<Value> = found.into_iter().skip(skipped).take(AT_ONCE).collect();
    Ok(endpoint::json(&json!({"result": result})))
}

/// Companies that a search finds, then roles and layers whose name holds the text.
async fn entities(door: &Door, prefix: &str, limit: usize) -> Vec<Value> {
    if prefix.trim().is_empty() {
        return Vec::new();
    }
    let stack = Stack::read(door).await;
    let hits = door.items(&format!("/v1/search?q={}&limit={limit}", escaped(prefix))).await;
    let companies = hits.into_iter().filter_map(|mut hit| company(hit["summary"].take(), 0.0, &stack));
    let companies = companies.map(|found| entity(&found.entity, &found.record, &found.types));
    let others = [Kind::Role, Kind::Layer].into_iter().flat_map(|kind| {
        let id = |item: &Value| Entity::new(kind, item["id"].as_str().unwrap_or_default());
        let fitting = stack.all(kind).iter().filter(move |item| {
            let names = item["names"].as_object().into_iter().flatten().filter_map(|(_, name)| name.as_str());
            let own = id(item);
            fits(&names.chain([own.id.as_str(), &own.to_string()]).collect::<Vec<_>>(), prefix)
        });
        let types = stack.types(kind, []);
        fitting.map(move |item| entity(&id(item), item, &types)).collect::<Vec<_>>()
    });
    companies.chain(others).collect()
}

fn entity(entity: &Entity, record: &Value, types: &[Type]) -> Value {
    let mut suggestion = json!({"id": entity.to_string(), "name": record["name"], "notable": types});
    if let Some(words) = describe(record, types) {
        suggestion["description"] = json!(words);
    }
    suggestion
}

fn fits(names: &[&str], text: &str) -> bool {
    let text = text.trim().to_lowercase();
    names.iter().any(|name| name.to_lowercase().contains(&text))
}
