//! Secrets at rest, and the one-time codes made of them.

pub mod totp;
