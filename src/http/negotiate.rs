//! What the client prefers: language, media type, encoding (RFC 9110, section 12).

use std::io::{self, Write};

use actix_web::http::header::{self, HeaderMap};

use super::names::languages;
use super::problem::{Problem, ProblemKind};
use crate::export::Format;
use crate::graph::Graph;
use crate::model::Lang;

/// The items of a header that lists preferences, each with its weight from 0 to 1000.
fn preferences<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> impl Iterator<Item = (&'a str, u16)> {
    let values = headers.get_all(name).filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).filter_map(|item| {
        let mut parts = item.split(';').map(str::trim);
        let what = parts.next().filter(|what| !what.is_empty())?;
        let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        Some((what, weight.map_or(1000, thousandths)))
    })
}

/// A weight of 0 to 1 with at most three digits behind the point; one that is none counts as 1.
fn thousandths(text: &str) -> u16 {
    match text.parse::<f32>() {
        Ok(weight) if (0.0..=1.0).contains(&weight) => (weight * 1000.0).round() as u16,
        _ => 1000,
    }
}

/// A language that was asked for by parameter, if it is offered.
///
/// # Errors
/// If it is not.
pub fn offered(graph: &Graph, lang: super::parameters::LangCode) -> Result<Lang, Problem> {
    let languages = languages(graph);
    if languages.contains(&lang.0) {
        return Ok(lang.0);
    }
    let takes: Vec<_> = languages.iter().map(|lang| format!("`{lang}`")).collect();
    Err(Problem::with_parameter(ProblemKind::InvalidParameter, "lang", Some(lang.0.as_str()), takes.join(" or ")))
}

/// The language that `Accept-Language` prefers among those offered, else the first one of the data set.
pub fn language(graph: &Graph, headers: &HeaderMap) -> Lang {
    let first = graph.manifest.languages.first().copied().unwrap_or(Lang::EN);
    if !headers.contains_key(header::ACCEPT_LANGUAGE) {
        return first;
    }
    let mut best = (0, first);
    for (range, weight) in preferences(headers, &header::ACCEPT_LANGUAGE) {
        let primary = range.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let meant = if primary == "*" { Ok(first) } else { primary.parse() };
        if let Some(lang) = meant.ok().filter(|lang| languages(graph).contains(lang) && weight > best.0) {
            best = (weight, lang);
        }
    }
    best.1
}

/// The format that `Accept` likes best; of several liked as well, the first one. `None` where it takes none of them.
pub fn format(headers: &HeaderMap, offered: &[Format]) -> Option<Format> {
    if !headers.contains_key(header::ACCEPT) {
        return offered.first().copied();
    }
    let accepted = Accepted::of(headers);
    let weighed = offered.iter().map(|&format| (accepted.weight(format.media_type()), format));
    let liked = weighed.enumerate().max_by_key(|(at, (weight, _))| (*weight, std::cmp::Reverse(*at)));
    liked.filter(|(_, (weight, _))| *weight > 0).map(|(_, (_, format))| format)
}

/// Which of these media types `Accept` likes best; of several liked as well, the first one. `None` where it takes none.
pub fn liked(headers: &HeaderMap, kinds: &[&str]) -> Option<usize> {
    let accepted = Accepted::of(headers);
    let weighed = kinds.iter().enumerate().map(|(at, kind)| (accepted.weight(kind), std::cmp::Reverse(at)));
    weighed.max().filter(|(weight, _)| *weight > 0).map(|(_, std::cmp::Reverse(at))| at)
}

/// What `Accept` says.
struct Accepted<'a>(Vec<(&'a str, u16)>);

impl<'a> Accepted<'a> {
    fn of(headers: &'a HeaderMap) -> Self {
        Self(preferences(headers, &header::ACCEPT).collect())
    }

    /// How much a media type is liked, 0 to 1000. A range that names it more closely decides over one that does less.
    fn weight(&self, kind: &str) -> u16 {
        let family = kind.split('/').next().unwrap_or_default();
        let mut closest = None;
        for &(range, weight) in &self.0 {
            let nearness = match range.split_once('/') {
                _ if range.eq_ignore_ascii_case(kind) => 3,
                Some((group, "*")) if group.eq_ignore_ascii_case(family) => 2,
                Some(("*", "*")) => 1,
                None if range == "*" => 1,
                _ => continue,
            };
            if closest.is_none_or(|(before, _)| nearness > before) {
                closest = Some((nearness, weight));
            }
        }
        match closest {
            Some((_, weight)) => weight,
            // A header without a word is none.
            None if self.0.is_empty() => 1000,
            None => 0,
        }
    }
}

/// An encoding of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// As it is.
    Identity,
    /// Brotli, RFC 7932.
    Brotli,
    /// Zstandard, RFC 8878.
    Zstd,
    /// gzip, RFC 1952.
    Gzip,
}

impl Encoding {
    /// All of them, those that we like best first.
    pub const ALL: [Self; 4] = [Self::Brotli, Self::Zstd, Self::Gzip, Self::Identity];

    /// Has something written in this encoding. The levels are middling: it is done once, but somebody waits for it.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write<W: Write>(self, mut out: W, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        match self {
            Self::Identity => {
                write(&mut out)?;
                out.flush()
            }
            Self::Gzip => {
                let mut writer = flate2::write::GzEncoder::new(out, flate2::Compression::new(6));
                write(&mut writer)?;
                writer.finish()?.flush()
            }
            Self::Brotli => {
                let mut writer = brotli::CompressorWriter::new(out, 1 << 14, 5, 22);
                write(&mut writer)?;
                writer.flush()
            }
            Self::Zstd => {
                let mut writer = zstd::stream::Encoder::new(out, 6)?;
                write(&mut writer)?;
                writer.finish()?.flush()
            }
        }
    }

    /// The name by which HTTP knows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Brotli => "br",
            Self::Zstd => "zstd",
            Self::Gzip => "gzip",
        }
    }
}

/// Which encodings a client takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encodings {
    /// The one it likes best.
    pub best: Encoding,
    /// Whether it takes the body as it is, too.
    pub identity: bool,
}

/// The encodings that `Accept-Encoding` takes; `None` where it refuses them all.
pub fn encodings(headers: &HeaderMap) -> Option<Encodings> {
    if !headers.contains_key(header::ACCEPT_ENCODING) {
        return Some(Encodings { best: Encoding::Identity, identity: true });
    }
    let mut named = [None; 4];
    let mut others = None;
    for (what, weight) in preferences(headers, &header::ACCEPT_ENCODING) {
        let place = Encoding::ALL.iter().position(|encoding| what.eq_ignore_ascii_case(encoding.name()));
        match place {
            Some(place) => named[place] = Some(weight),
            None if what == "*" => others = Some(weight),
            None if what.eq_ignore_ascii_case("x-gzip") => named[2] = Some(weight),
            None => {}
        }
    }
    let weight = |place: usize| named[place].or(others);
    // Unless it is refused, the body as it is is taken; it is chosen where nothing is liked as well.
    let identity = weight(3) != Some(0);
    let compressed = (0..3).filter_map(|place| Some((weight(place)?, place))).filter(|(weight, _)| *weight > 0);
    let liked = compressed.max_by_key(|(weight, place)| (*weight, std::cmp::Reverse(*place)));
    let best = match liked {
        Some((liked, _)) if weight(3).is_some_and(|plain| plain > liked) => Encoding::Identity,
        Some((_, place)) => Encoding::ALL[place],
        None if identity => Encoding::Identity,
        None => return None,
    };
    Some(Encodings { best, identity })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: header::HeaderName, value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        headers
    }

    #[test]
    fn the_encoding_liked_best_is_used_and_none_that_is_refused() {
        let chosen = |value: &str| encodings(&headers(header::ACCEPT_ENCODING, value)).map(|taken| taken.best.name());
        assert_eq!(chosen("gzip, deflate, br, zstd"), Some("br"));
        assert_eq!(chosen("gzip;q=1, br;q=0.5"), Some("gzip"));
        assert_eq!(chosen("br;q=0, *"), Some("zstd"));
        assert_eq!(chosen("identity, gzip;q=0.5"), Some("identity"));
        assert_eq!(chosen("deflate"), Some("identity"));
        assert_eq!(chosen(""), Some("identity"));
        assert_eq!(chosen("identity;q=0"), None);
        assert_eq!(chosen("*;q=0"), None);
        assert_eq!(chosen("identity;q=0, gzip"), Some("gzip"));
    }

    #[test]
    fn a_closer_range_decides_over_a_wider_one() {
        let json = |value: &str| format(&headers(header::ACCEPT, value), &[Format::Json]).is_some();
        assert!(json("*/*") && json("application/*") && json("text/html, application/json;q=0.1"));
        assert!(!json("text/html") && !json("application/json;q=0, */*") && !json("application/*;q=0, */*"));
        assert!(format(&HeaderMap::new(), &[Format::Json]).is_some());
    }

    #[test]
    fn of_several_formats_the_one_liked_best_is_chosen_and_the_usual_one_in_doubt() {
        let chosen = |value: &str| format(&headers(header::ACCEPT, value), Format::ALL).map(Format::name);
        assert_eq!(chosen("*/*"), Some("json"));
        assert_eq!(chosen("text/turtle"), Some("turtle"));
        assert_eq!(chosen("text/turtle;q=0.5, application/ld+json;q=0.8, */*;q=0.1"), Some("jsonld"));
        assert_eq!(chosen("text/*;q=0.3, text/csv"), Some("csv"));
        assert_eq!(chosen("image/png"), None);
    }
}
