//! A site in process, and what it answers.

use std::collections::BTreeMap;

use actix_web::dev::ServiceResponse;
use actix_web::http::Method;
use actix_web::http::header::HeaderMap;
use actix_web::test::{TestRequest, read_body};
use actix_web::web::Bytes;
use linchpin::app;
use linchpin::dataset::Folder;
use serde_json::{Value, json};

use crate::schema;
pub use crate::within::{API, site};
use crate::within::{BUILT_IN, Within};

/// A server without a socket.
pub struct Site(Within);

impl Site {
    /// The site of the built-in data.
    pub async fn built_in() -> Self {
        Self::new(&BUILT_IN).await
    }

    /// The site of a folder.
    pub async fn of(folder: &Folder) -> Self {
        Self::new(&site(folder, 1 << 20)).await
    }

    /// The site of these companies, each a list of facts, and a few layers, roles and sources.
    pub async fn of_companies(companies: impl IntoIterator<Item = Value>) -> Self {
        Self::of(&small(companies)).await
    }

    pub async fn new(site: &app::Site) -> Self {
        Self(Within::new(site).await)
    }

    /// Asks, and holds the answer to what holds of all answers.
    pub async fn ask(&self, request: TestRequest) -> Answer {
        let response = self.0.ask(request).await;
        let (method, uri) = (response.request().method().clone(), response.request().uri().clone());
        let answer = Answer::of(response).await;
        schema::hold(&method, uri.path(), &answer);
        answer
    }

    /// Asks for the head of an answer.
    pub async fn head(&self, address: &str) -> Answer {
        Answer::of(self.0.ask(TestRequest::with_uri(address).method(Method::HEAD)).await).await
    }

    pub async fn get(&self, address: &str) -> Answer {
        self.ask(TestRequest::get().uri(address)).await
    }

    /// Gets an address with a header.
    pub async fn get_with(&self, address: &str, header: (&str, &str)) -> Answer {
        self.ask(TestRequest::get().uri(address).insert_header(header)).await
    }

    /// The JSON at an address.
    pub async fn json(&self, address: &str) -> Value {
        let answer = self.get(address).await;
        assert_eq!(answer.status, 200, "{address}: {}", answer.text());
        answer.json()
    }

    /// The problem at an address.
    pub async fn problem(&self, address: &str, status: u16) -> Value {
        let answer = self.get(address).await;
        assert_eq!(answer.status, status, "{address}: {}", answer.text());
        answer.json()
    }

    /// The items of all pages of a list. Their number is the total that each page states.
    pub async fn all(&self, address: &str) -> Vec<Value> {
        let (mut items, mut next, mut total) = (Vec::new(), Some(address.to_owned()), None);
        while let Some(address) = next {
            let page = self.json(&address).await;
            items.extend(page["items"].as_array().unwrap().iter().cloned());
            assert_eq!(*total.get_or_insert_with(|| page["total"].clone()), page["total"], "{address}");
            next = page["next"].as_str().map(str::to_owned);
            assert!(page["total"].as_u64().unwrap() >= items.len() as u64, "rows stand twice in {address}");
        }
        assert_eq!(total, Some(json!(items.len())), "{address}");
        items
    }

    /// What stands at a pointer in each item of a list.
    pub async fn each(&self, address: &str, pointer: &str) -> Vec<Value> {
        let at = |item: &Value| item.pointer(pointer).unwrap_or_else(|| panic!("{pointer} in {item}")).clone();
        self.all(address).await.iter().map(at).collect()
    }

    /// What stands at a pointer in each item of a list: texts.
    pub async fn texts(&self, address: &str, pointer: &str) -> Vec<String> {
        let text = |value: Value| value.as_str().unwrap_or_else(|| panic!("{value} in {address}")).to_owned();
        self.each(address, pointer).await.into_iter().map(text).collect()
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub address: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub async fn of(response: ServiceResponse) -> Self {
        Self {
            address: response.request().uri().to_string(),
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: read_body(response).await,
        }
    }

    /// The only value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.get_all(name);
        let first = all.next().map(|value| value.to_str().unwrap());
        assert!(all.next().is_none(), "{name} stands twice at {}", self.address);
        first
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{}: {error}: {}", self.address, self.text()))
    }
}

/// The texts of a list of texts.
pub fn texts(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

/// What stands under a key in each item of a list.
pub fn under<'a>(list: &'a Value, key: &str) -> Vec<&'a str> {
    list.as_array().unwrap().iter().map(|item| item[key].as_str().unwrap()).collect()
}

/// A text as it stands in an address.
pub fn escaped(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// Files by name.
pub type Files = BTreeMap<String, String>;

/// A small folder: these companies, four layers, four roles, two sources.
pub fn small(companies: impl IntoIterator<Item = Value>) -> Folder {
    Folder::memory(small_files(companies))
}

/// The files of [`small`].
pub fn small_files(companies: impl IntoIterator<Item = Value>) -> Files {
    let name = |id: &str| json!({"en": id, "ko": format!("{id} 층")});
    let layers = json!([
        {"id": "app", "tier": 0, "name": name("app")},
        {"id": "cloud", "tier": 2, "name": name("cloud")},
        {"id": "chip", "tier": 3, "name": name("chip"), "inputs": [{"id": "gpu", "name": name("gpu")}]},
        {"id": "tool", "tier": 3, "name": name("tool")},
    ]);
    let roles = json!([
        {"id": "builder", "number": 1, "layer": "app", "needs": ["cloud"], "name": {"en": "Builder", "ko": "짓는 회사"}},
        {"id": "host", "number": 2, "layer": "cloud", "needs": ["chip"], "name": {"en": "Host"}},
        {"id": "maker", "number": 3, "layer": "chip", "needs": ["tool"], "name": {"en": "Maker"}},
        {"id": "smith", "number": 4, "layer": "tool", "name": {"en": "Smith"}},
    ]);
    let sources = json!([{"id": "one", "title": "One", "published": "2020"}, {"id": "two", "title": "Two"}]);
    let manifest = json!({"title": {"en": "Small"}, "version": "1", "as_of": "2023-06-30", "languages": ["en", "ko"],
        "rules": {"fact-without-source": "off", "supplier-without-role": "off", "unused-source": "off"}});
    let mut files = Files::from([
        ("dataset.json".to_owned(), manifest.to_string()),
        ("layers.json".to_owned(), layers.to_string()),
        ("roles.json".to_owned(), roles.to_string()),
        ("sources.json".to_owned(), sources.to_string()),
    ]);
    for company in companies {
        let mut company = company;
        let id = company["id"].as_str().unwrap().to_owned();
        if company["name"].is_null() {
            company["name"] = json!({"en": id});
        }
        files.insert(format!("companies/{id}.json"), company.to_string());
    }
    files
}

/// A company that gets something from others: `(on, layer)`.
pub fn company(id: &str, suppliers: &[(&str, &str)]) -> Value {
    let dependencies: Vec<_> = suppliers.iter().map(|(on, layer)| json!({"on": on, "layer": layer})).collect();
    json!({"id": id, "dependencies": dependencies})
}
