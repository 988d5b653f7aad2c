use gloo::events::EventListener;
use web_sys::{ClipboardEvent, HtmlTextAreaElement};
use yew::prelude::*;

use super::files;
use crate::browser;
use crate::state::{Action, Aim, Tab, Target};
use crate::text::{Place, byte, line_count, place, utf16_range};
use crate::view::later::AfterPaint;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct TextProps {
    pub(crate) tab: Tab,
    pub(crate) hidden: bool,
    /// The byte at which Helm gave up.
    pub(crate) error: Option<usize>,
    pub(crate) aim: Option<Aim>,
    pub(crate) send: Callback<Action>,
}

/// How the text stands in its field, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct View {
    scroll: i32,
    height: i32,
    line: f64,
    padding: f64,
}

impl View {
    fn of(field: &HtmlTextAreaElement) -> Self {
        let style = web_sys::window().and_then(|window| window.get_computed_style(field).ok().flatten());
        let pixels = |property: &str| {
            let value = style.as_ref()?.get_property_value(property).ok()?;
            rollcast_go::parse_float(value.trim_end_matches("px"))
        };
        Self {
            scroll: field.scroll_top(),
            height: field.client_height(),
            line: pixels("line-height").filter(|line| *line > 0.0).unwrap_or(20.0),
            padding: pixels("padding-top").unwrap_or(0.0),
        }
    }

    /// The lines of `count` that can be seen, from 0.
    fn lines(self, count: usize) -> std::ops::Range<usize> {
        if self.line <= 0.0 {
            // Not measured yet, and all would stand in one place.
            return 0..count.min(1);
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "lines on a screen"
        )]
        let lines = |pixels: f64| (pixels.max(0.0) / self.line) as usize;
        let first = lines(f64::from(self.scroll) - self.padding).min(count);
        first..(first + lines(f64::from(self.height)) + 3).min(count)
    }

    /// The top of a line, from 0, where it is seen now.
    fn top(self, line: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
        let line = line as f64;
        self.padding + line * self.line - f64::from(self.scroll)
    }
}

/// A values file as a plain text field: line numbers, the line of the error, the caret's place.
#[component]
pub(crate) fn Text(props: &TextProps) -> Html {
    let Tab { id, name, text } = props.tab.clone();
    let field = use_node_ref();
    let view = use_state_eq(View::default);
    let caret = use_state_eq(|| 0_u32);
    use_view(&field, &view, props.hidden);
    use_caret(&field, &caret);
    use_aim(&field, id, &text, props.aim.clone());

    let oninput = {
        let send = props.send.clone();
        move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            send.emit(Action::Edit { id, text: text.into() });
        }
    };
    let onpaste = {
        let send = props.send.clone();
        move |event: Event| {
            let list = wasm_bindgen::JsCast::dyn_into::<ClipboardEvent>(event.clone())
                .ok()
                .and_then(|event| event.clipboard_data())
                .and_then(|data| data.files())
                .filter(|list| list.length() > 0);
            if let Some(list) = list {
                event.prevent_default();
                files::open(&list, send.clone());
            }
        }
    };
    let onscroll = {
        let view = view.clone();
        move |event: Event| view.set(View::of(&event.target_unchecked_into::<HtmlTextAreaElement>()))
    };

    let count = line_count(&text);
    let error = props.error.map(|at| place(&text, at));
    let at = place(&text, byte(&text, *caret));
    let error_id = format!("error-{id}");
    html! {
        <div class="text" hidden={props.hidden}>
            <div class={classes!("editor", error.is_some().then_some("broken"))}>
                <svg class="gutter" aria-hidden="true">
                    { for view.lines(count).map(|line| html! {
                        <text
                            class={classes!("line-number", error.is_some_and(|error| error.line == line + 1).then_some("error"))}
                            x="100%" dx="-10" y={baseline(*view, line)}
                        >
                            { line + 1 }
                        </text>
                    }) }
                </svg>
                <div class="editor-field">
                    <svg class="marks" aria-hidden="true">
                        if let Some(error) = error {
                            <rect class="mark-error" x="0" width="100%" y={view.top(error.line - 1).to_string()} height={view.line.to_string()} />
                        }
                    </svg>
                    <textarea
                        ref={field} class="editor-text" value={text} wrap="off" spellcheck="false" autocomplete="off" autocapitalize="off"
                        aria-label={format!("Values file {name}")} placeholder="# Paste your values.yaml here. Empty means the chart's own defaults."
                        aria-invalid={error.is_some().then_some("true")} aria-describedby={error.is_some().then(|| error_id.clone())}
                        {oninput} {onpaste} {onscroll}
                    />
                </div>
            </div>
            { status(at, error, count, error_id) }
        </div>
    }
}

/// The line below a text: where the caret is, where the error is, how long it is.
pub(crate) fn status(caret: Place, error: Option<Place>, lines: usize, error_id: String) -> Html {
    html! {
        <div class="status">
            <span>{ format!("Line {}, column {}", caret.line, caret.column) }</span>
            if let Some(error) = error {
                <span class="status-error" id={error_id}>{ format!("Error in line {}, column {}", error.line, error.column) }</span>
            }
            <span>{ format!("{lines} {}", if lines == 1 { "line" } else { "lines" }) }</span>
        </div>
    }
}

fn baseline(view: View, line: usize) -> String {
    format!("{:.1}", view.top(line) + view.line * 0.7)
}

/// Measures the field once it is on the screen and when the window changes.
#[hook]
fn use_view(field: &NodeRef, view: &UseStateHandle<View>, hidden: bool) {
    let (field, view) = (field.clone(), view.clone());
    use_effect_with(hidden, move |_| {
        let measure = move || {
            if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                view.set(View::of(&field));
            }
        };
        // Before, the browser would have to lay out the page for it and once more for what is drawn in the same task.
        let first = AfterPaint::new(measure.clone());
        let listener = web_sys::window().map(|window| EventListener::new(&window, "resize", move |_| measure()));
        move || drop((first, listener))
    });
}

/// Follows the caret, whatever moves it.
#[hook]
fn use_caret(field: &NodeRef, caret: &UseStateHandle<u32>) {
    let (field, caret) = (field.clone(), caret.setter());
    use_effect_with((), move |()| {
        let document = web_sys::window().and_then(|window| window.document());
        let listener = document.map(|document| {
            EventListener::new(&document, "selectionchange", move |_| {
                if let Some(field) = field.cast::<HtmlTextAreaElement>().filter(browser::has_focus) {
                    caret.set(field.selection_end().ok().flatten().unwrap_or(0));
                }
            })
        });
        move || drop(listener)
    });
}

/// Selects what the page was asked to show, and scrolls there.
#[hook]
fn use_aim(field: &NodeRef, id: u32, text: &AttrValue, aim: Option<Aim>) {
    let (field, text) = (field.clone(), text.clone());
    use_effect_with(aim, move |aim| {
        let Some(Target::File { id: target, bytes }) = aim.as_ref().map(|aim| &aim.target) else {
            return;
        };
        let Some(field) = field.cast::<HtmlTextAreaElement>().filter(|_| *target == id) else {
            return;
        };
        let range = utf16_range(&text, bytes);
        select(&field, range.start, range.end);
        let view = View::of(&field);
        let line = place(&text, bytes.start).line;
        #[expect(clippy::cast_possible_truncation, reason = "pixels")]
        let top = (view.top(line - 1) + f64::from(view.scroll)) as i32 - view.height / 3;
        field.set_scroll_top(top.max(0));
    });
}

/// Puts the focus on a field and selects a stretch of it.
pub(super) fn select(field: &HtmlTextAreaElement, start: u32, end: u32) {
    // A text field that is in the page takes both.
    let _ = field.focus();
    let _ = field.set_selection_range(start, end);
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEW: View = View {
        scroll: 100,
        height: 60,
        line: 20.0,
        padding: 10.0,
    };

    #[test]
    fn only_lines_in_sight_are_numbered() {
        assert_eq!(VIEW.lines(1_000), 4..10);
        assert_eq!(VIEW.lines(6), 4..6);
        assert_eq!(VIEW.lines(2), 2..2);
        assert_eq!(View::default().lines(3), 0..1);
    }

    #[test]
    fn lines_move_with_the_scroll_position() {
        assert!((VIEW.top(0) - -90.0).abs() < 1e-9);
        assert!((VIEW.top(5) - 10.0).abs() < 1e-9);
    }
}
