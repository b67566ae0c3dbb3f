//! The routes as one request may ask them: about the world with which it arrived, in the language that it asks for.

use std::rc::Rc;
use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderValue, LOCATION};
use actix_web::test::TestRequest;

use super::World;
use super::arrival::Arrival;
use super::inside::{Inside, Reply};
use super::problem::{Problem, ProblemKind};

/// A request's way to the routes.
#[derive(Debug, Clone)]
pub struct Door {
    /// The routes.
    pub inside: Rc<Inside>,
    /// The world that is asked about.
    pub world: Arc<World>,
    languages: Option<HeaderValue>,
}

impl Door {
    /// Of this request.
    ///
    /// # Errors
    /// If nothing is served where it arrived.
    pub fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let inside = request.app_data::<Rc<Inside>>().map(Rc::clone);
        let inside = inside.ok_or_else(|| Problem::new(ProblemKind::NotFound, "nothing is served here"))?;
        let languages = request.headers().get(ACCEPT_LANGUAGE).cloned();
        Ok(Self { inside, world: Arrival::of(request)?.world, languages })
    }

    /// The same, for who reads this language.
    #[must_use]
    pub fn reading(self, lang: HeaderValue) -> Self {
        Self { languages: Some(lang), ..self }
    }

    /// What stands at an address: an answer, a problem, or that it stands elsewhere.
    pub async fn get(&self, address: &str) -> Reply {
        let request = TestRequest::get().uri(address);
        let request = match &self.languages {
            Some(languages) => request.insert_header((ACCEPT_LANGUAGE, languages.clone())),
            None => request,
        };
        self.inside.ask(&self.world, request).await
    }

    /// What stands at an address, or where it leads.
    pub async fn follow(&self, address: &str) -> Reply {
        let reply = self.get(address).await;
        match reply.leads_to() {
            Some(elsewhere) => self.get(elsewhere).await,
            None => reply,
        }
    }
}

impl Reply {
    /// Where what was asked for stands, if it stands elsewhere.
    pub fn leads_to(&self) -> Option<&str> {
        let location = self.headers.get(LOCATION).filter(|_| self.status.is_redirection())?;
        location.to_str().ok()
    }
}
