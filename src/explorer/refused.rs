//! Why a page is not shown: the problem of the route that it is made of, as a page; or that it stands elsewhere.

use std::fmt;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use askama::Template;

use super::answers::Said;
use super::frame::{Frame, Meta};
use super::visit::policy;
use crate::export::Format;
use crate::http::{Problem, ProblemKind, Reply};

/// Why a page is not shown.
#[derive(Debug)]
pub enum Refused {
    /// It stands elsewhere.
    Moved(String),
    /// There is a page that says why.
    Page(StatusCode, String),
    /// There is nothing to say.
    Bare(StatusCode),
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    frame: &'a Frame,
    meta: Meta,
    said: &'a Said,
    /// The folder of pages to which the suggestions belong.
    folder: &'static str,
}

impl Refused {
    /// The page of a route's problem.
    pub fn page(frame: &Frame, reply: &Reply) -> Self {
        match serde_json::from_slice::<Said>(&reply.body) {
            Ok(said) => Self::said(frame, &said),
            Err(_) => Self::Bare(reply.status),
        }
    }

    /// The page of a problem.
    pub fn said(frame: &Frame, said: &Said) -> Self {
        let status = StatusCode::from_u16(said.status).unwrap_or(StatusCode::BAD_REQUEST);
        let title = if status == StatusCode::NOT_FOUND { frame.w.not_found } else { frame.w.bad_request };
        let meta = Meta::of(title, title).unlisted();
        let folder = match said.kind.rsplit('/').next() {
            Some("unknown-role") => "roles",
            Some("unknown-layer") => "layers",
            Some("unknown-source") => "sources",
            Some("unknown-dependency") => "dependencies",
            _ if said.parameter.as_deref() == Some("source") => "sources",
            _ if said.parameter.as_deref() == Some("layer") => "layers",
            _ if said.parameter.as_deref() == Some("role") => "roles",
            _ => "companies",
        };
        match (ProblemPage { frame, meta, said, folder }).render() {
            Ok(html) => Self::Page(status, html),
            Err(_) => Self::Bare(StatusCode::INTERNAL_SERVER_ERROR),
        }
    }
}

impl Refused {
    /// The same where the name that has another address stands in a parameter, not in the path.
    #[must_use]
    pub fn within(self, path: &str, parameter: &str, frame: &Frame) -> Self {
        let Self::Moved(address) = &self else { return self };
        let name = address.split('?').next().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
        let others = frame.own.iter().filter(|(other, _)| other != parameter);
        let mut own: Vec<_> = others.map(|(name, value)| (name.as_str(), value.as_str())).collect();
        own.insert(0, (parameter, name));
        Self::Moved(frame.view.link(path, &own))
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Moved(address) => write!(f, "it stands at {address}"),
            Self::Page(status, _) | Self::Bare(status) => status.fmt(f),
        }
    }
}

impl ResponseError for Refused {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Moved(_) => StatusCode::PERMANENT_REDIRECT,
            Self::Page(status, _) | Self::Bare(status) => *status,
        }
    }

    fn error_response(&self) -> HttpResponse {
        match self {
            Self::Moved(address) => HttpResponse::PermanentRedirect()
                .insert_header((header::LOCATION, address.as_str()))
                .insert_header((header::CACHE_CONTROL, "no-cache"))
                .finish(),
            Self::Page(status, html) => HttpResponse::build(*status)
                .content_type(Format::Html.media_type())
                .insert_header((header::CACHE_CONTROL, "no-store"))
                .insert_header((header::CONTENT_SECURITY_POLICY, policy()))
                .body(html.clone()),
            Self::Bare(StatusCode::NOT_FOUND) => {
                Problem::new(ProblemKind::NotFound, "there is nothing at this address").error_response()
            }
            Self::Bare(_) => Problem::new(ProblemKind::Unwritable, "the page cannot be written").error_response(),
        }
    }
}
