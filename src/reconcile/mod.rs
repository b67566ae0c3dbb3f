//! 11 · Reconciliation: names in a table become companies, for OpenRefine and others that speak the Reconciliation Service
//! API 0.2 of the W3C Entity Reconciliation Community Group.
//!
//! It knows the graph only by the routes, asked from inside, so a candidate is what a search finds and a value is what the
//! company's page says. `endpoint` takes what clients send, `candidates` answers queries, `extend` fetches values;
//! `properties` is the one table of what can be asked of an entity. JSONP is left out: it hands the page that asks over
//! to the server's script, and since 0.2 reads across origins do without.

mod candidates;
mod compare;
mod door;
mod endpoint;
mod entity;
mod extend;
mod manifest;
mod preview;
mod properties;
mod question;
mod score;
mod suggest;

use actix_web::web::{ServiceConfig, resource};

use crate::export::Family;

/// The addresses of the service, with the methods that each takes. With and without a slash it is the same.
pub const ADDRESSES: [(&str, &str, Family); 7] = [
    ("/reconcile", "GET, POST", Family::Plain),
    ("/reconcile/", "GET, POST", Family::Plain),
    ("/reconcile/properties", "GET", Family::Plain),
    ("/reconcile/suggest/{what}", "GET", Family::Plain),
    ("/reconcile/preview", "GET", Family::Page),
    ("/reconcile/preview.css", "GET", Family::Page),
    ("/reconcile/view", "GET", Family::Page),
];

/// Puts the service into a server.
pub fn configure(config: &mut ServiceConfig) {
    let service = resource(["/reconcile", "/reconcile/"]).get(endpoint::get).post(endpoint::post);
    config
        .service(service)
        .service(extend::propose_properties)
        .service(suggest::suggest)
        .service(preview::show_preview)
        .service(preview::show_style)
        .service(preview::view);
}
