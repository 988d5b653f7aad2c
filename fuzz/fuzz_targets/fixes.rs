//! Any texts and edits through the edit engine, and any values through the fixes that are offered for them.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rollcast_corpus::fixes::check(data));
