//! The client against the sandbox, and the sandbox against other people's clients.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

mod clients;
mod rig;
mod signing;
mod sources;
mod sts;
mod tls;
