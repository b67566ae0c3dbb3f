//! A site within the process of a test: asked as over a socket, without one.

use std::rc::Rc;
use std::sync::LazyLock;

use actix_web::App;
use actix_web::dev::ServiceResponse;
use actix_web::test::{TestRequest, call_service, init_service};
use futures_util::future::LocalBoxFuture;
use linchpin::app::Site;
use linchpin::dataset::{Folder, load};
use linchpin::graph::Graph;
use linchpin::http::{Api, World, api};

/// What the routes are, described.
pub static API: LazyLock<Api> = LazyLock::new(api);

/// The site of the built-in data.
pub static BUILT_IN: LazyLock<Site> = LazyLock::new(|| site(&Folder::embedded(), 64 << 20));

/// The site of a folder that has no error.
pub fn site(folder: &Folder, memory: u64) -> Site {
    let loaded = load(folder);
    let dataset = loaded.dataset.unwrap_or_else(|| panic!("{}", loaded.report));
    Site::new(&API, World::new(Graph::build(dataset).unwrap(), memory))
}

/// A server of a site.
pub struct Within(Box<dyn Fn(TestRequest) -> LocalBoxFuture<'static, ServiceResponse>>);

impl Within {
    pub async fn new(site: &Site) -> Self {
        let app = Rc::new(init_service(App::new().wrap(site.front()).configure(|config| site.configure(config))).await);
        Self(Box::new(move |request| {
            let app = Rc::clone(&app);
            Box::pin(async move { call_service(&*app, request.to_request()).await.map_into_boxed_body() })
        }))
    }

    /// What a request is answered with.
    pub async fn ask(&self, request: TestRequest) -> ServiceResponse {
        self.0(request).await
    }
}
