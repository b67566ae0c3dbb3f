//! HTTP itself: heads, conditions, encodings, languages, media types, methods.

use std::io::Read;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use linchpin::dataset::Folder;
use serde_json::json;

use crate::schema::{DOCUMENT, is_needed, operations};
use crate::site::{Answer, Site, company, escaped, site, small};
use crate::within::Within;

/// An address of every path.
fn addresses() -> Vec<String> {
    let fill = |path: &str, operation: &serde_json::Value| {
        let mut address = path.to_owned();
        let mut query = Vec::new();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let (name, example) =
                (parameter["name"].as_str().unwrap(), escaped(parameter["example"].as_str().unwrap_or("")));
            match parameter["in"].as_str() {
                Some("path") => address = address.replace(&format!("{{{name}}}"), &example),
                _ if is_needed(operation, parameter) => query.push(format!("{name}={example}")),
                _ => {}
            }
        }
        if query.is_empty() { address } else { format!("{address}?{}", query.join("&")) }
    };
    operations(&DOCUMENT)
        .filter(|(_, method, _)| *method == "get")
        .map(|(path, _, operation)| fill(path, operation))
        .collect()
}

#[actix_web::test]
async fn head_is_get_without_a_body_on_every_route() {
    let site = Site::built_in().await;
    for address in addresses() {
        let (get, head) = (site.get(&address).await, site.head(&address).await);
        assert_eq!((get.status, head.status), (200, 200), "{address}");
        assert!(head.body.is_empty() && !get.body.is_empty(), "{address}");
        for name in ["etag", "content-type", "vary", "cache-control", "last-modified", "link", "content-language"] {
            assert_eq!(head.header(name), get.header(name), "{name} of {address}");
        }
    }
    for missing in ["/v1/companies/nobody-at-all", "/v1/nothing", "/v1?x=y"] {
        let (get, head) = (site.get(missing).await, site.head(missing).await);
        assert_eq!(get.status, head.status, "{missing}");
        assert!(head.body.is_empty(), "{missing}");
    }
}

#[actix_web::test]
async fn options_and_allow_name_the_methods_on_every_route() {
    let site = Site::built_in().await;
    for address in addresses().iter().map(String::as_str).chain(["/docs/"]) {
        let options = site.ask(TestRequest::with_uri(address).method(Method::OPTIONS)).await;
        assert_eq!((options.status, options.body.len()), (204, 0), "{address}");
        let allowed = options.header("allow").unwrap();
        assert_eq!(options.header("access-control-allow-methods"), Some(allowed));
        for method in ["GET", "HEAD", "OPTIONS"] {
            assert!(allowed.split(", ").any(|it| it == method), "{address}: {allowed}");
        }
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
            if allowed.contains(method.as_str()) {
                continue;
            }
            let refused = site.ask(TestRequest::with_uri(address).method(method.clone())).await;
            assert_eq!((refused.status, refused.header("allow")), (405, Some(allowed)), "{method} {address}");
        }
    }
    assert_eq!(site.ask(TestRequest::with_uri("/v1/nothing").method(Method::OPTIONS)).await.status, 404);
    assert_eq!(site.ask(TestRequest::post().uri("/v1/nothing")).await.status, 404);
}

#[actix_web::test]
async fn a_browser_may_read_from_any_origin() {
    let site = Site::built_in().await;
    let asked = TestRequest::with_uri("/v1/companies")
        .method(Method::OPTIONS)
        .insert_header(("Origin", "https://example.org"))
        .insert_header(("Access-Control-Request-Method", "GET"))
        .insert_header(("Access-Control-Request-Headers", "if-none-match"));
    let answer = site.ask(asked).await;
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    assert_eq!(answer.header("access-control-allow-headers"), Some("*"));
    assert_eq!(answer.header("access-control-allow-credentials"), None);
    let answer = site.get_with("/v1/companies", ("Origin", "https://example.org")).await;
    let exposed = answer.header("access-control-expose-headers").unwrap();
    assert!(["ETag", "Link"].iter().all(|name| exposed.contains(name)), "{exposed}");
}

#[actix_web::test]
async fn what_the_client_has_is_not_sent_again() {
    let site = Site::built_in().await;
    let address = "/v1/companies?limit=100";
    let first = site.get(address).await;
    let tag = first.header("etag").unwrap().to_owned();
    let strong = tag.trim_start_matches("W/").to_owned();
    let modified = first.header("last-modified").unwrap().to_owned();
    let unchanged = [
        ("If-None-Match", tag.clone()),
        ("If-None-Match", strong.clone()),
        ("If-None-Match", format!("\"other\", {tag}")),
        ("If-None-Match", format!("W/\"a\",{strong},\"b\"")),
        ("If-None-Match", "*".to_owned()),
        ("If-Modified-Since", modified.clone()),
        ("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT".to_owned()),
    ];
    for (name, value) in &unchanged {
        let answer = site.get_with(address, (name, value)).await;
        assert_eq!((answer.status, answer.body.len()), (304, 0), "{name}: {value}");
        for kept in ["etag", "vary", "cache-control", "last-modified"] {
            assert_eq!(answer.header(kept), first.header(kept), "{kept} after {name}: {value}");
        }
    }
    let changed = [
        ("If-None-Match", "\"other\""),
        ("If-None-Match", "W/\"other\", \"another\""),
        ("If-Modified-Since", "Thu, 01 Jan 1970 00:00:01 GMT"),
        ("If-Modified-Since", "not a date"),
    ];
    for (name, value) in changed {
        assert_eq!(site.get_with(address, (name, value)).await.status, 200, "{name}: {value}");
    }
    let both = TestRequest::get()
        .uri(address)
        .insert_header(("If-None-Match", "\"other\""))
        .insert_header(("If-Modified-Since", modified));
    assert_eq!(site.ask(both).await.status, 200, "a tag decides over a date");
    for (name, value, status) in [
        ("If-Match", "*", 200),
        ("If-Match", "\"other\"", 412),
        ("If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:01 GMT", 412),
        ("If-Unmodified-Since", "Fri, 01 Jan 2100 00:00:00 GMT", 200),
    ] {
        assert_eq!(site.get_with(address, (name, value)).await.status, status, "{name}: {value}");
    }
    assert_eq!(site.get_with("/v1/companies/nobody-at-all", ("If-None-Match", "*")).await.status, 404);
}

#[actix_web::test]
async fn different_answers_have_different_tags() {
    let site = Site::built_in().await;
    let addresses =
        ["/v1/companies", "/v1/companies?lang=ko", "/v1/companies?as_of=2020", "/v1/companies?limit=2", "/v1/roles"];
    let mut tags = std::collections::BTreeSet::new();
    for address in addresses {
        tags.insert(site.get(address).await.header("etag").unwrap().to_owned());
    }
    assert_eq!(tags.len(), addresses.len());
}

#[actix_web::test]
async fn every_encoding_decodes_to_the_same_bytes() {
    let site = Site::built_in().await;
    let address = "/v1/companies?limit=200";
    let plain = site.get(address).await;
    assert_eq!(plain.header("content-encoding"), None);
    for (encoding, decode) in [("gzip", gunzip as fn(&[u8]) -> Vec<u8>), ("br", unbrotli), ("zstd", unzstd)] {
        let answer = site.get_with(address, ("Accept-Encoding", encoding)).await;
        assert_eq!(answer.header("content-encoding"), Some(encoding));
        assert_eq!(decode(&answer.body), plain.body, "{encoding}");
        assert!(answer.body.len() < plain.body.len() / 2);
        let (tag, whole) = (answer.header("etag").unwrap(), plain.header("etag").unwrap());
        assert!(tag != whole || tag.starts_with("W/"), "one strong tag for several encodings");
        let again = TestRequest::get()
            .uri(address)
            .insert_header(("Accept-Encoding", encoding))
            .insert_header(("If-None-Match", tag));
        assert_eq!(site.ask(again).await.status, 304);
    }
    let chosen = [
        ("gzip, deflate, br, zstd", Some("br")),
        ("gzip;q=1.0, br;q=0.5", Some("gzip")),
        ("*", Some("br")),
        ("deflate", None),
        ("identity", None),
        ("br;q=0, gzip;q=0", None),
    ];
    for (accepted, encoding) in chosen {
        assert_eq!(
            site.get_with(address, ("Accept-Encoding", accepted)).await.header("content-encoding"),
            encoding,
            "{accepted}"
        );
    }
    let small = site.get_with("/v1/companies/kt/roles?limit=1", ("Accept-Encoding", "gzip")).await;
    assert_eq!(small.header("content-encoding"), None, "a body of {} bytes is one packet", small.body.len());
    assert_eq!(site.get_with(address, ("Accept-Encoding", "identity;q=0, *;q=0")).await.status, 406);
}

fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain).unwrap();
    plain
}
fn unbrotli(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    brotli::Decompressor::new(bytes, 4096).read_to_end(&mut plain).unwrap();
    plain
}
fn unzstd(bytes: &[u8]) -> Vec<u8> {
    zstd::stream::decode_all(bytes).unwrap()
}

#[actix_web::test]
async fn the_language_is_that_of_the_parameter_then_of_the_header_then_of_the_data() {
    let site = Site::built_in().await;
    let name = |answer: &Answer| {
        (answer.json()["name"].as_str().unwrap().to_owned(), answer.header("content-language").unwrap().to_owned())
    };
    let (english, korean) = (("Nvidia".to_owned(), "en".to_owned()), ("엔비디아".to_owned(), "ko".to_owned()));
    let asked = [
        ("/v1/companies/nvidia", "", &english),
        ("/v1/companies/nvidia", "ko", &korean),
        ("/v1/companies/nvidia", "ko-KR,ko;q=0.9,en-US;q=0.8", &korean),
        ("/v1/companies/nvidia", "en-US,ko;q=0.9", &english),
        ("/v1/companies/nvidia", "en;q=0.5, ko;q=0.7", &korean),
        ("/v1/companies/nvidia", "fr, ko;q=0.1", &korean),
        ("/v1/companies/nvidia", "fr", &english),
        ("/v1/companies/nvidia", "*", &english),
        ("/v1/companies/nvidia", "ko;q=0", &english),
        ("/v1/companies/nvidia?lang=en", "ko", &english),
        ("/v1/companies/nvidia?lang=ko", "en", &korean),
        ("/v1/companies/nvidia?lang=KO", "", &korean),
    ];
    // Twice: the second time from memory.
    for (address, accepted, expected) in asked.iter().chain(&asked) {
        let answer = site.get_with(address, ("Accept-Language", accepted)).await;
        assert_eq!(name(&answer), **expected, "{address} {accepted}");
    }
}

#[actix_web::test]
async fn a_form_that_cannot_be_had_is_not_acceptable() {
    let site = Site::built_in().await;
    for accepted in
        ["*/*", "application/json", "application/*", "text/html, */*;q=0.1", "application/json;charset=utf-8", ""]
    {
        assert_eq!(site.get_with("/v1/companies", ("Accept", accepted)).await.status, 200, "{accepted}");
    }
    for accepted in ["text/html", "image/png", "application/json;q=0", "text/plain"] {
        for address in ["/v1/companies", "/v1/companies/openai/dependents", "/v1/paths?from=openai&to=nvidia"] {
            let answer = site.get_with(address, ("Accept", accepted)).await;
            assert_eq!(answer.status, 406, "{accepted}");
            assert!(answer.json()["takes"].as_str().unwrap().contains("application/json"));
        }
    }
}

#[actix_web::test]
async fn a_list_is_a_sheet_with_the_same_rows_and_no_formula() {
    let mut acme = company("acme", &[("nimbus", "cloud")]);
    acme["name"] = json!({"en": "=HYPERLINK(\"//x\"), \"Acme\"\nLtd"});
    let site = Site::of_companies([acme, company("nimbus", &[])]).await;
    let sheet = site.get("/v1/companies?format=csv").await;
    assert_eq!(sheet.header("content-type"), Some("text/csv"));
    assert_eq!(site.get_with("/v1/companies", ("Accept", "text/csv")).await.body, sheet.body);
    let mut reader = csv::Reader::from_reader(&sheet.body[..]);
    assert_eq!(reader.headers().unwrap().iter().take(2).collect::<Vec<_>>(), ["id", "name"]);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(&rows[0][1], "'=HYPERLINK(\"//x\"), \"Acme\"\nLtd");

    let empty = site.get("/v1/figures?format=csv").await;
    assert_eq!(empty.text().lines().count(), 1, "an empty list has its columns");
    let paged = site.get("/v1/companies?format=csv&limit=1").await;
    assert!(paged.header("link").unwrap().contains("format=csv"), "the next page is a sheet, too");
    assert_eq!(site.problem("/v1/companies?format=svg", 400).await["parameter"], "format");
    assert_eq!(site.problem("/v1/paths?from=acme&to=nimbus&format=csv", 400).await["parameter"], "format");
}

#[actix_web::test]
async fn an_answer_from_memory_is_the_one_that_is_worked_out() {
    let folder = Folder::embedded();
    let (remembers, forgets) = (Site::new(&site(&folder, 64 << 20)).await, Site::new(&site(&folder, 0)).await);
    let more = [
        "/v1/companies/tsmc/dependents?depth=all&limit=20",
        "/v1/companies/tsmc/dependents?depth=all&limit=20&lang=ko",
        "/v1/companies/openai/dependencies?depth=all&via=cloud,chip&country=US",
        "/v1/dependencies?as_of=2021&status=confirmed",
        "/v1/companies?source=caucasus-2023-02-08&as_of=2023-02",
    ];
    // What operators see is of the moment.
    let lasting = addresses().into_iter().filter(|address| address != "/metrics");
    for address in lasting.chain(more.map(str::to_owned)) {
        for header in [("Accept-Language", "ko"), ("Accept-Encoding", "gzip"), ("X-None", "x")] {
            let fresh = forgets.get_with(&address, header).await;
            for _ in 0..2 {
                let answer = remembers.get_with(&address, header).await;
                assert_eq!((answer.status, &answer.body), (fresh.status, &fresh.body), "{address}");
                let headers = |answer: &Answer| {
                    let mut all: Vec<_> =
                        answer.headers.iter().map(|(name, value)| (name.to_string(), value.clone())).collect();
                    all.sort();
                    all
                };
                assert_eq!(headers(&answer), headers(&fresh), "{address}");
            }
        }
    }
}

#[actix_web::test]
async fn a_question_about_other_data_is_not_answered_from_memory_of_these() {
    let (one, two) = (Site::of_companies([company("a", &[])]).await, Site::of_companies([company("b", &[])]).await);
    let ids = |site: Site| async move { site.texts("/v1/companies", "/id").await };
    assert_eq!((ids(one).await, ids(two).await), (vec!["a".to_owned()], vec!["b".to_owned()]));
}

#[actix_web::test]
async fn the_page_to_try_the_routes_on_names_no_outside_address() {
    let site = Site::built_in().await;
    for file in ["/docs/", "/docs/index.html", "/docs/swagger-initializer.js"] {
        let answer = site.get(file).await;
        assert_eq!(answer.status, 200, "{file}");
        for outside in ["src=\"http", "href=\"http", "src=\"//", "url(http", "https://"] {
            assert!(!answer.text().contains(outside), "{outside} in {file}");
        }
    }
    assert!(site.get("/docs/swagger-initializer.js").await.text().contains("/openapi.json"));
    assert_eq!(site.get("/docs").await.status / 100, 3);
}

#[actix_web::test]
async fn operators_see_that_it_lives_and_what_it_serves() {
    let site = Site::built_in().await;
    assert_eq!(site.json("/health/live").await["status"], "ok");
    let ready = site.get("/health/ready").await;
    assert_eq!(ready.json()["revision"], site.json("/v1").await["revision"]);
    assert_eq!(ready.header("cache-control"), Some("no-store"));
}

#[actix_web::test]
async fn as_many_streams_of_events_are_open_as_there_is_room_for_and_no_more() {
    let within = Within::new(&site(&small([company("acme", &[])]), 0)).await;
    let follow = || within.ask(TestRequest::get().uri("/v1/events").insert_header(("Accept", "text/event-stream")));
    let mut open = Vec::new();
    let refused = loop {
        let response = follow().await;
        if response.status() != 200 {
            break Answer::of(response).await;
        }
        open.push(response);
    };
    assert_eq!((open.len(), refused.status), (1024, 503));
    assert_eq!(
        (refused.header("retry-after"), &refused.json()["type"]),
        (Some("30"), &json!("/problems/too-many-streams"))
    );
    let at_once = within.ask(TestRequest::get().uri("/v1/events")).await;
    assert_eq!(at_once.status(), 200, "the JSON is answered all the same");
    drop(open);
    assert_eq!(follow().await.status(), 200, "who leaves makes room");
}
