//! Tables between `<!-- made: NAME -->` and `<!-- end -->`, made from what the program says of itself.

use std::fs;

use linchpin::dataset::{rules, schema};
use linchpin::http::ProblemKind;
use serde_json::Value;

const END: &str = "<!-- end -->";

/// The document with every table as it is made.
pub fn made(document: &str) -> String {
    let mut parts = document.split("<!-- made: ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(" -->").unwrap();
        let (_, rest) = rest.split_once(END).expect("a made table has an end");
        out += &format!("<!-- made: {name} -->\n{}{END}{rest}", table(name));
    }
    out
}

fn table(name: &str) -> String {
    match name.split_once(' ').unwrap_or((name, "")) {
        ("rules", _) => rules::table_markdown(),
        ("problems", _) => problems(),
        ("routes", _) => routes(),
        ("fields", file) => fields(file),
        _ => panic!("there is no table `{name}`"),
    }
}

fn problems() -> String {
    let row = |kind: &ProblemKind| {
        format!("| `{}` | {} | {} | {} |\n", kind.slug(), kind.status().as_u16(), kind.title(), kind.meaning())
    };
    let rows: String = ProblemKind::ALL.iter().map(row).collect();
    format!("| kind | status | title | what to do |\n|---|---|---|---|\n{rows}")
}

fn routes() -> String {
    let document = fs::read_to_string(super::home().join("openapi/openapi.json")).unwrap();
    let document: Value = serde_json::from_str(&document).unwrap();
    let row = |(path, item): (&String, &Value)| {
        let methods = item.as_object().unwrap().iter().filter(|(_, operation)| operation["operationId"].is_string());
        let row = |(method, operation): (&String, &Value)| {
            let method = method.to_uppercase();
            let command = operation["x-command"].as_str().map_or(String::new(), |verb| format!("`linchpin {verb}`"));
            format!("| `{method} {path}` | {} | {command} |\n", operation["summary"].as_str().unwrap_or_default())
        };
        methods.map(row).collect::<String>()
    };
    let rows: String = document["paths"].as_object().unwrap().iter().map(row).collect();
    format!("| route | what it does | command |\n|---|---|---|\n{rows}")
}

/// The fields of a file of a data folder and of the things in it, and the words that some of them take.
fn fields(file: &str) -> String {
    let (_, text) = schema::all().find(|(name, _)| name == file).expect("a schema");
    let schema: Value = serde_json::from_str(&text).unwrap();
    let own = has_fields(&schema).then(|| format!("\n{}", of_thing(&schema)));
    let things = schema["$defs"].as_object().unwrap().iter();
    let named = things.filter_map(|(name, thing)| {
        let (name, means) = (word(name), thing["description"].as_str().unwrap_or_default());
        match thing["oneOf"].as_array() {
            Some(words) => Some(format!("\n*{name}*: {}\n", words_taken(words))),
            None => has_fields(thing).then(|| format!("\n*{name}*: {means}\n\n{}", of_thing(thing))),
        }
    });
    own.into_iter().chain(named).collect::<String>() + "\n"
}

fn has_fields(thing: &Value) -> bool {
    thing["additionalProperties"] == false
}

fn of_thing(thing: &Value) -> String {
    let required = thing["required"].as_array().map_or(&[][..], Vec::as_slice);
    let row = |(field, schema): (&String, &Value)| {
        let must = if required.iter().any(|name| name == field) { ", required" } else { "" };
        let means = schema["description"].as_str().unwrap_or_default();
        format!("| `{field}` | {}{must} | {means} |\n", kind(schema))
    };
    let rows: String = thing["properties"].as_object().unwrap().iter().map(row).collect();
    format!("| field | type | meaning |\n|---|---|---|\n{rows}")
}

fn words_taken(words: &[Value]) -> String {
    let taken = |word: &Value| {
        let means = word["description"].as_str().unwrap_or_default();
        format!("`{}` ({})", word["const"].as_str().unwrap_or_default(), means.trim_end_matches('.'))
    };
    words.iter().map(taken).collect::<Vec<_>>().join(", ") + "."
}

/// What a value is, in a word.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return word(name);
    }
    if let Some(either) = schema["anyOf"].as_array() {
        return kind(&either[0]);
    }
    let name = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or_default();
    match name {
        "array" => format!("list of {}", kind(&schema["items"])),
        "string" => "string".to_owned(),
        other => other.to_owned(),
    }
}

/// The name of a type as words: `HeldRoleRecord` is a held role.
fn word(name: &str) -> String {
    let name = name.strip_suffix("Record").unwrap_or(name);
    let spaced: String = name
        .chars()
        .flat_map(|c| if c.is_ascii_uppercase() { vec![' ', c.to_ascii_lowercase()] } else { vec![c] })
        .collect();
    spaced.trim_start().to_owned()
}
