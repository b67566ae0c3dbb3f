//! Everything that is served, put together: the routes, and what is made from their answers.

use std::sync::Arc;

use actix_web::web::ServiceConfig;

use crate::explorer;
use crate::http::{self, Addresses, Api, Front, Inside, Live, World};
use crate::mcp;
use crate::reconcile;
use crate::sparql;

/// What a server serves. Each of its threads configures itself from it.
#[derive(Debug, Clone)]
pub struct Site {
    /// What is served now.
    pub live: Arc<Live>,
    /// What agents may ask.
    pub questions: Arc<mcp::Questions>,
    hosts: mcp::Hosts,
    public_url: Option<Arc<str>>,
    routes: Arc<Addresses>,
    all: Arc<Addresses>,
}

impl Site {
    /// The site of a world.
    pub fn new(api: &Api, world: World) -> Self {
        let tools = api.addresses.and(mcp::ADDRESSES).and(reconcile::ADDRESSES).and(sparql::ADDRESSES);
        let all = Arc::new(tools.and(explorer::ADDRESSES));
        Self {
            live: Arc::new(Live::new(world, &all)),
            questions: mcp::Questions::of(&api.document),
            hosts: mcp::Hosts::of("localhost", []),
            public_url: None,
            routes: Arc::clone(&api.addresses),
            all,
        }
    }

    /// The same, whose agents ask by these names.
    #[must_use]
    pub fn asked_at(self, hosts: mcp::Hosts) -> Self {
        Self { hosts, ..self }
    }

    /// The same, whose whole addresses begin with this one.
    #[must_use]
    pub fn known_as(self, public_url: Option<&str>) -> Self {
        Self { public_url: public_url.map(Arc::from), ..self }
    }

    /// What stands before everything.
    pub fn front(&self) -> Front {
        Front::new(Arc::clone(&self.live), Arc::clone(&self.all)).at(self.public_url.clone())
    }

    /// The door to the routes from inside.
    pub fn inside(&self) -> Inside {
        Inside::new(Arc::clone(&self.live), Arc::clone(&self.routes))
    }

    /// Puts everything into the server of one thread.
    pub fn configure(&self, config: &mut ServiceConfig) {
        config.app_data(std::rc::Rc::new(self.inside()));
        mcp::configure(config, &self.questions, &self.hosts);
        http::serve(config);
        reconcile::configure(config);
        sparql::configure(config);
        explorer::serve(config);
    }
}
