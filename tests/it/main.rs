//! All integration tests in one binary: linking once is what keeps `cargo test` short.
#![expect(clippy::disallowed_methods, reason = "tests set up and look at real files and processes")]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may fail it")]

mod arrows;
mod botocore;
mod chain;
mod contract;
mod crash;
mod demo;
mod dialects;
mod differential;
mod doctor;
mod exec;
mod export;
mod fetch;
mod full_disk;
mod imds;
mod impossible;
mod leaks;
mod moto;
mod net;
mod objects;
mod oracle;
mod presign;
mod probe;
mod pty;
mod race;
mod renewing;
mod replay;
mod roles;
mod rules;
mod screen;
mod screen_chain;
mod screen_facts;
mod screen_keys;
mod screen_pages;
mod serve;
mod setup;
mod single;
mod sso;
mod support;
mod switching;
mod totp;
mod vectors;
mod verbs;
mod warnings;
