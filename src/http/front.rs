//! What HTTP asks of every answer, in one place: HEAD and OPTIONS, conditions, encodings, caching, cross-origin reads
//! (RFC 9110, RFC 9111, the Fetch standard). An answer given before is given again without routing.

use std::future::{Ready, ready};
use std::rc::Rc;
use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform, forward_ready};
use actix_web::http::header::{self, HeaderMap, HeaderValue, HttpDate};
use actix_web::http::{Method, StatusCode};
use actix_web::{Error, HttpResponse, ResponseError, web};
use futures_util::future::{Either, LocalBoxFuture};

use super::World;
use super::answer::Lasting;
use super::memory::Remembered;
use super::negotiate::{self, Encoding};
use super::problem::{self, Problem, ProblemKind};
use super::routes::Methods;

/// The middleware around all routes.
#[derive(Debug, Clone)]
pub struct Front {
    world: web::Data<World>,
    methods: Arc<Methods>,
    modified: HeaderValue,
}

impl Front {
    /// The front of these routes.
    pub fn new(world: web::Data<World>, methods: Arc<Methods>) -> Self {
        let manifest = &world.snapshot.graph.manifest;
        // An embedded data set is as old as the day it speaks of; none is newer than now.
        let day = || {
            let seconds = manifest.as_of.since_1970() * 86_400;
            std::time::UNIX_EPOCH + std::time::Duration::from_secs(u64::try_from(seconds).unwrap_or(0))
        };
        let modified = HttpDate::from(manifest.modified.unwrap_or_else(day).min(std::time::SystemTime::now()));
        let modified = HeaderValue::from_str(&modified.to_string()).unwrap_or(HeaderValue::from_static(""));
        Self { world, methods, modified }
    }
}

impl<S> Transform<S, ServiceRequest> for Front
where
    S: Service<ServiceRequest, Response = ServiceResponse<BoxBody>, Error = Error> + 'static,
{
    type Response = ServiceResponse<BoxBody>;
    type Error = Error;
    type Transform = Fronted<S>;
    type InitError = ();
    type Future = Ready<Result<Fronted<S>, ()>>;

    fn new_transform(&self, inner: S) -> Self::Future {
        ready(Ok(Fronted { inner, front: Rc::new(self.clone()) }))
    }
}

/// Routes behind their front.
#[derive(Debug)]
pub struct Fronted<S> {
    inner: S,
    front: Rc<Front>,
}

type Done = Result<ServiceResponse<BoxBody>, Error>;

impl<S> Service<ServiceRequest> for Fronted<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<BoxBody>, Error = Error> + 'static,
{
    type Response = ServiceResponse<BoxBody>;
    type Error = Error;
    type Future = Either<Ready<Done>, LocalBoxFuture<'static, Done>>;

    forward_ready!(inner);

    fn call(&self, mut request: ServiceRequest) -> Self::Future {
        let head = *request.method() == Method::HEAD;
        if head {
            request.head_mut().method = Method::GET;
        }
        if let Some(response) = self.front.without_routing(&request) {
            return Either::Left(ready(Ok(request.into_response(finish(response, head)))));
        }
        let front = Rc::clone(&self.front);
        let answer = self.inner.call(request);
        Either::Right(Box::pin(async move {
            let response = answer.await?;
            let (request, response) = response.into_parts();
            let response = front.complete(&request, response);
            Ok(ServiceResponse::new(request, finish(response, head)))
        }))
    }
}

/// A target longer than this is answered, but not remembered.
const LONGEST_TARGET: usize = 2048;

impl Front {
    /// The answer to what needs no handler.
    fn without_routing(&self, request: &ServiceRequest) -> Option<HttpResponse> {
        let path = request.path();
        if *request.method() == Method::OPTIONS {
            return Some(self.options(path));
        }
        let allowed = self.methods.of(path);
        if let Some(others) = allowed.filter(|allowed| !allowed.split(", ").any(|it| it == request.method().as_str())) {
            return Some(not_allowed(request.method(), others));
        }
        if !path.starts_with("/v1") {
            return None;
        }
        if request.headers().contains_key(header::ACCEPT) && !negotiate::accepts(request.headers(), "application/json")
        {
            return allowed.map(|_| not_acceptable("`application/json`"));
        }
        let memory = self.world.memory.as_ref().filter(|_| *request.method() == Method::GET)?;
        let lang = negotiate::language(&self.world.snapshot.graph, request.headers());
        let answer = memory.recall(target(request.uri())?, lang)?;
        Some(self.give(&answer, request.headers()))
    }

    fn options(&self, path: &str) -> HttpResponse {
        match self.methods.of(path) {
            None => Problem::new(ProblemKind::NotFound, "there is nothing at this address").error_response(),
            Some(allowed) => {
                let allowed = all(allowed);
                HttpResponse::NoContent()
                    .insert_header((header::ALLOW, allowed.as_str()))
                    .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, allowed.as_str()))
                    .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, "*"))
                    .insert_header((header::ACCESS_CONTROL_MAX_AGE, "86400"))
                    .finish()
            }
        }
    }

    /// Gives a handler's answer what it lacks.
    fn complete(&self, request: &actix_web::HttpRequest, response: HttpResponse) -> HttpResponse {
        let lasting = response.extensions().get::<Lasting>().cloned();
        let Some(lasting) = lasting else { return response };
        let content_type = response.headers().get(header::CONTENT_TYPE).cloned();
        let Ok(body) = response.into_body().try_into_bytes() else {
            return HttpResponse::InternalServerError().finish();
        };
        let content_type = content_type.unwrap_or(HeaderValue::from_static("application/octet-stream"));
        let answer = Arc::new(Remembered::new(body, content_type, lasting.lang, lasting.link));
        if let (Some(memory), Some(target)) = (&self.world.memory, target(request.uri())) {
            // Remembered under the language that the headers ask for: a parameter is part of the target.
            let lang = negotiate::language(&self.world.snapshot.graph, request.headers());
            memory.keep(target, lang, Arc::clone(&answer));
        }
        self.give(&answer, request.headers())
    }

    /// An answer as this client wants it.
    fn give(&self, answer: &Remembered, asked: &HeaderMap) -> HttpResponse {
        let Some(taken) = negotiate::encodings(asked) else {
            return not_acceptable("the encodings `br`, `zstd`, `gzip` and `identity`");
        };
        if self.other_than_expected(asked) {
            let detail = "the answer is not, or no longer, the one that the condition names";
            return Problem::new(ProblemKind::PreconditionFailed, detail).error_response();
        }
        let (mut response, body) = if self.unchanged(answer, asked) {
            (HttpResponse::NotModified(), None)
        } else {
            let (body, encoding) = answer.body(taken);
            let mut response = HttpResponse::Ok();
            response.insert_header((header::CONTENT_TYPE, answer.content_type.clone()));
            if encoding != Encoding::Identity {
                response.insert_header((header::CONTENT_ENCODING, HeaderValue::from_static(encoding.name())));
            }
            (response, Some(body))
        };
        response
            .insert_header((header::ETAG, answer.etag.clone()))
            .insert_header((header::LAST_MODIFIED, self.modified.clone()))
            .insert_header((header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=60")))
            .insert_header((header::VARY, HeaderValue::from_static("Accept, Accept-Encoding, Accept-Language")))
            .insert_header((header::CONTENT_LANGUAGE, language_header(answer)));
        if let Some(link) = &answer.link {
            response.insert_header((header::LINK, link.clone()));
        }
        match body {
            Some(body) => response.body(body),
            None => response.finish(),
        }
    }

    /// Whether the client has the answer already (RFC 9110, section 13.2.2): tags decide over dates.
    fn unchanged(&self, answer: &Remembered, asked: &HeaderMap) -> bool {
        let same = |tag: &str| opaque(tag) == answer.etag.to_str().map(opaque).unwrap_or_default();
        match tags(asked, &header::IF_NONE_MATCH) {
            Some(mut tags) => tags.any(|tag| tag == "*" || same(tag)),
            None => self.modified_since(asked, &header::IF_MODIFIED_SINCE) == Some(false),
        }
    }

    /// Whether the client wants the answer only as it was (RFC 9110, section 13.1). Our tags are weak, and a weak tag
    /// never is the same in the strong sense that is asked for here.
    fn other_than_expected(&self, asked: &HeaderMap) -> bool {
        match tags(asked, &header::IF_MATCH) {
            Some(mut tags) => !tags.any(|tag| tag == "*"),
            None => self.modified_since(asked, &header::IF_UNMODIFIED_SINCE) == Some(true),
        }
    }

    /// Whether the data changed after the date of a header, if it has one.
    fn modified_since(&self, asked: &HeaderMap, name: &header::HeaderName) -> Option<bool> {
        let date = |value: &HeaderValue| value.to_str().ok()?.parse::<HttpDate>().ok();
        Some(date(&self.modified)? > asked.get(name).and_then(date)?)
    }
}

/// The entity tags of a header, if there is one.
fn tags<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> Option<impl Iterator<Item = &'a str> + use<'a>> {
    let values = headers.get_all(name).filter_map(|value| value.to_str().ok());
    headers.contains_key(name).then(|| values.flat_map(|value| value.split(',')).map(str::trim))
}

/// A tag without its mark of weakness.
fn opaque(tag: &str) -> &str {
    tag.trim_start_matches("W/")
}

fn language_header(answer: &Remembered) -> HeaderValue {
    HeaderValue::from_str(answer.lang.as_str()).unwrap_or(HeaderValue::from_static("en"))
}

/// What the memory knows an answer by.
fn target(uri: &actix_web::http::Uri) -> Option<&str> {
    let target = uri.path_and_query()?.as_str();
    (target.len() <= LONGEST_TARGET).then_some(target)
}

/// The methods that an address takes with those that follow from them.
fn all(allowed: &str) -> String {
    let head = if allowed.contains("GET") { ", HEAD" } else { "" };
    format!("{allowed}{head}, OPTIONS")
}

fn not_allowed(method: &Method, allowed: &str) -> HttpResponse {
    let allowed = all(allowed);
    let detail = format!("the address takes {allowed}, not {method}");
    let mut response = Problem::new(ProblemKind::MethodNotAllowed, detail).error_response();
    if let Ok(allowed) = HeaderValue::from_str(&allowed) {
        response.headers_mut().insert(header::ALLOW, allowed);
    }
    response
}

fn not_acceptable(takes: &str) -> HttpResponse {
    let problem = Problem::new(ProblemKind::NotAcceptable, format!("the answer can be given as {takes}"));
    problem.taking(takes).error_response()
}

/// What every response carries; and a HEAD has no body.
fn finish(mut response: HttpResponse, head: bool) -> HttpResponse {
    let all: [(header::HeaderName, &str); 4] = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Last-Modified, Link, Content-Language"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    let headers = response.headers_mut();
    for (name, value) in all {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if response.status() == StatusCode::NOT_FOUND
        && response.headers().get(header::CONTENT_TYPE).is_none_or(|kind| kind != problem::MEDIA_TYPE)
    {
        response = finish_not_found();
    }
    if !head {
        return response;
    }
    let length = match response.body().size() {
        actix_web::body::BodySize::Sized(length) => length,
        _ => 0,
    };
    response.map_body(|_, _| BoxBody::new(Hollow(length)))
}

fn finish_not_found() -> HttpResponse {
    finish(Problem::new(ProblemKind::NotFound, "there is nothing at this address").error_response(), false)
}

/// A body that has a length and no bytes: what HEAD leaves of an answer.
struct Hollow(u64);

impl MessageBody for Hollow {
    type Error = std::convert::Infallible;

    fn size(&self) -> actix_web::body::BodySize {
        actix_web::body::BodySize::Sized(self.0)
    }

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<web::Bytes, Self::Error>>> {
        std::task::Poll::Ready(None)
    }
}
