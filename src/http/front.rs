//! What HTTP asks before and after routing, in one place: methods, HEAD and OPTIONS, cross-origin reads (RFC 9110, the Fetch
//! standard). An answer given before is given again without routing.

use std::future::{Ready, ready};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform, forward_ready};
use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{Error, HttpMessage, HttpResponse, ResponseError, web};
use futures_util::future::{Either, LocalBoxFuture};

use super::Live;
use super::arrival::Arrival;
use super::deliver::{not_acceptable, target};
use super::inside::Pinned;
use super::memory::Remembered;
use super::metrics::{self, Origin};
use super::negotiate;
use super::problem::{Problem, ProblemKind};
use super::routes::{Address, Addresses};
use crate::export::Format;

/// The middleware around all routes.
#[derive(Debug, Clone)]
pub struct Front {
    live: Arc<Live>,
    addresses: Arc<Addresses>,
    public_url: Option<Arc<str>>,
    /// Whether requests come from outside: they are counted.
    outside: bool,
}

impl Front {
    /// The front of these routes.
    pub fn new(live: Arc<Live>, addresses: Arc<Addresses>) -> Self {
        Self { live, addresses, public_url: None, outside: true }
    }

    /// The same, at a public address with which whole addresses begin.
    #[must_use]
    pub fn at(self, public_url: Option<Arc<str>>) -> Self {
        Self { public_url, ..self }
    }

    /// The front of these routes for requests from inside the process.
    pub(super) fn inside(live: Arc<Live>, addresses: Arc<Addresses>) -> Self {
        Self { outside: false, ..Self::new(live, addresses) }
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
        let (begun, method) = (Instant::now(), metrics::method(request.method()));
        let head = *request.method() == Method::HEAD;
        if head {
            request.head_mut().method = Method::GET;
        }
        let found = self.front.addresses.find(request.path());
        let count = Count { address: found.map(|(at, _)| at), method, begun };
        if let Some(response) = self.front.without_routing(&request, found.map(|(_, address)| address)) {
            self.front.count(count, &response, Origin::Memory);
            return Either::Left(ready(Ok(request.into_response(finish(response, head)))));
        }
        let (front, answer) = (Rc::clone(&self.front), self.inner.call(request));
        Either::Right(Box::pin(async move {
            let (request, response) = answer.await?.into_parts();
            front.count(count, &response, Origin::Computed);
            Ok(ServiceResponse::new(request, finish(response, head)))
        }))
    }
}

/// What is known of a request when it arrives, for when it is counted.
#[derive(Debug, Clone, Copy)]
struct Count {
    address: Option<usize>,
    method: usize,
    begun: Instant,
}

impl Front {
    /// The answer to what needs no handler.
    fn without_routing(&self, request: &ServiceRequest, found: Option<&Address>) -> Option<HttpResponse> {
        if *request.method() == Method::OPTIONS {
            return Some(options(found));
        }
        let address = found?;
        if !address.methods.split(", ").any(|method| method == request.method().as_str()) {
            return Some(not_allowed(request.method(), &address.methods));
        }
        let format = match format(request, address) {
            Ok(format) => format,
            Err(refused) => return Some(refused),
        };
        let pinned = || request.extensions().get::<Pinned>().map(|Pinned(world)| Arc::clone(world));
        let world = if self.outside { None } else { pinned() };
        let world = world.unwrap_or_else(|| self.live.world());
        let by_name = address.family.formats().len() > 1;
        let (live, public_url) = (Arc::clone(&self.live), self.public_url.clone());
        let arrival = Arrival { world, live, format, by_name, public_url };
        if let Some(answer) = given_before(&arrival, request) {
            return Some(arrival.world.deliver(&answer, request.headers()));
        }
        request.extensions_mut().insert(arrival);
        None
    }

    /// Counts a request that has an answer. What has a tag is an answer that lasts.
    fn count(&self, count: Count, response: &HttpResponse, origin: Origin) {
        if self.outside {
            let Count { address, method, begun } = count;
            self.live.metrics.count(address, method, response.status(), begun.elapsed());
            if response.headers().contains_key(header::ETAG) {
                self.live.metrics.count_answer(origin);
            }
        }
    }
}

fn options(found: Option<&Address>) -> HttpResponse {
    match found {
        None => Problem::new(ProblemKind::NotFound, "there is nothing at this address").error_response(),
        Some(address) => {
            let allowed = all(&address.methods);
            HttpResponse::NoContent()
                .insert_header((header::ALLOW, allowed.as_str()))
                .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, allowed.as_str()))
                .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, "*"))
                .insert_header((header::ACCESS_CONTROL_MAX_AGE, "86400"))
                .finish()
        }
    }
}

/// The format in which an answer is given: the one that the query names, else the one liked best.
fn format(request: &ServiceRequest, address: &Address) -> Result<Format, HttpResponse> {
    let offered = address.family.formats();
    let names = |offered: &[Format]| offered.iter().map(|format| format!("`{}`", format.name())).collect::<Vec<_>>();
    if let Some(name) = format_named(request.query_string()).filter(|_| offered.len() > 1) {
        let named = name.parse().ok().filter(|format| offered.contains(format));
        return named.ok_or_else(|| {
            let takes = format!("one of {}", names(offered).join(", "));
            Problem::with_parameter(ProblemKind::InvalidParameter, "format", Some(&name), takes).error_response()
        });
    }
    let usual = offered.first().copied().unwrap_or(Format::Json);
    if offered.len() == 1 && !request.path().starts_with("/v1") || !request.headers().contains_key(header::ACCEPT) {
        return Ok(usual);
    }
    negotiate::format(request.headers(), offered).ok_or_else(|| {
        let kinds: Vec<_> = offered.iter().map(|format| format!("`{}`", format.media_type())).collect();
        not_acceptable(&kinds.join(", "))
    })
}

/// The value of the parameter `format`.
fn format_named(query: &str) -> Option<String> {
    let pairs = query.contains("format").then(|| form_urlencoded::parse(query.as_bytes()));
    pairs?.find(|(name, _)| name == "format").map(|(_, value)| value.into_owned())
}

/// The answer, if it is remembered.
fn given_before(arrival: &Arrival, request: &ServiceRequest) -> Option<Arc<Remembered>> {
    let memory = arrival.world.memory.as_ref().filter(|_| *request.method() == Method::GET)?;
    let lang = negotiate::language(&arrival.world.snapshot.graph, request.headers());
    let origin = arrival.whole_addresses(request.headers());
    memory.recall(&target(request.uri(), origin.as_deref())?, lang, arrival.format)
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
    // A drawing that is opened by itself runs nothing and loads nothing.
    if headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == Format::Svg.media_type()) {
        let policy = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'");
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    // What is not JSON or a page of ours was not said by us.
    let said = |kind: &HeaderValue| kind.as_bytes().ends_with(b"json") || kind == Format::Html.media_type();
    if response.status() == StatusCode::NOT_FOUND && !response.headers().get(header::CONTENT_TYPE).is_some_and(said) {
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
