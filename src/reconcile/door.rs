//! The way to the routes, in the language that a client reads.

use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderValue};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::http::{self, Problem, ProblemKind, Reply};

/// The routes of one world in one language.
pub struct Door {
    routes: http::Door,
    lang: HeaderValue,
    /// What `/v1` says.
    pub overview: Value,
}

impl Door {
    /// Of the world that a request is about, in the language that it names by `lang`, else that its headers ask for.
    pub async fn open(request: &HttpRequest, lang: Option<&str>) -> Result<Self, Problem> {
        let routes = http::Door::of(request)?;
        let said = routes.get("/v1").await;
        let overview: Value = serde_json::from_slice(&said.body).unwrap_or_default();
        let spoken: Vec<_> = overview["languages"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let chosen = match lang {
            None => said.headers.get(header::CONTENT_LANGUAGE).cloned(),
            Some(lang) if spoken.contains(&lang) => HeaderValue::from_str(lang).ok(),
            Some(lang) => {
                let takes = spoken.iter().map(|lang| format!("`{lang}`")).collect::<Vec<_>>().join(" or ");
                return Err(Problem::with_parameter(ProblemKind::InvalidParameter, "lang", Some(lang), takes));
            }
        };
        let lang = chosen.unwrap_or(HeaderValue::from_static("en"));
        Ok(Self { routes: routes.reading(lang.clone()), lang, overview })
    }

    /// The language of the answers.
    pub fn lang(&self) -> &str {
        self.lang.to_str().unwrap_or_default()
    }

    /// Gets an address, and the one that it redirects to.
    pub async fn get(&self, address: &str) -> Reply {
        self.routes.follow(address).await
    }

    /// What stands at an address; `None` if nothing does.
    pub async fn json(&self, address: &str) -> Option<Value> {
        let reply = self.get(address).await;
        reply.status.is_success().then(|| serde_json::from_slice(&reply.body).ok()).flatten()
    }

    /// The items of the first page of a list; none if there is no such list.
    pub async fn items(&self, address: &str) -> Vec<Value> {
        match self.json(address).await.as_mut().and_then(|page| page.get_mut("items")).map(Value::take) {
            Some(Value::Array(items)) => items,
            _ => Vec::new(),
        }
    }
}

/// A text as a part of an address.
pub fn escaped(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}
