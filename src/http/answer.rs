//! An answer of a handler: a body and what it is. What HTTP asks of it besides is the work of `front`.

use actix_web::HttpResponse;
use actix_web::http::header::HeaderValue;
use actix_web::web::Bytes;
use serde::Serialize;

use super::ask::Ask;
use super::problem::{Problem, ProblemKind, Refusal};
use crate::model::Lang;

/// What a handler gives.
pub type Answer = Result<HttpResponse, Refusal>;

/// What the front has to know of an answer that is worth remembering.
#[derive(Debug, Clone)]
pub struct Lasting {
    /// The language of its texts.
    pub lang: Lang,
    /// Where the next page is.
    pub link: Option<HeaderValue>,
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
        let body = Bytes::from(body.into_boxed_slice());
        let mut response = HttpResponse::Ok().content_type("application/json").body(body);
        response.extensions_mut().insert(Lasting { lang: self.lang, link });
        Ok(response)
    }
}
