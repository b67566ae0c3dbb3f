//! An answer as a client wants it: conditions, encodings, caching (RFC 9110, RFC 9111).

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::ResponseError;
use actix_web::http::Uri;
use actix_web::http::header::{self, HeaderMap, HeaderValue, HttpDate};

use super::World;
use super::memory::Remembered;
use super::negotiate::{self, Encoding};
use super::problem::{Problem, ProblemKind};
use crate::export::Format;
use crate::graph::Manifest;

/// A target longer than this is answered, but not remembered.
const LONGEST_TARGET: usize = 2048;

/// What the memory knows an answer by.
pub fn target(uri: &Uri) -> Option<&str> {
    let target = uri.path_and_query()?.as_str();
    (target.len() <= LONGEST_TARGET).then_some(target)
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
    pub fn deliver_new(&self, answer: Remembered, format: Format, uri: &Uri, asked: &HeaderMap) -> HttpResponse {
        let (Some(memory), Some(target)) = (&self.memory, target(uri)) else {
            return self.deliver(&answer, asked);
        };
        let answer = Arc::new(answer);
        // Remembered under the language that the headers ask for: a parameter is part of the target.
        memory.keep(target, negotiate::language(&self.snapshot.graph, asked), format, Arc::clone(&answer));
        self.deliver(&answer, asked)
    }

    /// Gives an answer.
    pub fn deliver(&self, answer: &Remembered, asked: &HeaderMap) -> HttpResponse {
        let Some(taken) = negotiate::encodings(asked) else {
            return not_acceptable("the encodings `br`, `zstd`, `gzip` and `identity`");
        };
        if self.other_than_expected(asked) {
            let detail = "the answer is not, or no longer, the one that the condition names";
            return Problem::new(ProblemKind::PreconditionFailed, detail).error_response();
        }
        let (mut response, body) = if self.unchanged(answer, asked) {
            (HttpResponse::NotModified(), None)
        } else {
            let (body, encoding) = answer.body(taken);
            let mut response = HttpResponse::Ok();
            response.insert_header((header::CONTENT_TYPE, answer.content_type.clone()));
            if encoding != Encoding::Identity {
                response.insert_header((header::CONTENT_ENCODING, HeaderValue::from_static(encoding.name())));
            }
            (response, Some(body))
        };
        response
            .insert_header((header::ETAG, answer.etag.clone()))
            .insert_header((header::LAST_MODIFIED, self.modified.clone()))
            .insert_header((header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=60")))
            .insert_header((header::VARY, HeaderValue::from_static("Accept, Accept-Encoding, Accept-Language")))
            .insert_header((header::CONTENT_LANGUAGE, language_header(answer)));
        if let Some(link) = &answer.link {
            response.insert_header((header::LINK, link.clone()));
        }
        for own in &answer.own {
            response.insert_header(own.clone());
        }
        match body {
            Some(body) => response.body(body),
            None => response.finish(),
        }
    }

    /// Whether the client has the answer already (RFC 9110, section 13.2.2): tags decide over dates.
    fn unchanged(&self, answer: &Remembered, asked: &HeaderMap) -> bool {
        let same = |tag: &str| opaque(tag) == answer.etag.to_str().map(opaque).unwrap_or_default();
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
        Some(date(&self.modified)? > asked.get(name).and_then(date)?)
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

fn language_header(answer: &Remembered) -> HeaderValue {
    HeaderValue::from_str(answer.lang.as_str()).unwrap_or(HeaderValue::from_static("en"))
}

/// The problem of what cannot be given in an accepted form.
pub fn not_acceptable(takes: &str) -> HttpResponse {
    let problem = Problem::new(ProblemKind::NotAcceptable, format!("the answer can be given as {takes}"));
    problem.taking(takes).error_response()
}
