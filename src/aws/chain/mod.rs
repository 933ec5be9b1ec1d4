//! Which credentials a tool would pick, and why.

pub mod trace;
