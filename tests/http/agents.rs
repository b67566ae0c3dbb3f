//! Agents: the Model Context Protocol at `/mcp`, and what pages tell agents at `/llms.txt`.

use std::collections::BTreeSet;

use actix_web::test::TestRequest;
use linchpin::mcp::Hosts;
use serde_json::{Value, json};

use crate::schema::{DOCUMENT, operations};
use crate::site::{API, Answer, Site, company, escaped, small};

/// A request of the protocol, as its clients send it.
fn request(message: &Value) -> TestRequest {
    TestRequest::post()
        .uri("/mcp")
        .insert_header(("Host", "127.0.0.1:8080"))
        .insert_header(("Accept", "application/json, text/event-stream"))
        .set_json(message)
}

fn message(method: &str, params: Value) -> Value {
    json!({"jsonrpc": "2.0", "id": 7, "method": method, "params": params})
}

/// What is answered to a message.
async fn said(site: &Site, method: &str, params: Value) -> Value {
    let answer = site.ask(request(&message(method, params))).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let said = answer.json();
    assert_eq!((&said["jsonrpc"], &said["id"]), (&json!("2.0"), &json!(7)));
    said
}

async fn result(site: &Site, method: &str, params: Value) -> Value {
    let said = said(site, method, params).await;
    assert!(said["error"].is_null(), "{said}");
    said["result"].clone()
}

async fn error(site: &Site, method: &str, params: Value) -> Value {
    let said = said(site, method, params).await;
    assert!(said["result"].is_null(), "{said}");
    said["error"].clone()
}

/// What a tool gives back.
async fn call(site: &Site, tool: &str, arguments: Value) -> Value {
    result(site, "tools/call", json!({"name": tool, "arguments": arguments})).await
}

async fn tools(site: &Site) -> Vec<Value> {
    let listed = result(site, "tools/list", json!({})).await;
    assert!(listed["nextCursor"].is_null());
    listed["tools"].as_array().unwrap().clone()
}

fn greeting(version: &str) -> Value {
    json!({"protocolVersion": version, "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}})
}

#[actix_web::test]
async fn a_version_of_the_protocol_is_agreed_on_with_old_current_and_made_up_clients() {
    let site = Site::built_in().await;
    let cases = [
        ("2024-11-05", "2024-11-05"),
        ("2025-03-26", "2025-03-26"),
        ("2025-06-18", "2025-06-18"),
        ("2025-11-25", "2025-11-25"),
        // Neither is greeted with: the one knows no greeting, the other is none.
        ("2026-07-28", "2025-11-25"),
        ("1999-12-31", "2025-11-25"),
        ("2999-12-31", "2025-11-25"),
        ("bogus", "2025-11-25"),
    ];
    for (asked, agreed) in cases {
        let greeted = result(&site, "initialize", greeting(asked)).await;
        assert_eq!(greeted["protocolVersion"], agreed, "{asked}");
        assert_eq!(greeted["serverInfo"]["name"], "linchpin");
        for capability in ["tools", "resources", "completions"] {
            assert!(greeted["capabilities"][capability].is_object(), "{greeted}");
        }
    }
    let header = |version| request(&message("tools/list", json!({}))).insert_header(("MCP-Protocol-Version", version));
    for version in ["2025-03-26", "2025-06-18", "2025-11-25"] {
        assert_eq!(site.ask(header(version)).await.status, 200, "{version}");
    }
    let refused = site.ask(header("1999-12-31")).await;
    assert_eq!(refused.status, 400);
    assert!(refused.json()["detail"].as_str().unwrap().contains("1999-12-31"));
}

#[actix_web::test]
async fn a_client_of_the_version_without_a_greeting_is_answered_as_it_asks() {
    let site = Site::built_in().await;
    let version = "2026-07-28";
    let meta = json!({"io.modelcontextprotocol/protocolVersion": version, "io.modelcontextprotocol/clientCapabilities": {},
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"}});
    let ask = |method: &'static str, name: Option<&'static str>, mut params: Value| {
        params["_meta"] = meta.clone();
        let request = request(&message(method, params))
            .insert_header(("MCP-Protocol-Version", version))
            .insert_header(("Mcp-Method", method));
        match name {
            Some(name) => request.insert_header(("Mcp-Name", name)),
            None => request,
        }
    };
    let discovered = site.ask(ask("server/discover", None, json!({}))).await.json();
    let versions = discovered["result"]["supportedVersions"].as_array().unwrap_or_else(|| panic!("{discovered}"));
    assert!(versions.contains(&json!(version)), "{discovered}");
    let params = json!({"name": "show_company", "arguments": {"id": "openai"}});
    let called = site.ask(ask("tools/call", Some("show_company"), params)).await.json();
    assert_eq!(called["result"]["structuredContent"]["id"], "openai", "{called}");
    let unknown = site.ask(ask("no/such", None, json!({}))).await;
    assert_eq!((unknown.status, &unknown.json()["error"]["code"]), (404, &json!(-32601)));
}

#[actix_web::test]
async fn every_command_about_the_data_is_a_tool_that_takes_what_its_route_takes() {
    let site = Site::built_in().await;
    let tools = tools(&site).await;
    let asked: Vec<_> = operations(&DOCUMENT)
        .filter(|(path, _, operation)| path.starts_with("/v1") && operation["x-command"].is_string())
        .collect();
    assert_eq!(tools.len(), asked.len());
    for (tool, (path, _, operation)) in tools.iter().zip(asked) {
        let plain = |name: &str| name.replace('_', "").to_lowercase();
        let name = tool["name"].as_str().unwrap();
        assert_eq!(plain(name), plain(operation["operationId"].as_str().unwrap()));
        assert_eq!(tool["title"], operation["summary"]);
        let about = tool["description"].as_str().unwrap();
        assert!(about.contains(operation["description"].as_str().unwrap().trim()), "{name}");
        let hints = &tool["annotations"];
        let hints = ["readOnlyHint", "idempotentHint", "openWorldHint"].map(|hint| hints[hint].clone());
        assert_eq!(hints, [json!(true), json!(true), json!(false)], "{name}");
        let input = &tool["inputSchema"];
        assert_eq!((&input["type"], &input["additionalProperties"]), (&json!("object"), &json!(false)), "{name}");
        assert!(jsonschema::meta::is_valid(input) && !input.to_string().contains("$ref"), "{name}");
        let takes: BTreeSet<_> = input["properties"].as_object().unwrap().keys().map(String::as_str).collect();
        let parameters = operation["parameters"].as_array().unwrap();
        let of_route = parameters.iter().map(|parameter| parameter["name"].as_str().unwrap());
        let of_body = if path == "/v1/exposure" { vec!["vendors"] } else { vec![] };
        assert_eq!(takes, of_route.filter(|name| *name != "format").chain(of_body).collect(), "{name}");
        assert_eq!(about.contains("`after`"), takes.contains("after"), "{name}");
        for (argument, schema) in input["properties"].as_object().unwrap() {
            assert!(schema["description"].as_str().is_some_and(|text| !text.is_empty()), "{name}.{argument}");
        }
    }
    let exposure = tools.iter().find(|tool| tool["name"] == "show_exposure").unwrap();
    let vendor = &exposure["inputSchema"]["properties"]["vendors"]["items"];
    assert_eq!((&vendor["required"], &vendor["properties"]["name"]["type"]), (&json!(["name"]), &json!("string")));
    assert_eq!(exposure["inputSchema"]["required"], json!(["vendors"]));
}

/// The arguments that the examples of an operation make.
fn examples(operation: &Value) -> Value {
    let parameters = operation["parameters"].as_array().unwrap().iter();
    let needed = parameters.filter(|parameter| crate::schema::is_needed(operation, parameter));
    needed.map(|parameter| (parameter["name"].as_str().unwrap(), parameter["example"].clone())).collect()
}

#[actix_web::test]
async fn a_tool_says_what_its_route_says() {
    let site = Site::built_in().await;
    let tools = tools(&site).await;
    let asked = operations(&DOCUMENT)
        .filter(|(path, _, operation)| path.starts_with("/v1") && operation["x-command"].is_string());
    for (tool, (path, method, operation)) in tools.iter().zip(asked).filter(|(_, (_, method, _))| *method == "get") {
        let arguments = examples(operation);
        let (mut address, mut query) = (path.to_owned(), String::new());
        for (name, value) in arguments.as_object().unwrap() {
            let value = escaped(&value.as_str().map_or_else(|| value.to_string(), str::to_owned));
            let place = format!("{{{name}}}");
            match address.contains(&place) {
                true => address = address.replace(&place, &value),
                false => query += &format!("{}{name}={value}", if query.is_empty() { "?" } else { "&" }),
            }
        }
        let called = call(&site, tool["name"].as_str().unwrap(), arguments).await;
        let route = site.json(&format!("{address}{query}")).await;
        assert_eq!(called["structuredContent"], route, "{method} {path}");
        assert_eq!(called["isError"], false);
        // Clients that show text only show the same.
        let text = |at: usize| called["content"][at]["text"].as_str().unwrap();
        assert_eq!(serde_json::from_str::<Value>(text(1)).unwrap(), route);
        assert!(text(0).len() < 300 && text(0).starts_with("Answer of /v1"), "{}", text(0));
    }
}

#[actix_web::test]
async fn a_list_of_vendors_is_sent_to_the_route_that_takes_one() {
    let site = Site::built_in().await;
    let vendors = json!({"vendors": [{"name": "OpenAI, Inc.", "weight": 2}, {"name": "Azur"}]});
    let called = call(&site, "show_exposure", json!({"vendors": vendors["vendors"], "lang": "ko"})).await;
    let route = site.ask(TestRequest::post().uri("/v1/exposure?lang=ko").set_json(&vendors)).await;
    assert_eq!(called["structuredContent"], route.json());
    let refused = call(&site, "show_exposure", json!({})).await;
    assert_eq!((&refused["isError"], &refused["structuredContent"]["status"]), (&json!(true), &json!(400)));
}

#[actix_web::test]
async fn lists_names_and_numbers_are_taken_as_agents_write_them() {
    let site = Site::built_in().await;
    let spelled = [
        ("list_companies", json!({"id": "openai,google"}), json!({"id": ["openai", "google"]})),
        ("list_companies", json!({"limit": 2}), json!({"limit": "2", "after": null})),
        ("list_dependents_of_company", json!({"id": "tsmc", "depth": "2"}), json!({"id": "TSMC", "depth": 2})),
        ("show_company", json!({"id": "openai"}), json!({"id": "ChatGPT"})),
    ];
    for (tool, one, other) in spelled {
        let (one, other) = (call(&site, tool, one).await, call(&site, tool, other).await);
        assert_eq!(one["isError"], false, "{one}");
        assert_eq!(one["structuredContent"], other["structuredContent"], "{tool}");
    }
}

#[actix_web::test]
async fn a_problem_is_a_result_that_an_agent_can_mend() {
    let site = Site::built_in().await;
    let cases = [
        ("show_company", json!({"id": "opnai"}), "unknown-company", "did you mean `openai`?"),
        ("show_company", json!({}), "missing-parameter", "`id` is missing"),
        ("show_company", json!({"id": {"is": "openai"}}), "invalid-parameter", "`id` takes"),
        ("show_company", json!({"id": ""}), "not-found", "nothing at this address"),
        ("show_company", json!({"id": "../sources"}), "unknown-company", "../sources"),
        ("list_companies", json!({"format": "csv"}), "unknown-parameter", "no parameter `format`"),
        ("list_companies", json!({"limit": 0}), "invalid-parameter", "`limit` takes"),
        ("list_companies", json!({"after": "x"}), "invalid-cursor", "cursor"),
        ("list_paths", json!({"from": "openai"}), "missing-parameter", "`to` is missing"),
        ("show_impact", json!({"down": "tsmcc"}), "unknown-name", "did you mean `tsmc"),
    ];
    for (tool, arguments, kind, said) in cases {
        let refused = call(&site, tool, arguments).await;
        assert_eq!(refused["isError"], true, "{refused}");
        assert_eq!(refused["structuredContent"]["type"], format!("/problems/{kind}"), "{refused}");
        let text = refused["content"][0]["text"].as_str().unwrap();
        assert!(text.contains(said), "{text}");
    }
}

#[actix_web::test]
async fn what_is_no_call_of_a_tool_is_an_error_of_the_protocol() {
    let site = Site::built_in().await;
    let cases = [
        ("tools/call", json!({"name": "drop_company", "arguments": {}}), -32602),
        ("tools/call", json!({"name": "format", "arguments": {}}), -32602),
        ("tools/list", json!({"cursor": "x"}), -32602),
        ("resources/templates/list", json!({"cursor": "x"}), -32602),
        ("resources/list", json!({"cursor": "x"}), -32602),
        ("resources/list", json!({"cursor": "companies x"}), -32602),
        ("resources/read", json!({"uri": "file:///etc/passwd"}), -32002),
        ("resources/read", json!({"uri": "linchpin://companies/"}), -32002),
        ("resources/read", json!({"uri": "linchpin://companies/opnai"}), -32002),
        ("prompts/get", json!({"name": "x"}), -32601),
        ("no/such", json!({}), -32601),
    ];
    for (method, params, code) in cases {
        let error = error(&site, method, params.clone()).await;
        assert_eq!(error["code"], code, "{method} {params}: {error}");
    }
}

#[actix_web::test]
async fn a_chain_of_pages_lists_every_company_and_role_once_as_a_resource() {
    let site = Site::built_in().await;
    let (mut listed, mut cursor) = (Vec::new(), None);
    loop {
        let params = cursor.as_ref().map_or(json!({}), |cursor: &Value| json!({"cursor": cursor}));
        let page = result(&site, "resources/list", params).await;
        let uris = page["resources"].as_array().unwrap().iter().map(|it| it["uri"].as_str().unwrap().to_owned());
        listed.extend(uris);
        match page["nextCursor"].is_null() {
            true => break,
            false => cursor = Some(page["nextCursor"].clone()),
        }
    }
    let mut all = Vec::new();
    for kind in ["companies", "roles"] {
        let ids = site.texts(&format!("/v1/{kind}?limit=1000"), "/id").await;
        all.extend(ids.iter().map(|id| format!("linchpin://{kind}/{id}")));
    }
    assert_eq!(listed, all);
}

#[actix_web::test]
async fn a_resource_is_what_its_route_says_and_its_patterns_are_completed() {
    let site = Site::built_in().await;
    let templates = result(&site, "resources/templates/list", json!({})).await;
    let templates = crate::site::under(&templates["resourceTemplates"], "uriTemplate").join(" ");
    for pattern in ["linchpin://companies/{id}", "linchpin://roles/{role}", "linchpin://sources/{id}"] {
        assert!(templates.contains(pattern), "{templates}");
    }
    let things = [
        ("companies/openai", "companies/openai"),
        ("roles/cloud", "roles/cloud"),
        ("companies/ChatGPT", "companies/openai"),
        ("companies/%EC%98%A4%ED%94%88AI", "companies/openai"),
    ];
    for (uri, route) in things {
        let uri = format!("linchpin://{uri}");
        let read = result(&site, "resources/read", json!({"uri": uri})).await;
        let contents = &read["contents"][0];
        assert_eq!((&contents["uri"], &contents["mimeType"]), (&json!(uri), &json!("application/json")));
        let text: Value = serde_json::from_str(contents["text"].as_str().unwrap()).unwrap();
        assert_eq!(text, site.json(&format!("/v1/{route}")).await);
    }
    let complete = |pattern: &str, name: &str, begun: &str| json!({"ref": {"type": "ref/resource", "uri": pattern}, "argument": {"name": name, "value": begun}});
    let companies = "linchpin://companies/{id}";
    let completed = result(&site, "completion/complete", complete(companies, "id", "open")).await;
    let ids = crate::site::texts(&completed["completion"]["values"]);
    assert!(ids.contains(&"openai") && ids.iter().all(|id| id.starts_with("open")), "{ids:?}");
    let all = result(&site, "completion/complete", complete(companies, "id", "")).await;
    assert_eq!(all["completion"]["values"].as_array().unwrap().len(), 100);
    assert_eq!(all["completion"]["hasMore"], true);
    let measures = complete("linchpin://rankings/{measure}", "measure", "pa");
    let measures = result(&site, "completion/complete", measures).await;
    assert_eq!(measures["completion"]["values"], json!(["pagerank"]));
    assert_eq!(error(&site, "completion/complete", complete(companies, "name", "a")).await["code"], -32602);
    assert_eq!(
        error(&site, "completion/complete", complete("linchpin://things/{id}", "id", "a")).await["code"],
        -32602
    );
}

#[actix_web::test]
async fn the_ids_of_a_list_that_has_no_end_in_sight_are_completed_by_search() {
    let many = (0..1100).map(|number| company(&format!("c{number:04}"), &[]));
    let site = Site::of_companies(many.chain([company("zeppelin", &[])])).await;
    let argument = json!({"name": "id", "value": "zep"});
    let params = json!({"ref": {"type": "ref/resource", "uri": "linchpin://companies/{id}"}, "argument": argument});
    let completed = result(&site, "completion/complete", params).await;
    assert_eq!(completed["completion"]["values"], json!(["zeppelin"]));
}

#[actix_web::test]
async fn what_an_agent_is_told_to_use_is_there() {
    let site = Site::built_in().await;
    let told = result(&site, "initialize", greeting("2025-06-18")).await["instructions"].as_str().unwrap().to_owned();
    let tools: BTreeSet<_> = tools(&site).await.iter().map(|tool| tool["name"].as_str().unwrap().to_owned()).collect();
    let words = told.split('`').skip(1).step_by(2);
    let named: BTreeSet<_> =
        words.filter(|word| ["list_", "show_", "search_"].iter().any(|it| word.starts_with(it))).collect();
    assert!(named.len() > 8);
    for tool in named {
        assert!(tools.contains(tool), "the instructions name `{tool}`");
    }
    // What the answer to the example goes by.
    let impact = site.json("/v1/impact?down=tsmc").await;
    for key in ["failed", "degraded", "stopped", "curtailed"] {
        assert!(impact[key].is_array() && told.contains(&format!("`{key}`")), "{key}");
    }
}

async fn asked_with(site: &Site, name: &str, value: &str) -> Answer {
    let request = request(&message("tools/list", json!({})));
    site.ask(request.insert_header((name.to_owned(), value.to_owned()))).await
}

#[actix_web::test]
async fn a_page_of_another_origin_and_a_name_that_is_not_ours_are_refused() {
    let own = Site::built_in().await;
    let named =
        crate::site::site(&small([company("a", &[])]), 0).asked_at(Hosts::of("192.0.2.7", ["linchpin.example"]));
    let named = Site::new(&named).await;
    let open = crate::site::site(&small([company("a", &[])]), 0).asked_at(Hosts::of("0.0.0.0", []));
    let open = Site::new(&open).await;
    let cases = [
        (&own, "Host", "localhost:8080", 200),
        (&own, "Host", "[::1]:8080", 200),
        (&own, "Host", "rebound.example:8080", 403),
        (&own, "Host", "127.0.0.1.rebound.example", 403),
        (&own, "Origin", "http://localhost:6274", 200),
        (&own, "Origin", "http://127.0.0.1:8080", 200),
        (&own, "Origin", "https://evil.example", 403),
        (&own, "Origin", "null", 403),
        (&named, "Host", "192.0.2.7:8080", 200),
        (&named, "Host", "linchpin.example", 200),
        (&named, "Host", "other.example", 403),
        (&named, "Origin", "https://linchpin.example", 200),
        (&named, "Origin", "https://other.example", 403),
        (&open, "Host", "anything.example", 200),
        (&open, "Origin", "https://evil.example", 403),
    ];
    for (site, name, value, status) in cases {
        assert_eq!(asked_with(site, name, value).await.status, status, "{name}: {value}");
    }
}

#[actix_web::test]
async fn what_the_protocol_does_not_take_is_a_problem() {
    let site = Site::built_in().await;
    let plain = || TestRequest::post().uri("/mcp").insert_header(("Host", "localhost"));
    let json_only = plain().insert_header(("Accept", "application/json")).set_json(message("tools/list", json!({})));
    assert_eq!(site.ask(json_only).await.status, 406);
    let accepting = || plain().insert_header(("Accept", "application/json, text/event-stream"));
    assert_eq!(site.ask(accepting().set_payload("{}")).await.status, 415);
    let large = accepting().insert_header(("Content-Type", "application/json")).set_payload(vec![b' '; 5 << 20]);
    assert_eq!(site.ask(large).await.status, 413);
    for request in [TestRequest::get(), TestRequest::delete()] {
        let answer = site.ask(request.uri("/mcp").insert_header(("Host", "localhost"))).await;
        assert_eq!((answer.status, answer.header("allow")), (405, Some("POST, OPTIONS")));
    }
    assert_eq!(site.get("/mcp/x").await.status, 404);
    let notified = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
    assert_eq!(site.ask(request(&notified)).await.status, 202);
}

#[actix_web::test]
async fn pages_tell_agents_what_is_here_and_nothing_else() {
    let site = Site::built_in().await;
    let answer = site.get("/llms.txt").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/plain; charset=utf-8")));
    let text = answer.text();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[0], "# Linchpin");
    assert!(lines[2].starts_with("> ") && lines.iter().filter(|line| line.starts_with("# ")).count() == 1);
    let sections = lines.iter().filter(|line| line.starts_with("## ")).count();
    assert_eq!(sections, DOCUMENT["tags"].as_array().unwrap().len());
    let links: Vec<_> = text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap().to_owned()).collect();
    assert_eq!(links.len(), operations(&DOCUMENT).count());
    for (link, (path, method, _)) in links.iter().zip(links.iter().map(|link| found(link))) {
        assert!(method == "post" || site.get(link).await.status == 200, "{link}");
        assert!(API.addresses.find(link.split('?').next().unwrap()).is_some() && !link.contains('{'), "{path}");
    }
}

/// The operation of an address.
fn found(address: &str) -> (&str, &str, &Value) {
    let path = address.split('?').next().unwrap();
    operations(&DOCUMENT).find(|(template, ..)| crate::schema::fits(template, path)).unwrap_or_else(|| panic!("{path}"))
}
