use rollcast_core::ValuesFile;
use web_sys::{Element, HtmlElement};
use yew::{platform::spawn_local, prelude::*};

use crate::rich::{Comparison, Module};
use crate::state::Draft;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct TextsProps {
    pub(crate) draft: Draft,
}

/// Today's values files against those proposed, line by line, where there are two of them to compare.
#[component]
pub(crate) fn Texts(props: &TextsProps) -> Html {
    let Some(before) = props.draft.today.as_ref().and_then(|today| today.files.as_ref()) else {
        return Html::default();
    };
    let pairs = pairs(before, &props.draft.files());
    let differ = pairs.iter().filter(|pair| pair.before != pair.after).count();
    html! {
        <section class="section" aria-labelledby="texts">
            <h2 id="texts" tabindex="-1">{ "The texts, today and proposed" }</h2>
            if differ == 0 {
                <p class="empty">{ "The files are the same." }</p>
            }
            { for pairs.iter().filter(|pair| pair.before != pair.after).map(|pair| html! {
                <Compared key={&*pair.name} pair={pair.clone()} />
            }) }
        </section>
    }
}

/// A file on both sides; empty where it is not there.
#[derive(Clone, Debug, PartialEq)]
struct Pair {
    name: String,
    before: String,
    after: String,
}

/// Files of one name belong together; what is left over does, too, in its order.
fn pairs(before: &[ValuesFile], after: &[ValuesFile]) -> Vec<Pair> {
    let named = |files: &[ValuesFile], name: &str| files.iter().any(|file| file.name == name);
    let mut rest = before.iter().filter(|file| !named(after, &file.name));
    let mut pairs: Vec<Pair> = after
        .iter()
        .map(|file| {
            let same = before
                .iter()
                .find(|other| other.name == file.name)
                .or_else(|| rest.next());
            Pair {
                name: file.name.clone(),
                before: same.map(|file| file.text.clone()).unwrap_or_default(),
                after: file.text.clone(),
            }
        })
        .collect();
    pairs.extend(rest.map(|file| Pair {
        name: file.name.clone(),
        before: file.text.clone(),
        after: String::new(),
    }));
    pairs
}

#[derive(Clone, PartialEq, Properties)]
struct ComparedProps {
    pair: Pair,
}

/// Two texts in the editor's own view, made when it is opened.
#[component]
fn Compared(props: &ComparedProps) -> Html {
    let host = use_node_ref();
    let open = use_state_eq(|| false);
    let view = use_state(|| None::<Comparison>);
    {
        let (host, view, name) = (host.clone(), view.clone(), props.pair.name.clone());
        use_effect_with(*open, move |open| {
            if *open && view.is_none() {
                spawn_local(async move {
                    // Without the editor's module the text fields above have to do.
                    if let (Some(module), Some(host)) = (Module::load().await, host.cast::<HtmlElement>()) {
                        let named = |side| format!("{name}, {side}");
                        view.set(Some(module.compare(&host, &named("today"), &named("proposed"))));
                    }
                });
            }
        });
    }
    use_effect_with((view.clone(), props.pair.clone()), |(view, pair)| {
        if let Some(view) = &**view {
            view.show(&pair.before, &pair.after);
        }
    });
    let ontoggle = {
        let open = open.setter();
        move |event: Event| open.set(event.target_unchecked_into::<Element>().has_attribute("open"))
    };
    html! {
        <details class="other" {ontoggle}>
            <summary><span class="other-title">{ &props.pair.name }</span></summary>
            <div ref={host} class="comparison" />
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_paired_by_name_and_then_by_place() {
        let files = |names: &[&str]| {
            let file = |name: &&str| ValuesFile {
                name: (*name).to_owned(),
                text: format!("{name}!"),
            };
            names.iter().map(file).collect::<Vec<_>>()
        };
        let paired = |before: &[&str], after: &[&str]| {
            let said = pairs(&files(before), &files(after)).into_iter();
            said.map(|pair| format!("{}: {} {}", pair.name, pair.before, pair.after))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            paired(&["today.yaml"], &["values.yaml"]),
            ["values.yaml: today.yaml! values.yaml!"]
        );
        assert_eq!(
            paired(&["b", "x", "y"], &["a", "b"]),
            ["a: x! a!", "b: b! b!", "y: y! "]
        );
    }
}
