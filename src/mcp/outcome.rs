//! What a tool gives back: the JSON of the route, and the same as text for clients that show text only.

use rmcp::model::{CallToolResult, ContentBlock};
use serde_json::Value;

use super::door::Reply;
use crate::http::Problem;

/// The result of a tool that asked an address.
pub fn of(address: &str, reply: Reply) -> CallToolResult {
    let said = String::from_utf8_lossy(&reply.text).into_owned();
    if !reply.is_answer() {
        return refused(reply.value);
    }
    let mut result = CallToolResult::structured(reply.value);
    let summary = result.structured_content.as_ref().map(|answer| summary(address, answer)).unwrap_or_default();
    result.content = vec![ContentBlock::text(summary), ContentBlock::text(said)];
    result
}

/// The result of a tool that could not ask.
pub fn problem(problem: &Problem) -> CallToolResult {
    refused(serde_json::to_value(problem).unwrap_or_default())
}

fn refused(problem: Value) -> CallToolResult {
    let mut result = CallToolResult::structured_error(problem);
    let complaint = result.structured_content.as_ref().map(complaint).unwrap_or_default();
    result.content.insert(0, ContentBlock::text(complaint));
    result
}

/// An answer in a line: where it is from, of which day it is, and how much of a list it holds.
fn summary(address: &str, answer: &Value) -> String {
    let mut line = format!("Answer of {address}");
    if let Some(day) = answer["as_of"].as_str() {
        line += &format!(", as of {day}");
    }
    if let (Some(items), Some(total)) = (answer["items"].as_array(), answer["total"].as_u64()) {
        line += &format!(": {} of {total} items", items.len());
    }
    if let Some(after) = answer["next"].as_str().and_then(after) {
        line += &format!("; the next page has `after` = `{after}`");
    }
    line + "."
}

/// The cursor in the address of a page.
pub fn after(next: &str) -> Option<String> {
    let (_, query) = next.split_once('?')?;
    form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "after").map(|(_, value)| value.into_owned())
}

/// A problem in a line.
fn complaint(problem: &Value) -> String {
    let detail = problem["detail"].as_str().unwrap_or("the question has no answer");
    let meant: Vec<_> =
        problem["suggestions"].as_array().into_iter().flatten().filter_map(|item| item["id"].as_str()).collect();
    match meant[..] {
        [] => detail.to_owned(),
        _ => format!("{detail}; did you mean `{}`?", meant.join("`, `")),
    }
}
