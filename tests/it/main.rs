//! Integration tests, one binary to keep the link time low.

mod screen;
mod screen_facts;
mod screen_keys;
