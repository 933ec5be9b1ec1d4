//! Parse, pick the screen or a verb, map errors to exit codes.
fn main() {}
