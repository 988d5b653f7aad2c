//! Any fragments, payloads and values through the links.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rollcast_corpus::share::check(data));
