//! Names: an id in a path, any name in a query.

use serde_json::json;

use crate::site::{Site, escaped, under};

#[actix_web::test]
async fn another_name_in_a_path_redirects_to_the_id_and_keeps_the_rest() {
    let site = Site::built_in().await;
    let moves = [
        ("/v1/companies/OpenAI", "/v1/companies/openai"),
        ("/v1/companies/OPENAI?lang=ko&as_of=2023-02", "/v1/companies/openai?lang=ko&as_of=2023-02"),
        (
            "/v1/companies/%EC%97%94%EB%B9%84%EB%94%94%EC%95%84/dependents?depth=2&via=chip",
            "/v1/companies/nvidia/dependents?depth=2&via=chip",
        ),
        ("/v1/companies/AWS/roles", "/v1/companies/amazon/roles"),
        ("/v1/companies/Stability%20AI/dependencies", "/v1/companies/stability-ai/dependencies"),
        ("/v1/companies/GitHub%20Copilot", "/v1/companies/github"),
        ("/v1/roles/Cloud?lang=ko", "/v1/roles/cloud?lang=ko"),
        ("/v1/roles/%ED%81%B4%EB%9D%BC%EC%9A%B0%EB%93%9C", "/v1/roles/cloud"),
        ("/v1/layers/CHIP", "/v1/layers/chip"),
        ("/v1/sources/Caucasus-2023-02-08", "/v1/sources/caucasus-2023-02-08"),
    ];
    for (from, to) in moves {
        let answer = site.get(from).await;
        assert_eq!((answer.status, answer.header("location")), (308, Some(to)), "{from}");
        assert_eq!(site.get(to).await.status, 200, "{to}");
    }
}

#[actix_web::test]
async fn any_name_in_a_query_is_taken_at_once() {
    let site = Site::built_in().await;
    let pairs = [
        ("/v1/dependencies?from=OpenAI", "/v1/dependencies?from=openai"),
        (
            "/v1/dependencies?to=%EC%97%94%EB%B9%84%EB%94%94%EC%95%84&layer=Chip",
            "/v1/dependencies?to=nvidia&layer=chip",
        ),
        ("/v1/companies?id=OpenAI,AWS", "/v1/companies?id=openai,amazon"),
        ("/v1/companies?role=CLOUD", "/v1/companies?role=cloud"),
        ("/v1/stakes?holder=Azure", "/v1/stakes?holder=microsoft"),
        ("/v1/companies/openai/dependencies?via=Cloud&depth=2", "/v1/companies/openai/dependencies?via=cloud&depth=2"),
    ];
    for (named, by_id) in pairs {
        let items = site.all(named).await;
        assert_eq!(items, site.all(by_id).await, "{named}");
        assert!(!items.is_empty(), "{named}");
    }
    let by_name = site.json("/v1/paths?from=GitHub&to=ASML").await;
    assert_eq!(by_name, site.json("/v1/paths?from=github&to=asml").await);
}

#[actix_web::test]
async fn an_unknown_name_is_404_in_a_path_and_400_in_a_query_both_with_suggestions() {
    let site = Site::built_in().await;
    let cases = [
        ("/v1/companies/opnai", 404, "openai", "/v1/companies/openai"),
        ("/v1/companies/nvidai/dependents?depth=all", 404, "nvidia", "/v1/companies/nvidia"),
        ("/v1/companies/%EC%97%94%EB%B9%84%EB%94%94%EC%96%B4", 404, "nvidia", "/v1/companies/nvidia"),
        ("/v1/roles/clod", 404, "cloud", "/v1/roles/cloud"),
        ("/v1/layers/chp", 404, "chip", "/v1/layers/chip"),
        ("/v1/sources/caucasus-2023-02-09", 404, "caucasus-2023-02-08", "/v1/sources/caucasus-2023-02-08"),
        ("/v1/paths?from=opnai&to=nvidia", 400, "openai", "/v1/companies/openai"),
        ("/v1/paths?from=openai&to=nvdia", 400, "nvidia", "/v1/companies/nvidia"),
        ("/v1/dependencies?layer=modle", 400, "model", "/v1/layers/model"),
        ("/v1/companies?role=chipmaker", 400, "chip-maker", "/v1/roles/chip-maker"),
        ("/v1/companies?id=openai,goggle", 400, "google", "/v1/companies/google"),
        ("/v1/companies/openai/dependencies?via=clowd", 400, "cloud", "/v1/layers/cloud"),
        ("/v1?source=caucasus", 400, "caucasus-2023-02-08", "/v1/sources/caucasus-2023-02-08"),
    ];
    for (address, status, id, href) in cases {
        let problem = site.problem(address, status).await;
        let suggestions = &problem["suggestions"];
        assert!(under(suggestions, "id").contains(&id), "{address}: {problem}");
        assert!(under(suggestions, "href").contains(&href), "{address}: {problem}");
        for (key, required) in [("parameter", true), ("got", true), ("takes", true)] {
            assert_eq!(problem[key].is_string(), required, "{key} at {address}: {problem}");
        }
    }
}

#[actix_web::test]
async fn a_name_that_two_companies_bear_is_neither() {
    let twin = |id: &str| json!({"id": id, "name": {"en": "Twin"}});
    let site = Site::of_companies([twin("a"), twin("b"), json!({"id": "c", "aliases": ["Twin"]})]).await;
    let problem = site.problem("/v1/companies/Twin", 404).await;
    assert_eq!(under(&problem["suggestions"], "id"), ["a", "b", "c"]);
}

#[actix_web::test]
async fn an_id_counts_before_a_name_and_a_name_before_an_alias_and_that_before_a_product() {
    let site = Site::of_companies([
        json!({"id": "gem", "name": {"en": "Ruby"}}),
        json!({"id": "a", "name": {"en": "Gem"}}),
        json!({"id": "b", "aliases": ["Ruby", "Opal"]}),
        json!({"id": "c", "products": ["Opal", "Ruby"]}),
    ])
    .await;
    for (name, id) in [("GEM", "gem"), ("ruby", "gem"), ("opal", "b")] {
        assert_eq!(
            site.get(&format!("/v1/companies/{name}")).await.header("location"),
            Some(&*format!("/v1/companies/{id}"))
        );
    }
    assert_eq!(site.json("/v1/companies/gem").await["name"], "Ruby");
}

#[actix_web::test]
async fn a_search_forgives_typos_in_every_language_and_ranks_the_same_name_first() {
    let site = Site::built_in().await;
    let searches = [
        ("nvidia", "nvidia"),
        ("Nvdia", "nvidia"),
        ("엔비디어", "nvidia"),
        ("chatgpt", "openai"),
        ("챗gpt", "openai"),
        ("mid journey", "midjourney"),
        ("facebook", "meta"),
        ("ＯｐｅｎＡＩ", "openai"),
    ];
    for (text, id) in searches {
        let found = site.json(&format!("/v1/search?q={}", escaped(text))).await;
        assert_eq!(found["items"][0]["company"]["id"], id, "{text}");
        assert!(found["items"][0]["matched"].is_string());
    }
    let scores = site.each("/v1/search?q=ai", "/score").await;
    let scores: Vec<_> = scores.iter().map(|score| score.as_f64().unwrap()).collect();
    assert!(scores.windows(2).all(|pair| pair[0] >= pair[1]), "{scores:?}");
    assert!(scores.iter().all(|score| (0.0..=1.0).contains(score)));
    assert_eq!(site.all("/v1/search?q=zzzzqqqqxxxx").await, [json!(null); 0]);
}
