//! The OpenAPI document and the JSON Schemas of data files.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use linchpin::dataset::{Folder, load, schema};
use linchpin::graph::Graph;
use linchpin::http::{World, document};
use serde_json::Value;

use crate::schema::{DOCUMENT, is_needed, operations, undocumented, validator};

fn committed() -> Value {
    serde_json::from_str(include_str!("../../openapi/openapi.json")).unwrap()
}

#[actix_web::test]
async fn the_committed_document_is_what_the_routes_and_the_data_make() {
    let dataset = load(&Folder::embedded()).dataset.unwrap();
    let world = World::new(Graph::build(dataset).unwrap(), 0);
    let made = format!("{:#}\n", document(world).await.unwrap());
    let same = made == include_str!("../../openapi/openapi.json");
    assert!(same, "openapi/openapi.json is stale: run `linchpin openapi --out openapi/openapi.json`");
}

#[test]
fn the_committed_schemas_are_what_the_records_make() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("graph/schema");
    let made: BTreeSet<_> = schema::all().collect();
    let files = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap());
    let files: BTreeSet<_> = files
        .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read_to_string(entry.path()).unwrap()))
        .collect();
    assert!(files == made, "graph/schema is stale: run `linchpin schema`");
}

#[test]
fn every_file_of_the_data_fits_its_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("graph");
    let read = |path: &Path| serde_json::from_str::<Value>(&std::fs::read_to_string(path).unwrap()).unwrap();
    for (name, text) in schema::all() {
        let validator = jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap();
        let files: Vec<_> = match name.as_str() {
            "company.json" => {
                std::fs::read_dir(root.join("companies")).unwrap().map(|entry| entry.unwrap().path()).collect()
            }
            file => vec![root.join(file)],
        };
        for file in files {
            let wrong: Vec<_> = validator.iter_errors(&read(&file)).map(|error| error.to_string()).collect();
            assert!(wrong.is_empty(), "{}: {wrong:?}", file.display());
        }
    }
}

#[test]
fn the_document_is_openapi_3_1_and_every_reference_leads_somewhere() {
    let document = committed();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."));
    for key in ["title", "version", "description"] {
        assert!(document["info"][key].is_string(), "info has no {key}");
    }
    let mut references = Vec::new();
    collect(&document, &mut |key, value| {
        if key == "$ref" {
            references.extend(value.as_str().map(str::to_owned));
        }
    });
    assert!(!references.is_empty());
    for reference in references {
        assert!(document.pointer(&reference[1..]).is_some(), "{reference}");
    }
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        assert!(jsonschema::meta::is_valid(schema), "{name}");
        assert!(schema["description"].is_string(), "the schema {name} has no description");
        for (field, of) in schema["properties"].as_object().into_iter().flatten() {
            let described = of["description"].is_string() || of["$ref"].is_string() || of["oneOf"].is_array();
            assert!(described, "{name}.{field} has no description");
        }
    }
}

fn collect(value: &Value, see: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            see(key, value);
            collect(value, see);
        }),
        Value::Array(items) => items.iter().for_each(|item| collect(item, see)),
        _ => {}
    }
}

#[test]
fn every_operation_is_described_with_its_parameters_and_answers() {
    let document = committed();
    let tags: HashSet<_> =
        document["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap()).collect();
    let mut ids = HashSet::new();
    for (path, method, operation) in operations(&document) {
        let place = format!("{method} {path}");
        for key in ["summary", "description", "operationId"] {
            assert!(operation[key].as_str().is_some_and(|text| !text.is_empty()), "{place} has no {key}");
        }
        assert!(ids.insert(operation["operationId"].as_str().unwrap()), "{place} has the id of another operation");
        let own = operation["tags"].as_array().unwrap();
        assert!(!own.is_empty() && own.iter().all(|tag| tags.contains(tag.as_str().unwrap())), "{place}: {own:?}");
        let mut names = HashSet::new();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap();
            assert!(names.insert(name), "{place} has {name} twice");
            assert!(parameter["description"].as_str().is_some_and(|text| !text.is_empty()), "{place}: {name}");
            // A cursor comes out of an answer: one that is made up would be refused.
            assert!(parameter.get("example").is_some() || name == "after", "{place}: {name} has no example");
            if let Some(example) = parameter.get("example") {
                assert!(validator(&document, parameter["schema"].clone()).is_valid(example), "{place}: {name}");
            }
        }
        let in_path = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
        for name in in_path {
            assert!(names.contains(name), "{place} does not declare {name}");
        }
        if path.starts_with("/v1") {
            for name in ["as_of", "source", "status", "lang"] {
                assert!(names.contains(name), "{place} does not take {name}");
            }
            for status in ["200", "400", "406"] {
                assert!(!operation["responses"][status].is_null(), "{place} does not say {status}");
            }
            assert_eq!(path.contains('{'), !operation["responses"]["404"].is_null(), "{place}");
        }
        for (status, response) in operation["responses"].as_object().unwrap() {
            assert!(response["description"].as_str().is_some_and(|text| !text.is_empty()), "{place} {status}");
        }
    }
    assert!(ids.len() > 20);
}

#[test]
fn every_answer_has_an_example_that_is_one() {
    let document = committed();
    for (path, method, operation) in operations(&document) {
        let content = &operation["responses"]["200"]["content"]["application/json"];
        // The document does not hold itself, nor what is not JSON.
        if path == "/openapi.json" || content.is_null() {
            continue;
        }
        let example = content.get("example").unwrap_or_else(|| panic!("{method} {path} has no example"));
        let wrong: Vec<_> = validator(&document, content["schema"].clone())
            .iter_errors(example)
            .map(|error| error.to_string())
            .collect();
        assert!(wrong.is_empty(), "{path}: {wrong:?}");
        assert_eq!(undocumented(&document, &content["schema"], example, ""), [""; 0], "{path}");
        let items = example.get("items").or_else(|| example.get("paths"));
        assert!(items.is_none_or(|items| !items.as_array().unwrap().is_empty()), "the example of {path} is empty");
    }
}

#[actix_web::test]
async fn every_example_of_a_parameter_is_taken() {
    let site = crate::site::Site::built_in().await;
    for (path, _, operation) in
        operations(&DOCUMENT).filter(|(path, method, _)| path.starts_with("/v1") && *method == "get")
    {
        let parameters = operation["parameters"].as_array().unwrap();
        let text = |parameter: &Value| {
            let example = &parameter["example"];
            crate::site::escaped(&example.as_str().map_or_else(|| example.to_string(), str::to_owned))
        };
        let (mut address, mut needed) = (path.to_owned(), Vec::new());
        for parameter in parameters.iter().filter(|parameter| is_needed(operation, parameter)) {
            let name = parameter["name"].as_str().unwrap();
            match parameter["in"] == "path" {
                true => address = address.replace(&format!("{{{name}}}"), &text(parameter)),
                false => needed.push(format!("{name}={}", text(parameter))),
            }
        }
        for parameter in parameters.iter().filter(|it| !is_needed(operation, it) && it.get("example").is_some()) {
            let given = format!("{}={}", parameter["name"].as_str().unwrap(), text(parameter));
            let query: Vec<_> = needed.iter().cloned().chain([given]).collect();
            let address = format!("{address}?{}", query.join("&"));
            let answer = site.get(&address).await;
            assert_eq!(answer.status, 200, "{address}: {}", answer.text());
        }
    }
}
