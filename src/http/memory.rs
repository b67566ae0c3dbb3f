//! Answers given before: the world of a snapshot does not change, so an answer is a value.

use std::sync::{Arc, OnceLock};

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::negotiate::{Encoding, Encodings};
use crate::export::Format;
use crate::model::Lang;

/// What an answer is, besides its body.
#[derive(Debug)]
pub struct Head {
    /// What the body is.
    pub content_type: HeaderValue,
    /// The language of its texts.
    pub lang: Lang,
    /// Its tag, the same in every encoding: it is weak.
    pub etag: HeaderValue,
    /// Headers that only this answer has, or that stand for the usual ones.
    pub own: Vec<(HeaderName, HeaderValue)>,
}

impl Head {
    /// Of an answer that `made_of` tells from all others at its address.
    pub fn new(made_of: &[u8], content_type: &'static str, lang: Lang, own: Vec<(HeaderName, HeaderValue)>) -> Self {
        let tag = format!("W/\"{:016x}\"", twox_hash::XxHash3_64::oneshot(made_of));
        let etag = HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("W/\"\""));
        Self { content_type: HeaderValue::from_static(content_type), lang, etag, own }
    }
}

/// A finished answer: a 200 with its body in every encoding that was asked for.
#[derive(Debug)]
pub struct Remembered {
    /// What it is.
    pub head: Head,
    plain: Bytes,
    compressed: [OnceLock<Bytes>; 3],
}

/// Bodies smaller than this are sent as they are: one packet is one packet.
const WORTH_IT: usize = 1024;

impl Remembered {
    /// An answer with this body.
    pub fn new(plain: Bytes, content_type: &'static str, lang: Lang, own: Vec<(HeaderName, HeaderValue)>) -> Self {
        let head = Head::new(&plain, content_type, lang, own);
        Self { head, plain, compressed: [const { OnceLock::new() }; 3] }
    }

    /// The body, and the encoding in which it is: the one liked best if that is worth it.
    pub fn body(&self, taken: Encodings) -> (Bytes, Encoding) {
        let encoding = if self.plain.len() < WORTH_IT && taken.identity { Encoding::Identity } else { taken.best };
        let place = Encoding::ALL.iter().position(|&other| other == encoding);
        let kept = place.and_then(|place| self.compressed.get(place));
        let body = kept.map_or(&self.plain, |kept| kept.get_or_init(|| compress(&self.plain, encoding)));
        (body.clone(), encoding)
    }
}

fn compress(plain: &Bytes, encoding: Encoding) -> Bytes {
    let mut out = Vec::with_capacity(plain.len() / 4);
    let written = encoding.write(&mut out, |writer| writer.write_all(plain));
    // Writing to memory does not fail.
    debug_assert!(written.is_ok());
    out.into()
}

/// What an answer depends on: what was asked for, in which language and format.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Question(Box<str>, Lang, Format);

#[derive(Hash)]
struct Asked<'a>(&'a str, Lang, Format);

impl quick_cache::Equivalent<Question> for Asked<'_> {
    fn equivalent(&self, question: &Question) -> bool {
        *question.0 == *self.0 && question.1 == self.1 && question.2 == self.2
    }
}

/// Answers given before, as many as a number of bytes holds.
#[derive(Debug)]
pub struct Memory(Cache<Question, Arc<Remembered>, Size>);

#[derive(Debug, Clone)]
struct Size;

impl Weighter<Question, Arc<Remembered>> for Size {
    fn weight(&self, question: &Question, answer: &Arc<Remembered>) -> u64 {
        // The encodings that may come are counted as half the body.
        (question.0.len() + answer.plain.len() + answer.plain.len() / 2 + size_of::<Remembered>()) as u64
    }
}

impl Memory {
    /// A memory of so many bytes.
    pub fn new(bytes: u64) -> Self {
        Self(Cache::with_weighter((bytes / 4096).clamp(64, 1 << 16) as usize, bytes, Size))
    }

    /// The answer to what stands at `target`, in `lang` and `format`.
    pub fn recall(&self, target: &str, lang: Lang, format: Format) -> Option<Arc<Remembered>> {
        self.0.get(&Asked(target, lang, format))
    }

    /// Remembers an answer.
    pub fn keep(&self, target: &str, lang: Lang, format: Format, answer: Arc<Remembered>) {
        self.0.insert(Question(target.into(), lang, format), answer);
    }
}
