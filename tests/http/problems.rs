//! Problems: what is wrong, with which parameter, what it got, what it takes.

use crate::site::Site;

#[actix_web::test]
async fn a_parameter_with_a_value_it_does_not_take_is_named_with_what_it_got_and_takes() {
    let site = Site::built_in().await;
    let cases = [
        ("/v1?as_of=2023-02-30", "as_of", "2023-02-30"),
        ("/v1?as_of=2023-13", "as_of", "2023-13"),
        ("/v1?as_of=yesterday", "as_of", "yesterday"),
        ("/v1?as_of=", "as_of", ""),
        ("/v1?as_of=2023-02-08T00%3A00%3A00Z", "as_of", "2023-02-08T00:00:00Z"),
        ("/v1/companies?status=sure", "status", "sure"),
        ("/v1/companies?lang=xx", "lang", "xx"),
        ("/v1/companies?lang=fr", "lang", "fr"),
        ("/v1/companies?limit=0", "limit", "0"),
        ("/v1/companies?limit=1001", "limit", "1001"),
        ("/v1/companies?limit=-1", "limit", "-1"),
        ("/v1/companies?limit=1.5", "limit", "1.5"),
        ("/v1/companies?limit=99999999999999999999", "limit", "99999999999999999999"),
        ("/v1/companies?country=XX", "country", "XX"),
        ("/v1/companies?country=USA", "country", "USA"),
        ("/v1/companies?sort=size", "sort", "size"),
        ("/v1/companies?id=", "id", ""),
        ("/v1/companies/openai/dependencies?depth=0", "depth", "0"),
        ("/v1/companies/openai/dependencies?depth=-1", "depth", "-1"),
        ("/v1/companies/openai/dependents?depth=most", "depth", "most"),
        ("/v1/companies/openai/dependents?layer=", "layer", ""),
        ("/v1/paths?from=openai&to=nvidia&limit=0", "limit", "0"),
        ("/v1/paths?from=openai&to=nvidia&limit=101", "limit", "101"),
        ("/v1/paths?from=openai&to=nvidia&max_hops=0", "max_hops", "0"),
        ("/v1/paths?from=openai&to=nvidia&max_hops=17", "max_hops", "17"),
        ("/v1/search?q=", "q", ""),
        ("/v1/search?q=%20", "q", " "),
        ("/v1/changes?since=2023-02-31", "since", "2023-02-31"),
        ("/v1/changes?until=soon", "until", "soon"),
    ];
    for (address, parameter, got) in cases {
        let problem = site.problem(address, 400).await;
        assert_eq!(problem["type"], "/problems/invalid-parameter", "{address}");
        assert_eq!((&problem["parameter"], &problem["got"]), (&parameter.into(), &got.into()), "{address}: {problem}");
        assert!(problem["takes"].as_str().is_some_and(|takes| !takes.is_empty()), "{address}: {problem}");
    }
}

#[actix_web::test]
async fn a_parameter_that_there_is_not_or_that_stands_twice_or_is_missing_is_an_error() {
    let site = Site::built_in().await;
    let cases = [
        ("/v1?asof=2023", "unknown-parameter", "asof", Some("2023")),
        ("/v1/companies?depth=2", "unknown-parameter", "depth", Some("2")),
        ("/v1/companies?q", "invalid-parameter", "q", Some("")),
        ("/v1/companies?Limit=2", "unknown-parameter", "Limit", Some("2")),
        ("/v1/companies/openai?limit=2", "unknown-parameter", "limit", Some("2")),
        ("/v1/dependencies/github.openai.model?x=%3Cy%3E", "unknown-parameter", "x", Some("<y>")),
        ("/v1/companies?limit=2&limit=2", "repeated-parameter", "limit", Some("2")),
        ("/v1/companies?as_of=2023&as_of=2024", "repeated-parameter", "as_of", Some("2024")),
        ("/v1/paths?to=nvidia", "missing-parameter", "from", None),
        ("/v1/paths?from=openai", "missing-parameter", "to", None),
        ("/v1/paths", "missing-parameter", "from", None),
        ("/v1/search", "missing-parameter", "q", None),
    ];
    for (address, kind, parameter, got) in cases {
        let problem = site.problem(address, 400).await;
        assert_eq!(problem["type"], format!("/problems/{kind}"), "{address}: {problem}");
        assert_eq!((&problem["parameter"], problem["got"].as_str()), (&parameter.into(), got), "{address}: {problem}");
        assert!(problem["takes"].is_string(), "{address}: {problem}");
    }
}

#[actix_web::test]
async fn the_type_of_every_problem_leads_to_its_explanation() {
    let site = Site::built_in().await;
    for kind in linchpin::http::ProblemKind::ALL {
        let explained = site.json(&format!("/problems/{}", kind.slug())).await;
        assert_eq!(explained["title"], kind.title());
        assert_eq!(explained["status"], kind.status().as_u16());
        assert!(!explained["description"].as_str().unwrap().is_empty());
    }
    site.problem("/problems/no-such-problem", 404).await;
}

#[actix_web::test]
async fn an_address_at_which_there_is_nothing_is_404_in_json() {
    let site = Site::built_in().await;
    for address in [
        "/v2",
        "/v1/",
        "/v1/nothing",
        "/v1/companies/",
        "/v1/companies/openai/",
        "/v1/companies/openai/friends",
        "/v1/companies//roles",
        "/v1/dependencies/",
        "/v1/companies/..%2f..%2fetc%2fpasswd",
        "/v1/dependencies/openai.nobody.cloud",
        "/v1/dependencies/openai",
        "/favicon.txt",
    ] {
        let problem = site.problem(address, 404).await;
        assert!(problem["title"].is_string() && problem["detail"].is_string(), "{address}");
    }
    let near = site.problem("/v1/dependencies/github.openai.clod", 404).await;
    assert_eq!(near["suggestions"][0]["id"], "github.openai.model");
}
