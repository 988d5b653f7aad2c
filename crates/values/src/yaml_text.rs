//! Helm's `toYaml`: JSON text read back as YAML and written by go-yaml v2 (sigs.k8s.io/yaml `Marshal`).

use rollcast_yaml::{Output, Style, emit};

use crate::read::{Resolved, resolve};
use crate::value::{Node, Value};

impl Value {
    /// The value as `toYaml` prints it, without the last line break. What cannot be written gives an empty text, as it
    /// does in Helm.
    #[must_use]
    pub fn to_yaml(&self) -> String {
        if changes_on_the_way(self) {
            return through_json(self).map_or_else(String::new, |value| value.written());
        }
        self.written()
    }

    fn written(&self) -> String {
        let mut texts = Vec::new();
        collect(self, &mut texts);
        let outputs = texts.iter().map(|piece| match piece {
            Piece::Mark(output) => *output,
            Piece::Text(text, style) => Output::Scalar(text, *style),
        });
        let mut text = emit(outputs).unwrap_or_default();
        if text.ends_with('\n') {
            text.pop();
        }
        text
    }
}

/// Whether a text in the value may not survive as JSON that is read as YAML: C1 controls and DEL are refused there, NEL
/// is a line break, and a long key is none.
fn changes_on_the_way(value: &Value) -> bool {
    let delicate = |text: &str| text.contains(|c| matches!(c, '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}'));
    match value {
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) => false,
        Value::Str(text) => delicate(text),
        Value::List(items) => items.iter().any(|item| changes_on_the_way(&item.value)),
        Value::Map(map) => map
            .iter()
            .any(|(key, node)| delicate(key) || key.len() > 150 || changes_on_the_way(&node.value)),
    }
}

/// What is left of a value after the JSON that Go writes was read as YAML; `None` where it cannot be read.
fn through_json(value: &Value) -> Option<Value> {
    // Go writes these as escapes, and only these among what JSON text may hold raw.
    let mut json = value.to_json();
    for (raw, escape) in [
        ('<', "\\u003c"),
        ('>', "\\u003e"),
        ('&', "\\u0026"),
        ('\u{2028}', "\\u2028"),
        ('\u{2029}', "\\u2029"),
    ] {
        if json.contains(raw) {
            json = json.replace(raw, escape);
        }
    }
    let read = crate::read(format!("{{\"x\":{json}}}").as_bytes(), crate::Origin::Default).ok()?;
    read.map.into_iter().next().map(|(_, node)| node.value)
}

enum Piece {
    Mark(Output<'static>),
    Text(String, Style),
}

fn collect(value: &Value, pieces: &mut Vec<Piece>) {
    match value {
        Value::Null => pieces.push(Piece::Text("null".to_owned(), Style::Plain)),
        Value::Bool(value) => pieces.push(Piece::Text(value.to_string(), Style::Plain)),
        Value::Int(value) => pieces.push(Piece::Text(value.to_string(), Style::Plain)),
        Value::Float(value) => pieces.push(Piece::Text(number_text(*value), Style::Plain)),
        Value::Str(text) => pieces.push(Piece::Text(text.clone(), style(text))),
        Value::List(items) => {
            pieces.push(Piece::Mark(Output::ListStart));
            for item in items {
                collect(&item.value, pieces);
            }
            pieces.push(Piece::Mark(Output::ListEnd));
        }
        Value::Map(map) => {
            pieces.push(Piece::Mark(Output::MapStart));
            for (key, node) in in_written_order(map.iter().collect()) {
                pieces.push(Piece::Text(key.clone(), style(key)));
                collect(&node.value, pieces);
            }
            pieces.push(Piece::Mark(Output::MapEnd));
        }
    }
}

/// The number's JSON text read as YAML: whole numbers below 2^64 become integers again.
fn number_text(value: f64) -> String {
    let text = rollcast_go::json(value);
    match resolve(&text, false) {
        Resolved::Int(integer) => integer.to_string(),
        Resolved::UInt(integer) => integer.to_string(),
        _ => rollcast_go::print(value),
    }
}

/// go-yaml's choice: a block for several lines, plain unless that would read back as something else.
fn style(text: &str) -> Style {
    if text.contains('\n') {
        Style::Literal
    } else if matches!(resolve(text, true), Resolved::Str | Resolved::Merge) && !is_base_60(text) {
        Style::Plain
    } else {
        Style::DoubleQuoted
    }
}

/// `190:20:30`: a number in YAML 1.1's base 60, which go-yaml no longer reads but still quotes.
fn is_base_60(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let mut parts = unsigned.split(':');
    let first = parts.next().unwrap_or_default();
    if !first.starts_with(|c: char| c.is_ascii_digit()) || !first.bytes().all(|b| b.is_ascii_digit() || b == b'_') {
        return false;
    }
    let rest: Vec<&str> = parts.collect();
    let Some((last, middle)) = rest.split_last() else {
        return false;
    };
    let sixtieth = |part: &str| match part.as_bytes() {
        [ones] => ones.is_ascii_digit(),
        [b'0'..=b'5', ones] => ones.is_ascii_digit(),
        _ => false,
    };
    let (last, fraction) = last.split_once('.').unwrap_or((last, ""));
    middle.iter().all(|part| sixtieth(part))
        && sixtieth(last)
        && fraction.bytes().all(|b| b.is_ascii_digit() || b == b'_')
}

/// Keys in the order go-yaml writes them. Its comparison is not a total order for every set of keys, so this merge sort
/// stands in for the library's sort, which may panic on such.
fn in_written_order<'a>(mut entries: Vec<(&'a String, &'a Node)>) -> Vec<(&'a String, &'a Node)> {
    if entries.len() < 2 {
        return entries;
    }
    let right = in_written_order(entries.split_off(entries.len() / 2));
    let left = in_written_order(entries);
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    while let (Some((l, _)), Some((r, _))) = (left.peek(), right.peek()) {
        let next = if written_before(r, l) {
            right.next()
        } else {
            left.next()
        };
        merged.extend(next);
    }
    merged.extend(left);
    merged.extend(right);
    merged
}

/// go-yaml's natural order of keys (sorter.go): numbers by value, other signs before letters.
fn written_before(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let Some(at) = a.iter().zip(&b).position(|(x, y)| x != y) else {
        return a.len() < b.len();
    };
    let (Some(&x), Some(&y)) = (a.get(at), b.get(at)) else {
        return false;
    };
    match (x.is_alphabetic(), y.is_alphabetic()) {
        (true, true) => return x < y,
        (false, false) => {}
        (_, y_is_letter) => return y_is_letter,
    }
    // A zero behind another digit does not lead its number.
    let inside = (x == '0' || y == '0')
        && a.iter()
            .take(at)
            .rev()
            .take_while(|c| c.is_numeric())
            .any(|c| *c != '0');
    let start = i64::from(inside);
    let number = |text: &[char]| {
        let digits = text.iter().skip(at).take_while(|c| c.is_ascii_digit());
        digits.fold((start, 0_usize), |(value, count), digit| {
            let digit = i64::from(u32::from(*digit) - u32::from('0'));
            (value.wrapping_mul(10).wrapping_add(digit), count + 1)
        })
    };
    let (x_number, y_number) = (number(&a), number(&b));
    if x_number == y_number {
        x < y
    } else {
        x_number < y_number
    }
}

#[cfg(test)]
mod tests {
    use crate::{Origin, Value, read};

    fn yaml(text: &str) -> String {
        let map = read(text.as_bytes(), |span| Origin::File { file: 0, span })
            .unwrap()
            .map;
        Value::Map(map).to_yaml()
    }

    #[test]
    fn texts_that_would_read_back_otherwise_are_quoted() {
        for (written, printed) in [
            ("x: 'yes'", "x: \"yes\""),
            ("x: '5'", "x: \"5\""),
            ("x: 2020-01-01", "x: \"2020-01-01\""),
            ("x: 1:30", "x: \"1:30\""),
            ("x: 'a: b'", "x: 'a: b'"),
            ("x: ''", "x: \"\""),
            ("x: \"\\u0001\"", "x: \"\\x01\""),
            ("x: \"a\\nb\"", "x: |-\n  a\n  b"),
            ("x: \"a\\n\\n\"", "x: |+\n  a\n"),
            ("x: '...'", "x: '...'"),
            ("x: 1000000", "x: 1000000"),
            ("x: 0.00001", "x: 1e-05"),
            ("x: 1e20", "x: 1e+20"),
            ("x: -0.0", "x: 0"),
            ("x: [a, {b: []}, ~]", "x:\n- a\n- b: []\n- null"),
            ("x: {}", "x: {}"),
            // go-yaml does not mind that this one reads back as a merge.
            ("\"<<\": <<", "<<: <<"),
            ("x: \"a\\Nb\"", "x: a b"),
            ("x: \"\\U0001F600\"", "x: \"\\U0001F600\""),
            ("x: [\"\\x7f\"]", ""),
        ] {
            assert_eq!(yaml(written), printed, "{written}");
        }
    }

    #[test]
    fn what_json_and_yaml_understand_differently_is_lost_as_in_helm() {
        for (written, printed) in [
            ("x: \"a\\x7f\"", ""),
            ("x: \"a\\x80\"", ""),
            ("x: \"a\\uFFFF\"", ""),
            ("x: \"a \\N b\"", "x: a b"),
            ("x: \"a\\uFEFF\"", "x: \"a\\uFEFF\""),
        ] {
            assert_eq!(yaml(written), printed, "{written}");
        }
        let key = |sign: &str, times: usize| yaml(&format!("? {}\n: 1", sign.repeat(times)));
        assert!(key("k", 1022).starts_with("? kkk"));
        assert_eq!(key("k", 1023), "");
        assert!(key("<", 170).starts_with("? <"));
        assert_eq!(key("<", 171), "");
    }

    #[test]
    fn keys_are_in_natural_order() {
        assert_eq!(
            yaml("{a10: 1, a2: 1, B: 1, a: 1, _x: 1, '1': 1, '01': 1}"),
            "_x: 1\n\"1\": 1\n\"01\": 1\nB: 1\na: 1\na2: 1\na10: 1"
        );
    }
}
