//! All integration tests in one binary: linking once is what keeps `cargo test` short.
#![expect(clippy::disallowed_methods, reason = "tests set up and look at real files and processes")]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may fail it")]

mod arrows;
mod chain;
mod dialects;
mod differential;
mod moto;
mod net;
mod oracle;
mod probe;
mod pty;
mod renewing;
mod rules;
mod screen;
mod screen_facts;
mod screen_keys;
mod support;
mod vectors;
mod verbs;
