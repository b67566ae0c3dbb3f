//! A site in process, and what it answers.

use std::collections::BTreeMap;

use actix_web::http::header::HeaderMap;
use actix_web::test::{TestRequest, read_body};
use linchpin::dataset::Folder;
use serde_json::{Value, json};

use crate::within::{BUILT_IN, Within, site};

/// A server without a socket.
pub struct Site(Within);

impl Site {
    pub async fn built_in() -> Self {
        Self(Within::new(&BUILT_IN).await)
    }

    /// The site of these companies and one source.
    pub async fn of(companies: impl IntoIterator<Item = Value>, source: Value) -> Self {
        let manifest = json!({"title": {"en": "Small"}, "version": "1", "as_of": "2023-06-30", "languages": ["en", "ko"],
            "rules": {"fact-without-source": "off", "supplier-without-role": "off", "unused-source": "off"}});
        let mut files = BTreeMap::from([
            ("dataset.json".to_owned(), manifest.to_string()),
            ("sources.json".to_owned(), json!([source]).to_string()),
        ]);
        for company in companies {
            files.insert(format!("companies/{}.json", company["id"].as_str().unwrap()), company.to_string());
        }
        Self(Within::new(&site(&Folder::memory(files), 64 << 20)).await)
    }

    pub async fn ask(&self, request: TestRequest) -> Answer {
        let response = self.0.ask(request).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = String::from_utf8(read_body(response).await.to_vec()).unwrap();
        Answer { status, headers, text }
    }

    pub async fn get(&self, address: &str) -> Answer {
        self.ask(TestRequest::get().uri(address)).await
    }

    /// A picture that there is: its bytes.
    pub async fn png(&self, address: &str) -> Vec<u8> {
        let response = self.0.ask(TestRequest::get().uri(address)).await;
        assert_eq!(response.status(), 200, "{address}");
        assert_eq!(response.headers().get("content-type").unwrap(), "image/png", "{address}");
        read_body(response).await.to_vec()
    }

    /// A page that there is.
    pub async fn page(&self, address: &str) -> String {
        let answer = self.get(address).await;
        assert_eq!(answer.status, 200, "{address}: {}", answer.text);
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{address}");
        answer.text
    }
}

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// The values of an attribute, in order.
pub fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let before = format!(" {attribute}=\"");
    html.split(&before).skip(1).filter_map(|rest| rest.split_once('"').map(|(value, _)| value)).collect()
}

/// A value as it was before it was escaped.
pub fn unescaped(text: &str) -> String {
    text.replace("&#38;", "&").replace("&amp;", "&").replace("&#34;", "\"").replace("&#39;", "'")
}
