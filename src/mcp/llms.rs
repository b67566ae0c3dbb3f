//! `/llms.txt`: what is here, for agents that read pages (llmstxt.org). A title, a summary, and a section of links for each
//! tag of the document.

use serde_json::Value;

use super::question::{Operation, operations};

/// The whole text.
pub fn overview(document: &Value) -> String {
    let info = |key: &str| document["info"][key].as_str().unwrap_or_default();
    let (summary, more) = info("description").split_once("\n\n").unwrap_or((info("description"), ""));
    let mut text = format!("# {}\n\n> {summary}\n\n{more}\n", info("title"));
    for tag in document["tags"].as_array().into_iter().flatten() {
        let tag = |key: &str| tag[key].as_str().unwrap_or_default();
        let title = tag("name").get(..1).unwrap_or_default().to_uppercase() + tag("name").get(1..).unwrap_or_default();
        text += &format!("\n## {title}\n\n{}\n\n", tag("description"));
        let tagged = |operation: &Operation<'_>| {
            operation.value["tags"].as_array().is_some_and(|tags| tags.iter().any(|of| of == tag("name")))
        };
        operations(document).filter(tagged).for_each(|operation| text += &entry(&operation));
    }
    text
}

/// An operation in a line. Its link leads to its own example, where it has parameters in its path.
fn entry(operation: &Operation<'_>) -> String {
    let about = operation.text("description").split_whitespace().collect::<Vec<_>>().join(" ");
    let mut link = operation.path.to_owned();
    for parameter in operation.parameters() {
        let (name, example) = (&parameter["name"], parameter["example"].as_str().unwrap_or_default());
        link = link.replace(&format!("{{{}}}", name.as_str().unwrap_or_default()), example);
    }
    let (summary, method) = (operation.text("summary"), operation.method.to_uppercase());
    format!("- [{summary}]({link}): `{method} {}`. {about}\n", operation.path)
}
