//! Any bytes through the reader and the writer of `rollcast-yaml`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rollcast_corpus::yaml::check(data));
