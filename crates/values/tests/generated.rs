//! Random defaults, values files and flags through the real Helm and through ours: the values with their types, what
//! templates print of them, the messages and the warnings must be the same.
//!
//! `CASES` and `SEED` in the environment ask for more and for others; without a Helm 3.17 nothing is compared, and that is
//! said.

mod lab;

use std::fmt::Write as _;
use std::sync::Mutex;

use lab::random::case;
use lab::{Answer, Case, Random};
use rollcast_values::Value;

/// What templates do with a value: print it, test it, convert it, look into it.
const TEMPLATE: &str = r#"{{ include "typed" .Values }}
{{- range $key, $value := .Values }}
{{ $key }}|{{ $value }}|{{ printf "%v" $value }}|{{ if $value }}T{{ else }}F{{ end }}|{{ int $value -}}
|{{ default "fallback" $value }}|{{ if or (kindIs "slice" $value) (kindIs "invalid" $value) }}{{ has "a" $value }}{{ end -}}
|{{ quote $value }}
{{ toYaml $value }}
{{- end }}"#;

#[test]
fn random_values_are_helms() {
    let Some(helm) = lab::helm() else { return };
    let (count, seed) = (lab::number("CASES", 120), lab::number("SEED", 1));
    let mut random = Random(seed as u64);
    let cases: Vec<Case> = (0..count).map(|_| case(&mut random)).collect();
    let wrong = Mutex::new(Vec::new());
    let compared = Mutex::new(0);
    lab::in_parallel(&helm, TEMPLATE, &cases, |lab, _, case| {
        // Helm's own answer is random, or the limit is ours.
        let Some(ours) = ours(case) else { return };
        *compared.lock().unwrap() += 1;
        let mut helms = lab.ask(case);
        // Helm takes this away behind the template, and here it is encoded by then.
        helms.outcome = helms.outcome.map(|text| text.replace("<no value>", ""));
        if ours != helms {
            wrong
                .lock()
                .unwrap()
                .push(format!("{}\n--- helm: {helms:#?}\n--- ours: {ours:#?}", shown(case)));
        }
    });
    let (wrong, compared) = (wrong.into_inner().unwrap(), compared.into_inner().unwrap());
    eprintln!(
        "{compared} of {count} cases compared, seed {seed}: {} differ",
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(compared * 10 > count * 9, "most cases have one answer");
}

fn shown(case: &Case) -> String {
    let mut text = format!("--- defaults\n{}", case.defaults);
    for file in &case.files {
        let _ = write!(text, "--- file\n{}", String::from_utf8_lossy(file));
    }
    for flag in &case.flags {
        let _ = writeln!(text, "--- {} {}", flag.kind.name(), flag.arg);
    }
    text
}

/// Ours for [`TEMPLATE`].
fn ours(case: &Case) -> Option<Answer> {
    let values = lab::values(case)?;
    let outcome = values.outcome.map(|value| {
        let mut text = lab::typed(&value);
        let Value::Map(map) = value else { return text };
        for (key, node) in map {
            let value = node.value;
            let fallback = Value::Str("fallback".to_owned());
            let nil = matches!(value, Value::Null);
            let _ = write!(
                text,
                "\n{key}|{}|{}|{}|{}|{}|{}|{}\n{}",
                value.print(),
                if nil { "<nil>".to_owned() } else { value.print() },
                if value.truthy() { 'T' } else { 'F' },
                value.to_int(),
                value.or(&fallback).print(),
                if nil || matches!(value, Value::List(_)) {
                    value.has("a").unwrap().to_string()
                } else {
                    String::new()
                },
                value.quote(),
                value.to_yaml(),
            );
        }
        text
    });
    Some(Answer {
        outcome,
        warnings: values.warnings,
    })
}
