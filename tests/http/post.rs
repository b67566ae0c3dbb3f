//! The post of 2023-02-08 that it all comes from: everything it says can be asked for, in both languages, and a question
//! about it shows nothing else.

use serde_json::{Value, json};

use crate::site::{Site, escaped, under};

const POST: &str = "caucasus-2023-02-08";

fn asked(path: &str) -> String {
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}source={POST}&as_of=2023-02")
}

#[actix_web::test]
async fn its_companies_are_ten_and_carry_korean_names() {
    let site = Site::built_in().await;
    let companies = [
        ("amazon", "아마존"),
        ("github", "깃허브"),
        ("google", "구글"),
        ("kt", "KT"),
        ("meta", "메타"),
        ("microsoft", "마이크로소프트"),
        ("midjourney", "미드저니"),
        ("nvidia", "엔비디아"),
        ("openai", "오픈AI"),
        ("stability-ai", "스태빌리티 AI"),
    ];
    assert_eq!(site.texts(&asked("/v1/companies"), "/id").await, companies.map(|(id, _)| id));
    assert_eq!(site.texts(&asked("/v1/companies?lang=ko"), "/name").await, companies.map(|(_, name)| name));
    assert_eq!(site.json(&asked("/v1")).await["companies"], 10);
    assert_eq!(site.json("/v1/companies/github").await["parent"]["id"], "microsoft");
}

#[actix_web::test]
async fn its_roles_are_six_and_each_has_its_companies() {
    let site = Site::built_in().await;
    let roles: [(&str, &str, &[&str]); 6] = [
        ("end-to-end-app", "app", &["midjourney"]),
        ("closed-model", "model", &["openai"]),
        ("open-model", "model", &["stability-ai"]),
        ("app-builder", "app", &["github", "microsoft"]),
        ("cloud", "cloud", &["amazon", "google", "microsoft"]),
        ("chip-maker", "chip", &["amazon", "google", "nvidia"]),
    ];
    let listed = site.all(&asked("/v1/roles")).await;
    let found: Vec<_> = listed.iter().map(|role| json!([role["number"], role["id"], role["layer"]])).collect();
    let expected: Vec<_> = roles.iter().zip(1..).map(|((id, layer, _), number)| json!([number, id, layer])).collect();
    assert_eq!(found, expected);
    for (id, _, companies) in roles {
        let role = site.json(&asked(&format!("/v1/roles/{id}"))).await;
        assert_eq!(under(&role["companies"], "id"), companies, "{id}");
        assert_eq!(role["company_count"], companies.len());
        assert_eq!(site.texts(&asked(&format!("/v1/companies?role={id}")), "/id").await, companies, "{id}");
    }
    assert_eq!(site.texts(&asked("/v1/layers"), "/id").await, ["app", "model", "cloud", "chip"]);
}

#[actix_web::test]
async fn apps_need_models_and_all_need_clouds_and_clouds_need_chips() {
    let site = Site::built_in().await;
    let needs = |role: &'static str| {
        let site = &site;
        async move { site.json(&format!("/v1/roles/{role}")).await["needs"].as_array().unwrap().clone() }
    };
    assert!(needs("app-builder").await.contains(&json!("model")));
    for role in ["end-to-end-app", "closed-model", "open-model", "app-builder"] {
        assert!(needs(role).await.contains(&json!("cloud")), "{role}");
    }
    assert!(needs("cloud").await.contains(&json!("chip")));
}

#[actix_web::test]
async fn its_dependencies_are_those_it_tells_of() {
    let site = Site::built_in().await;
    let edges = site.all(&asked("/v1/dependencies")).await;
    let found: Vec<_> = edges.iter().map(|edge| json!([edge["from"]["id"], edge["to"]["id"], edge["layer"]])).collect();
    let expected = [
        json!(["amazon", "nvidia", "chip"]),
        json!(["github", "openai", "model"]),
        json!(["google", "nvidia", "chip"]),
        json!(["microsoft", "nvidia", "chip"]),
        json!(["microsoft", "openai", "model"]),
        json!(["openai", "microsoft", "cloud"]),
    ];
    assert_eq!(found, expected);
    for edge in edges {
        assert!(edge["sources"].as_array().unwrap().contains(&json!(POST)), "{edge}");
    }
    let chain = site.json(&asked("/v1/paths?from=github&to=nvidia")).await;
    assert_eq!(under(&chain["paths"][0]["companies"], "id"), ["github", "openai", "microsoft", "nvidia"]);
    let makers = site.json(&asked("/v1/companies/midjourney")).await;
    assert_eq!(makers["self_supply"][0]["layer"], "model", "it owns its model");
}

#[actix_web::test]
async fn its_figures_are_the_chip_market_the_share_of_nvidia_and_what_flows_to_the_clouds() {
    let site = Site::built_in().await;
    let figures = site.all(&asked("/v1/figures")).await;
    let found: Vec<_> = figures
        .iter()
        .map(|it| json!([it["subject"], it["measure"], it["value"], it["unit"], it["year"], it["kind"]]))
        .collect();
    let expected = [
        json!(["company:nvidia", "market-share", 0.8, "ratio", 2020, "estimate"]),
        json!(["market:ai-chips", "market-size", 3.2e9, "USD", 2020, "estimate"]),
        json!(["market:ai-chips", "market-size", 3.76e10, "USD", 2026, "forecast"]),
        json!(["market:generative-ai", "cloud-revenue-share", 0.1, "ratio", 2023, "estimate"]),
        json!(["market:generative-ai", "cloud-revenue-share", 0.2, "ratio", 2023, "estimate"]),
    ];
    assert_eq!(found, expected);
    let nvidia = site.json(&asked("/v1/companies/nvidia")).await;
    assert_eq!(nvidia["figures"].as_array().unwrap()[..], figures[..1]);
}

#[actix_web::test]
async fn microsoft_invested_in_openai_and_puts_its_models_into_office_and_bing() {
    let site = Site::built_in().await;
    let stakes = site.all(&asked("/v1/stakes")).await;
    assert_eq!(stakes.len(), 1);
    assert_eq!((&stakes[0]["holder"]["id"], &stakes[0]["in"]["id"]), (&json!("microsoft"), &json!("openai")));
    assert_eq!(stakes[0]["kind"], "investment");
    for product in ["Office", "Bing", "오피스", "빙"] {
        let found = site.all(&asked(&format!("/v1/search?q={}", escaped(product)))).await;
        assert_eq!(found[0]["company"]["id"], "microsoft", "{product}");
    }
    let found = site.all(&asked("/v1/search?q=GitHub%20Copilot")).await;
    assert_eq!((&found[0]["company"]["id"], &found[0]["matched"]), (&json!("github"), &json!("GitHub Copilot")));
}

#[actix_web::test]
async fn its_strategies_stand_with_the_five_in_both_languages() {
    let site = Site::built_in().await;
    let strategies = [
        ("microsoft", "OpenAI", "오픈AI"),
        ("google", "reputation", "평판"),
        ("meta", "reputation", "평판"),
        ("amazon", "chips", "반도체"),
        ("kt", "fibre", "광케이블"),
    ];
    for (company, english, korean) in strategies {
        for (lang, word) in [("en", english), ("ko", korean)] {
            let answer = site.json(&asked(&format!("/v1/companies/{company}?lang={lang}"))).await;
            let strategies = answer["strategies"].as_array().unwrap();
            assert_eq!(strategies.len(), 1, "{company}");
            assert!(strategies[0]["text"].as_str().unwrap().contains(word), "{company} {lang}");
        }
    }
    for company in ["midjourney", "openai", "stability-ai", "github", "nvidia"] {
        assert_eq!(site.json(&asked(&format!("/v1/companies/{company}"))).await["strategies"], json!([]));
    }
}

#[actix_web::test]
async fn what_it_says_of_roles_stands_in_their_descriptions() {
    let site = Site::built_in().await;
    let words = [
        ("end-to-end-app", "en", vec!["Before foundation models", "every AI company"]),
        ("end-to-end-app", "ko", vec!["파운데이션 모델이 나오기 전", "모든 AI 기업"]),
        ("cloud", "en", vec!["KT", "fibre", "without lifting a finger", "10 to 20 %"]),
        ("cloud", "ko", vec!["KT", "광케이블", "손 하나 까딱하지 않고", "10~20%"]),
    ];
    for (role, lang, words) in words {
        let answer = site.json(&format!("/v1/roles/{role}?lang={lang}")).await;
        let description = answer["description"].as_str().unwrap();
        for word in words {
            assert!(description.contains(word), "{word} in {description}");
        }
    }
}

#[actix_web::test]
async fn every_list_shows_what_it_says_and_nothing_else() {
    let site = Site::built_in().await;
    assert_eq!(site.texts(&asked("/v1/sources"), "/id").await, [POST]);
    let facts = ["/v1/dependencies", "/v1/figures", "/v1/stakes", "/v1/changes"];
    for fact in facts {
        let listed = site.all(&asked(fact)).await;
        assert!(!listed.is_empty(), "{fact}");
        for item in listed {
            assert!(item["sources"].as_array().unwrap().contains(&json!(POST)), "{fact}: {item}");
        }
    }
    let ten = site.texts(&asked("/v1/companies"), "/id").await;
    for company in &ten {
        for walk in ["dependencies", "dependents"] {
            for found in site.texts(&asked(&format!("/v1/companies/{company}/{walk}?depth=all")), "/company/id").await {
                assert!(ten.contains(&found), "{company} {walk} {found}");
            }
        }
        let roles = site.all(&asked(&format!("/v1/companies/{company}/roles"))).await;
        assert!(roles.iter().all(|role| role["sources"].as_array().unwrap().contains(&json!(POST))));
    }
    let found = site.texts(&asked("/v1/search?q=a"), "/company/id").await;
    assert!(found.iter().all(|company| ten.contains(company)), "{found:?}");
    let before = |path: &str| format!("{path}?source={POST}&as_of=2023-02-07");
    for company in ["kt", "meta", "amazon", "github"] {
        assert!(!site.texts(&before("/v1/companies"), "/id").await.contains(&company.to_owned()), "{company}");
    }
}

#[actix_web::test]
async fn all_that_it_supports_stands_with_it() {
    let site = Site::built_in().await;
    let source = site.json(&format!("/v1/sources/{POST}?as_of=2023-02")).await;
    let length = |key: &str| source[key].as_array().unwrap().len();
    assert_eq!((length("dependencies"), length("figures"), length("stakes"), length("strategies")), (6, 5, 1, 5));
    assert_eq!(length("roles"), 11);
    let made: Vec<Value> =
        source["self_supply"].as_array().unwrap().iter().map(|made| made["company"]["id"].clone()).collect();
    assert_eq!(made, ["amazon", "google", "midjourney"]);
    assert_eq!(source["published"], "2023-02-08");
    let before = site.json(&format!("/v1/sources/{POST}?as_of=2015")).await;
    for key in ["dependencies", "figures", "stakes", "strategies"] {
        assert_eq!(before[key], json!([]), "{key}");
    }
}
