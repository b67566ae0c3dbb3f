//! What a page says, in which language, and what it may load.

use actix_web::test::TestRequest;
use serde_json::json;

use crate::links::PAGES;
use crate::site::{Site, values};

#[actix_web::test]
async fn every_page_has_a_policy_and_nothing_inline() {
    let site = Site::built_in().await;
    for page in PAGES.into_iter().chain(["/companies/nobody", "/?as_of=20xx"]) {
        let answer = site.get(page).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'self'; script-src 'self';"), "{page}: {policy}");
        assert!(policy.ends_with("frame-ancestors 'self'"), "{page}: {policy}");
        assert!(values(&answer.text, "style").is_empty() && !answer.text.contains("<style"), "{page}");
        assert_eq!(answer.text.matches("<script").count(), 1, "{page}");
        assert!(!answer.text.contains(" on") || !answer.text.contains(" onclick"), "{page}");
    }
}

#[actix_web::test]
async fn the_language_is_that_of_the_address_or_else_of_the_client() {
    let site = Site::built_in().await;
    let korean = TestRequest::get().uri("/companies/nvidia").insert_header(("Accept-Language", "ko-KR,en;q=0.5"));
    let page = site.ask(korean).await;
    assert_eq!(page.header("content-language"), "ko");
    assert!(
        page.text.contains("<html lang=\"ko\">") && page.text.contains("엔비디아") && page.text.contains("의존하는 곳")
    );
    assert!(page.header("vary").contains("Accept-Language"));
    let english = TestRequest::get().uri("/companies/nvidia?lang=en").insert_header(("Accept-Language", "ko"));
    assert!(site.ask(english).await.text.contains("<html lang=\"en\">"));
}

#[actix_web::test]
async fn another_name_in_the_path_redirects_to_the_page_and_keeps_the_query() {
    let site = Site::built_in().await;
    let answer = site.get("/companies/OpenAI?as_of=2023&lang=ko").await;
    assert_eq!((answer.status, answer.header("location")), (308, "/companies/openai?as_of=2023&lang=ko"));
    let answer = site.get("/roles/Cloud").await;
    assert_eq!((answer.status, answer.header("location")), (308, "/roles/cloud"));
}

#[actix_web::test]
async fn an_unknown_name_is_a_page_that_suggests_others() {
    let site = Site::built_in().await;
    let answer = site.get("/companies/opnai").await;
    assert_eq!((answer.status, answer.header("content-type")), (404, "text/html; charset=utf-8"));
    assert!(answer.text.contains("href=\"/companies/openai\""), "{}", answer.text);
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[actix_web::test]
async fn a_bad_day_is_a_page_that_says_what_is_taken() {
    let site = Site::built_in().await;
    for page in ["/?as_of=20xx", "/companies/openai?as_of=2023-02-30"] {
        let answer = site.get(page).await;
        assert_eq!(answer.status, 400, "{page}");
        assert!(answer.text.contains("written YYYY, YYYY-MM or YYYY-MM-DD"), "{}", answer.text);
    }
    assert!(site.get("/?as_of=20xx&lang=ko").await.text.contains("실제로 있는 날짜"));
    // Forms send what is empty.
    assert_eq!(site.get("/companies?as_of=&lang=&q=").await.status, 200);
}

#[actix_web::test]
async fn a_company_shows_who_it_rests_on_what_stops_with_it_and_who_says_so() {
    let site = Site::built_in().await;
    let page = site.page("/companies/openai").await;
    for shown in [
        "href=\"/companies/microsoft\"",
        "href=\"/sources/",
        "id=\"stops\"",
        "id=\"chokepoints\"",
        "id=\"stakes\"",
        "id=\"figures\"",
        "id=\"strategies\"",
        "id=\"gaps\"",
        "href=\"/dependencies/openai.amazon.cloud@2025-11\"",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    let past = site.page("/companies/openai?as_of=2019").await;
    assert!(!past.contains("/companies/oracle"), "Oracle came later");
}

#[actix_web::test]
async fn a_page_leads_to_itself_as_data_and_names_itself_for_others() {
    let site = Site::built_in().await;
    let page = site.page("/companies/openai?as_of=2023").await;
    for said in [
        "<link rel=\"alternate\" type=\"application/json\" href=\"/v1/companies/openai?as_of=2023\">",
        "type=\"application/json+oembed\"",
        "type=\"text/xml+oembed\"",
        "<link rel=\"canonical\" href=\"http://127.0.0.1:8080/companies/openai?as_of=2023\">",
        "<meta property=\"og:title\" content=\"OpenAI\">",
        "<meta name=\"description\" content=\"American maker of GPT",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[actix_web::test]
async fn what_names_the_server_is_not_given_to_who_knows_it_by_another_name() {
    let site = Site::built_in().await;
    for host in ["one.example", "two.example"] {
        let answer = site.ask(TestRequest::get().uri("/companies/openai").insert_header(("Host", host))).await;
        assert!(answer.text.contains(&format!("href=\"http://{host}/companies/openai\"")), "{host}");
    }
    let hostile = TestRequest::get().uri("/").insert_header(("X-Forwarded-Host", "evil\"><script>"));
    assert!(!site.ask(hostile).await.text.contains("evil"));
}

#[actix_web::test]
async fn a_hostile_name_is_shown_and_does_nothing() {
    let name = "<script>alert(1)</script>\"' onload=x \u{202e}gnp";
    let bad = json!({"id": "bad", "name": {"en": name}, "aliases": ["</title><script>"], "website": "https://example.com/\"><script>",
        "dependencies": [{"on": "good", "layer": "cloud", "what": {"en": name}, "sources": ["one"]}]});
    let good = json!({"id": "good", "name": {"en": "Good & <b>"}});
    let source = json!({"id": "one", "title": "<img src=x onerror=alert(1)>", "published": "2020", "publisher": name, "says": name});
    let site = Site::of([bad, good], source).await;
    for page in [
        "/",
        "/companies",
        "/companies?q=%3Cscript%3E%22",
        "/companies/bad",
        "/companies/good",
        "/sources/one",
        "/dependencies/bad.good.cloud",
        "/paths?from=bad&to=good",
        "/impact?down=good",
        "/embed/companies/bad",
        "/embed/graph?company=bad",
    ] {
        let html = site.page(page).await;
        assert!(
            html.matches("<script").count() <= 1 && !html.contains("<img src=x") && !html.contains("<b>"),
            "{page}: {html}"
        );
        assert!(!html.contains("\"' onload"), "{page}");
        let head = html.split("</head>").next().unwrap();
        assert!(!head.contains('\u{202e}'), "{page} turns its title round");
    }
    assert!(site.page("/companies/bad").await.contains("<bdi>&#60;script&#62;alert(1)"));
    let lost = site.get("/companies/%3Cscript%3Ealert(1)%3C%2Fscript%3E").await;
    assert!(lost.status == 404 && lost.text.matches("<script").count() == 1, "{}", lost.text);
}

#[actix_web::test]
async fn the_files_of_pages_are_kept_for_good_and_are_small() {
    let site = Site::built_in().await;
    let page = site.page("/").await;
    let files: Vec<_> = page.split('"').filter(|part| part.starts_with("/assets/")).collect();
    assert_eq!(files.len(), 3);
    let mut size = page.len();
    for file in files {
        let answer = site.get(file).await;
        assert_eq!(
            (answer.status, answer.header("cache-control")),
            (200, "public, max-age=31536000, immutable"),
            "{file}"
        );
        size += answer.text.len();
    }
    assert!(size < 100_000, "{size} bytes before compression");
    assert_eq!(site.get("/assets/style.css").await.status, 404);
}
