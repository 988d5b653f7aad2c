//! Rollcast for JavaScript: [`evaluate`], with TypeScript types derived from the core's own.
//!
//! This is the only place where JavaScript's values meet Rust's. They pass as JSON text: a value may run code when its
//! fields are read (getters, proxies), that code may throw, and `JSON.stringify` is one place where all of it is caught.
#![forbid(unsafe_code)]

use js_sys::{JSON, Reflect, TypeError};
use rollcast_core::{Report, Request};
use wasm_bindgen::prelude::*;

/// Forecasts the rollout that `request` asks about.
///
/// The request is taken as `JSON.stringify` would write it. Every field has a default: `{}` asks about the chart's own
/// values. The report is plain JSON; what is absent is `null`.
///
/// Values that Helm refuses are an answer, not an error: the report then has `outcome.status` `"refused"`.
///
/// @throws {TypeError} when the request is none: a field is unknown or of the wrong type, or it cannot be written as
/// JSON. The message names the field. Nothing else is thrown.
#[wasm_bindgen(unchecked_return_type = "Report")]
pub fn evaluate(#[wasm_bindgen(unchecked_param_type = "Request")] request: &JsValue) -> Result<JsValue, TypeError> {
    write(&rollcast_core::evaluate(&read(request)?))
}

fn read(request: &JsValue) -> Result<Request, TypeError> {
    let text = JSON::stringify(request).map_err(|thrown| malformed(&message(&thrown)))?;
    // JSON.stringify gives undefined for what JSON does not know: undefined itself, functions, symbols.
    let text = text.as_string().ok_or_else(|| malformed("it is not an object"))?;
    let mut json = serde_json::Deserializer::from_str(&text);
    serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let why = error.inner().to_string();
        // The position is one in a text that the caller never saw.
        let why = why.rsplit_once(" at line ").map_or(why.as_str(), |(why, _)| why);
        match error.path().to_string().as_str() {
            "." => malformed(why),
            path => malformed(&format!("{path}: {why}")),
        }
    })
}

fn write(report: &Report) -> Result<JsValue, TypeError> {
    let no_form = |why: &str| TypeError::new(&format!("the report cannot be written as JSON: {why}"));
    let text = serde_json::to_string(report).map_err(|error| no_form(&error.to_string()))?;
    JSON::parse(&text).map_err(|thrown| no_form(&message(&thrown)))
}

fn malformed(why: &str) -> TypeError {
    TypeError::new(&format!("malformed request: {why}"))
}

/// The message of something thrown.
fn message(thrown: &JsValue) -> String {
    Reflect::get(thrown, &"message".into())
        .ok()
        .and_then(|message| message.as_string())
        .unwrap_or_else(|| "it cannot be written as JSON".to_owned())
}
