//! How well a candidate answers a query: 0 to 100.

use serde_json::{Value, json};

use super::candidates::Found;
use super::entity::Stack;
use super::properties::{self, IDENTIFYING, Place};
use super::question::{Question, Strictness, texts};

/// A name that is the same scores as much or more in a search, and only such a one.
const SAME_NAME: f64 = 0.98;
/// What a candidate keeps of its score if it is of another type than it should be.
const OF_ANOTHER_TYPE: f64 = 0.8;

/// What a candidate is worth.
#[derive(Debug)]
pub struct Score {
    /// How well it answers, 0–100.
    pub value: f64,
    /// Whether it answers exactly: by a name or an identifier, and nothing speaks against it.
    pub exact: bool,
    /// What the score is made of.
    pub features: Vec<Value>,
}

impl Score {
    /// Of a candidate; `None` if it is none.
    pub fn of(question: &Question, found: &Found, stack: &Stack) -> Option<Self> {
        let of_type = is_of_type(question, found);
        if !of_type && question.type_strict != Strictness::Should {
            return None;
        }
        let mut features = vec![json!({"id": "name", "value": percent(found.likeness)})];
        let (mut score, mut exact) = (found.likeness, found.likeness >= SAME_NAME && of_type);
        let (mut against, mut identified) = (false, false);
        for (id, agrees, weight) in comparisons(question, found, stack) {
            features.push(json!({"id": id, "value": agrees}));
            score = if agrees { score + (1.0 - score) * weight } else { score * (1.0 - weight / 2.0) };
            against |= !agrees;
            identified |= agrees && weight >= IDENTIFYING;
        }
        exact = (exact || identified && of_type) && !against;
        if !of_type {
            score *= OF_ANOTHER_TYPE;
        }
        Some(Self { value: percent(score), exact, features })
    }
}

fn percent(score: f64) -> f64 {
    (score * 1e4).round() / 100.0
}

fn is_of_type(question: &Question, found: &Found) -> bool {
    let wanted = question.types();
    let has = |wanted: &&str| found.types.iter().any(|kind| kind.id == *wanted);
    match question.type_strict {
        _ if wanted.is_empty() => true,
        Strictness::All => wanted.iter().all(has),
        Strictness::Any | Strictness::Should => wanted.iter().any(has),
    }
}

/// The properties of a query of which something is on record: whether a value agrees, and how much that tells.
fn comparisons<'a>(
    question: &'a Question,
    found: &'a Found,
    stack: &'a Stack,
) -> impl Iterator<Item = (&'static str, bool, f64)> + 'a {
    question.properties.iter().filter_map(move |known| {
        let property = properties::of(found.entity.kind, &known.pid)?;
        let (how, weight) = property.tells?;
        let Place::Own(pointer) = property.place else { return None };
        let on_record = property.values(found.record.pointer(pointer), stack);
        let on_record: Vec<String> = on_record.iter().flat_map(spellings).collect();
        let given = texts(&known.v);
        if on_record.is_empty() || given.is_empty() {
            return None;
        }
        let agrees = given.iter().any(|given| on_record.iter().any(|own| how.same(given, own)));
        Some((property.id, agrees, weight))
    })
}

/// The ways to say a value: an entity by its identifier, by its id alone and by its name.
fn spellings(value: &Value) -> Vec<String> {
    let texts: Vec<String> = value.as_object().into_iter().flatten().flat_map(|(_, value)| texts(value)).collect();
    let bare = texts.iter().filter_map(|text| text.split_once(':')).map(|(_, bare)| bare.to_owned());
    let bare: Vec<String> = bare.collect();
    texts.into_iter().chain(bare).collect()
}
