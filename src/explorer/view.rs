//! What of the graph a page is about, and the addresses that keep it.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What every page takes and every link keeps.
const KEPT: [&str; 4] = ["as_of", "source", "status", "lang"];

/// What stands in a segment of a path as it is.
const SEGMENT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@').remove(b':');

/// A text as a segment of a path.
pub fn segment(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

/// The day, source, status and language that an address names. What is empty, as forms send it, is not named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct View(Vec<(&'static str, String)>);

/// The parameters of a page's own.
pub type Own<'a> = &'a [(&'a str, &'a str)];

impl View {
    /// Reads a query: the view, and what else there is. Of a parameter that stands twice the first one counts.
    pub fn read(query: &str) -> (Self, Vec<(String, String)>) {
        let mut view: Vec<(&'static str, String)> = Vec::new();
        let mut own: Vec<(String, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()).filter(|(_, value)| !value.trim().is_empty()) {
            match KEPT.into_iter().find(|kept| *kept == name) {
                Some(kept) if view.iter().all(|(other, _)| *other != kept) => view.push((kept, value.into_owned())),
                None if own.iter().all(|(other, _)| *other != name) => {
                    own.push((name.into_owned(), value.into_owned()))
                }
                _ => {}
            }
        }
        view.sort_by_key(|(name, _)| KEPT.into_iter().position(|kept| kept == *name));
        (Self(view), own)
    }

    /// What is named under a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| *other == name).map(|(_, value)| value.as_str())
    }

    /// The pairs but one, as forms need them that set it anew.
    pub fn but<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (&'static str, &'a str)> {
        self.0.iter().filter(move |(other, _)| *other != name).map(|(name, value)| (*name, value.as_str()))
    }

    /// The same with another value, or without one.
    #[must_use]
    pub fn with(&self, name: &str, value: Option<&str>) -> Self {
        let mut pairs = self.0.clone();
        pairs.retain(|(other, _)| *other != name);
        let kept = KEPT.into_iter().find(|kept| *kept == name);
        pairs.extend(kept.zip(value.map(str::to_owned)));
        pairs.sort_by_key(|(name, _)| KEPT.into_iter().position(|kept| kept == *name));
        Self(pairs)
    }

    /// An address within this server that keeps the view.
    pub fn link(&self, path: &str, own: Own<'_>) -> String {
        let pairs = own.iter().copied().chain(self.0.iter().map(|(name, value)| (*name, value.as_str())));
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_keeps_the_view_and_drops_what_is_empty() {
        let (view, own) = View::read("lang=ko&q=a+b&as_of=2019&source=&as_of=2020");
        assert_eq!(own, [("q".to_owned(), "a b".to_owned())]);
        assert_eq!(view.link("/paths", &[("from", "a&b")]), "/paths?from=a%26b&as_of=2019&lang=ko");
        assert_eq!(view.with("as_of", None).link("/", &[]), "/?lang=ko");
        assert_eq!(View::default().link("/", &[]), "/");
    }
}
