//! An answer of a handler: a body and what it is. What HTTP asks of it besides is the work of `deliver` and `front`.

use actix_web::body::BoxBody;
use actix_web::http::header::HeaderValue;
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse, Responder, ResponseError};
use serde::Serialize;

use super::World;
use super::ask::Ask;
use super::memory::Remembered;
use super::problem::{Problem, ProblemKind, Refusal};
use crate::model::Lang;

/// What a handler gives.
pub type Answer = Result<Given, Refusal>;

/// An answer that lasts as long as the data: it is remembered, and may be asked for conditionally.
#[derive(Debug)]
pub struct Given {
    /// The JSON.
    body: Bytes,
    /// The language of its texts.
    lang: Lang,
    /// Where the next page is.
    link: Option<HeaderValue>,
}

impl Given {
    /// An answer in JSON that is written already.
    pub fn written(body: &'static str) -> Self {
        Self { body: Bytes::from_static(body.as_bytes()), lang: Lang::EN, link: None }
    }
}

impl Responder for Given {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let Some(world) = request.app_data::<web::Data<World>>() else {
            return Problem::new(ProblemKind::NotFound, "nothing is served here").error_response();
        };
        let json = HeaderValue::from_static("application/json");
        let answer = Remembered::new(self.body, json, self.lang, self.link);
        world.deliver_new(answer, request.uri(), request.headers())
    }
}

/// A page of a list.
pub trait Listed {
    /// The address of the next page.
    fn next(&self) -> Option<&str>;
}

/// Most answers are no larger than this, in bytes.
const USUAL_SIZE: usize = 8 << 10;

impl<Q> Ask<Q> {
    /// An answer in JSON.
    pub fn json<T: Serialize>(&self, value: &T) -> Answer {
        self.lasting(value, None)
    }

    /// A page of a list in JSON, with a link to the next one.
    pub fn list<T: Serialize + Listed>(&self, value: &T) -> Answer {
        self.lasting(
            value,
            value.next().and_then(|next| HeaderValue::from_str(&format!("<{next}>; rel=\"next\"")).ok()),
        )
    }

    fn lasting<T: Serialize>(&self, value: &T, link: Option<HeaderValue>) -> Answer {
        let mut body = Vec::with_capacity(USUAL_SIZE);
        serde_json::to_writer(&mut body, value)
            .map_err(|_| Problem::new(ProblemKind::Unwritable, "it cannot be written as JSON"))?;
        // An answer may be remembered: it keeps the memory that it fills, and no more.
        Ok(Given { body: Bytes::from(body.into_boxed_slice()), lang: self.lang, link })
    }
}
