use rollcast_core::{Report, ValuesFile};
use rollcast_share::{LONG, Link, LinkError, Reduced};
use web_sys::{HtmlDialogElement, HtmlInputElement};
use yew::prelude::*;

use super::{address, convert, store, texts};
use crate::browser;
use crate::state::{Draft, Shared};
use crate::view::{Copy, Save};

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ShareProps {
    pub(crate) draft: Draft,
    /// The report on what is entered, if there is an answer.
    pub(crate) report: Option<Shared<Report>>,
}

/// The button that opens the dialog, and the dialog.
#[component]
pub(crate) fn Share(props: &ShareProps) -> Html {
    let open = use_state_eq(|| false);
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with(*open, move |open| {
            if let Some(dialog) = dialog
                .cast::<HtmlDialogElement>()
                .filter(|dialog| *open && !dialog.open())
            {
                // A closed dialog in the page opens.
                let _ = dialog.show_modal();
            }
        });
    }
    let onclose = {
        let open = open.clone();
        move |_: Event| open.set(false)
    };
    let onclick = {
        let open = open.clone();
        move |_: MouseEvent| open.set(true)
    };
    html! {
        <>
            <button type="button" class="button" aria-haspopup="dialog" {onclick}>{ "Share" }</button>
            <dialog ref={dialog} class="dialog" aria-labelledby="share-title" {onclose}>
                // Only while it is open: to reduce the values takes time that typing should not pay for.
                if *open {
                    <form method="dialog" class="dialog-head">
                        <h2 id="share-title">{ "Share" }</h2>
                        <button class="text-button">{ "Close" }</button>
                    </form>
                    <LinkMaker draft={props.draft.clone()} />
                    <Takeaway draft={props.draft.clone()} report={props.report.clone()} />
                    <Remember draft={props.draft.clone()} />
                }
            </dialog>
        </>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct DraftProps {
    draft: Draft,
}

/// What goes into the link, and the link.
#[component]
fn LinkMaker(props: &DraftProps) -> Html {
    let whole = use_state_eq(|| false);
    let made = use_state_eq(|| None::<Result<AttrValue, LinkError>>);
    let reduced = use_memo(props.draft.clone(), |draft| {
        convert::reduced(draft).map(|mut reduced| {
            let masked = reduced.mask();
            (reduced, masked)
        })
    });
    let decisive = reduced.as_ref().as_ref().filter(|_| !*whole);
    let link = match decisive {
        Some((reduced, _)) => convert::decisive(&props.draft, reduced),
        None => convert::concealed(&props.draft),
    };
    let choose = |chosen: bool| {
        let (whole, made) = (whole.clone(), made.clone());
        move |_: Event| {
            whole.set(chosen);
            made.set(None);
        }
    };
    let make = {
        let (link, made) = (link.clone(), made.clone());
        move |_: MouseEvent| made.set(Some(address::address(&link).map(AttrValue::from)))
    };
    html! {
        <section aria-labelledby="share-link">
            <h3 id="share-link">{ "A link" }</h3>
            <p class="hint">{ "All of it stands behind the # of the link, which browsers send to nobody. Whoever has the link can read it." }</p>
            <fieldset class="share-what">
                <legend class="visually-hidden">{ "What the link carries" }</legend>
                <label>
                    <input type="radio" name="share-what" checked={decisive.is_some()} disabled={reduced.is_none()} onchange={choose(false)} />
                    { "What decides: keys this chart release reads, where they differ from its defaults" }
                </label>
                <label>
                    <input type="radio" name="share-what" checked={decisive.is_none()} onchange={choose(true)} />
                    { "The texts as they are, with comments, names of files and everything else" }
                </label>
            </fieldset>
            if reduced.is_none() {
                <p class="note-line">{ "Helm cannot read these values, so there is no telling what of them decides." }</p>
            }
            <pre class="share-preview" tabindex="0" aria-label="What the link carries">{ preview(&link) }</pre>
            if let Some((reduced, masked)) = decisive {
                { left_out(reduced) }
                if !masked.is_empty() {
                    <p class="note-line">{ format!("Masked, because they look like secrets: {}", masked.join(", ")) }</p>
                }
            } else {
                <p class="note-line">{ "Addresses with passwords, private keys and well-known tokens are masked. Look for anything else that should stay with you." }</p>
            }
            <button type="button" class="button primary" onclick={make}>{ "Make the link" }</button>
            <div aria-live="polite">
                { made.as_ref().map(made_link) }
            </div>
        </section>
    }
}

/// What a link says of values and flags, today's behind those proposed, and of the files that flags name.
fn preview(link: &Link) -> String {
    let mut text = side(&link.proposed.files, &link.proposed.flags);
    if text.is_empty() {
        text.push_str("Nothing but the chart's defaults.");
    }
    let before = link.baseline.as_ref();
    if let Some((before, files)) = before.and_then(|before| Some((before, before.files.as_ref()?))) {
        text.push_str("\n# What runs today\n");
        text.push_str(&side(files, before.flags.as_deref().unwrap_or_default()));
    }
    for ValuesFile { name, text: content } in &link.contents {
        text.push_str(&format!("\n# What {name} contains\n{content}"));
    }
    text
}

fn side(files: &[ValuesFile], flags: &str) -> String {
    let mut text = String::new();
    for file in files {
        if files.len() > 1 {
            text.push_str(&format!("# {}\n", file.name));
        }
        text.push_str(&file.text);
        if !file.text.is_empty() && !file.text.ends_with('\n') {
            text.push('\n');
        }
    }
    text + flags
}

fn left_out(reduced: &Reduced) -> Html {
    let count = reduced.left_out.len();
    if count == 0 {
        return Html::default();
    }
    let keys = if count == 1 { "key is" } else { "keys are" };
    html! {
        <details class="share-left">
            <summary>{ format!("{count} {keys} left out, which this release does not read") }</summary>
            <ul>{ for reduced.left_out.iter().map(|path| html! { <li><code>{ path }</code></li> }) }</ul>
        </details>
    }
}

fn made_link(made: &Result<AttrValue, LinkError>) -> Html {
    let address = match made {
        Ok(address) => address,
        Err(problem) => return html! { <p class="note-line bad">{ problem.to_string() }</p> },
    };
    let length = address.len();
    html! {
        <>
            <div class="share-made">
                <input type="text" readonly=true value={address.clone()} aria-label="The link" />
                <Copy text={address.clone()} what="the link" />
            </div>
            <p class="hint">
                { format!("{length} characters") }
                if length > LONG {
                    { ": some mail and chat programs cut a link of this length. A file is safer." }
                }
            </p>
        </>
    }
}

/// Texts and files to take along.
#[component]
fn Takeaway(props: &ShareProps) -> Html {
    let reduced = use_memo(props.draft.clone(), convert::reduced);
    let print = |_: MouseEvent| browser::print();
    html! {
        <section aria-labelledby="share-take">
            <h3 id="share-take">{ "To take along" }</h3>
            <ul class="share-take">
                if let Some(report) = &props.report {
                    <li>
                        <span>{ "The report, as Markdown for a pull request" }</span>
                        <Copy text={texts::report(&props.draft, report)} what="the report as Markdown" />
                        <Save name="rollcast.md" mime="text/markdown" text={texts::report(&props.draft, report)} what="the report as Markdown" />
                    </li>
                    <li>
                        <span>{ "The report for programs" }</span>
                        <Save name="rollcast.json" mime="application/json" text={texts::json(report)} what="the report as JSON" />
                    </li>
                }
                if let Some(reduced) = &*reduced {
                    <li>
                        <span>{ "What differs from the defaults, as a values file" }</span>
                        <Copy text={texts::overlay(reduced)} what="the values file" />
                        <Save name="overlay.yaml" mime="application/yaml" text={texts::overlay(reduced)} what="the values file" />
                    </li>
                    <li>
                        <span>{ "The same as flags" }</span>
                        <Copy text={texts::flags(reduced)} what="the flags" />
                    </li>
                }
                <li>
                    <span>{ "The page on paper" }</span>
                    <button type="button" class="copy" onclick={print}>{ "Print" }</button>
                </li>
            </ul>
            <p class="hint">{ "Nothing is masked here: it is for you." }</p>
        </section>
    }
}

/// The reader's choice to keep what is entered on this device.
#[component]
fn Remember(props: &DraftProps) -> Html {
    let on = use_state_eq(store::is_remembering);
    let refused = use_state_eq(|| false);
    let onchange = {
        let (on, refused, draft) = (on.clone(), refused.clone(), props.draft.clone());
        move |event: Event| {
            if event.target_unchecked_into::<HtmlInputElement>().checked() {
                let kept = store::remember(&draft);
                on.set(kept);
                refused.set(!kept);
            } else {
                store::forget();
                on.set(false);
            }
        }
    };
    let clear = {
        let on = on.clone();
        move |_: MouseEvent| {
            store::forget();
            on.set(false);
        }
    };
    html! {
        <section aria-labelledby="share-device">
            <h3 id="share-device">{ "This device" }</h3>
            <label class="share-remember">
                <input type="checkbox" checked={*on} {onchange} />
                { "Remember what I enter, in this browser" }
            </label>
            <p class="hint" aria-live="polite">
                if *refused {
                    { "This browser does not allow it." }
                } else if *on {
                    { "It is kept as it is, secrets too, until you clear it. " }
                    <button type="button" class="text-button" onclick={clear}>{ "Clear it now" }</button>
                } else {
                    { "Nothing is kept." }
                }
            </p>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preview_is_what_the_link_carries() {
        let mut draft = Draft::new("a: 1".to_owned());
        assert_eq!(preview(&convert::concealed(&draft)), "a: 1\n");
        draft.add("b.yaml", "b: 2\n".to_owned());
        draft.flags = "--set c=3".into();
        assert_eq!(
            preview(&convert::concealed(&draft)),
            "# values.yaml\na: 1\n# b.yaml\nb: 2\n--set c=3"
        );
        draft.flags = "--set-file c=c.txt".into();
        draft.supply("c.txt".into(), "3\n".into());
        let said = preview(&convert::concealed(&draft));
        assert!(
            said.ends_with("--set-file c=c.txt\n# What c.txt contains\n3\n"),
            "{said}"
        );
        assert!(preview(&Link::default()).starts_with("Nothing"));
    }
}
