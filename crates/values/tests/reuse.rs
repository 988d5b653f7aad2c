//! What the real Helm 3.17.3 took over from the last release: random releases and upgrades of them, with its answers recorded.
//!
//! `ROLLCAST_HELM=…/helm cargo test -p rollcast-values --test reuse -- --ignored` asks Helm about new ones, as many as `CASES`
//! and from the `SEED` of the environment, and writes them to `recorded/reuse.jsonl`.

mod lab;

use lab::random::case;
use lab::{Answer, Case, Random, typed};
use rollcast_values::{Effective, Reuse, effective, reuse};
use serde_json::{Value as Json, json};

const RECORDED: &str = include_str!("recorded/reuse.jsonl");

/// An upgrade.
struct Upgrade {
    before: Case,
    /// Helm's option, or an empty text.
    option: String,
    now: Case,
}

impl Upgrade {
    fn random(random: &mut Random) -> Self {
        let option = random.pick(&["--reuse-values", "--reuse-values", "--reset-then-reuse-values", ""]);
        let before = case(random);
        let mut now = case(random);
        match random.below(4) {
            // The same chart.
            0 => now.defaults.clone_from(&before.defaults),
            // Nothing is set now.
            1 => (now.files, now.flags) = (Vec::new(), Vec::new()),
            _ => {}
        }
        Self {
            before,
            option: option.to_owned(),
            now,
        }
    }

    fn ours(&self) -> Option<Answer> {
        let mut last: Option<Effective> = None;
        lab::values_by(&self.before, |defaults, given| {
            let found = effective(defaults, lab::CHART, given)?;
            last = Some(found.clone());
            Ok(found)
        })?
        .outcome
        .ok()?;
        let last = last?;
        let values = lab::values_by(&self.now, |defaults, given| {
            let how = match self.option.as_str() {
                "--reuse-values" => Reuse::ReuseValues,
                "--reset-then-reuse-values" => Reuse::ResetThenReuseValues,
                _ => Reuse::IfNothingIsSet,
            };
            reuse(how, &last, defaults, lab::CHART, given)
        })?;
        Some(Answer {
            outcome: values.outcome.map(|value| typed(&value)),
            warnings: values.warnings,
        })
    }
}

#[test]
fn an_upgrade_takes_over_what_helm_recorded() {
    let mut wrong = Vec::new();
    for line in RECORDED.lines() {
        let recorded: Json = serde_json::from_str(line).unwrap();
        let upgrade = Upgrade {
            before: Case::read(&recorded["before"]),
            option: recorded["option"].as_str().unwrap().to_owned(),
            now: Case::read(&recorded["now"]),
        };
        let (helms, ours) = (Answer::read(&recorded), upgrade.ours());
        if ours != helms {
            wrong.push(format!("{line}\n  helm: {helms:?}\n  ours: {ours:?}"));
        }
    }
    assert!(RECORDED.lines().count() > 100, "the recorded upgrades are gone");
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
#[ignore = "writes Helm's answers anew; see the file's head"]
fn record() {
    let (count, seed) = (lab::number("CASES", 200), lab::number("SEED", 1));
    let mut random = Random(seed as u64);
    let upgrades: Vec<Upgrade> = (0..count).map(|_| Upgrade::random(&mut random)).collect();
    lab::record::record("reuse.jsonl", &upgrades, |lab, upgrade| {
        // Else Helm's own answer is random, or the limit is ours.
        upgrade.ours()?;
        let mut line = lab.upgrade(&upgrade.before, &upgrade.option, &upgrade.now)?.write();
        line.insert("before".to_owned(), Json::Object(upgrade.before.write()));
        line.insert("option".to_owned(), json!(upgrade.option));
        line.insert("now".to_owned(), Json::Object(upgrade.now.write()));
        Some(Json::Object(line).to_string())
    });
}
