//! An answer of a handler: a body and what it is. What HTTP asks of it besides is the work of `deliver` and `front`.

use actix_web::body::BoxBody;
use actix_web::http::header::{HeaderName, HeaderValue, LINK};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, Responder, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

use super::arrival::Arrival;
use super::ask::Ask;
use super::memory::Remembered;
use super::problem::{Problem, ProblemKind, Refusal};
use super::sheet::sheet;
use crate::export::{About, Format, Picture, Scope, Subgraph, write_rdf};
use crate::model::Lang;

/// What a handler gives.
pub type Answer = Result<Given, Refusal>;

/// An answer that lasts as long as the data: it is remembered, and may be asked for conditionally.
#[derive(Debug)]
pub struct Given {
    body: Bytes,
    /// The media type.
    kind: &'static str,
    /// The language of its texts.
    lang: Lang,
    /// Headers that only this answer has.
    own: Vec<(HeaderName, HeaderValue)>,
}

impl Given {
    /// An answer in this format, with texts of this language.
    pub fn new(body: impl Into<Bytes>, format: Format, lang: Lang) -> Self {
        Self::of_kind(body, format.media_type(), lang)
    }

    /// An answer of a media type that is no format of answers: a style sheet, say.
    pub fn of_kind(body: impl Into<Bytes>, kind: &'static str, lang: Lang) -> Self {
        Self { body: body.into(), kind, lang, own: Vec::new() }
    }

    /// The same, with a header of its own, which stands for the usual one of this name.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.own.push((name, value));
        self
    }
}

impl Responder for Given {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let arrival = match Arrival::of(request) {
            Ok(arrival) => arrival,
            Err(problem) => return problem.error_response(),
        };
        let answer = Remembered::new(self.body, self.kind, self.lang, self.own);
        arrival.world.deliver_new(answer, &arrival, request)
    }
}

/// The problem of an answer that cannot be written.
pub fn unwritable(format: Format) -> Problem {
    Problem::new(ProblemKind::Unwritable, format!("it cannot be written as {}", format.name()))
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
        let mut body = Vec::with_capacity(USUAL_SIZE);
        serde_json::to_writer(&mut body, value).map_err(|_| unwritable(Format::Json))?;
        // An answer may be remembered: it keeps the memory that it fills, and no more.
        Ok(Given::new(body.into_boxed_slice(), Format::Json, self.lang))
    }

    /// A thing, in the format of RDF that was asked for.
    pub fn rdf(&self, about: About) -> Answer {
        let scope = Scope::default();
        let part = Subgraph { graph: self.graph(), view: &self.view, lang: self.lang, scope: &scope };
        let mut body = Vec::with_capacity(USUAL_SIZE);
        write_rdf(part, about, &self.origin(), self.format, &mut body).map_err(|_| unwritable(self.format))?;
        Ok(Given::new(body.into_boxed_slice(), self.format, self.lang))
    }

    /// A drawing.
    pub fn drawn(&self, picture: &Picture) -> Answer {
        let mut body = Vec::with_capacity(USUAL_SIZE);
        picture.draw(&mut body).map_err(|_| unwritable(Format::Svg))?;
        Ok(Given::new(body.into_boxed_slice(), Format::Svg, self.lang))
    }

    /// A page of a list, with a link to the next one.
    pub fn list<T: Serialize + Listed + ToSchema>(&self, value: &T) -> Answer {
        let link = value.next().and_then(|next| HeaderValue::from_str(&format!("<{next}>; rel=\"next\"")).ok());
        let given = match self.format {
            Format::Csv => {
                let page = serde_json::to_value(value).map_err(|_| unwritable(Format::Csv))?;
                let bytes = sheet::<T>(&page).map_err(|_| unwritable(Format::Csv))?;
                Given::new(bytes, Format::Csv, self.lang)
            }
            _ => self.json(value)?,
        };
        Ok(match link {
            Some(link) => given.with(LINK, link),
            None => given,
        })
    }
}
