//! Everything that is served, put together: the routes, and what is made from their answers.

use std::sync::Arc;

use actix_web::web::ServiceConfig;

use crate::explorer;
use crate::http::{self, Addresses, Api, Front, Inside, Live, World};

/// What a server serves. Each of its threads configures itself from it.
#[derive(Debug, Clone)]
pub struct Site {
    /// What is served now.
    pub live: Arc<Live>,
    routes: Arc<Addresses>,
    all: Arc<Addresses>,
}

impl Site {
    /// The site of a world.
    pub fn new(api: &Api, world: World) -> Self {
        let all = api.addresses.and(explorer::ADDRESSES);
        Self { live: Arc::new(Live::new(world)), routes: Arc::clone(&api.addresses), all: Arc::new(all) }
    }

    /// What stands before everything.
    pub fn front(&self) -> Front {
        Front::new(Arc::clone(&self.live), Arc::clone(&self.all))
    }

    /// The door to the routes from inside.
    pub fn inside(&self) -> Inside {
        Inside::new(Arc::clone(&self.live), Arc::clone(&self.routes))
    }

    /// Puts everything into the server of one thread.
    pub fn configure(&self, config: &mut ServiceConfig) {
        config.app_data(std::rc::Rc::new(self.inside()));
        http::serve(config);
        explorer::serve(config);
    }
}
