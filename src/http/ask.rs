//! What a request asks for: its query, checked and decoded, and the view of the graph it is about.

use std::cell::RefCell;
use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, Visitor, value};

use super::World;
use super::arrival::Arrival;
use super::negotiate;
use super::parameters::ViewQuery;
use super::problem::{Problem, ProblemKind, Refusal};
use crate::export::Format;
use crate::graph::{Filter, Graph, View};
use crate::model::Lang;

/// A request for a view of the graph, with the route's own parameters `Q`.
#[derive(Debug)]
pub struct Ask<Q = ()> {
    /// What is served.
    pub world: Arc<World>,
    /// What of it is asked about.
    pub view: Arc<View>,
    /// The language of names and texts.
    pub lang: Lang,
    /// The format of the answer.
    pub format: Format,
    /// The route's own parameters.
    pub query: Q,
    /// The request itself.
    pub request: HttpRequest,
}

impl<Q> Ask<Q> {
    /// Where whole addresses begin.
    pub fn origin(&self) -> String {
        Arrival::of(&self.request).map(|arrival| arrival.origin(self.request.headers())).unwrap_or_default()
    }

    /// The graph that is served.
    pub fn graph(&self) -> &Graph {
        &self.world.snapshot.graph
    }
}

impl<Q: Parameters> FromRequest for Ask<Q> {
    type Error = Refusal;
    type Future = Ready<Result<Self, Refusal>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(ask(request))
    }
}

fn ask<Q: Parameters>(request: &HttpRequest) -> Result<Ask<Q>, Refusal> {
    let Arrival { world, format, by_name, .. } = Arrival::of(request)?;
    let graph = &world.snapshot.graph;
    let (view_query, query) = match request.query_string() {
        "" => (ViewQuery::default(), None),
        text => {
            let pairs = Pairs::parse(text)?;
            if by_name {
                pairs.known.borrow_mut().push("format");
            }
            let view: ViewQuery = pairs.take()?;
            let query = Q::take(&pairs)?;
            pairs.refuse_the_rest()?;
            (view, Some(query))
        }
    };
    let query = query.map_or_else(|| Q::take(&Pairs::default()), Ok)?;
    let source = view_query.source.as_ref().map(|name| super::names::source(graph, "source", name)).transpose()?;
    let day = view_query.as_of.map_or(graph.as_of(), |date| date.0.last_day());
    let view = world.snapshot.view(Filter { day, source, status: view_query.status });
    let lang = match view_query.lang {
        Some(lang) => negotiate::offered(graph, lang)?,
        None => negotiate::language(graph, request.headers()),
    };
    Ok(Ask { view, lang, format, query, request: request.clone(), world })
}

/// Parameters that a route can take together.
pub trait Parameters: Sized {
    /// Takes them out of what was given.
    ///
    /// # Errors
    /// If a value is none that its parameter takes.
    fn take(pairs: &Pairs) -> Result<Self, Problem>;
}

impl Parameters for () {
    fn take(_: &Pairs) -> Result<Self, Problem> {
        Ok(())
    }
}

impl<A: DeserializeOwned> Parameters for (A,) {
    fn take(pairs: &Pairs) -> Result<Self, Problem> {
        Ok((pairs.take()?,))
    }
}

impl<A: DeserializeOwned, B: DeserializeOwned> Parameters for (A, B) {
    fn take(pairs: &Pairs) -> Result<Self, Problem> {
        Ok((pairs.take()?, pairs.take()?))
    }
}

/// The pairs of a query, none twice, and the names that have been asked for.
#[derive(Debug, Default)]
pub struct Pairs {
    pairs: Vec<(String, String)>,
    known: RefCell<Vec<&'static str>>,
}

impl Pairs {
    fn parse(text: &str) -> Result<Self, Problem> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            if pairs.iter().any(|(other, _)| *other == name) {
                let once = "it is taken once; lists are written with commas";
                return Err(Problem::with_parameter(ProblemKind::RepeatedParameter, &name, Some(&value), once));
            }
            pairs.push((name.into_owned(), value.into_owned()));
        }
        Ok(Self { pairs, known: RefCell::default() })
    }

    fn take<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        T::deserialize(Taking(self)).map_err(|Wrong(problem)| *problem)
    }

    fn refuse_the_rest(&self) -> Result<(), Problem> {
        let known = self.known.borrow();
        match self.pairs.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            None => Ok(()),
            Some((name, value)) => {
                let takes = format!(
                    "the route takes {}",
                    known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
                );
                Err(Problem::with_parameter(ProblemKind::UnknownParameter, name, Some(value), takes))
            }
        }
    }
}

/// Gives a struct of parameters its fields, by the names that serde knows them by.
struct Taking<'a>(&'a Pairs);

impl<'de> de::Deserializer<'de> for Taking<'_> {
    type Error = Wrong;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        self.0.known.borrow_mut().extend(fields);
        let mine = self.0.pairs.iter().filter(|(name, _)| fields.contains(&name.as_str()));
        visitor.visit_map(Fields { pairs: mine, value: None }).map_err(|wrong| wrong.or_missing(fields))
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Wrong> {
        Err(de::Error::custom("parameters are a struct"))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct Fields<'a, I> {
    pairs: I,
    value: Option<&'a (String, String)>,
}

impl<'de, 'a, I: Iterator<Item = &'a (String, String)>> MapAccess<'de> for Fields<'a, I> {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Wrong> {
        self.value = self.pairs.next();
        self.value.map(|(name, _)| seed.deserialize(name.as_str().into_deserializer())).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Wrong> {
        let Some((name, value)) = self.value else {
            return Err(de::Error::custom("no value"));
        };
        seed.deserialize(Value(value)).map_err(|error| {
            Wrong(Box::new(Problem::with_parameter(
                ProblemKind::InvalidParameter,
                name,
                Some(value),
                error.to_string(),
            )))
        })
    }
}

/// A value: a text, which may stand for something optional.
struct Value<'a>(&'a str);

impl<'de> de::Deserializer<'de> for Value<'_> {
    type Error = value::Error;

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, value::Error> {
        visitor.visit_some(self)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, value::Error> {
        visitor.visit_str(self.0)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// A problem on its way through serde.
#[derive(Debug)]
struct Wrong(Box<Problem>);

impl Wrong {
    /// serde says of a missing field only its name, in its own words.
    fn or_missing(self, fields: &[&'static str]) -> Self {
        let missing = fields.iter().find(|field| self.0.to_string() == format!("missing field `{field}`"));
        match missing {
            Some(field) => {
                Self(Box::new(Problem::with_parameter(ProblemKind::MissingParameter, field, None, "a value")))
            }
            None => self,
        }
    }
}

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Wrong {}

impl de::Error for Wrong {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self(Box::new(Problem::new(ProblemKind::InvalidParameter, message.to_string())))
    }
}
