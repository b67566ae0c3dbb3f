//! oEmbed: what stands at an address of this server, as HTML for another page. Nothing is ever fetched: the address is
//! taken apart, and what it names is looked up here.

use actix_web::http::header::{CACHE_CONTROL, VARY};
use actix_web::{HttpResponse, ResponseError, get};
use askama::Template;
use serde::Serialize;

use super::answers::Company;
use super::view::{View, segment};
use super::visit::Visit;
use crate::http::{Problem, ProblemKind};

/// How large an embed is unless less is asked for.
const SIZE: (u32, u32) = (480, 400);

/// How an embed is described (oembed.com, version 1.0).
#[derive(Debug, Serialize, Template)]
#[template(path = "oembed.xml")]
struct Described {
    version: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: String,
    provider_name: &'static str,
    provider_url: String,
    cache_age: u32,
    width: u32,
    height: u32,
    html: String,
}

#[derive(Template)]
#[template(path = "iframe.html")]
struct Iframe<'a> {
    src: &'a str,
    title: &'a str,
    width: u32,
    height: u32,
}

/// What stands at an address.
#[get("/oembed")]
pub async fn show(visit: Visit) -> HttpResponse {
    described(&visit).await.unwrap_or_else(|problem| problem.error_response())
}

async fn described(visit: &Visit) -> Result<HttpResponse, Problem> {
    let frame = &visit.frame;
    let format = frame.parameter("format").unwrap_or("json");
    if !["json", "xml"].contains(&format) {
        let detail = "an embed is described in `json` or `xml`";
        return Err(Problem::new(ProblemKind::NotImplemented, detail)
            .about("format", format)
            .taking("`json` or `xml`"));
    }
    let url = frame.parameter("url").ok_or_else(|| {
        Problem::with_parameter(ProblemKind::MissingParameter, "url", None, "the address of a page of this server")
    })?;
    let (embed, title) = embed(visit, url).await?;
    let (width, height) = (side(visit, "maxwidth", SIZE.0)?, side(visit, "maxheight", SIZE.1)?);
    let src = frame.absolute(&embed);
    let html = Iframe { src: &src, title: &title, width, height }.render();
    let described = Described {
        version: "1.0",
        kind: "rich",
        title,
        provider_name: "Linchpin",
        provider_url: frame.absolute("/"),
        cache_age: 3600,
        width,
        height,
        html: html.map_err(|_| unwritable())?,
    };
    let (kind, body) = match format {
        "xml" => ("text/xml; charset=utf-8", described.render().map_err(|_| unwritable())?),
        _ => ("application/json", serde_json::to_string(&described).map_err(|_| unwritable())?),
    };
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((CACHE_CONTROL, "public, max-age=60"))
        .insert_header((VARY, "Accept-Language"))
        .body(body))
}

/// The embed and the title of what stands at an address.
async fn embed(visit: &Visit, url: &str) -> Result<(String, String), Problem> {
    let origin = &visit.frame.origin;
    let local = url.strip_prefix(origin.as_str()).filter(|local| !origin.is_empty() && local.starts_with('/'));
    let local = local.ok_or_else(|| unknown(url))?;
    let local = local.split('#').next().unwrap_or_default();
    let (path, query) = local.split_once('?').unwrap_or((local, ""));
    let (view, own) = View::read(query);
    if path == "/" || path == "/embed/graph" {
        let own: Vec<_> = own.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let own = if path == "/" { &[][..] } else { &own[..] };
        return Ok((view.link("/embed/graph", own), visit.frame.w.drawing_of_all.to_owned()));
    }
    let name = path.strip_prefix("/companies/").or_else(|| path.strip_prefix("/embed/companies/"));
    let name = name.filter(|name| !name.is_empty() && !name.contains('/')).ok_or_else(|| unknown(url))?;
    let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
    let company: Company =
        visit.see(&view, &format!("/v1/companies/{}", segment(&name))).await.ok_or_else(|| unknown(url))?;
    Ok((view.link(&format!("/embed/companies/{}", segment(&company.id)), &[]), company.name))
}

fn unknown(url: &str) -> Problem {
    let detail = "there is nothing to embed at this address";
    Problem::new(ProblemKind::NotFound, detail).about("url", url).taking("the address of a page of this server")
}

fn unwritable() -> Problem {
    Problem::new(ProblemKind::Unwritable, "the embed cannot be described")
}

/// A side of the embed, no longer than is asked for.
fn side(visit: &Visit, name: &str, usual: u32) -> Result<u32, Problem> {
    match visit.frame.parameter(name) {
        None => Ok(usual),
        Some(text) => match text.parse::<u32>() {
            Ok(most) if most > 0 => Ok(usual.min(most)),
            _ => Err(Problem::with_parameter(
                ProblemKind::InvalidParameter,
                name,
                Some(text),
                "a whole number from 1 on",
            )),
        },
    }
}
