//! The one list of routes. What is declared at a handler is served, documented and asked from the command line.

use std::sync::Arc;

use actix_web::{App, get, web};
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as OpenApiDocument;
use utoipa::openapi::path::PathItem;
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_actix_web::{AppExt, scope};
use utoipa_swagger_ui::{Config, SwaggerUi};

use super::answer::Given;
use super::documentation::Doc;
use super::problem::Problem;
use super::{
    changes, chokepoints, companies, concentration, coverage, dependencies, exposure, facts, flows, graph, health,
    impact, overview, paths, problem, rankings, search, stack, vocabulary, walks,
};
use crate::export::{Family, Format};
use crate::model::Lang;

/// All routes that are documented. The router tries them in this order: those that are asked most come first.
fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(
            scope("/v1")
                .service(companies::show_company)
                .service(walks::list_dependencies_of_company)
                .service(walks::list_dependents_of_company)
                .service(companies::list_companies)
                .service(
                    scope("/dependencies")
                        .service(dependencies::list_dependencies)
                        .service(dependencies::show_dependency),
                )
                .service(paths::list_paths)
                .service(search::search_companies)
                .service(impact::show_impact)
                .service(chokepoints::list_chokepoints_of_company)
                .service(chokepoints::list_chokepoints)
                .service(exposure::show_exposure)
                .service(concentration::list_concentration)
                .service(flows::show_flows)
                .service(rankings::show_ranking)
                .service(rankings::list_rankings)
                .service(stack::list_layers)
                .service(stack::list_roles)
                .service(facts::list_figures)
                .service(facts::list_stakes)
                .service(facts::list_sources)
                .service(changes::list_changes)
                .service(coverage::show_coverage)
                .service(graph::export_graph)
                .service(graph::export_graph_of_company)
                .service(companies::list_roles_of_company)
                .service(stack::show_layer)
                .service(stack::show_role)
                .service(facts::show_source)
                .service(overview::show_overview),
        )
        .service(scope("/health").service(health::show_liveness).service(health::show_readiness))
        .service(problem::show_problem)
        .service(vocabulary::show_vocabulary)
        .service(show_document);
}

/// The document as it is committed; a test fails when it is not the one that the routes make.
const DOCUMENT: &str = include_str!("../../openapi/openapi.json");

/// Describe all routes
///
/// This document: OpenAPI 3.1, with examples taken from the built-in data.
#[utoipa::path(
    operation_id = "showDocument", tag = "service", extensions(("x-command" = json!("document"))),
    responses((status = 200, description = "The OpenAPI document.", body = serde_json::Value),
              (status = 406, description = "No encoding of it is accepted.", body = Problem, content_type = problem::MEDIA_TYPE)),
)]
#[get("/openapi.json")]
async fn show_document() -> Given {
    Given::new(DOCUMENT.as_bytes(), Format::Json, Lang::EN)
}

/// What of the routes other layers ask.
pub struct Api {
    /// The routes as OpenAPI describes them, without examples of answers.
    pub document: OpenApiDocument,
    /// The addresses there are.
    pub addresses: Arc<Addresses>,
}

/// The routes, described.
pub fn api() -> Api {
    let (_, mut document) = App::new().into_utoipa_app().openapi(Doc::openapi()).configure(routes).split_for_parts();
    let addresses = Arc::new(Addresses::of(&mut document));
    Api { document, addresses }
}

/// Puts all routes into a server.
pub fn serve(config: &mut web::ServiceConfig) {
    routes(&mut ServiceConfig::new(config));
    let ui = Config::new(["/openapi.json"]).use_base_layout().try_it_out_enabled(true).validator_url("none");
    config.service(web::redirect("/docs", "/docs/")).service(SwaggerUi::new("/docs/{_:.*}").config(ui));
}

/// An address, or many of one pattern.
#[derive(Debug, Clone)]
pub struct Address {
    /// Its parts; those in braces stand for anything.
    pattern: Vec<String>,
    /// The methods that it takes, without HEAD and OPTIONS, which all take.
    pub methods: String,
    /// The formats in which it answers.
    pub family: Family,
}

impl Address {
    fn new(pattern: &str, methods: &str, family: Family) -> Self {
        Self { pattern: pattern.split('/').map(str::to_owned).collect(), methods: methods.to_owned(), family }
    }

    fn fits(&self, path: &str) -> bool {
        let mut parts = path.split('/');
        self.pattern.iter().all(|wanted| {
            parts.next().is_some_and(|part| wanted == part || wanted.starts_with('{') && !part.is_empty())
        }) && parts.next().is_none()
    }
}

/// All addresses there are.
#[derive(Debug, Clone)]
pub struct Addresses(Vec<Address>);

impl Addresses {
    /// Those of a document, which is told what follows from their formats.
    fn of(document: &mut OpenApiDocument) -> Self {
        let described = super::formats::declare(document);
        let of_item = |(path, item): (&String, &PathItem)| {
            Address::new(path, &methods(item), described.get(path).copied().unwrap_or(Family::Plain))
        };
        let pages = ["/docs", "/docs/", "/docs/{file}"].map(|page| Address::new(page, "GET", Family::Page));
        Self(document.paths.paths.iter().map(of_item).chain(pages).collect())
    }

    /// These and more: patterns and the methods that each of them takes.
    #[must_use]
    pub fn and<'a>(&self, others: impl IntoIterator<Item = (&'a str, &'a str, Family)>) -> Self {
        let others = others.into_iter().map(|(pattern, methods, family)| Address::new(pattern, methods, family));
        Self(self.0.iter().cloned().chain(others).collect())
    }

    /// The address that a path is; `None` if there is nothing at it.
    pub fn find(&self, path: &str) -> Option<&Address> {
        self.0.iter().find(|address| address.fits(path))
    }
}

fn methods(item: &PathItem) -> String {
    let all = [
        ("GET", &item.get),
        ("POST", &item.post),
        ("PUT", &item.put),
        ("DELETE", &item.delete),
        ("PATCH", &item.patch),
    ];
    all.iter().filter(|(_, operation)| operation.is_some()).map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}
