//! Which strategy rule fires, and why: the rules of [`StrategyForm`] over truth and `has`.

use rollcast_values::Value;

use crate::page::stripped;
use crate::release::StrategyForm;
use crate::{Condition, Decision, Rule, Rung, Source};

const STRATEGY: &str = "app.strategy";
const ALLOW: &str = "app.allowMultiReplica";
const ENABLED: &str = "app.workspaces.enabled";
const MODES: &str = "app.workspaces.accessModes";

/// Decides, with every condition evaluated.
pub(crate) fn decide(form: StrategyForm, values: &Value) -> Decision {
    let mut ladder = vec![rung(
        Rule::Override,
        "A value under `app.strategy` is printed as it is.",
        vec![truth(values, STRATEGY, true)],
        true,
    )];
    match form {
        StrategyForm::PinWorkspaces { .. } => {
            ladder.push(rung(
                Rule::Default,
                "With a workspaces volume the app keeps to Recreate.",
                vec![truth(values, ENABLED, true)],
                true,
            ));
            ladder.push(rung(
                Rule::Unset,
                "Else no strategy is printed, which means RollingUpdate 25 % / 25 % to Kubernetes.",
                Vec::new(),
                true,
            ));
        }
        StrategyForm::OptIn { .. } => {
            let allowed = truth(values, ALLOW, true);
            let off = truth(values, ENABLED, false);
            let shared = has_shared_mode(values);
            let holds = allowed.holds && (off.holds || shared.holds);
            ladder.push(Rung {
                fired: holds,
                ..rung(
                    Rule::OptIn,
                    "With `app.allowMultiReplica`, and workspaces either off or ReadWriteMany, the app rolls: \
                     RollingUpdate, one pod more, none less.",
                    vec![allowed, off, shared],
                    false,
                )
            });
            ladder.push(rung(Rule::Default, "Else the app keeps to Recreate.", Vec::new(), true));
        }
    }
    let mut decided = None;
    for rung in &mut ladder {
        rung.reached = decided.is_none();
        rung.fired &= rung.reached;
        if rung.fired {
            decided = Some(rung.rule);
        }
    }
    let rule = decided.unwrap_or(Rule::Unset);
    Decision {
        rule,
        strategy: printed(rule, values),
        ladder,
    }
}

fn printed(rule: Rule, values: &Value) -> Option<String> {
    match rule {
        Rule::Override => values.at(STRATEGY).map(|value| stripped(value.to_yaml())),
        Rule::OptIn => Some("type: RollingUpdate\nrollingUpdate:\n  maxSurge: 1\n  maxUnavailable: 0".to_owned()),
        Rule::Default => Some("type: Recreate".to_owned()),
        Rule::Unset => None,
    }
}

/// A rung that fires, if reached, where all its conditions hold (or `fires` says otherwise).
fn rung(rule: Rule, title: &str, conditions: Vec<Condition>, fires: bool) -> Rung {
    Rung {
        rule,
        title: title.to_owned(),
        reached: false,
        fired: fires && conditions.iter().all(|condition| condition.holds),
        conditions,
    }
}

/// "PATH is truthy", or falsy.
fn truth(values: &Value, path: &str, wanted: bool) -> Condition {
    let node = values.node_at(path);
    let truthy = node.is_some_and(|node| node.value.truthy());
    Condition {
        question: format!("`{path}` is {}", if wanted { "truthy" } else { "falsy" }),
        path: path.to_owned(),
        value: node.map(|node| node.value.to_json()),
        truthy,
        holds: truthy == wanted,
        origin: node.map(|node| Source::from(node.origin)),
        note: node.and_then(|node| truth_note(&node.value)),
    }
}

/// What surprises about a value's truth.
fn truth_note(value: &Value) -> Option<String> {
    match value {
        Value::Str(text) if text.trim().is_empty() && !text.is_empty() => {
            Some("A text of blanks is not empty, so it is truthy.".to_owned())
        }
        Value::Str(text)
            if ["false", "no", "n", "off", "0", "null", "none", "disabled"]
                .contains(&text.trim().to_ascii_lowercase().as_str()) =>
        {
            Some(format!("{text:?} is a text that is not empty, so it is truthy."))
        }
        Value::Str(text) if !text.is_empty() => Some("Any text that is not empty is truthy.".to_owned()),
        Value::List(items) if !items.is_empty() => {
            Some("A list with an item is truthy, whatever the item is.".to_owned())
        }
        _ => None,
    }
}

fn has_shared_mode(values: &Value) -> Condition {
    let node = values.node_at(MODES);
    let value = node.map_or(&Value::Null, |node| &node.value);
    // Falsy modes are replaced by an empty list before they are searched.
    let holds = value.truthy() && value.has("ReadWriteMany") == Ok(true);
    Condition {
        question: format!("`{MODES}` has `ReadWriteMany`, exactly"),
        path: MODES.to_owned(),
        value: node.map(|node| node.value.to_json()),
        truthy: value.truthy(),
        holds,
        origin: node.map(|node| Source::from(node.origin)),
        note: mode_note(value, holds),
    }
}

/// What surprises about access modes.
fn mode_note(value: &Value, holds: bool) -> Option<String> {
    let Value::List(items) = value else {
        return value
            .truthy()
            .then(|| "This is no list, and Helm refuses to search it.".to_owned());
    };
    if holds {
        return (items.len() > 1).then(|| {
            "ReadWriteMany among other modes counts; which of them the volume gets is up to the storage class."
                .to_owned()
        });
    }
    items.iter().find_map(|item| match &item.value {
        Value::Str(text) => {
            let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
            (letters.eq_ignore_ascii_case("ReadWriteMany") || text.eq_ignore_ascii_case("RWX")).then(|| {
                format!(
                    "{text:?} does not count: only the text ReadWriteMany does, and only it is a mode of Kubernetes."
                )
            })
        }
        Value::List(_) | Value::Map(_) => {
            Some("An item that is itself a list or a table does not count, whatever is in it.".to_owned())
        }
        _ => None,
    })
}
