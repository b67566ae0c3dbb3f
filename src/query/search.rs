//! Companies by any name, typos forgiven.
//!
//! Names are compared by the letters they are made of: Hangul as jamo, so that 엔비디어 is one letter from 엔비디아.
//! The form of the company (`Inc.`) may be left out or put in.
//! Likeness is that of optimal string alignment (Damerau–Levenshtein without repeated edits), relative to the longer name.

use rapidfuzz::distance::osa;
use unicode_normalization::UnicodeNormalization;

use super::legal_form::without_legal_form;
use crate::graph::{CompanyIx, Graph, NameKind, View, fold};

/// A company that answers to a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit<'a> {
    /// The company.
    pub company: CompanyIx,
    /// How well it fits, 0–1; 1 only where the name is the same.
    pub score: f64,
    /// The name that fits best, as it is written.
    pub matched: &'a str,
    /// What kind of name that is.
    pub kind: NameKind,
}

/// Names that are less alike than this, letter by letter, are not alike.
const ENOUGH: f64 = 0.6;

/// What a name is worth that fits but for the form of the company.
const BUT_FOR_LEGAL_FORM: f64 = 0.99;

/// The companies that answer to `text`, of the view if one is given, best first, then by id.
pub fn search<'a>(graph: &'a Graph, view: Option<&View>, text: &str) -> Vec<Hit<'a>> {
    let folded = fold(text);
    let asked = Letters::of(&folded);
    if asked.all.is_empty() {
        return Vec::new();
    }
    // What is asked for may bear the form of the company, where the name on record does not.
    let bare = Letters::of(&without_legal_form(&folded));
    let bare = (!bare.all.is_empty() && bare.all != asked.all).then_some(bare);
    let forms: Vec<_> = [(1.0, Some(asked)), (BUT_FOR_LEGAL_FORM, bare)]
        .into_iter()
        .filter_map(|(worth, letters)| letters.map(|letters| (worth, letters.comparator(), letters)))
        .collect();
    let mut best: Vec<Option<(f64, NameKind, &crate::graph::Name)>> = vec![None; graph.companies.len()];
    let mut letters = Letters::default();
    for name in graph.names.iter().filter(|name| view.is_none_or(|view| view.has(name.company))) {
        letters.set(&name.folded);
        let of_form = |(worth, like, asked): &(f64, _, _)| likeness(asked, &letters, like).map(|score| score * worth);
        let Some(score) = forms.iter().filter_map(of_form).max_by(f64::total_cmp) else { continue };
        let score = rounded(score * weight(name.kind));
        let place = &mut best[name.company as usize];
        if place
            .is_none_or(|(before, kind, _)| (score, std::cmp::Reverse(name.kind)) > (before, std::cmp::Reverse(kind)))
        {
            *place = Some((score, name.kind, name));
        }
    }
    let mut hits: Vec<Hit<'_>> = best
        .into_iter()
        .flatten()
        .map(|(score, kind, name)| Hit { company: name.company, score, matched: name.text(&graph.companies), kind })
        .collect();
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.company.cmp(&b.company)));
    hits
}

/// Likeness is no finer than this, and hits that are alike to it are equal.
fn rounded(score: f64) -> f64 {
    (score * 1e4).round() / 1e4
}

/// A name counts a little more than an alias, an alias than a product.
fn weight(kind: NameKind) -> f64 {
    match kind {
        NameKind::Id | NameKind::Name => 1.0,
        NameKind::Alias => 0.99,
        NameKind::Product => 0.98,
    }
}

/// A folded name, letter by letter, without what stands between words.
#[derive(Debug, Default)]
struct Letters {
    all: Vec<char>,
    words: Vec<usize>,
}

impl Letters {
    fn of(folded: &str) -> Self {
        let mut letters = Self::default();
        letters.set(folded);
        letters
    }

    fn comparator(&self) -> osa::BatchComparator<char> {
        osa::BatchComparator::new(self.all.iter().copied())
    }

    fn set(&mut self, folded: &str) {
        self.all.clear();
        self.words.clear();
        let mut between = true;
        let mut add = |c: char| {
            if !c.is_alphanumeric() {
                between = true;
                return;
            }
            if std::mem::take(&mut between) {
                self.words.push(self.all.len());
            }
            self.all.push(c);
        };
        match folded.is_ascii() {
            true => folded.chars().for_each(&mut add),
            false => folded.nfd().for_each(&mut add),
        }
    }
}

/// How well a name fits what was asked for; `None` if it does not.
fn likeness(asked: &Letters, name: &Letters, like: &osa::BatchComparator<char>) -> Option<f64> {
    let (short, long) = (asked.all.len() as f64, name.all.len() as f64);
    if asked.all == name.all {
        return Some(1.0);
    }
    if name.all.is_empty() {
        return None;
    }
    if name.all.starts_with(&asked.all) {
        return Some(0.9 + 0.08 * short / long);
    }
    if name.words.iter().any(|&word| name.all[word..].starts_with(&asked.all)) {
        return Some(0.8 + 0.08 * short / long);
    }
    let cutoff = rapidfuzz::distance::osa::Args::default().score_cutoff(ENOUGH);
    let whole = like.normalized_similarity_with_args(name.all.iter().copied(), &cutoff).map(|score| score * 0.95);
    let inside = (short >= 3.0 && name.all.windows(asked.all.len()).any(|part| part == asked.all))
        .then(|| 0.6 + 0.1 * short / long);
    let around = (long >= 4.0 && asked.all.windows(name.all.len()).any(|part| part == name.all))
        .then(|| 0.6 + 0.1 * long / short);
    [whole, inside, around].into_iter().flatten().max_by(f64::total_cmp)
}

/// How alike two folded names are, letter by letter, 0–1.
pub fn similarity(a: &str, b: &str) -> f64 {
    osa::normalized_similarity(Letters::of(a).all, Letters::of(b).all)
}

/// Of other names, those most like `text`, best first: what somebody may have meant.
pub fn closest<'a>(names: impl Iterator<Item = &'a str>, text: &str, most: usize) -> Vec<&'a str> {
    let asked = Letters::of(&fold(text));
    let like = asked.comparator();
    let mut scored: Vec<(f64, &str)> =
        names.filter_map(|name| Some((likeness(&asked, &Letters::of(&fold(name)), &like)?, name))).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    scored.into_iter().map(|(_, name)| name).take(most).collect()
}
