//! The running program while its data change: what is served, what operators and those who follow hear of it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod client;
mod events;
mod folder;
mod load;
mod places;
mod reload;
#[path = "../server/mod.rs"]
mod server;
