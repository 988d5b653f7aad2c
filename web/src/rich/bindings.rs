//! The editor of `web/editor`, as `web/boot.js` loads it. Its words are in `web/editor/src/types.ts`.

use js_sys::{Function, Object, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    /// Fetches the editor's module, once.
    #[wasm_bindgen(js_namespace = rollcast, js_name = loadEditor, catch)]
    async fn load_editor() -> Result<JsValue, JsValue>;

    /// The module.
    #[derive(Clone, Debug, PartialEq)]
    pub(crate) type Module;

    #[wasm_bindgen(method)]
    fn mount(this: &Module, host: &HtmlElement, options: &Object) -> Editor;

    #[wasm_bindgen(method, js_name = compare)]
    fn call_compare(this: &Module, host: &HtmlElement, labels: &Object) -> Compared;

    #[derive(Debug, PartialEq)]
    type Compared;

    #[wasm_bindgen(method, js_name = show)]
    fn call_show(this: &Compared, before: &str, after: &str);

    #[wasm_bindgen(method, js_name = destroy)]
    fn call_destroy(this: &Compared);

    /// An editor of several texts.
    #[derive(Debug)]
    pub(super) type Editor;

    #[wasm_bindgen(method)]
    pub(super) fn show(this: &Editor, document: &str, label: &str, text: &str);

    #[wasm_bindgen(method)]
    pub(super) fn forget(this: &Editor, document: &str);

    #[wasm_bindgen(method, js_name = setText)]
    pub(super) fn set_text(this: &Editor, document: &str, text: &str);

    #[wasm_bindgen(method)]
    fn diagnose(this: &Editor, document: &str, diagnostics: &JsValue, broken: bool);

    #[wasm_bindgen(method)]
    fn reveal(this: &Editor, stretch: &JsValue);

    #[wasm_bindgen(method)]
    pub(super) fn destroy(this: &Editor);
}

/// A stretch of a text in UTF-16 units.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Stretch {
    pub(super) from: u32,
    pub(super) to: u32,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Diagnostic {
    #[serde(flatten)]
    pub(super) stretch: Stretch,
    pub(super) severity: &'static str,
    pub(super) title: String,
    pub(super) paragraphs: Vec<String>,
    pub(super) actions: Vec<Action>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Action {
    pub(super) label: String,
    pub(super) id: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Help {
    #[serde(flatten)]
    pub(super) stretch: Stretch,
    pub(super) title: String,
    pub(super) paragraphs: Vec<String>,
    pub(super) facts: Vec<(&'static str, String)>,
    pub(super) link: Link,
}

/// A page to read on.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Link {
    pub(super) label: &'static str,
    pub(super) href: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Completions {
    pub(super) from: u32,
    pub(super) items: Vec<Completion>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Completion {
    pub(super) label: String,
    pub(super) text: String,
    pub(super) kind: &'static str,
    pub(super) detail: String,
    pub(super) info: String,
}

/// What the editor calls. It must not outlive the editor.
#[derive(Debug)]
pub(super) struct Calls {
    changed: Closure<dyn Fn(String, String)>,
    moved: Closure<dyn Fn(String, u32)>,
    help: Closure<dyn Fn(String, u32) -> JsValue>,
    complete: Closure<dyn Fn(String, u32) -> JsValue>,
    act: Closure<dyn Fn(String)>,
}

impl Calls {
    pub(super) fn new(
        changed: impl Fn(&str, String) + 'static,
        moved: impl Fn(&str, u32) + 'static,
        help: impl Fn(&str, u32) -> Option<Help> + 'static,
        complete: impl Fn(&str, u32) -> Option<Completions> + 'static,
        act: impl Fn(&str) + 'static,
    ) -> Self {
        Self {
            changed: Closure::new(move |document: String, text| changed(&document, text)),
            moved: Closure::new(move |document: String, position| moved(&document, position)),
            help: Closure::new(move |document: String, position| to_js(&help(&document, position))),
            complete: Closure::new(move |document: String, position| to_js(&complete(&document, position))),
            act: Closure::new(move |id: String| act(&id)),
        }
    }
}

impl Module {
    /// Fetches it, once.
    pub(crate) async fn load() -> Option<Self> {
        load_editor().await.ok().map(JsCast::unchecked_into)
    }

    pub(super) fn open(&self, host: &HtmlElement, calls: &Calls) -> Editor {
        let options = Object::new();
        for (name, function) in [
            ("changed", calls.changed.as_ref()),
            ("moved", calls.moved.as_ref()),
            ("help", calls.help.as_ref()),
            ("complete", calls.complete.as_ref()),
            ("act", calls.act.as_ref()),
        ] {
            // A plain object takes every property.
            let _ = Reflect::set(&options, &name.into(), function.unchecked_ref::<Function>());
        }
        self.mount(host, &options)
    }

    /// Two texts next to each other inside `host`, each with its name.
    pub(crate) fn compare(&self, host: &HtmlElement, before: &str, after: &str) -> Comparison {
        let labels = Object::new();
        for (side, name) in [("before", before), ("after", after)] {
            // A plain object takes every property.
            let _ = Reflect::set(&labels, &side.into(), &name.into());
        }
        Comparison(self.call_compare(host, &labels))
    }
}

/// Two texts next to each other, until it is dropped.
#[derive(Debug, PartialEq)]
pub(crate) struct Comparison(Compared);

impl Comparison {
    pub(crate) fn show(&self, before: &str, after: &str) {
        self.0.call_show(before, after);
    }
}

impl Drop for Comparison {
    fn drop(&mut self) {
        self.0.call_destroy();
    }
}

impl Editor {
    pub(super) fn set_diagnostics(&self, document: &str, diagnostics: &[Diagnostic], broken: bool) {
        self.diagnose(document, &to_js(diagnostics), broken);
    }

    pub(super) fn select(&self, stretch: Stretch) {
        self.reveal(&to_js(&stretch));
    }
}

/// Plain data as JavaScript has it.
fn to_js(data: &(impl Serialize + ?Sized)) -> JsValue {
    serde_json::to_string(data)
        .ok()
        .and_then(|text| js_sys::JSON::parse(&text).ok())
        .unwrap_or(JsValue::NULL)
}
