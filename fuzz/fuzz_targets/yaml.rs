//! Any bytes through the reader and the writer of `rollcast-yaml`.
#![no_main]

#[path = "../checks/yaml.rs"]
mod yaml;

libfuzzer_sys::fuzz_target!(|data: &[u8]| yaml::check(data));
