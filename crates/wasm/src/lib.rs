//! Rollcast for JavaScript: [`evaluate`] and what teaches it, with TypeScript types derived from the core's own.
//!
//! This is the only place where JavaScript's values meet Rust's. They pass as JSON text: a value may run code when its
//! fields are read (getters, proxies), that code may throw, and `JSON.stringify` is one place where all of it is caught.
#![forbid(unsafe_code)]

mod fixes;
mod rendering;

use js_sys::{JSON, Reflect, TypeError};
use rollcast_core::{Request, UpgradePathOutcome};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use fixes::Fixes;
use rendering::Rendering;

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

/// What Helm prints for `request`, as far as it decides how the release rolls, or Helm's error.
///
/// @throws {TypeError} as `evaluate` does.
#[wasm_bindgen(unchecked_return_type = "Rendering")]
pub fn render(#[wasm_bindgen(unchecked_param_type = "Request")] request: &JsValue) -> Result<JsValue, TypeError> {
    write(&Rendering::of(&read(request)?))
}

/// The smallest changes of the values that make findings of `request` go away or reach a goal.
///
/// @throws {TypeError} as `evaluate` does.
#[wasm_bindgen(unchecked_return_type = "Fixes")]
pub fn fixes(#[wasm_bindgen(unchecked_param_type = "Request")] request: &JsValue) -> Result<JsValue, TypeError> {
    write(&Fixes::of(&read(request)?))
}

/// The answer to `request` as Markdown, for a pull request. What comes from the request is escaped: it becomes neither markup
/// nor a mention.
///
/// @throws {TypeError} as `evaluate` does.
#[wasm_bindgen]
pub fn markdown(#[wasm_bindgen(unchecked_param_type = "Request")] request: &JsValue) -> Result<String, TypeError> {
    let request = read(request)?;
    Ok(rollcast_core::markdown(&request, &rollcast_core::evaluate(&request)))
}

/// Every finding there is, with what it means, what to do, and requests that show it.
///
/// @throws {TypeError} never; it is declared because the list passes as JSON.
#[wasm_bindgen(unchecked_return_type = "CatalogueEntry[]")]
pub fn catalogue() -> Result<JsValue, TypeError> {
    write(&rollcast_core::catalogue())
}

/// What there is to know about the finding, or the thing that an upgrade does, of this id; `null` where there is none.
///
/// @throws {TypeError} when the id is no text.
#[wasm_bindgen(unchecked_return_type = "CatalogueEntry | ChangeEntry | null")]
pub fn explain(#[wasm_bindgen(unchecked_param_type = "string")] id: &JsValue) -> Result<JsValue, TypeError> {
    let id = text(id, "id")?;
    if let Some(entry) = rollcast_core::catalogue().iter().find(|entry| entry.id == id) {
        return write(entry);
    }
    match rollcast_core::change_catalogue().iter().find(|entry| entry.id == id) {
        Some(entry) => write(entry),
        None => Ok(JsValue::NULL),
    }
}

/// The JSON Schema (draft 7) of the values files of a chart release; `chart` is a release or a published chart version.
///
/// @throws {TypeError} when there is no such release, or `chart` is no text.
#[wasm_bindgen(unchecked_return_type = "Record<string, unknown>")]
pub fn schema(#[wasm_bindgen(unchecked_param_type = "string")] chart: &JsValue) -> Result<JsValue, TypeError> {
    let schema = rollcast_core::schema(&text(chart, "chart")?);
    write(&schema.map_err(|failure| TypeError::new(&failure.what))?)
}

/// The same values on every chart release, the oldest first. What the request says about its own release does not matter.
///
/// @throws {TypeError} as `evaluate` does.
#[wasm_bindgen(unchecked_return_type = "AcrossRow[]")]
pub fn across(#[wasm_bindgen(unchecked_param_type = "Request")] request: &JsValue) -> Result<JsValue, TypeError> {
    write(&rollcast_core::across(&read(request)?))
}

/// What stands on the way from one chart release, or published chart version, to a later one, with unchanged values.
///
/// That there is no way (an unknown release, two that are not in order, values that Helm refuses) is an answer: its
/// `status` is then `"refused"`.
///
/// @throws {TypeError} as `evaluate` does.
#[wasm_bindgen(js_name = upgradePath, unchecked_return_type = "UpgradePathOutcome")]
pub fn upgrade_path(
    #[wasm_bindgen(unchecked_param_type = "Request")] request: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] from: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] to: &JsValue,
) -> Result<JsValue, TypeError> {
    let (from, to) = (text(from, "from")?, text(to, "to")?);
    let found = rollcast_core::upgrade_path(&read(request)?, &from, &to);
    write(&UpgradePathOutcome::from(found))
}

fn text(value: &JsValue, name: &str) -> Result<String, TypeError> {
    value
        .as_string()
        .ok_or_else(|| TypeError::new(&format!("{name} is not a string")))
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

fn write(answer: &impl Serialize) -> Result<JsValue, TypeError> {
    let no_form = |why: &str| TypeError::new(&format!("the answer cannot be written as JSON: {why}"));
    let text = serde_json::to_string(answer).map_err(|error| no_form(&error.to_string()))?;
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
