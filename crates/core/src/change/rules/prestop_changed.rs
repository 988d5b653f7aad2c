use rollcast_values::Value;

use crate::Severity;
use crate::change::report::ChangeKind;
use crate::change::rule::{Example, Found, Rule, Way};
use crate::change::upgrade::{Upgrade, app_container, rendered};

pub(super) static RULE: Rule = Rule {
    id: "prestop-changed",
    kind: ChangeKind::Silent,
    severity: Severity::Warning,
    title: "The preStop hook changes",
    why: "The hook keeps a pod serving while proxies and ingresses learn that it goes. Without it requests that arrive in that \
          time fail; under Recreate every second of it is a second of gap.",
    source: "Lobu pull requests 775, 882 and 1191",
    check,
    examples: &[
        Example {
            name: "Lost with the key",
            to: "7.2.0",
            values: "ingress: {enabled: false}\napp: {preStopDelaySeconds: 15}\n",
            ..Example::BASE
        },
        Example {
            name: "Back under another name, with another number",
            from: "11.0.0",
            to: "11.1.0",
            values: "ingress: {enabled: false}\napp: {preStopDelaySeconds: 15}\n",
            ..Example::BASE
        },
        Example {
            name: "The same hook",
            values: "app: {preStopDelaySeconds: 15}\n",
            from: "main-776",
            expected: 0,
            ..Example::BASE
        },
    ],
};

/// The key of each time.
const KEYS: [&str; 2] = ["app.preStopDelaySeconds", "app.lifecycle.preStopSleepSeconds"];

fn check(upgrade: &Upgrade<'_>) -> Vec<Found> {
    let seconds = |milliseconds: u64| milliseconds / 1_000;
    let before = seconds(upgrade.before.manifest.pre_stop.milliseconds());
    let after = seconds(upgrade.after.manifest.pre_stop.milliseconds());
    if before == after {
        return Vec::new();
    }
    let words = |seconds: u64| match seconds {
        0 => "no hook".to_owned(),
        seconds => format!("a sleep of {seconds} s"),
    };
    let key = KEYS.into_iter().find(|key| upgrade.after.release.reads(key));
    let [old_key, new_key] = KEYS;
    let dead = upgrade.after.effective.given.at(old_key).is_some() && !upgrade.after.release.reads(old_key);
    let note = match (dead, key) {
        (true, Some(_)) => format!(" `{old_key}` is not read any more; `{new_key}` is what counts."),
        (true, None) => format!(" `{old_key}` is not read any more, and no values bring the hook back."),
        (false, _) => String::new(),
    };
    let lifecycle =
        |objects| app_container(objects).and_then(|container| container.at("lifecycle.preStop.exec.command"));
    let path = format!("{}.lifecycle.preStop", upgrade.app());
    let mut found = Found::new(format!(
        "The app's preStop hook goes from {} to {}.{note}",
        words(before),
        words(after)
    ))
    .kind(if upgrade.asked(&KEYS) {
        ChangeKind::Asked
    } else {
        ChangeKind::Silent
    })
    .severity(if after < before || dead {
        Severity::Warning
    } else {
        Severity::Info
    })
    .was(rendered(&path, lifecycle(upgrade.old)))
    .is(rendered(&path, lifecycle(&upgrade.new)));
    for key in KEYS {
        if upgrade.before.release.reads(key)
            || upgrade.after.release.reads(key)
            || upgrade.after.effective.given.at(key).is_some()
        {
            found = found.on(upgrade, key);
        }
    }
    let Some(key) = key else { return found.one() };
    // What the operator wrote under the old name is what they want, also where no hook came of it so far.
    let wanted = match upgrade.after.effective.given.at(old_key) {
        Some(value) if dead && value.to_int() > 0 => value.to_int(),
        _ => i64::try_from(before).unwrap_or_default(),
    };
    found
        .way(Way::new("Keep the time you asked for").set(key, Value::Int(wanted)))
        .one()
}
