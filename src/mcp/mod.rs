//! 10 · Agents: the questions as tools of the Model Context Protocol, over HTTP at `/mcp` and over standard input.
//!
//! Tools and resources are made from the document that describes the routes, and are answered by the routes: an operation
//! that is declared once is a route, a command and a tool. What is asked goes through [`crate::http::Inside`].

mod arguments;
mod door;
mod http;
mod llms;
mod outcome;
mod question;
mod resources;
mod schema;
mod server;
mod stdio;

pub use http::{ADDRESSES, Hosts, configure};
pub use question::Questions;
pub use stdio::over_stdio;
