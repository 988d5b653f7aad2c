use rollcast_values::{CommandLine, CommandLineWarning, Reuse, WarningKind};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::text::select;
use crate::state::flags::{self, Contents};
use crate::state::{Action, Aim, Target};
use crate::text::{line_count, utf16_range};

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct FlagsProps {
    pub(crate) text: AttrValue,
    /// What the files that flags name contain.
    pub(crate) contents: Contents,
    /// Whether Helm cannot read one of them.
    pub(crate) broken: bool,
    /// The names of the files that are open.
    pub(crate) files: Vec<AttrValue>,
    /// Whether what runs today is entered.
    pub(crate) has_today: bool,
    pub(crate) aim: Option<Aim>,
    pub(crate) send: Callback<Action>,
}

/// The flags, or the whole command they were part of.
#[component]
pub(crate) fn FlagsField(props: &FlagsProps) -> Html {
    let field = use_node_ref();
    {
        let (field, text) = (field.clone(), props.text.clone());
        use_effect_with(props.aim.clone(), move |aim| {
            let Some(Target::Flags { bytes }) = aim.as_ref().map(|aim| &aim.target) else {
                return;
            };
            if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                let range = utf16_range(&text, bytes);
                select(&field, range.start, range.end);
            }
        });
    }
    let oninput = props.send.reform(|event: InputEvent| {
        let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
        Action::Flags(text.into())
    });
    let command = flags::read(&props.text);
    let invalid = props.broken || command.is_err();
    let (notes, needed) = match command {
        Ok(command) => (notes(&command, &props.files, props.has_today), flags::needed(&command)),
        Err(error) => {
            let advice = format!("{error} Write lines such as --set app.replicaCount=2.");
            (vec![advice], Vec::new())
        }
    };
    html! {
        <div class="flags">
            <label for="flags">{ "Flags" }<span class="hint">{ "--set lines, or paste the whole helm command" }</span></label>
            <textarea
                ref={field} id="flags" class="flags-text" rows={line_count(&props.text).clamp(1, 8).to_string()} value={props.text.clone()} {oninput}
                placeholder="--set app.replicaCount=2" spellcheck="false" autocomplete="off" autocapitalize="off"
                aria-invalid={invalid.then_some("true")} aria-describedby={(!notes.is_empty()).then_some("flags-notes")}
            />
            if !notes.is_empty() {
                <ul id="flags-notes" class="flags-notes">{ for notes.into_iter().map(|note| html! { <li>{ note }</li> }) }</ul>
            }
            { for needed.into_iter().map(|path| content(path.into(), &props.contents, &props.send)) }
        </div>
    }
}

/// The field for what a file contains that a flag names.
fn content(path: AttrValue, contents: &Contents, send: &Callback<Action>) -> Html {
    let text = flags::content(contents, &path).cloned();
    let id = format!("content-{path}");
    let missing = text.is_none();
    let oninput = {
        let path = path.clone();
        send.reform(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            Action::Content(path.clone(), text.into())
        })
    };
    html! {
        <div class="content" key={path.as_str()}>
            <label for={id.clone()}>
                <code>{ &path }</code>
                <span class="hint">
                    { if missing { "The answer waits for it: paste what it contains, or open or drop the file" } else { "What --set-file reads" } }
                </span>
            </label>
            <textarea
                {id} class="flags-text" rows="3" value={text.unwrap_or_default()} {oninput} wrap="off" spellcheck="false"
                autocomplete="off" autocapitalize="off" aria-invalid={missing.then_some("true")}
            />
        </div>
    }
}

/// What a person should know about what was typed or pasted.
fn notes(command: &CommandLine, open: &[AttrValue], has_today: bool) -> Vec<String> {
    let mut notes = Vec::new();
    let missing: Vec<&str> = command
        .values
        .iter()
        .map(|file| flags::file_name(file))
        .filter(|file| open.iter().all(|name| name != file))
        .collect();
    if !missing.is_empty() {
        notes.push(format!(
            "Not open here, so the answer leaves it out: {}.",
            missing.join(", ")
        ));
    }
    if let Some(note) = reused(command, has_today) {
        notes.push(note.to_owned());
    }
    if let Some(version) = &command.version {
        notes.push(format!(
            "It installs chart version {version}; the answer is about the chart chosen above."
        ));
    }
    let unknown = command.others.iter().filter(|option| !option.known);
    notes.extend(unknown.map(|option| format!("Helm does not know {}.", option.name)));
    notes.extend(command.warnings.iter().map(warning));
    notes
}

/// What Helm takes over from the last release (`reuseValues` in Helm's pkg/action/upgrade.go). Where it is not here the answer
/// does without.
fn reused(command: &CommandLine, has_today: bool) -> Option<&'static str> {
    Some(match (command.reuse()?, has_today) {
        (Reuse::ReuseValues, true) => {
            "--reuse-values: what is set today comes underneath, with the defaults of today's chart. Those of the new chart are \
             not read, and a null cannot take away what is set today."
        }
        (Reuse::ReuseValues, false) => {
            "--reuse-values keeps the values of the last release and the defaults of its chart; those of the new chart are \
             not read. Enter what runs today, or the answer is about the files and flags here over the new defaults."
        }
        (Reuse::ResetThenReuseValues, true) => {
            "--reset-then-reuse-values: what is set today comes underneath, over the defaults of the new chart."
        }
        (Reuse::ResetThenReuseValues, false) => {
            "--reset-then-reuse-values puts the values of the last release underneath. Enter what runs today, or the answer \
             is about the files and flags here alone."
        }
        (Reuse::IfNothingIsSet, _) if !command.values.is_empty() || !command.flags.is_empty() => return None,
        (Reuse::IfNothingIsSet, true) => {
            "Without a file and a flag Helm takes over what is set today; with values above it does not."
        }
        (Reuse::IfNothingIsSet, false) => {
            "Without a file and a flag Helm takes over the values of the last release. Enter what runs today to see it."
        }
    })
}

fn warning(warning: &CommandLineWarning) -> String {
    let text = &warning.text;
    match warning.kind {
        WarningKind::Expansion => format!("A shell replaces {text}; here it stays as it is."),
        WarningKind::Braces => format!("Quote {text}: bash and zsh make several words of it."),
        WarningKind::Pattern => format!("Quote {text}: shells look for files of that name, and zsh refuses it."),
        WarningKind::LineBreak => {
            format!("A backslash is missing before {text}: a shell would run it as a command of its own.")
        }
        WarningKind::Redirection => format!("{text} is a redirection and left out."),
        WarningKind::OtherCommand => format!("Left out, another command: {text}"),
        WarningKind::Timeout => format!("--timeout {text} is no duration, and Helm refuses it."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_a_command_names_are_compared_by_their_last_part() {
        let notes = |text: &str| notes(&flags::read(text).unwrap(), &["base.yaml".into()], false);
        let said = notes("helm upgrade lobu chart -f deploy/prod.yaml -f base.yaml");
        assert!(
            said[0].contains("prod.yaml") && !said[0].contains("base.yaml"),
            "{said:?}"
        );
        assert_eq!(notes("--set a=b -f x/base.yaml"), Vec::<String>::new());
    }

    #[test]
    fn what_the_last_release_adds_is_said() {
        let said = |text: &str| reused(&flags::read(text).unwrap(), false);
        let note = |text: &str| said(text).unwrap_or_else(|| panic!("{text}"));
        let with_today = |text: &str| reused(&flags::read(text).unwrap(), true).unwrap();
        assert!(with_today("--reuse-values").contains("the defaults of today's chart"));
        assert!(with_today("--reset-then-reuse-values").contains("the defaults of the new chart"));
        assert!(with_today("helm upgrade lobu chart").contains("what is set today"));
        assert!(
            note("helm upgrade lobu chart --reuse-values -f a.yaml").contains("those of the new chart are not read")
        );
        assert!(note("--reset-then-reuse-values --set a=b").contains("Enter what runs today"));
        assert!(note("helm upgrade lobu chart").contains("Without a file and a flag"));
        assert_eq!(
            said("helm upgrade lobu chart --reuse-values --reset-values --set a=b"),
            None
        );
        assert_eq!(said("helm upgrade lobu chart --set a=b"), None);
        assert_eq!(said("helm template lobu chart"), None);
        assert_eq!(said(""), None);
    }

    #[test]
    fn what_changes_the_question_is_said() {
        let said = notes(
            &flags::read("helm upgrade lobu chart --reuse-values --version 7.1.0 --set a=$TAG --frob").unwrap(),
            &[],
            false,
        );
        for part in ["--reuse-values keeps", "7.1.0", "$TAG", "--frob"] {
            assert!(said.iter().any(|note| note.contains(part)), "{part}: {said:?}");
        }
    }
}
