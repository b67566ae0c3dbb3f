//! An entity on a small card, and the way to where it stands.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;
use serde_json::Value;

use super::door::Door;
use super::endpoint::Fields;
use super::entity::{Entity, Stack};
use super::properties;
use crate::http::{Problem, ProblemKind, Reply};

/// What a card shows besides name and description, of these what there is.
const SHOWN: [&str; 9] =
    ["roles", "country", "founded", "parent", "layer", "needs", "tier", "suppliers_count", "dependents_count"];

#[derive(Template)]
#[template(
    source = r#"<!doctype html>
<html lang="{{ lang }}">
<meta charset="utf-8">
<title>{{ name }}</title>
<link rel="stylesheet" href="/reconcile/preview.css">
<h1>{{ name }}</h1>
{% if !description.is_empty() %}<p>{{ description }}</p>
{% endif %}<dl>
{% for (name, value) in rows %}<dt>{{ name }}</dt><dd>{{ value }}</dd>
{% endfor %}</dl>
<p><a href="{{ address }}" target="_blank" rel="noopener">{{ id }}</a></p>
</html>
"#,
    ext = "html"
)]
struct Card<'a> {
    lang: &'a str,
    name: &'a str,
    description: &'a str,
    rows: Vec<(&'static str, String)>,
    address: String,
    id: String,
}

/// Shows an entity on a card.
#[get("/reconcile/preview")]
pub async fn show_preview(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let fields = Fields::of(&request);
    let entity = Entity::named(fields.need("id", "the identifier of an entity, such as `openai`")?);
    let door = Door::open(&request, fields.get("lang")).await?;
    let reply = door.get(&entity.address()).await;
    if !reply.status.is_success() {
        return Ok(passed_on(reply));
    }
    let page: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    let stack = Stack::read(&door).await;
    let text = |key: &str| page[key].as_str().unwrap_or_default();
    let card = Card {
        lang: door.lang(),
        name: text("name"),
        description: text("description"),
        rows: SHOWN.iter().filter_map(|id| row(id, &entity, &page, &stack)).collect(),
        address: entity.address(),
        id: entity.to_string(),
    };
    let unwritable = |_| Problem::new(ProblemKind::Unwritable, "the card cannot be written");
    let body = card.render().map_err(unwritable)?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'",
        ))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(body))
}

/// A line of a card, if there is something to say.
fn row(id: &str, entity: &Entity, page: &Value, stack: &Stack) -> Option<(&'static str, String)> {
    let property = properties::of(entity.kind, id)?;
    let properties::Place::Own(pointer) = property.place else { return None };
    let values = property.values(page.pointer(pointer), stack);
    let shown = |value: &Value| {
        let fields = value.as_object()?;
        let shown = fields.get("name").or_else(|| fields.values().next())?;
        Some(shown.as_str().map_or_else(|| shown.to_string(), str::to_owned))
    };
    let words: Vec<String> = values.iter().filter_map(shown).collect();
    (!words.is_empty()).then(|| (property.name(&stack.lang), words.join(", ")))
}

/// The style of a card.
#[get("/reconcile/preview.css")]
pub async fn show_style() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .body(include_str!("preview.css"))
}

/// Leads to where an entity stands.
#[get("/reconcile/view")]
pub async fn view(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let fields = Fields::of(&request);
    let entity = Entity::named(fields.need("id", "the identifier of an entity, such as `openai`")?);
    Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, entity.address())).finish())
}

fn passed_on(reply: Reply) -> HttpResponse {
    let mut response = HttpResponse::build(reply.status);
    for name in [header::CONTENT_TYPE, header::CACHE_CONTROL] {
        if let Some(value) = reply.headers.get(&name) {
            response.insert_header((name, value.clone()));
        }
    }
    response.body(reply.body)
}
