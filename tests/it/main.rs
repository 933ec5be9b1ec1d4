//! All integration tests in one binary: linking once is what keeps `cargo test` short.
#![expect(clippy::disallowed_methods, reason = "tests set up and look at real files and processes")]

mod arrows;
mod chain;
mod dialects;
mod moto;
mod net;
mod probe;
mod screen;
mod screen_facts;
mod screen_keys;
mod support;
mod verbs;
