//! Problems: what an error answer says (RFC 9457), and the one place where its status is picked.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError, get, web};
use serde::Serialize;
use utoipa::openapi::{Content, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};

use super::views::OwnedReference;

/// The media type of problems.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// The kinds of problems there are: name, status, title, meaning. Everything else is derived from this table.
macro_rules! kinds {
    ($($variant:ident, $slug:literal, $status:ident, $title:literal, $meaning:literal;)*) => {
        /// A kind of problem. Its name ends the problem's `type`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum ProblemKind {
            $(#[doc = $meaning] $variant,)*
        }
        impl ProblemKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The kind's name.
            pub fn slug(self) -> &'static str {
                match self { $(Self::$variant => $slug,)* }
            }
            /// The status it is answered with.
            pub fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status,)* }
            }
            /// Its title, the same for every occurrence.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }
            /// What it means and what to do.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

kinds! {
    InvalidParameter, "invalid-parameter", BAD_REQUEST, "A parameter has a value it does not take",
        "`parameter` names it, `got` is its value, `takes` says what it takes.";
    UnknownParameter, "unknown-parameter", BAD_REQUEST, "There is no such parameter",
        "`parameter` names it, `takes` lists the parameters of the route.";
    RepeatedParameter, "repeated-parameter", BAD_REQUEST, "A parameter is given more than once",
        "`parameter` names it. Lists are written with commas.";
    MissingParameter, "missing-parameter", BAD_REQUEST, "A parameter is missing",
        "`parameter` names it, `takes` says what it takes.";
    UnknownName, "unknown-name", BAD_REQUEST, "A parameter names something that is not in the data set",
        "`parameter` names it; `suggestions` holds what may have been meant.";
    InvalidCursor, "invalid-cursor", BAD_REQUEST, "The cursor is none of this list",
        "`after` takes what `next` of the same list gave, unchanged.";
    InvalidBody, "invalid-body", BAD_REQUEST, "The body is not what the route takes",
        "`detail` says where and why, `takes` what a body looks like.";
    BodyTooLarge, "body-too-large", PAYLOAD_TOO_LARGE, "The body is too large", "`takes` says how large it may be.";
    UnsupportedMediaType, "unsupported-media-type", UNSUPPORTED_MEDIA_TYPE, "The body is of a kind that the route does not take",
        "`takes` lists the media types that it takes.";
    TooLarge, "too-large", UNPROCESSABLE_ENTITY, "The graph is too large for this question",
        "The answer would take too long. Ask about one company, or about a part of the graph: another day, one source.";
    UnknownCompany, "unknown-company", NOT_FOUND, "There is no such company",
        "`suggestions` holds companies that may have been meant.";
    UnknownRole, "unknown-role", NOT_FOUND, "There is no such role", "`suggestions` holds roles that may have been meant.";
    UnknownLayer, "unknown-layer", NOT_FOUND, "There is no such layer", "`suggestions` holds layers that may have been meant.";
    UnknownSource, "unknown-source", NOT_FOUND, "There is no such source", "`suggestions` holds sources that may have been meant.";
    UnknownDependency, "unknown-dependency", NOT_FOUND, "There is no such dependency",
        "The list of dependencies has the ids of all; `suggestions` holds those between the same companies.";
    UnknownMeasure, "unknown-measure", NOT_FOUND, "There is no such measure", "`takes` lists the measures there are.";
    UnknownProblem, "unknown-problem", NOT_FOUND, "There is no such kind of problem", "The document at `/openapi.json` lists them.";
    NotImplemented, "not-implemented", NOT_IMPLEMENTED, "The answer cannot be given in this format",
        "`takes` lists the formats there are.";
    NotFound, "not-found", NOT_FOUND, "There is nothing at this address", "The document at `/openapi.json` lists every address.";
    ForeignCaller, "foreign-caller", FORBIDDEN, "The server is not asked by a name of its own",
        "Agents ask it by the name of the machine that it runs on, and pages of that machine may: `--allowed-hosts` adds names.";
    MethodNotAllowed, "method-not-allowed", METHOD_NOT_ALLOWED, "The address does not take this method",
        "The header `Allow` lists those it takes.";
    PreconditionFailed, "precondition-failed", PRECONDITION_FAILED, "The answer is not the one that is expected",
        "`If-Match` or `If-Unmodified-Since` asks for another state of the data.";
    TooManyStreams, "too-many-streams", SERVICE_UNAVAILABLE, "Too many streams of events are open",
        "The header `Retry-After` says when to try again. Without `Accept: text/event-stream` the route answers at once.";
    Unwritable, "unwritable", INTERNAL_SERVER_ERROR, "The answer could not be written",
        "This is a fault of the server: please report the address.";
    Busy, "busy", SERVICE_UNAVAILABLE, "Too much is being asked at once",
        "The header `Retry-After` says in how many seconds to ask again.";
    NotAcceptable, "not-acceptable", NOT_ACCEPTABLE, "The answer cannot be given in a form that is accepted",
        "`takes` lists the media types or encodings there are.";
}

/// An error answer: a problem of RFC 9457.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Problem {
    /// The kind of problem, as an address at which it is explained.
    #[schema(example = "/problems/invalid-parameter", format = "uri-reference")]
    r#type: Cow<'static, str>,
    /// The kind of problem, in words.
    #[schema(example = "A parameter has a value it does not take")]
    title: &'static str,
    /// The HTTP status.
    #[schema(example = 400, minimum = 400, maximum = 599)]
    status: u16,
    /// What went wrong this time.
    #[schema(example = "`limit` takes a whole number from 1 to 1000, not `0`")]
    detail: String,
    /// The parameter concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "limit")]
    parameter: Option<String>,
    /// What it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "0")]
    got: Option<String>,
    /// What it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "a whole number from 1 to 1000")]
    takes: Option<String>,
    /// What may have been meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestions: Option<Vec<OwnedReference>>,
}

impl Problem {
    /// A problem of a kind, and what went wrong this time.
    pub fn new(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self {
            r#type: format!("/problems/{}", kind.slug()).into(),
            title: kind.title(),
            status: kind.status().as_u16(),
            detail: detail.into(),
            parameter: None,
            got: None,
            takes: None,
            suggestions: None,
        }
    }

    /// A problem with a parameter: what it got, and what it takes.
    pub fn with_parameter(kind: ProblemKind, parameter: &str, got: Option<&str>, takes: impl Into<String>) -> Self {
        let takes = takes.into();
        let detail = match (kind, got) {
            (ProblemKind::UnknownParameter, _) => format!("there is no parameter `{}` here: {takes}", shown(parameter)),
            (ProblemKind::RepeatedParameter, _) => format!("`{}` is given more than once: {takes}", shown(parameter)),
            (_, Some(got)) => format!("`{parameter}` takes {takes}, not `{}`", shown(got)),
            (_, None) => format!("`{parameter}` is missing: it takes {takes}"),
        };
        Self {
            parameter: Some(shown(parameter).into_owned()),
            got: got.map(|got| shown(got).into_owned()),
            takes: Some(takes),
            ..Self::new(kind, detail)
        }
    }

    /// The same, with what may have been meant.
    #[must_use]
    pub fn suggesting(mut self, suggestions: Vec<OwnedReference>) -> Self {
        self.suggestions = Some(suggestions);
        self
    }

    /// The same, with the parameter concerned and what it was given.
    #[must_use]
    pub fn about(mut self, parameter: &str, got: &str) -> Self {
        self.parameter = Some(parameter.to_owned());
        self.got = Some(shown(got).into_owned());
        self
    }

    /// The same, with what would be taken.
    #[must_use]
    pub fn taking(mut self, takes: impl Into<String>) -> Self {
        self.takes = Some(takes.into());
        self
    }
}

/// A value as a problem repeats it: not endlessly.
fn shown(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST)
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status_code())
            .content_type(MEDIA_TYPE)
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(serde_json::to_vec(self).unwrap_or_default())
    }
}

/// Why no answer is given: a problem, or that the thing has another address.
#[derive(Debug)]
pub enum Refusal {
    /// Something is wrong.
    Problem(Box<Problem>),
    /// It stands elsewhere.
    Moved(String),
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Problem(problem) => problem.fmt(f),
            Self::Moved(address) => write!(f, "it stands at {address}"),
        }
    }
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Problem(problem) => problem.status_code(),
            Self::Moved(_) => StatusCode::PERMANENT_REDIRECT,
        }
    }

    fn error_response(&self) -> HttpResponse {
        match self {
            Self::Problem(problem) => problem.error_response(),
            Self::Moved(address) => {
                // What a name means may change with the data, so a client asks again.
                let redirect = (header::LOCATION, address.as_str());
                HttpResponse::PermanentRedirect()
                    .insert_header(redirect)
                    .insert_header(("Cache-Control", "no-cache"))
                    .finish()
            }
        }
    }
}

/// What any route may answer besides what was asked for.
pub struct Problems;

impl IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let unchanged =
            Response::new("The client has the answer already: it named its tag, or a day not before its last change.");
        let statuses = [StatusCode::BAD_REQUEST, StatusCode::NOT_ACCEPTABLE, StatusCode::PRECONDITION_FAILED];
        let mut responses = documented(&statuses);
        responses.insert(StatusCode::NOT_MODIFIED.as_str().into(), unchanged.into());
        responses
    }
}

/// What a route to one thing may answer besides.
pub struct NotFound;

impl IntoResponses for NotFound {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let moved = Response::new("It is known by this name, and stands at the address in `Location`.");
        let mut responses = documented(&[StatusCode::NOT_FOUND]);
        responses.insert(StatusCode::PERMANENT_REDIRECT.as_str().into(), moved.into());
        responses
    }
}

/// What a route whose work grows faster than the graph may answer besides.
pub struct Costly;

impl IntoResponses for Costly {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        documented(&[StatusCode::UNPROCESSABLE_ENTITY])
    }
}

/// What a route whose answers stay open may answer besides.
pub struct Crowded;

impl IntoResponses for Crowded {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        documented(&[StatusCode::SERVICE_UNAVAILABLE])
    }
}

/// What a route that takes a body may answer besides.
pub struct Bodied;

impl IntoResponses for Bodied {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        documented(&[
            StatusCode::BAD_REQUEST,
            StatusCode::NOT_ACCEPTABLE,
            StatusCode::PAYLOAD_TOO_LARGE,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            StatusCode::UNPROCESSABLE_ENTITY,
        ])
    }
}

impl From<crate::query::TooLarge> for Refusal {
    fn from(too_large: crate::query::TooLarge) -> Self {
        Problem::new(ProblemKind::TooLarge, too_large.to_string()).into()
    }
}

fn documented(statuses: &[StatusCode]) -> BTreeMap<String, RefOr<Response>> {
    let describe = |status: StatusCode| {
        let kinds = ProblemKind::ALL.iter().filter(|kind| kind.status() == status);
        let lines: Vec<_> =
            kinds.map(|kind| format!("* `/problems/{}`: {}. {}", kind.slug(), kind.title(), kind.meaning())).collect();
        let content = Content::new(Some(Ref::from_schema_name("Problem")));
        let response = ResponseBuilder::new().description(lines.join("\n")).content(MEDIA_TYPE, content).build();
        (status.as_str().to_owned(), response.into())
    };
    statuses.iter().copied().map(describe).collect()
}

/// A kind of problem, explained.
#[derive(Serialize, ToSchema)]
pub struct ProblemExplained {
    /// Its address.
    #[schema(example = "/problems/invalid-cursor", format = "uri-reference")]
    r#type: String,
    /// What it is called.
    title: &'static str,
    /// The HTTP status it is answered with.
    status: u16,
    /// What it means and what to do.
    description: &'static str,
}

/// Explain a kind of problem
///
/// The `type` of a problem is the address of its explanation.
#[utoipa::path(
    operation_id = "showProblem", tag = "service",
    params(("problem" = String, Path, description = "The name that ends the `type` of a problem.", example = "invalid-cursor")),
    responses((status = 200, description = "What it means.", body = ProblemExplained), NotFound),
)]
#[get("/problems/{problem}")]
pub async fn show_problem(slug: web::Path<String>) -> Result<HttpResponse, Refusal> {
    let found = ProblemKind::ALL.iter().find(|kind| kind.slug() == slug.as_str());
    let kind = found
        .ok_or_else(|| Problem::new(ProblemKind::UnknownProblem, format!("there is no problem `{}`", shown(&slug))))?;
    Ok(HttpResponse::Ok().json(ProblemExplained {
        r#type: format!("/problems/{}", kind.slug()),
        title: kind.title(),
        status: kind.status().as_u16(),
        description: kind.meaning(),
    }))
}
