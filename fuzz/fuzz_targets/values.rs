//! Any files, flags and command lines through `rollcast-values`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rollcast_corpus::values::check(data));
