//! Any flags through the reader of Helm's flags, and back into flags.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rollcast_corpus::flags::check(data));
