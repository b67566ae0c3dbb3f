//! Where drawings of the graph are.

use super::frame::Frame;
use super::view::segment;

/// The drawing of a company's neighbourhood.
pub fn of_company(frame: &Frame, id: &str, depth: &str) -> String {
    let path = format!("/v1/companies/{}/graph", segment(id));
    frame.view.with("lang", Some(frame.ui())).link(&path, &[("depth", depth), ("format", "svg")])
}

/// The drawing of the whole graph.
pub fn of_all(frame: &Frame) -> String {
    frame.view.with("lang", Some(frame.ui())).link("/v1/graph", &[("format", "svg")])
}
