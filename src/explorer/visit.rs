//! A visit to a page: the request, and the door to the answers that the page is made of.

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, HeaderValue};
use actix_web::{FromRequest, HttpRequest};
use askama::Template;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;

use super::answers::Overview;
use super::frame::Frame;
use super::refused::Refused;
use super::view::{Own, View};
use crate::export::Format;
use crate::http::{Arrival, Door, Given, Reply};
use crate::model::Lang;

/// What a page may load: what this server gives, and nothing inline.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

/// The same for what other sites put into a frame.
const EMBED_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; \
                            frame-ancestors *";

/// What a handler of a page gives.
pub type Page = Result<Given, Refused>;

/// A visit, with what is the same on all pages.
#[derive(Debug)]
pub struct Visit {
    /// What is the same on all pages.
    pub frame: Frame,
    door: Door,
}

impl FromRequest for Visit {
    type Error = Refused;
    type Future = LocalBoxFuture<'static, Result<Self, Refused>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Self::begin(&request).await })
    }
}

impl Visit {
    async fn begin(request: &HttpRequest) -> Result<Self, Refused> {
        let door = Door::of(request).map_err(|_| Refused::Bare(StatusCode::NOT_FOUND))?;
        let (view, own) = View::read(request.query_string());
        let reply = door.get(&view.link("/v1", &[])).await;
        if reply.status.is_success() {
            let mut frame = frame(request, view, own, &reply)?;
            if frame.view.get("as_of").is_some() {
                let usual: Overview = parsed(&door.get("/v1").await)?;
                frame.own_day = usual.as_of;
            }
            return Ok(Self { frame, door });
        }
        // The view is none that there is: the page that says so is about no view.
        let in_language = View::default().with("lang", view.get("lang"));
        for plain in [in_language, View::default()] {
            let usual = door.get(&plain.link("/v1", &[])).await;
            if usual.status.is_success() {
                return Err(Refused::page(&frame(request, plain, own, &usual)?, &reply));
            }
        }
        Err(Refused::Bare(reply.status))
    }

    /// What a route answers about the view.
    ///
    /// # Errors
    /// If it answers with a problem, or that it stands elsewhere.
    pub async fn get<T: DeserializeOwned>(&self, path: &str, own: Own<'_>) -> Result<T, Refused> {
        let reply = self.door.get(&self.frame.view.link(path, own)).await;
        if let Some(elsewhere) = reply.leads_to() {
            return Err(self.moved(elsewhere));
        }
        if !reply.status.is_success() {
            return Err(Refused::page(&self.frame, &reply));
        }
        parsed(&reply)
    }

    /// The same, where the page can do without: the question may be too large for the graph.
    pub async fn try_get<T: DeserializeOwned>(&self, path: &str, own: Own<'_>) -> Option<T> {
        self.get(path, own).await.ok()
    }

    /// What a route answers about another view, or after it sent elsewhere.
    pub async fn see<T: DeserializeOwned>(&self, view: &View, path: &str) -> Option<T> {
        let reply = self.door.follow(&view.link(path, &[])).await;
        if reply.status.is_success() { parsed(&reply).ok() } else { None }
    }

    /// The page of what stands elsewhere: the same page with the name in its path that the route gives.
    fn moved(&self, location: &str) -> Refused {
        let path = location.split('?').next().unwrap_or_default();
        let (Some(name), Some(before)) = (path.split('/').nth(3), self.frame.path.rsplit_once('/')) else {
            return Refused::Bare(StatusCode::NOT_FOUND);
        };
        let query = if self.frame.query.is_empty() { String::new() } else { format!("?{}", self.frame.query) };
        Refused::Moved(format!("{}/{name}{query}", before.0))
    }

    /// A page.
    pub fn page(&self, template: &impl Template) -> Page {
        self.given(template, POLICY)
    }

    /// A page for a frame on another site.
    pub fn embed(&self, template: &impl Template) -> Page {
        self.given(template, EMBED_POLICY)
    }

    fn given(&self, template: &impl Template, policy: &'static str) -> Page {
        let html = template.render().map_err(|_| Refused::Bare(StatusCode::INTERNAL_SERVER_ERROR))?;
        let given = Given::new(html.into_bytes(), Format::Html, self.frame.lang);
        Ok(given.with(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy)))
    }
}

/// The policy of a page about a problem.
pub const fn policy() -> &'static str {
    POLICY
}

fn frame(request: &HttpRequest, view: View, own: Vec<(String, String)>, reply: &Reply) -> Result<Frame, Refused> {
    let overview: Overview = parsed(reply)?;
    let lang = reply.headers.get(CONTENT_LANGUAGE).and_then(|lang| lang.to_str().ok()?.parse().ok());
    Ok(Frame::new(
        request.uri().path().to_owned(),
        request.query_string().to_owned(),
        view,
        own,
        overview,
        lang.unwrap_or(Lang::EN),
        Arrival::of(request).map(|arrival| arrival.origin(request.headers())).unwrap_or_default(),
    ))
}

fn parsed<T: DeserializeOwned>(reply: &Reply) -> Result<T, Refused> {
    serde_json::from_slice(&reply.body).map_err(|_| Refused::Bare(StatusCode::INTERNAL_SERVER_ERROR))
}
