//! What is the same on all pages: language and words, the view and the links that keep it, the head.

use std::borrow::Borrow;

use super::answers::{Overview, Reference};
use super::assets;
use super::numbers;
use super::text;
use super::view::{Own, View, segment};
use super::words::{self, Words};
use crate::model::Lang;

/// What is the same on all pages.
#[derive(Debug)]
pub struct Frame {
    /// The path of the page.
    pub path: String,
    /// Its query, as it was sent.
    pub query: String,
    /// What the page is about.
    pub view: View,
    /// The page's own parameters.
    pub own: Vec<(String, String)>,
    /// What is loaded.
    pub overview: Overview,
    /// The data's own day.
    pub own_day: String,
    /// The language of the data's texts.
    pub lang: Lang,
    /// The words of the interface.
    pub w: &'static Words,
    /// The address of this server.
    pub origin: String,
}

/// What the head of one page says.
#[derive(Debug)]
pub struct Meta {
    /// The title.
    pub title: String,
    /// What it is about, in a sentence.
    pub description: String,
    /// The same thing in other forms: media type and address.
    pub alternates: Vec<(&'static str, String)>,
    /// A picture of it.
    pub image: Option<String>,
    /// Whether it can be embedded by its address.
    pub embeds: bool,
    /// Whether search engines may list it.
    pub listed: bool,
}

impl Meta {
    /// A head with a title and a description.
    pub fn of(title: &str, description: &str) -> Self {
        let (title, description) = (text::plain(title), text::plain(description));
        Self { title, description, alternates: Vec::new(), image: None, embeds: false, listed: true }
    }

    /// The same, not for search engines.
    #[must_use]
    pub fn unlisted(self) -> Self {
        Self { listed: false, ..self }
    }

    /// The same, with the answer of a route that the page shows.
    #[must_use]
    pub fn json(mut self, frame: &Frame, path: &str, own: Own<'_>) -> Self {
        self.alternates.push(("application/json", frame.view.link(path, own)));
        self
    }

    /// The same, with the forms besides JSON in which a route gives it.
    #[must_use]
    pub fn and(mut self, frame: &Frame, path: &str, formats: &[(&'static str, &str)]) -> Self {
        self.alternates.extend(formats.iter().map(|(kind, name)| (*kind, frame.view.link(path, &[("format", name)]))));
        self
    }
}

/// The forms besides JSON in which a company or a role is given.
pub const OF_THINGS: &[(&str, &str)] = &[("application/ld+json", "jsonld"), ("text/turtle", "turtle")];

/// How many years before the data's own the page offers.
const YEARS: i32 = 8;

impl Frame {
    /// The frame of a page.
    pub fn new(
        path: String,
        query: String,
        view: View,
        own: Vec<(String, String)>,
        overview: Overview,
        lang: Lang,
        origin: String,
    ) -> Self {
        let own_day = overview.as_of.clone();
        Self { path, query, view, own, overview, own_day, lang, w: words::of(lang), origin }
    }

    /// The language of the interface.
    pub fn ui(&self) -> &'static str {
        self.w.code
    }

    /// Whether the interface is Korean.
    pub fn is_korean(&self) -> bool {
        self.w.code == "ko"
    }

    /// The value of one of the page's own parameters.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.own.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// An address that keeps the view.
    pub fn link(&self, path: &str) -> String {
        self.view.link(path, &[])
    }

    /// The address of a thing that keeps the view: a folder of pages and an id.
    pub fn to(&self, folder: &str, id: &str) -> String {
        self.link(&format!("/{folder}/{}", segment(id)))
    }

    /// The address of a company's page.
    pub fn company(&self, company: &Reference) -> String {
        self.to("companies", &company.id)
    }

    /// An address with parameters that keeps the view.
    pub fn link_with(&self, path: &str, own: Own<'_>) -> String {
        self.view.link(path, own)
    }

    /// Where it is asked what stops with something.
    pub fn what_if(&self, down: &str) -> String {
        self.view.link("/impact", &[("down", down)])
    }

    /// Where it is asked why one rests on another.
    pub fn why(&self, from: &str, to: &str) -> String {
        self.view.link("/paths", &[("from", from), ("to", to)])
    }

    /// This page with another view.
    fn here(&self, view: &View) -> String {
        let own: Vec<_> = self.own.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        view.link(&self.path, &own)
    }

    /// This page in another language.
    pub fn in_language(&self, lang: &str) -> String {
        self.here(&self.view.with("lang", Some(lang)))
    }

    /// This page without the filter on a source.
    pub fn of_all_sources(&self) -> String {
        self.here(&self.view.with("source", None))
    }

    /// This page on the data's own day.
    pub fn of_today(&self) -> String {
        self.here(&self.view.with("as_of", None))
    }

    /// The years that are offered, each with its address and whether it is shown.
    pub fn years(&self) -> Vec<(String, String, bool)> {
        let newest: i32 = self.own_day.get(..4).and_then(|year| year.parse().ok()).unwrap_or(2026);
        let shown = self.view.get("as_of");
        (newest - YEARS..newest)
            .map(|year| {
                let year = year.to_string();
                let chosen = shown.is_some_and(|shown| shown.starts_with(&year));
                (self.here(&self.view.with("as_of", Some(&year))), year, chosen)
            })
            .map(|(address, year, chosen)| (year, address, chosen))
            .collect()
    }

    /// The address under which this page is known, whatever language and day it is asked in.
    pub fn canonical(&self) -> String {
        let lasting = self.view.with("status", None);
        format!("{}{}", self.origin, self.here(&lasting))
    }

    /// An address of this server, written in full.
    pub fn absolute(&self, address: impl AsRef<str>) -> String {
        format!("{}{}", self.origin, address.as_ref())
    }

    /// Where the page can be had for embedding.
    pub fn oembed(&self, format: &str) -> String {
        let url = self.canonical();
        self.absolute(View::default().link("/oembed", &[("url", &url), ("format", format)]))
    }

    /// The language of a text, where it is not the page's.
    pub fn foreign(&self, text: &str) -> Option<&'static str> {
        text::language(text)
            .or(self.is_korean().then_some("en"))
            .filter(|lang| *lang != self.ui() && text::speaks(text))
    }

    /// A text without what would turn its neighbours round.
    pub fn plain(&self, text: &str) -> String {
        text::plain(text)
    }

    /// A whole number, in groups of three.
    pub fn count(&self, number: impl Borrow<usize>) -> String {
        numbers::grouped(*number.borrow())
    }

    /// A part of one, in per cent.
    pub fn percent(&self, part: impl Borrow<f64>) -> String {
        numbers::percent(*part.borrow())
    }

    /// A phrase with a number in it.
    pub fn counted(&self, phrase: &str, number: impl Borrow<usize>) -> String {
        let number = *number.borrow();
        let phrase = match (number, phrase.split_once('|')) {
            (1, Some((one, _))) => one,
            (_, Some((_, many))) => many,
            (_, None) => phrase,
        };
        phrase.replace("{}", &numbers::grouped(number))
    }

    /// A phrase with a text in it.
    pub fn saying(&self, phrase: &str, text: &str) -> String {
        phrase.replace("{}", &text::plain(text))
    }

    /// Where the style sheet is.
    pub fn style(&self) -> String {
        assets::address("style.css")
    }

    /// Where the script is.
    pub fn script(&self) -> String {
        assets::address("search.js")
    }

    /// Where the icon is.
    pub fn icon(&self) -> String {
        assets::address("icon.svg")
    }
}
