//! Every link of the pages leads somewhere, and none leads out but to sources.

use std::collections::BTreeSet;

use crate::site::{Site, unescaped, values};

/// One page of each kind.
pub const PAGES: [&str; 12] = [
    "/",
    "/companies",
    "/companies?q=chatgpt",
    "/companies/openai",
    "/companies/nvidia",
    "/roles/cloud",
    "/layers/chip",
    "/sources/caucasus-2023-02-08",
    "/dependencies/github.openai.model",
    "/paths?from=openai&to=asml",
    "/impact?down=tsmc",
    "/impact",
];

/// Drawings, which have their own tests.
fn is_drawing(address: &str) -> bool {
    address.contains("format=svg")
}

#[actix_web::test]
async fn every_link_within_is_answered_also_of_another_day_and_in_korean() {
    let site = Site::built_in().await;
    for view in ["", "as_of=2019&lang=ko"] {
        let mut asked = BTreeSet::new();
        for page in PAGES {
            let page = format!("{page}{}{view}", if page.contains('?') { "&" } else { "?" });
            let first = site.get(&page).await;
            assert_eq!(first.status, 200, "{page}");
            for link in values(&first.text, "href").into_iter().chain(values(&first.text, "src")) {
                let link = unescaped(link);
                let within = link.starts_with('/') && !is_drawing(&link);
                let folder: String = link.split('/').take(2).collect();
                // Of each kind of address as many as tell something.
                let kin = asked.iter().filter(|other: &&String| other.split('/').take(2).collect::<String>() == folder);
                if within && kin.count() < 60 {
                    asked.insert(link);
                }
            }
        }
        for link in &asked {
            let status = site.get(link).await.status;
            assert!(status == 200 || link.starts_with("/docs"), "{link}: {status}");
            if !view.is_empty() && ["/companies", "/roles", "/layers", "/sources"].iter().any(|at| link.starts_with(at))
            {
                assert!(link.contains("lang="), "the language is lost at {link}");
            }
        }
        assert!(asked.len() > 100, "{} links", asked.len());
    }
}

#[actix_web::test]
async fn a_page_keeps_its_day_in_every_link_to_another_page() {
    let site = Site::built_in().await;
    let page = site.page("/companies/openai?as_of=2019").await;
    let body = page.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    let pages =
        values(body, "href").into_iter().filter(|link| link.starts_with("/companies/") || link.starts_with("/layers/"));
    for link in pages {
        assert!(link.contains("as_of=2019"), "{link}");
    }
}

#[actix_web::test]
async fn no_page_names_an_address_elsewhere_but_those_of_sources_and_companies() {
    let site = Site::built_in().await;
    for page in PAGES {
        let html = site.page(page).await;
        for (at, _) in html.match_indices("=\"http") {
            let tag = &html[html[..at].rfind('<').unwrap()..at + html[at..].find('>').unwrap()];
            let own = tag.contains("\"http://127.0.0.1:8080/") || tag.contains("property=\"og:");
            assert!(own || tag.contains("rel=\"noopener external\""), "{page}: {tag}");
        }
    }
}
