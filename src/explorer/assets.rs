//! The files that pages load: one style sheet, one script, one icon. Their addresses name their content, so they are kept
//! for good.

use std::sync::LazyLock;

use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use actix_web::{get, web};

use super::refused::Refused;
use crate::http::Given;
use crate::model::Lang;

/// Name, media type and content.
const FILES: [(&str, &str, &str); 3] = [
    ("style.css", "text/css; charset=utf-8", include_str!("assets/style.css")),
    ("search.js", "text/javascript; charset=utf-8", include_str!("assets/search.js")),
    ("icon.svg", "image/svg+xml", include_str!("assets/icon.svg")),
];

/// The file names with a mark of their content.
static MARKED: LazyLock<Vec<String>> =
    LazyLock::new(|| FILES.iter().map(|(name, _, text)| marked(name, text)).collect());

fn marked(name: &str, content: &str) -> String {
    let mark = twox_hash::XxHash3_64::oneshot(content.as_bytes());
    name.replacen('.', &format!("-{mark:016x}."), 1)
}

/// Where a file is.
pub fn address(name: &str) -> String {
    let at = FILES.iter().position(|(other, ..)| *other == name);
    at.and_then(|at| MARKED.get(at)).map(|marked| format!("/assets/{marked}")).unwrap_or_default()
}

/// What a file holds.
pub fn content(name: &str) -> &'static str {
    FILES.iter().find(|(other, ..)| *other == name).map_or("", |(_, _, content)| content)
}

/// A file.
#[get("/assets/{file}")]
pub async fn show(file: web::Path<String>) -> Result<Given, Refused> {
    let at = MARKED.iter().position(|marked| *marked == *file);
    let (_, kind, content) =
        at.and_then(|at| FILES.get(at)).ok_or(Refused::Bare(actix_web::http::StatusCode::NOT_FOUND))?;
    let given = Given::of_kind(content.as_bytes(), kind, Lang::EN);
    Ok(given.with(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")))
}
