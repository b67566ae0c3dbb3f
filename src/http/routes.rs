//! The one list of routes. What is declared at a handler is served, documented and asked from the command line.

use std::sync::Arc;

use actix_web::{App, get, web};
use utoipa::OpenApi;
use utoipa::openapi::path::PathItem;
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_actix_web::{AppExt, scope};
use utoipa_swagger_ui::{Config, SwaggerUi};

use super::answer::Given;
use super::documentation::Doc;
use super::problem::Problem;
use super::{
    changes, chokepoints, companies, concentration, coverage, dependencies, exposure, facts, flows, health, impact,
    overview, paths, problem, rankings, search, stack, walks,
};

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
                .service(companies::list_roles_of_company)
                .service(stack::show_layer)
                .service(stack::show_role)
                .service(facts::show_source)
                .service(overview::show_overview),
        )
        .service(scope("/health").service(health::show_liveness).service(health::show_readiness))
        .service(problem::show_problem)
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
    Given::written(DOCUMENT)
}

/// What of the routes other layers ask.
pub struct Api {
    /// The routes as OpenAPI describes them, without examples of answers.
    pub document: utoipa::openapi::OpenApi,
    /// Which methods an address takes.
    pub methods: Arc<Methods>,
}

/// The routes, described.
pub fn api() -> Api {
    let (_, document) = App::new().into_utoipa_app().openapi(Doc::openapi()).configure(routes).split_for_parts();
    let methods = Arc::new(Methods::of_document(&document));
    Api { document, methods }
}

/// Puts all routes into a server.
pub fn serve(config: &mut web::ServiceConfig) {
    routes(&mut ServiceConfig::new(config));
    let ui = Config::new(["/openapi.json"]).use_base_layout().try_it_out_enabled(true).validator_url("none");
    config.service(web::redirect("/docs", "/docs/")).service(SwaggerUi::new("/docs/{_:.*}").config(ui));
}

/// The methods that addresses take, as the document has them.
#[derive(Debug)]
pub struct Methods(Vec<(Vec<String>, String)>);

impl Methods {
    fn of_document(document: &utoipa::openapi::OpenApi) -> Self {
        let segments = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
        let described = document.paths.paths.iter().map(|(path, item)| (segments(path), methods(item)));
        Self(
            described
                .chain(["/docs", "/docs/", "/docs/{file}"].map(|page| (segments(page), "GET".to_owned())))
                .collect(),
        )
    }

    /// The methods of an address, without HEAD and OPTIONS, which all take; `None` if there is nothing at it.
    pub fn of(&self, path: &str) -> Option<&str> {
        let fits = |pattern: &[String]| {
            let mut parts = path.split('/');
            pattern.iter().all(|wanted| {
                parts.next().is_some_and(|part| wanted == part || wanted.starts_with('{') && !part.is_empty())
            }) && parts.next().is_none()
        };
        self.0.iter().find(|(pattern, _)| fits(pattern)).map(|(_, methods)| methods.as_str())
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
