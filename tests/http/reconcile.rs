//! Reconciliation: what OpenRefine asks, in the order in which it asks, and what else a client may send. Every answer is
//! held to the JSON Schemas of the API, which stand in `tests/reconciliation`.

use std::collections::HashMap;
use std::sync::LazyLock;

use actix_web::test::TestRequest;
use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};

use crate::site::{Answer, Site, company, escaped};

/// Where OpenRefine believes the server to be.
const HOST: (&str, &str) = ("Host", "linchpin.example:8080");
const SCHEMAS: [(&str, &str); 10] = [
    ("type", include_str!("../reconciliation/type.json")),
    ("manifest", include_str!("../reconciliation/manifest.json")),
    ("query-batch", include_str!("../reconciliation/reconciliation-query-batch.json")),
    ("result-batch", include_str!("../reconciliation/reconciliation-result-batch.json")),
    ("suggest-entity", include_str!("../reconciliation/suggest-entities-response.json")),
    ("suggest-property", include_str!("../reconciliation/suggest-properties-response.json")),
    ("suggest-type", include_str!("../reconciliation/suggest-types-response.json")),
    ("proposal", include_str!("../reconciliation/data-extension-property-proposal.json")),
    ("extend-query", include_str!("../reconciliation/data-extension-query.json")),
    ("extend-response", include_str!("../reconciliation/data-extension-response.json")),
];

static VALIDATORS: LazyLock<HashMap<&str, Validator>> = LazyLock::new(|| {
    let types: Value = serde_json::from_str(SCHEMAS[0].1).unwrap();
    let id = types["$id"].as_str().unwrap().to_owned();
    let registry = Registry::new().draft(Draft::Draft7).add(id, types).unwrap().prepare().unwrap();
    let validator = |text| {
        let mut schema: Value = serde_json::from_str(text).unwrap();
        // It names no draft, and leads to the schema of Swagger for what is not offered here.
        schema.as_object_mut().unwrap().remove("$schema");
        if let Some(elsewhere) = schema.pointer_mut("/properties/authentication") {
            *elsewhere = json!({});
        }
        jsonschema::options().with_draft(Draft::Draft7).with_registry(&registry).build(&schema).unwrap()
    };
    SCHEMAS.iter().map(|(name, text)| (*name, validator(text))).collect()
});

fn hold(schema: &str, value: &Value) {
    let wrong: Vec<_> = VALIDATORS[schema].iter_errors(value).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{schema}: {wrong:#?}\n{value:#}");
}

/// A client that sends what OpenRefine sends.
struct Client(Site);

impl Client {
    async fn new() -> Self {
        Self(Site::built_in().await)
    }

    async fn get(&self, address: &str, schema: &str) -> Value {
        let accept = ("Accept", "application/json, text/javascript, */*; q=0.01");
        let request = TestRequest::get().uri(address).insert_header(HOST).insert_header(accept);
        let answer = self.0.ask(request).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")), "{address}");
        hold(schema, &answer.json());
        answer.json()
    }

    async fn send(&self, address: &str, form: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let kind = ("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
        self.0.ask(TestRequest::post().uri(address).insert_header(HOST).insert_header(kind).set_payload(body)).await
    }

    async fn post(&self, name: &str, value: &Value) -> Value {
        let answer = self.send("/reconcile", &[(name, &value.to_string())]).await;
        assert_eq!(answer.status, 200, "{value}: {}", answer.text());
        answer.json()
    }

    async fn queries(&self, queries: &Value) -> Value {
        hold("query-batch", queries);
        let answer = self.post("queries", queries).await;
        hold("result-batch", &answer);
        answer
    }

    /// The candidates for one query.
    async fn candidates(&self, query: Value) -> Vec<Value> {
        let answer = self.queries(&json!({"q0": query})).await;
        answer["q0"]["result"].as_array().unwrap().clone()
    }

    async fn extend(&self, query: &Value) -> Value {
        hold("extend-query", query);
        let answer = self.post("extend", query).await;
        hold("extend-response", &answer);
        answer
    }

    async fn refused(&self, form: &[(&str, &str)], status: u16) -> Value {
        let answer = self.send("/reconcile", form).await;
        assert_eq!(answer.status, status, "{form:?}: {}", answer.text());
        answer.json()
    }
}

/// The address that a template gives for an identifier.
fn filled(template: &Value, id: &str) -> String {
    let address = template.as_str().unwrap().replace("{{id}}", &escaped(id));
    address.strip_prefix("http://linchpin.example:8080").unwrap().to_owned()
}

/// The address of a part of the service, as OpenRefine puts it together.
fn service(part: &Value) -> String {
    let address = format!("{}{}", part["service_url"].as_str().unwrap(), part["service_path"].as_str().unwrap());
    address.strip_prefix("http://linchpin.example:8080").unwrap().to_owned()
}

fn ids(candidates: &[Value]) -> Vec<&str> {
    candidates.iter().map(|candidate| candidate["id"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn a_conversation_with_openrefine_goes_from_the_manifest_to_new_columns() {
    let client = Client::new().await;
    // "Add standard service".
    let manifest = client.get("/reconcile", "manifest").await;
    assert!(manifest["versions"].as_array().unwrap().contains(&json!("0.2")));
    assert_eq!(manifest["defaultTypes"], json!([{"id": "company", "name": "Company"}]));
    // It guesses the type of the column from ten cells.
    let guess = json!({"q0": {"query": "Nvidia", "limit": 3}, "q1": {"query": "AMD", "limit": 3}, "q2": {"query": "SK hynix", "limit": 3}});
    let guessed = client.queries(&guess).await;
    assert_eq!(guessed["q0"]["result"][0]["type"][0], json!({"id": "company", "name": "Company"}));
    assert_eq!(guessed.as_object().unwrap().keys().collect::<Vec<_>>(), ["q0", "q1", "q2"]);
    // Somebody types into "Reconcile against type", and into a property for another column.
    let types = client.get(&format!("{}?prefix=compa", service(&manifest["suggest"]["type"])), "suggest-type").await;
    assert_eq!(types["result"][0]["id"], "company");
    let found =
        client.get(&format!("{}?prefix=count", service(&manifest["suggest"]["property"])), "suggest-property").await;
    assert!(found["result"].as_array().unwrap().iter().any(|property| property["id"] == "country"));
    // The column is sent in batches of ten; the last cell is blank but for a space.
    let cells = [
        "Open AI",
        "엔비디어",
        "Azure",
        "Facebook",
        "NVIDIA Corporation",
        "TSMCC",
        "no such firm",
        "AWS",
        "ChatGPT",
        "asml",
    ];
    let asked = |(at, cell): (usize, &&str)| {
        let properties = json!([{"pid": "country", "v": "US"}]);
        (format!("q{at}"), json!({"query": cell, "type": "company", "type_strict": "should", "properties": properties}))
    };
    let batch = Value::Object(cells.iter().enumerate().map(asked).collect());
    let answer = client.queries(&batch).await;
    let best: Vec<&str> =
        (0..cells.len()).map(|at| answer[format!("q{at}")]["result"][0]["id"].as_str().unwrap_or("-")).collect();
    assert_eq!(best, ["openai", "nvidia", "microsoft", "meta", "nvidia", "tsmc", "-", "amazon", "openai", "asml"]);
    // The mouse rests on a candidate; its name is clicked.
    let preview =
        client.0.ask(TestRequest::get().uri(&filled(&manifest["preview"]["url"], "openai")).insert_header(HOST)).await;
    assert_eq!((preview.status, preview.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(preview.text().contains("<h1>OpenAI</h1>"));
    let view = client.0.get(&filled(&manifest["view"]["url"], "openai")).await;
    assert_eq!((view.status, view.header("location")), (303, Some("/v1/companies/openai")));
    // "Search for match".
    let entity = service(&manifest["suggest"]["entity"]);
    let suggested = client.get(&format!("{entity}?prefix=openai"), "suggest-entity").await;
    assert_eq!(suggested["result"][0]["id"], "openai");
    // "Add columns from reconciled values".
    let proposed =
        client.get(&format!("{}?type=company", service(&manifest["extend"]["propose_properties"])), "proposal").await;
    assert_eq!(proposed["type"], "company");
    let wanted = json!({"ids": ["openai", "nvidia", "github"], "properties": [
        {"id": "country"}, {"id": "founded"}, {"id": "parent"}, {"id": "dependents_count"},
        {"id": "suppliers", "settings": {"limit": "2"}}]});
    let columns = client.extend(&wanted).await;
    assert_eq!(columns["rows"]["openai"]["country"], json!([{"str": "US"}]));
    assert_eq!(columns["rows"]["github"]["parent"], json!([{"id": "microsoft", "name": "Microsoft"}]));
    assert_eq!(columns["rows"]["nvidia"]["suppliers"].as_array().unwrap().len(), 2);
    assert_eq!(columns["meta"][2]["type"], json!({"id": "company", "name": "Company"}));
}

#[actix_web::test]
async fn the_manifest_names_addresses_at_the_origin_that_was_asked() {
    let client = Client::new().await;
    let manifest = client.get("/reconcile", "manifest").await;
    assert_eq!(manifest["identifierSpace"], "http://linchpin.example:8080/v1/companies/");
    let elsewhere = client.0.get_with("/reconcile", ("Host", "[::1]:9")).await.json();
    assert_eq!(elsewhere["view"]["url"], "http://[::1]:9/reconcile/view?id={{id}}");
}

#[actix_web::test]
async fn queries_come_by_get_and_post_with_and_without_a_slash() {
    let client = Client::new().await;
    let queries = json!({"a": {"query": "nvidia", "limit": 2}}).to_string();
    let expected = client.queries(&json!({"a": {"query": "nvidia", "limit": 2}})).await;
    for address in ["/reconcile", "/reconcile/"] {
        assert_eq!(client.get(address, "manifest").await["defaultTypes"][0]["id"], "company");
        assert_eq!(client.get(&format!("{address}?queries={}", escaped(&queries)), "result-batch").await, expected);
        assert_eq!(client.send(address, &[("queries", &queries)]).await.json(), expected, "{address}");
        let by_address = client.send(&format!("{address}?queries={}", escaped(&queries)), &[]).await;
        assert_eq!(by_address.json(), expected, "{address}");
        assert_eq!(client.0.head(address).await.status, 200, "{address}");
    }
    let single = client.send("/reconcile", &[("query", r#"{"query": "nvidia", "limit": 2}"#)]).await.json();
    assert_eq!(single, expected["a"]);
    assert_eq!(client.0.json("/reconcile?query=nvidia").await["result"][0]["id"], "nvidia");
}

#[actix_web::test]
async fn candidates_are_what_a_search_finds_in_its_order() {
    let client = Client::new().await;
    for name in ["cloud", "samsung", "하이닉스", "deep", "micro", "Claude"] {
        let hits = client.0.json(&format!("/v1/search?q={}&limit=8", escaped(name))).await;
        let hits: Vec<Value> = hits["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|hit| json!([hit["company"]["id"], (hit["score"].as_f64().unwrap() * 1e4).round() / 100.0]))
            .collect();
        let candidates = client.candidates(json!({"query": name, "limit": 8})).await;
        let found: Vec<Value> = candidates.iter().map(|it| json!([it["id"], it["score"]])).collect();
        assert_eq!(found, hits, "{name}");
    }
}

#[actix_web::test]
async fn only_one_that_answers_exactly_and_clearly_is_a_match() {
    let client = Client::new().await;
    for (name, id) in [
        ("OpenAI", "openai"),
        ("오픈AI", "openai"),
        ("openai", "openai"),
        ("OpenAI, Inc.", "openai"),
        ("Azure", "microsoft"),
        ("SK하이닉스", "sk-hynix"),
    ] {
        let found = client.candidates(json!({"query": name})).await;
        assert_eq!((&found[0]["id"], &found[0]["match"]), (&json!(id), &json!(true)), "{name}");
        assert!(found[1..].iter().all(|other| other["match"] == false), "{name}");
    }
    for name in ["opnai", "엔비디어", "micro", "deep", "no such firm"] {
        let found = client.candidates(json!({"query": name})).await;
        assert!(found.iter().all(|other| other["match"] == false), "{name}");
    }
    let site = Site::of_companies([
        json!({"id": "a", "name": {"en": "Twin"}}),
        json!({"id": "b", "name": {"en": "Twin"}, "country": "KR"}),
    ])
    .await;
    let twins = Client(site);
    let found = twins.candidates(json!({"query": "twin"})).await;
    assert!(found.len() == 2 && found.iter().all(|twin| twin["match"] == false), "{found:?}");
    let found = twins.candidates(json!({"query": "twin", "properties": [{"pid": "country", "v": "FR"}]})).await;
    assert_eq!((ids(&found), &found[0]["match"]), (vec!["a", "b"], &json!(true)), "nothing speaks against the first");
}

#[actix_web::test]
async fn properties_that_agree_raise_the_score_and_those_that_do_not_lower_it() {
    let client = Client::new().await;
    let score = |found: Vec<Value>| {
        found.iter().find(|it| it["id"] == "nvidia").map(|it| it["score"].as_f64().unwrap()).unwrap()
    };
    let plain = score(client.candidates(json!({"query": "엔비디어"})).await);
    for (pid, right, wrong) in [
        ("country", json!("USA"), json!("FR")),
        ("role", json!("chip-maker"), json!("cloud")),
        ("roles", json!({"id": "role:chip-maker", "name": "AI chip maker"}), json!(["cloud", "foundry"])),
        ("layer", json!(["cloud", "chip"]), json!("power")),
        ("ticker", json!("NVDA"), json!("AMD")),
        ("founded", json!(1993), json!(2001)),
    ] {
        let with = |v: Value| json!({"query": "엔비디어", "properties": [{"pid": pid, "v": v}]});
        assert!(score(client.candidates(with(right)).await) > plain, "{pid}");
        assert!(score(client.candidates(with(wrong)).await) < plain, "{pid}");
    }
    let unknown = json!({"query": "엔비디어", "properties": [{"pid": "lei", "v": "x"}, {"pid": "colour", "v": "green"}, {"pid": "country", "v": null}]});
    assert_eq!(
        score(client.post("queries", &json!({"q": unknown})).await["q"]["result"].as_array().unwrap().clone()),
        plain
    );
}

#[actix_web::test]
async fn an_identifier_finds_its_company_without_a_name() {
    let site = Site::of_companies([
        json!({"id": "a", "wikidata": "Q42", "website": "https://www.a.example/home", "ticker": "XETRA:AAA", "lei": "5493006MHB84DD0ZWV18"}),
        json!({"id": "b", "wikidata": "Q421", "ticker": "XETRA:AAAB"}),
    ]).await;
    let client = Client(site);
    for (pid, v) in [
        ("wikidata", "Q42"),
        ("wikidata", "http://www.wikidata.org/entity/Q42"),
        ("lei", "5493006mhb84dd0zwv18"),
        ("ticker", "AAA"),
        ("ticker", "xetra:aaa"),
        ("website", "a.example"),
    ] {
        let found = client.candidates(json!({"properties": [{"pid": pid, "v": v}]})).await;
        assert_eq!((ids(&found), &found[0]["match"]), (vec!["a"], &json!(true)), "{pid} {v}");
        let listed = client
            .0
            .texts(
                &format!("/v1/companies?identifier={}", escaped(v.rsplit_once("entity/").map_or(v, |it| it.1))),
                "/id",
            )
            .await;
        assert_eq!(listed, ["a"], "{v}");
    }
    let misnamed = client.candidates(json!({"query": "b", "properties": [{"pid": "wikidata", "v": "Q42"}]})).await;
    assert!(misnamed.iter().any(|it| it["id"] == "a" && it["match"] == true), "{misnamed:?}");
    assert!(misnamed.iter().any(|it| it["id"] == "b" && it["match"] == false), "{misnamed:?}");
}

#[actix_web::test]
async fn types_keep_out_what_is_of_none_of_them_or_set_it_back() {
    let client = Client::new().await;
    let types = |candidate: &Value| {
        let types = candidate["type"].as_array().unwrap().iter();
        types.map(|kind| kind["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let of = |kind: Value, strict: &str| json!({"query": "a", "type": kind, "type_strict": strict, "limit": 100});
    for found in client.candidates(of(json!(["foundry", "cloud"]), "any")).await {
        assert!(types(&found).iter().any(|kind| kind == "foundry" || kind == "cloud"), "{found}");
    }
    for found in client.candidates(of(json!(["closed-model", "cloud"]), "all")).await {
        assert!(["closed-model", "cloud"].iter().all(|kind| types(&found).contains(&(*kind).to_owned())), "{found}");
    }
    let plain = client.candidates(json!({"query": "openai"})).await;
    let set_back = client.candidates(json!({"query": "openai", "type": "foundry", "type_strict": "should"})).await;
    assert_eq!(set_back[0]["id"], "openai");
    assert!(set_back[0]["score"].as_f64() < plain[0]["score"].as_f64() && set_back[0]["match"] == false);
    assert!(client.candidates(json!({"query": "openai", "type": "no-such-type"})).await.is_empty());
}

#[actix_web::test]
async fn roles_and_layers_are_recognised_and_told_apart_by_their_identifiers() {
    let client = Client::new().await;
    let role = client.candidates(json!({"query": "클라우드", "type": "role"})).await;
    assert_eq!((&role[0]["id"], &role[0]["match"]), (&json!("role:cloud"), &json!(true)));
    let layer = client.candidates(json!({"query": "cloud", "type": ["layer"]})).await;
    assert_eq!(layer[0]["id"], "layer:cloud");
    let typo = client.candidates(json!({"query": "cloude", "type": "layer"})).await;
    assert_eq!((&typo[0]["id"], &typo[0]["match"]), (&json!("layer:cloud"), &json!(false)));
    let both = client.candidates(json!({"query": "cloud", "type": ["role", "layer"]})).await;
    assert!(both.iter().all(|it| it["match"] == false) && ids(&both)[..2] == ["role:cloud", "layer:cloud"], "{both:?}");
    for (id, address) in [
        ("role:cloud", "/v1/roles/cloud"),
        ("layer:data-center", "/v1/layers/data-center"),
        ("odd/id", "/v1/companies/odd%2Fid"),
    ] {
        assert_eq!(
            client.0.get(&format!("/reconcile/view?id={}", escaped(id))).await.header("location"),
            Some(address)
        );
    }
}

#[actix_web::test]
async fn every_property_proposed_can_be_fetched_and_says_what_the_routes_say() {
    let client = Client::new().await;
    let mut filled = 0;
    for (kind, ids) in [
        ("company", ["tsmc", "github"]),
        ("role", ["role:cloud", "role:chip-maker"]),
        ("layer", ["layer:chip", "layer:equipment"]),
    ] {
        let proposed = client.get(&format!("/reconcile/properties?type={kind}"), "proposal").await;
        let properties: Vec<Value> =
            proposed["properties"].as_array().unwrap().iter().map(|it| json!({"id": it["id"]})).collect();
        let answer = client.extend(&json!({"ids": ids, "properties": properties})).await;
        for (id, property) in ids.iter().flat_map(|id| properties.iter().map(move |property| (id, property))) {
            let cell = answer["rows"][id][property["id"].as_str().unwrap()].as_array();
            filled += usize::from(!cell.unwrap_or_else(|| panic!("{id} has no {property}")).is_empty());
        }
    }
    assert!(filled > 40, "{filled}");
    let answer = client.extend(&json!({"ids": ["tsmc"], "properties": [{"id": "dependents"}, {"id": "dependents_count"}, {"id": "suppliers"}]})).await;
    let tsmc = &answer["rows"]["tsmc"];
    let dependents = client.0.texts("/v1/companies/tsmc/dependents?limit=1000", "/company/id").await;
    assert_eq!(tsmc["dependents_count"], json!([{"int": dependents.len()}]));
    assert_eq!(ids(tsmc["dependents"].as_array().unwrap()), dependents);
    assert_eq!(
        ids(tsmc["suppliers"].as_array().unwrap()),
        client.0.texts("/v1/companies/tsmc/dependencies", "/company/id").await
    );
}

#[actix_web::test]
async fn an_extension_can_be_of_another_day_and_leaves_cells_of_unknown_things_empty() {
    let client = Client::new().await;
    let before = json!({"ids": ["openai", "no-such-company", "role:none"], "properties": [{"id": "suppliers", "settings": {"as_of": "2015"}}, {"id": "name"}]});
    let rows = client.extend(&before).await["rows"].clone();
    assert_eq!(rows["openai"], json!({"suppliers": [], "name": [{"str": "OpenAI"}]}));
    assert_eq!(rows["no-such-company"], json!({"suppliers": [], "name": []}));
    assert_eq!(rows["role:none"], json!({"suppliers": [], "name": []}));
    let wrong = client
        .refused(
            &[("extend", r#"{"ids": ["openai"], "properties": [{"id": "name", "settings": {"as_of": "soon"}}]}"#)],
            400,
        )
        .await;
    assert!(wrong["detail"].as_str().unwrap().contains("soon"), "{wrong}");
    let wrong = client.refused(&[("extend", r#"{"ids": ["openai"], "properties": [{"id": "colour"}]}"#)], 400).await;
    assert!(wrong["takes"].as_str().unwrap().contains("`country`"), "{wrong}");
}

#[actix_web::test]
async fn names_are_in_the_language_asked_for() {
    let client = Client::new().await;
    let manifest = client.get("/reconcile?lang=ko", "manifest").await;
    assert_eq!(manifest["defaultTypes"][0]["name"], "기업");
    let preview = client.0.get(&filled(&manifest["preview"]["url"], "openai")).await;
    assert!(preview.text().contains("<h1>오픈AI</h1>") && preview.text().contains("<dt>국가</dt>"));
    let found =
        client.send("/reconcile?lang=ko", &[("queries", r#"{"q": {"query": "nvidia", "limit": 1}}"#)]).await.json();
    assert_eq!(found["q"]["result"][0]["name"], "엔비디아");
    let suggested = client
        .0
        .get_with("/reconcile/suggest/entity?prefix=nvidia", ("Accept-Language", "ko-KR,ko;q=0.9"))
        .await
        .json();
    assert_eq!(suggested["result"][0]["name"], "엔비디아");
    assert_eq!(client.0.problem("/reconcile?lang=xx", 400).await["parameter"], "lang");
}

#[actix_web::test]
async fn suggestions_begin_where_the_cursor_says() {
    let client = Client::new().await;
    let first = client.get("/reconcile/suggest/entity?prefix=a", "suggest-entity").await;
    let next = client.get("/reconcile/suggest/entity?prefix=a&cursor=20", "suggest-entity").await;
    let (first, next) = (first["result"].as_array().unwrap(), next["result"].as_array().unwrap());
    assert_eq!(first.len(), 20);
    assert!(next.iter().all(|it| !first.contains(it)) && !next.is_empty());
    for (what, count) in [("type", 3), ("property", 20)] {
        let all = client.get(&format!("/reconcile/suggest/{what}?prefix="), &format!("suggest-{what}")).await;
        assert!(all["result"].as_array().unwrap().len() >= count, "{what}");
    }
    assert_eq!(client.get("/reconcile/suggest/entity?prefix=%20", "suggest-entity").await["result"], json!([]));
    assert_eq!(client.0.problem("/reconcile/suggest/entity", 400).await["parameter"], "prefix");
    assert_eq!(client.0.problem("/reconcile/suggest/entity?prefix=a&cursor=-1", 400).await["parameter"], "cursor");
    client.0.problem("/reconcile/suggest/colour?prefix=a", 404).await;
}

#[actix_web::test]
async fn what_is_not_as_it_should_be_is_told_by_place_and_kind() {
    let client = Client::new().await;
    for (form, said) in [
        (("queries", r#"{"q0": {"query": "a""#), "line 1 column"),
        (("queries", "[]"), "`queries` is not as it should be"),
        (("queries", r#"{"q0": {}}"#), "in `q0`: it has neither `query` nor `properties`"),
        (("queries", r#"{"q7": {"query": "a", "limit": 0}}"#), "in `q7`: `limit`"),
        (("queries", r#"{"q0": {"query": "a", "properties": [{"property": "x", "v": 1}]}}"#), "missing field `pid`"),
        (("queries", r#"{"q0": {"query": "a", "colour": 1}}"#), "unknown field `colour`"),
        (("queries", r#"{"q0": {"query": "a", "type_strict": "very"}}"#), "unknown variant `very`"),
        (("query", r#"{"query": 1}"#), "`query` is not as it should be"),
        (("extend", "{}"), "missing field `ids`"),
        (("else", "1"), "nothing to answer"),
    ] {
        let problem = client.refused(&[form], 400).await;
        assert!(problem["detail"].as_str().unwrap().contains(said), "{form:?}: {problem}");
    }
    assert_eq!(client.0.problem("/reconcile?callback=f", 400).await["parameter"], "callback");
    let json = client.0.ask(TestRequest::post().uri("/reconcile").set_json(json!({}))).await;
    assert_eq!(json.status, 415);
    let put = client.0.ask(TestRequest::put().uri("/reconcile")).await;
    assert_eq!((put.status, put.header("allow")), (405, Some("GET, POST, HEAD, OPTIONS")));
    let blank = client.queries(&json!({"q": {"query": " "}})).await;
    assert_eq!(blank["q"]["result"], json!([]));
}

#[actix_web::test]
async fn a_batch_has_a_largest_size() {
    let client = Client::new().await;
    let batch = |count: usize| {
        let queries = (0..count).map(|at| (format!("q{at}"), json!({"query": "zz", "limit": 1})));
        Value::Object(queries.collect())
    };
    assert_eq!(client.queries(&batch(1000)).await.as_object().unwrap().len(), 1000);
    client.refused(&[("queries", &batch(1001).to_string())], 413).await;
    client.refused(&[("queries", &" ".repeat(5 << 20))], 413).await;
    let many = json!({"ids": vec!["a"; 1001], "properties": []}).to_string();
    client.refused(&[("extend", &many)], 413).await;
}

#[actix_web::test]
async fn a_card_runs_nothing_and_shows_names_as_they_are() {
    let hostile = "<script>alert('x')</script>\" onload=1";
    let mut odd = company("odd", &[]);
    odd["name"] = json!({"en": hostile});
    let client = Client(Site::of_companies([odd]).await);
    let card = client.0.get("/reconcile/preview?id=odd").await;
    assert!(card.text().contains("&#60;script&#62;") && !card.text().contains("<script"), "{}", card.text());
    assert!(card.header("content-security-policy").unwrap().starts_with("default-src 'none'; style-src 'self'"));
    let style = client.0.get("/reconcile/preview.css").await;
    assert_eq!((style.status, style.header("content-type")), (200, Some("text/css; charset=utf-8")));
    let found = client.candidates(json!({"query": hostile})).await;
    assert_eq!(found[0]["name"], hostile);
    client.0.problem("/reconcile/preview?id=none", 404).await;
    assert_eq!(client.0.problem("/reconcile/preview", 400).await["parameter"], "id");
}
