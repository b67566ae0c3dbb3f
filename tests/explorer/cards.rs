//! Pictures for where links to pages are posted.

use serde_json::json;

use crate::site::Site;

/// The width and height of a PNG, by its header.
fn size_of_png(bytes: &[u8]) -> (u32, u32) {
    assert_eq!(bytes[..8], *b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[actix_web::test]
async fn a_page_names_a_picture_of_itself_that_shows_wherever_a_link_is_posted() {
    let site = Site::built_in().await;
    let mut seen = Vec::new();
    for page in ["/", "/?lang=ko", "/companies/openai", "/companies/naver?lang=ko&as_of=2023", "/companies/baai"] {
        let head = site.page(page).await;
        let image = head.split("<meta property=\"og:image\" content=\"http://127.0.0.1:8080").nth(1).unwrap();
        let image = site.png(&image.split('"').next().unwrap().replace("&#38;", "&")).await;
        assert_eq!(size_of_png(&image), (1200, 630), "{page}");
        assert!(image.len() < 300_000 && !seen.contains(&image), "{page} has a picture of its own");
        seen.push(image);
    }
    let again = site.png("/cards/companies/openai?lang=en").await;
    assert!(seen.contains(&again), "it is painted the same again");
    assert_eq!(site.get("/cards/companies/nobody").await.status, 404);
    assert_eq!(site.get("/cards/companies/OpenAI").await.header("location"), "/cards/companies/openai");
    assert_eq!(site.get("/cards?as_of=never").await.status, 400);
}

#[actix_web::test]
async fn a_name_of_any_length_or_script_has_a_card() {
    let source = json!({"id": "one", "title": "One"});
    let names = [
        "W".repeat(400),
        "한".repeat(200),
        "<text y=\"9\">&\u{1}\u{202e}]]>".to_owned(),
        "名前 имя \u{1f9ea}".to_owned(),
    ];
    let companies = names.iter().enumerate().map(|(at, name)| {
        json!({"id": format!("c{at}"), "name": {"en": name}, "description": {"en": format!("{name} {name} {}", "word ".repeat(90))}})
    });
    let site = Site::of(companies, source).await;
    for (at, name) in names.iter().enumerate() {
        let card = site.png(&format!("/cards/companies/c{at}")).await;
        assert_eq!(size_of_png(&card), (1200, 630), "{name}");
    }
}
