//! Where drawings are.

use super::frame::Frame;
use super::view::{Own, segment};

/// The drawing of a company's neighbourhood.
pub fn of_company(frame: &Frame, id: &str, depth: &str) -> String {
    of_answer(frame, &format!("/v1/companies/{}/graph", segment(id)), &[("depth", depth)])
}

/// The drawing of the whole graph.
pub fn of_all(frame: &Frame) -> String {
    of_answer(frame, "/v1/graph", &[])
}

/// The drawing of what a route answers, in the language of the interface.
pub fn of_answer(frame: &Frame, path: &str, own: Own<'_>) -> String {
    let own: Vec<_> = own.iter().copied().chain([("format", "svg")]).collect();
    frame.view.with("lang", Some(frame.ui())).link(path, &own)
}
