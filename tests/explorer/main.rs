//! The pages for people and the embeds, asked in process.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod cards;
mod embeds;
mod links;
mod pages;
mod site;
#[path = "../within/mod.rs"]
mod within;
