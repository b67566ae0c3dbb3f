//! `/llms.txt`: what is here, for agents that read pages (llmstxt.org). A title, a summary, and a section of links for each
//! tag of the document.

use serde_json::Value;

use super::question::{Operation, operations};
use crate::http::example_address;

/// What is said besides what the document says.
const TOOLS: &str =
    "* Every question about the data is a tool of the Model Context Protocol, too: at `/mcp`, and of `linchpin mcp`.";

/// The whole text.
pub fn overview(document: &Value) -> String {
    let info = |key: &str| document["info"][key].as_str().unwrap_or_default();
    let (summary, more) = info("description").split_once("\n\n").unwrap_or((info("description"), ""));
    let mut text = format!("# {}\n\n> {summary}\n\n{more}\n{TOOLS}\n", info("title"));
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

/// An operation in a line. Its link leads to its own example.
fn entry(operation: &Operation<'_>) -> String {
    let about = operation.text("description").split_whitespace().collect::<Vec<_>>().join(" ");
    let (summary, method) = (operation.text("summary"), operation.method.to_uppercase());
    let link = example_address(operation.path, operation.value);
    format!("- [{summary}]({link}): `{method} {}`. {about}\n", operation.path)
}
