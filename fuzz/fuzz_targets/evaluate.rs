//! Any request through `evaluate`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rollcast_corpus::evaluate::check(data));
