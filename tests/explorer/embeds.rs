//! What other sites embed.

use serde_json::Value;

use crate::site::Site;

const HERE: &str = "http://127.0.0.1:8080";

#[actix_web::test]
async fn embeds_may_stand_in_any_frame_and_run_nothing() {
    let site = Site::built_in().await;
    for page in ["/embed/companies/openai", "/embed/graph", "/embed/graph?company=openai&depth=2&lang=ko"] {
        let answer = site.get(page).await;
        assert_eq!(answer.status, 200, "{page}");
        let policy = answer.header("content-security-policy");
        assert!(policy.ends_with("frame-ancestors *") && !policy.contains("script-src"), "{policy}");
        assert!(!answer.text.contains("<script"), "{page}");
    }
    let moved = site.get("/embed/graph?company=OpenAI&depth=2").await;
    assert_eq!((moved.status, moved.header("location")), (308, "/embed/graph?company=openai&depth=2"));
    assert_eq!(site.get("/embed/companies/nobody").await.status, 404);
    let bad = site.get("/embed/graph?company=openai&depth=x").await;
    assert!(bad.status == 400 && bad.text.contains("depth"), "{}", bad.text);
}

#[actix_web::test]
async fn oembed_describes_pages_of_this_server_and_nothing_else() {
    let site = Site::built_in().await;
    let answer = site.get(&format!("/oembed?url={HERE}/companies/openai%3Flang%3Dko&maxwidth=300")).await;
    let described: Value = serde_json::from_str(&answer.text).unwrap();
    assert_eq!((&described["version"], &described["type"]), (&"1.0".into(), &"rich".into()));
    assert_eq!((described["width"].as_u64(), described["height"].as_u64()), (Some(300), Some(400)));
    assert!(
        described["html"].as_str().unwrap().contains(&format!("<iframe src=\"{HERE}/embed/companies/openai?lang=ko\""))
    );
    let xml = site.get(&format!("/oembed?url={HERE}/companies/openai&format=xml")).await;
    assert_eq!(xml.header("content-type"), "text/xml; charset=utf-8");
    assert!(xml.text.contains("<type>rich</type>") && xml.text.contains("&#60;iframe"), "{}", xml.text);
    for (query, status) in [
        ("url=http://evil.example/companies/openai".to_owned(), 404),
        (format!("url={HERE}.evil.example/companies/openai"), 404),
        (format!("url={HERE}@evil.example/companies/openai"), 404),
        ("url=https://127.0.0.1:8080/companies/openai".to_owned(), 404),
        (format!("url={HERE}/companies/nobody"), 404),
        (format!("url={HERE}/v1/companies/openai"), 404),
        (format!("url={HERE}/companies/openai&format=yaml"), 501),
        (format!("url={HERE}/companies/openai&maxwidth=0"), 400),
        ("format=json".to_owned(), 400),
    ] {
        let answer = site.get(&format!("/oembed?{query}")).await;
        assert_eq!((answer.status, answer.header("content-type")), (status, "application/problem+json"), "{query}");
    }
}

#[actix_web::test]
async fn the_component_is_one_file_that_sets_texts_only_as_texts() {
    let file = Site::built_in().await.get("/embed/linchpin.js").await;
    assert_eq!((file.status, file.header("content-type")), (200, "text/javascript; charset=utf-8"));
    assert!(!file.text.contains("innerHTML") && !file.header("etag").is_empty());
    assert_eq!(file.header("access-control-allow-origin"), "*");
}
