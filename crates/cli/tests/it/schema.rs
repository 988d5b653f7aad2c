//! `schema`.

use serde_json::Value;

use crate::run::{examples, run, run_in};

#[test]
fn each_release_has_its_schema() {
    let schema = |chart: &str| -> Value { serde_json::from_str(&run(["schema", "--chart", chart]).out(0)).unwrap() };
    let app = |schema: &Value| schema["properties"]["app"]["properties"].clone();
    assert_eq!(
        serde_json::from_str::<Value>(&run(["schema"]).out(0)).unwrap(),
        schema("7.1.0")
    );
    assert!(app(&schema("7.1.0"))["allowMultiReplica"].is_object());
    assert!(app(&schema("14.0.0"))["allowMultiReplica"].is_null());
    let error = run_in(&examples(), ["schema", "--chart", "1.2.3"]).err(2);
    assert!(error.starts_with("error: "), "{error}");
}
