//! Where drawings and cards are. Their words are in the language of the interface.

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

/// The drawing of what a route answers.
pub fn of_answer(frame: &Frame, path: &str, own: Own<'_>) -> String {
    let own: Vec<_> = own.iter().copied().chain([("format", "svg")]).collect();
    told(frame, path, &own)
}

/// The card of a company.
pub fn card_of_company(frame: &Frame, id: &str) -> String {
    told(frame, &format!("/cards/companies/{}", segment(id)), &[])
}

/// The card of the first page.
pub fn card(frame: &Frame) -> String {
    told(frame, "/cards", &[])
}

fn told(frame: &Frame, path: &str, own: Own<'_>) -> String {
    frame.view.with("lang", Some(frame.ui())).link(path, own)
}
