//! What the client prefers: language, media type, encoding (RFC 9110, section 12).

use actix_web::http::header::{self, HeaderMap};

use super::names::languages;
use super::problem::{Problem, ProblemKind};
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
    Err(Problem::with_parameter(
        ProblemKind::InvalidParameter,
        "lang",
        Some(lang.0.as_str()),
        takes.join(" or "),
    ))
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
        if let Some(lang) = meant
            .ok()
            .filter(|lang| languages(graph).contains(lang) && weight > best.0)
        {
            best = (weight, lang);
        }
    }
    best.1
}

/// Whether a media type is accepted. A range that names it more closely decides over one that does less.
pub fn accepts(headers: &HeaderMap, kind: &str) -> bool {
    let family = kind.split('/').next().unwrap_or_default();
    let mut closest = None;
    for (range, weight) in preferences(headers, &header::ACCEPT) {
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
        Some((_, weight)) => weight > 0,
        None => preferences(headers, &header::ACCEPT).next().is_none(),
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
    /// All but identity, those that are liked best first.
    pub const COMPRESSED: [Self; 3] = [Self::Brotli, Self::Zstd, Self::Gzip];

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

/// The encoding that `Accept-Encoding` prefers; `None` where it refuses them all.
pub fn encoding(headers: &HeaderMap) -> Option<Encoding> {
    if !headers.contains_key(header::ACCEPT_ENCODING) {
        return Some(Encoding::Identity);
    }
    let weight = |encoding: Encoding| {
        let named = |name: &str| {
            preferences(headers, &header::ACCEPT_ENCODING).find(|(what, _)| what.eq_ignore_ascii_case(name))
        };
        let own = named(encoding.name()).or_else(|| (encoding == Encoding::Gzip).then(|| named("x-gzip")).flatten());
        own.or_else(|| named("*")).map(|(_, weight)| weight)
    };
    let mut best = None;
    for encoding in Encoding::COMPRESSED {
        let weight = weight(encoding).unwrap_or(0);
        if weight > best.map_or(0, |(before, _)| before) {
            best = Some((weight, encoding));
        }
    }
    // Unless it is refused, the body as it is is accepted; it is chosen where nothing is liked as well.
    match (best, weight(Encoding::Identity)) {
        (Some((weight, _)), Some(plain)) if plain > weight => Some(Encoding::Identity),
        (Some((_, encoding)), _) => Some(encoding),
        (None, Some(0)) => None,
        (None, _) => Some(Encoding::Identity),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn headers(name: header::HeaderName, value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        headers
    }

    #[test]
    fn the_encoding_liked_best_is_used_and_none_that_is_refused() {
        let chosen = |value: &str| encoding(&headers(header::ACCEPT_ENCODING, value)).map(Encoding::name);
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
        let json = |value: &str| accepts(&headers(header::ACCEPT, value), "application/json");
        assert!(json("*/*") && json("application/*") && json("text/html, application/json;q=0.1"));
        assert!(!json("text/html") && !json("application/json;q=0, */*") && !json("application/*;q=0, */*"));
        assert!(accepts(&HeaderMap::new(), "application/json"));
    }
}
