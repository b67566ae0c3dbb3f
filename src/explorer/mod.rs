//! 9 · Pages: what the routes answer, for people to read, and for other sites to embed.
//!
//! A page is a template filled with answers of the routes, which it gets by [`crate::http::Inside`]: it says what they say,
//! and nothing is worked out twice. It is whole without a script; the one script only lists names while one types. All
//! words of the interface stand in `words`, all addresses in [`ADDRESSES`].

mod answers;
mod assets;
mod card;
mod companies;
mod company;
mod component;
mod dependency;
mod drawing;
mod embed;
mod facts;
mod figures;
mod frame;
mod home;
mod impact;
mod layer;
mod numbers;
mod oembed;
mod paint;
mod paths;
mod refused;
mod role;
mod source;
mod text;
mod view;
mod visit;
mod words;

use actix_web::web::ServiceConfig;

use crate::export::Family;

/// The addresses of all pages.
pub const ADDRESSES: [(&str, &str, Family); 16] = [
    ("/", "GET", Family::Page),
    ("/companies", "GET", Family::Page),
    ("/companies/{id}", "GET", Family::Page),
    ("/roles/{id}", "GET", Family::Page),
    ("/layers/{id}", "GET", Family::Page),
    ("/sources/{id}", "GET", Family::Page),
    ("/dependencies/{id}", "GET", Family::Page),
    ("/paths", "GET", Family::Page),
    ("/impact", "GET", Family::Page),
    ("/assets/{file}", "GET", Family::Plain),
    ("/embed/companies/{id}", "GET", Family::Page),
    ("/embed/graph", "GET", Family::Page),
    ("/embed/linchpin.js", "GET", Family::Plain),
    ("/cards", "GET", Family::Plain),
    ("/cards/companies/{id}", "GET", Family::Plain),
    ("/oembed", "GET", Family::Plain),
];

/// Puts all pages into a server.
pub fn serve(config: &mut ServiceConfig) {
    config
        .service(home::show)
        .service(companies::list)
        .service(company::show)
        .service(role::show)
        .service(layer::show)
        .service(source::show)
        .service(dependency::show)
        .service(paths::show)
        .service(impact::show)
        .service(assets::show)
        .service(component::show)
        .service(embed::show_company)
        .service(embed::show_graph)
        .service(card::show)
        .service(card::show_company)
        .service(oembed::show);
}
