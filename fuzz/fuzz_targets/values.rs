//! Any files, flags and command lines through `rollcast-values`.
#![no_main]

#[path = "../checks/values.rs"]
mod values;

libfuzzer_sys::fuzz_target!(|data: &[u8]| values::check(data));
