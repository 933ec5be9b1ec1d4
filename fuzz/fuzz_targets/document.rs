//! `cargo +nightly fuzz run document --features libfuzzer -- -max_total_time=60`
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| awsprof_fuzz::document(data));
