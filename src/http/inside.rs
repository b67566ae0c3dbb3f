//! The routes, asked from within the process as a client asks them over a socket. Pages, tools and the command line know
//! the graph by this way only, so they say what the routes say.

use std::cell::OnceCell;
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use actix_web::body::{BoxBody, to_bytes};
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::header::{CONTENT_TYPE, HeaderMap};
use actix_web::http::{Method, StatusCode};
use actix_web::test::{TestRequest, init_service};
use actix_web::web::Bytes;
use actix_web::{App, Error, HttpMessage, HttpResponse};
use futures_util::future::LocalBoxFuture;

use super::front::Front;
use super::{Addresses, Live, World, serve};

/// The door to the routes inside the process. Each thread has its own.
pub struct Inside {
    front: Front,
    routes: OnceCell<Routes>,
}

type Routes = Rc<dyn Fn(TestRequest, Arc<World>) -> LocalBoxFuture<'static, HttpResponse>>;

/// What came back.
#[derive(Debug)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, uncompressed unless something else was asked for.
    pub body: Bytes,
}

/// The world that a request from inside is about, whatever is served by now.
#[derive(Debug, Clone)]
pub(super) struct Pinned(pub Arc<World>);

impl Inside {
    /// A door to the routes, which are set up when they are first asked.
    pub fn new(live: Arc<Live>, addresses: Arc<Addresses>) -> Self {
        Self { front: Front::inside(live, addresses), routes: OnceCell::new() }
    }

    /// Asks about this world.
    pub async fn ask(&self, world: &Arc<World>, request: TestRequest) -> Reply {
        let routes = match self.routes.get() {
            Some(routes) => Rc::clone(routes),
            None => {
                let made = routes(self.front.clone()).await;
                Rc::clone(self.routes.get_or_init(|| made))
            }
        };
        let response = routes(request, Arc::clone(world)).await;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body()).await.unwrap_or_default();
        Reply { status, headers, body }
    }

    /// Asks an address of this world, or sends it something of a media type, and follows where it leads.
    pub async fn follow(&self, world: &Arc<World>, mut address: String, sent: Option<(&str, Bytes)>) -> Reply {
        loop {
            let request = TestRequest::get().uri(&address);
            let request = match &sent {
                Some((kind, body)) => {
                    request.method(Method::POST).insert_header((CONTENT_TYPE, *kind)).set_payload(body.clone())
                }
                None => request,
            };
            let reply = self.ask(world, request).await;
            match reply.leads_to() {
                Some(elsewhere) => address = elsewhere.to_owned(),
                None => return reply,
            }
        }
    }

    /// Gets an address of this world.
    pub async fn get(&self, world: &Arc<World>, address: &str) -> Reply {
        self.ask(world, TestRequest::get().uri(address)).await
    }
}

async fn routes(front: Front) -> Routes {
    let service = Rc::new(init_service(App::new().wrap(front).configure(serve)).await);
    Rc::new(move |request, world| {
        let service = Rc::clone(&service);
        Box::pin(async move {
            let request = request.to_request();
            request.extensions_mut().insert(Pinned(world));
            answered(service.call(request).await)
        })
    })
}

fn answered(outcome: Result<ServiceResponse<BoxBody>, Error>) -> HttpResponse {
    outcome.map_or_else(|error| error.error_response(), |response| response.into_parts().1)
}

impl fmt::Debug for Inside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inside").field("front", &self.front).finish_non_exhaustive()
    }
}
