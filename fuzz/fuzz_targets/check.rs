//! A data folder made of any bytes is loaded or explained: `load` neither panics nor hangs, and what it says holds together.

#![no_main]

#[path = "../folder.rs"]
mod folder;

libfuzzer_sys::fuzz_target!(|input: &[u8]| folder::check(input));
