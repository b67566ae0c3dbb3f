//! The protocol over HTTP: each request stands for itself, without sessions, and is answered in JSON.

use std::net::IpAddr;
use std::sync::Arc;

use actix_web::body::{MessageBody, to_bytes};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::middleware::{Next, from_fn};
use actix_web::web::ServiceConfig;
use actix_web::{Error, HttpRequest, HttpResponse, ResponseError, web};
use rmcp::model::Extensions;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp_actix_web::transport::StreamableHttpService;

use super::door::Door;
use super::question::Questions;
use super::server::Server;
use crate::export::{Family, Format};
use crate::http::{self, Problem, ProblemKind};

/// Where the protocol is spoken.
const MCP: &str = "/mcp";

/// Where agents that read pages are told what is here (llmstxt.org).
const LLMS: &str = "/llms.txt";

/// The addresses there are, the methods that they take, and what they answer.
pub const ADDRESSES: [(&str, &str, Family); 3] =
    [(MCP, "POST", Family::Plain), ("/mcp/", "POST", Family::Plain), (LLMS, "GET", Family::Plain)];

/// The names by which a server may be asked. A page whose own name was made to lead here (DNS rebinding) asks by that
/// name, and is refused: the protocol demands it.
#[derive(Debug, Clone)]
pub struct Hosts {
    /// Names of hosts; none if any will do.
    hosts: Vec<String>,
    /// Origins of pages that may ask.
    origins: Vec<String>,
}

/// This machine, as it calls itself.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

impl Hosts {
    /// Those of a server that listens at this address, and is known by these names besides. One that listens at every
    /// address is meant to be asked by names that it cannot know.
    pub fn of<'a>(listening_at: &'a str, others: impl IntoIterator<Item = &'a str>) -> Self {
        let others: Vec<_> = others.into_iter().collect();
        let everywhere = listening_at.parse::<IpAddr>().is_ok_and(|address| address.is_unspecified());
        let own = (!everywhere).then_some(listening_at);
        let names: Vec<_> = LOOPBACK.into_iter().chain(own).chain(others.iter().copied()).map(authority).collect();
        let origins = names.iter().flat_map(|name| ["http", "https"].map(|scheme| format!("{scheme}://{name}:*")));
        Self { origins: origins.collect(), hosts: if everywhere && others.is_empty() { Vec::new() } else { names } }
    }
}

/// A name as it stands in an address.
fn authority(name: &str) -> String {
    if name.parse::<std::net::Ipv6Addr>().is_ok() { format!("[{name}]") } else { name.to_owned() }
}

/// Puts what agents ask into the server of a thread.
pub fn configure(config: &mut ServiceConfig, questions: &Arc<Questions>, hosts: &Hosts) {
    let (asked, overview) = (Arc::clone(questions), web::Data::from(Arc::clone(questions)));
    let service = StreamableHttpService::builder()
        .service_factory(Arc::new(move || Ok(Server::new(Arc::clone(&asked), None))))
        .session_manager(Arc::new(NeverSessionManager::default()))
        .stateful_mode(false)
        .json_response(true)
        .allowed_hosts(hosts.hosts.clone())
        .allowed_origins(hosts.origins.clone())
        .on_request_fn(bring_door)
        .build();
    config
        .service(web::resource(LLMS).app_data(overview).route(web::get().to(show_overview)))
        .service(service.scope_with_path(MCP).wrap(from_fn(refuse_with_problems)));
}

async fn show_overview(questions: web::Data<Questions>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(questions.overview.clone())
}

/// Gives a request a door to the world with which it arrived.
fn bring_door(request: &HttpRequest, extensions: &mut Extensions) {
    if let Ok(routes) = http::Door::of(request) {
        extensions.insert(Door::open(routes.inside, routes.world));
    }
}

/// What is refused before it is read as the protocol is refused as everywhere here.
async fn refuse_with_problems(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse, Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    let is_json = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == Format::Json.media_type());
    let is_read = is_json || response.status() == StatusCode::NOT_FOUND;
    if is_read || !response.status().is_client_error() {
        return Ok(response);
    }
    let kind = match response.status() {
        StatusCode::FORBIDDEN => ProblemKind::ForeignCaller,
        StatusCode::NOT_ACCEPTABLE => ProblemKind::NotAcceptable,
        StatusCode::PAYLOAD_TOO_LARGE => ProblemKind::BodyTooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ProblemKind::UnsupportedMediaType,
        _ => ProblemKind::InvalidBody,
    };
    let (request, refused) = response.into_parts();
    let said = to_bytes(refused.into_body()).await.unwrap_or_default();
    let problem = Problem::new(kind, String::from_utf8_lossy(&said));
    Ok(ServiceResponse::new(request, problem.error_response()))
}
