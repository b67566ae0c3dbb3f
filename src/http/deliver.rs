//! An answer as a client wants it: conditions, encodings, caching (RFC 9110, RFC 9111).

use std::borrow::Cow;
use std::sync::Arc;

use actix_web::body::BoxBody;
use actix_web::http::Uri;
use actix_web::http::header::{self, HeaderMap, HeaderValue, HttpDate};
use actix_web::{HttpRequest, HttpResponse, ResponseError};

use super::World;
use super::arrival::Arrival;
use super::document::{Writing, stream};
use super::memory::{Head, Remembered};
use super::negotiate::{self, Encoding, Encodings};
use super::problem::{Problem, ProblemKind};
use crate::export::Format;
use crate::graph::Manifest;
use crate::model::Lang;

/// A target longer than this is answered, but not remembered.
const LONGEST_TARGET: usize = 2048;

/// What the memory knows an answer by: its target, and where addresses in it begin if it has whole ones.
pub fn target<'a>(uri: &'a Uri, origin: Option<&str>) -> Option<Cow<'a, str>> {
    let target = Some(uri.path_and_query()?.as_str()).filter(|target| target.len() <= LONGEST_TARGET)?;
    Some(origin.map_or(Cow::Borrowed(target), |origin| Cow::Owned(format!("{origin}{target}"))))
}

/// When the data were changed last. An embedded data set is as old as the day it speaks of; none is newer than now.
pub fn modified(manifest: &Manifest) -> HeaderValue {
    let day = || {
        let seconds = manifest.as_of.since_1970() * 86_400;
        std::time::UNIX_EPOCH + std::time::Duration::from_secs(u64::try_from(seconds).unwrap_or(0))
    };
    let modified = HttpDate::from(manifest.modified.unwrap_or_else(day).min(std::time::SystemTime::now()));
    HeaderValue::from_str(&modified.to_string()).unwrap_or(HeaderValue::from_static(""))
}

impl World {
    /// Gives a new answer, and remembers it.
    pub fn deliver_new(&self, answer: Remembered, arrival: &Arrival, request: &HttpRequest) -> HttpResponse {
        let asked = request.headers();
        let target = target(request.uri(), arrival.whole_addresses(asked).as_deref());
        let (Some(memory), Some(target)) = (&self.memory, target) else {
            return self.deliver(&answer, asked);
        };
        let answer = Arc::new(answer);
        // Remembered under the language that the headers ask for: a parameter is part of the target.
        let lang = negotiate::language(&self.snapshot.graph, asked);
        memory.keep(&target, lang, arrival.format, Arc::clone(&answer));
        self.deliver(&answer, asked)
    }

    /// Gives an answer.
    pub fn deliver(&self, answer: &Remembered, asked: &HeaderMap) -> HttpResponse {
        self.deliver_body(&answer.head, asked, |taken| {
            let (body, encoding) = answer.body(taken);
            (BoxBody::new(body), encoding)
        })
    }

    /// Gives a document that is written while it is sent. What it is made of is its tag.
    pub fn deliver_stream(&self, write: Writing, format: Format, lang: Lang, request: &HttpRequest) -> HttpResponse {
        let (revision, program) = (self.snapshot.graph.manifest.revision, env!("CARGO_PKG_VERSION"));
        let made_of = format!("{revision:032x} {program} {} {lang} {}", format.name(), request.uri());
        let head = Head::new(made_of.as_bytes(), format.media_type(), lang, Vec::new());
        self.deliver_body(&head, request.headers(), |taken| (stream(write, taken.best), taken.best))
    }

    fn deliver_body(
        &self,
        head: &Head,
        asked: &HeaderMap,
        body: impl FnOnce(Encodings) -> (BoxBody, Encoding),
    ) -> HttpResponse {
        let Some(taken) = negotiate::encodings(asked) else {
            return not_acceptable("the encodings `br`, `zstd`, `gzip` and `identity`");
        };
        if self.other_than_expected(asked) {
            let detail = "the answer is not, or no longer, the one that the condition names";
            return Problem::new(ProblemKind::PreconditionFailed, detail).error_response();
        }
        let (mut response, body) = if self.unchanged(head, asked) {
            (HttpResponse::NotModified(), None)
        } else {
            let (body, encoding) = body(taken);
            let mut response = HttpResponse::Ok();
            response.insert_header((header::CONTENT_TYPE, head.content_type.clone()));
            if encoding != Encoding::Identity {
                response.insert_header((header::CONTENT_ENCODING, HeaderValue::from_static(encoding.name())));
            }
            (response, Some(body))
        };
        response
            .insert_header((header::ETAG, head.etag.clone()))
            .insert_header((header::LAST_MODIFIED, self.modified.clone()))
            .insert_header((header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=60")))
            .insert_header((header::VARY, HeaderValue::from_static("Accept, Accept-Encoding, Accept-Language")))
            .insert_header((header::CONTENT_LANGUAGE, language_header(head)));
        for own in &head.own {
            response.insert_header(own.clone());
        }
        match body {
            Some(body) => response.body(body),
            None => response.finish(),
        }
    }

    /// Whether the client has the answer already (RFC 9110, section 13.2.2): tags decide over dates.
    fn unchanged(&self, head: &Head, asked: &HeaderMap) -> bool {
        let same = |tag: &str| opaque(tag) == head.etag.to_str().map(opaque).unwrap_or_default();
        match tags(asked, &header::IF_NONE_MATCH) {
            Some(mut tags) => tags.any(|tag| tag == "*" || same(tag)),
            None => self.modified_since(asked, &header::IF_MODIFIED_SINCE) == Some(false),
        }
    }

    /// Whether the client wants the answer only as it was (RFC 9110, section 13.1). Our tags are weak, and a weak tag
    /// never is the same in the strong sense that is asked for here.
    fn other_than_expected(&self, asked: &HeaderMap) -> bool {
        match tags(asked, &header::IF_MATCH) {
            Some(mut tags) => !tags.any(|tag| tag == "*"),
            None => self.modified_since(asked, &header::IF_UNMODIFIED_SINCE) == Some(true),
        }
    }

    /// Whether the data changed after the date of a header, if it has one.
    fn modified_since(&self, asked: &HeaderMap, name: &header::HeaderName) -> Option<bool> {
        let date = |value: &HeaderValue| value.to_str().ok()?.parse::<HttpDate>().ok();
        let than = asked.get(name).and_then(date)?;
        Some(date(&self.modified)? > than)
    }
}

/// The entity tags of a header, if there is one.
fn tags<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> Option<impl Iterator<Item = &'a str> + use<'a>> {
    let values = headers.get_all(name).filter_map(|value| value.to_str().ok());
    headers.contains_key(name).then(|| values.flat_map(|value| value.split(',')).map(str::trim))
}

/// A tag without its mark of weakness.
fn opaque(tag: &str) -> &str {
    tag.trim_start_matches("W/")
}

fn language_header(head: &Head) -> HeaderValue {
    HeaderValue::from_str(head.lang.as_str()).unwrap_or(HeaderValue::from_static("en"))
}

/// The problem of what cannot be given in an accepted form.
pub fn not_acceptable(takes: &str) -> HttpResponse {
    let problem = Problem::new(ProblemKind::NotAcceptable, format!("the answer can be given as {takes}"));
    problem.taking(takes).error_response()
}
