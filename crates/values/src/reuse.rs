//! What an upgrade takes over from the last release (`reuseValues` in pkg/action/upgrade.go).

use serde::{Deserialize, Serialize};

use crate::coalesce::coalesce_tables;
use crate::effective::{Effective, Error, Given, over, user_supplied};
use crate::{Map, Node, Origin, Value};

/// How `helm upgrade` takes over the values of the last release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Reuse {
    /// `--reuse-values`: what was set then comes under what is set now, and the values computed then, the old chart's
    /// defaults among them, take the place of the new chart's defaults.
    ReuseValues,
    /// `--reset-then-reuse-values`: what was set then comes under what is set now, over the new chart's defaults.
    ResetThenReuseValues,
    /// Neither option: what was set then is set again where nothing is set now.
    IfNothingIsSet,
}

impl Reuse {
    /// What the options say, of which the first wins where both are given.
    #[must_use]
    pub const fn by_options(reuse_values: bool, reset_then_reuse_values: bool) -> Option<Self> {
        match (reuse_values, reset_then_reuse_values) {
            (true, _) => Some(Self::ReuseValues),
            (false, true) => Some(Self::ResetThenReuseValues),
            (false, false) => None,
        }
    }
}

/// The values of an upgrade that takes over those of the last release: `last` is what [`effective`](crate::effective())
/// gave for it, and what comes from there has the origin [`Origin::LastRelease`].
///
/// A number that was an int64 of `--set` is a float64 by now, because Helm keeps releases as JSON.
///
/// # Errors
/// As of [`effective`](crate::effective()).
pub fn reuse(
    reuse: Reuse,
    last: &Effective,
    defaults: &Map,
    chart: &str,
    given: &Given<'_>,
) -> Result<Effective, Error> {
    let computed = kept(&last.values);
    let below = match reuse {
        Reuse::ReuseValues => &computed,
        Reuse::ResetThenReuseValues | Reuse::IfNothingIsSet => defaults,
    };
    let mut notes = Vec::new();
    let mut user = user_supplied(below, given, &mut notes)?;
    let mut warnings = match reuse {
        // It computes them anew.
        Reuse::ReuseValues => last.warnings.clone(),
        Reuse::ResetThenReuseValues | Reuse::IfNothingIsSet => Vec::new(),
    };
    if reuse != Reuse::IfNothingIsSet || user.is_empty() {
        warnings.extend(coalesce_tables(&mut user, &kept(&last.given), given.helm));
    }
    let mut found = over(below, chart, user, given.helm, notes);
    warnings.append(&mut found.warnings);
    Ok(Effective { warnings, ..found })
}

/// Values as a release keeps them.
fn kept(values: &Value) -> Map {
    match stored(values) {
        Value::Map(map) => map,
        _ => Map::new(),
    }
}

fn stored(value: &Value) -> Value {
    let node = |node: &Node| Node {
        value: stored(&node.value),
        origin: Origin::LastRelease,
        key: None,
    };
    match value {
        #[expect(clippy::cast_precision_loss, reason = "so does Go's reader of JSON")]
        Value::Int(number) => Value::Float(*number as f64),
        Value::List(items) => Value::List(items.iter().map(node).collect()),
        Value::Map(map) => Value::Map(map.iter().map(|(key, value)| (key.clone(), node(value))).collect()),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{File, Flag, FlagKind, effective, read};

    /// The values of an upgrade from the chart of `{a: 1, b: {c: 2}}` to that of `{a: 10, d: 4}`.
    fn upgraded(how: Reuse, before: &str, flag: Option<&str>, now: &str) -> String {
        let table = |text: &str| read(text.as_bytes(), Origin::Default).unwrap().map;
        let flags = flag.map(|arg| Flag {
            kind: FlagKind::Set,
            arg,
            content: None,
        });
        let given = |text, flags| Given {
            files: std::slice::from_ref(text),
            flags,
            ..Given::default()
        };
        let (before, now) = (File { name: "", text: before }, File { name: "", text: now });
        let last = effective(&table("{a: 1, b: {c: 2}}"), "lab", &given(&before, flags.as_slice())).unwrap();
        let found = reuse(how, &last, &table("{a: 10, d: 4}"), "lab", &given(&now, &[])).unwrap();
        found.values.to_json()
    }

    #[test]
    fn defaults_are_those_of_the_old_chart_or_of_the_new_one() {
        use Reuse::{IfNothingIsSet, ResetThenReuseValues, ReuseValues};
        for (how, before, now, expected) in [
            (ReuseValues, "", "", r#"{"a":1,"b":{"c":2}}"#),
            (ReuseValues, "b: {c: 3}", "e: 5", r#"{"a":1,"b":{"c":3},"e":5}"#),
            (
                ResetThenReuseValues,
                "b: {c: 3}",
                "e: 5",
                r#"{"a":10,"b":{"c":3},"d":4,"e":5}"#,
            ),
            (IfNothingIsSet, "b: {c: 3}", "e: 5", r#"{"a":10,"d":4,"e":5}"#),
            (IfNothingIsSet, "b: {c: 3}", "", r#"{"a":10,"b":{"c":3},"d":4}"#),
        ] {
            assert_eq!(upgraded(how, before, None, now), expected, "{how:?} {before} {now}");
        }
    }

    #[test]
    fn a_null_brings_back_what_it_shall_take_away() {
        assert_eq!(
            upgraded(Reuse::ReuseValues, "a: 7", None, "a:"),
            r#"{"a":7,"b":{"c":2}}"#
        );
        assert_eq!(upgraded(Reuse::ReuseValues, "", None, "a:"), r#"{"b":{"c":2}}"#);
        assert_eq!(
            upgraded(Reuse::ResetThenReuseValues, "a: 7", None, "a:"),
            r#"{"a":10,"d":4}"#
        );
    }

    #[test]
    fn an_integer_of_a_flag_is_a_float_by_then() {
        let values = upgraded(Reuse::ResetThenReuseValues, "", Some("big=12345678"), "");
        assert_eq!(values, r#"{"a":10,"big":12345678,"d":4}"#);
        assert_eq!(stored(&Value::Int(12_345_678)).print(), "1.2345678e+07");
    }
}
