//! What stands behind the `=` of `--set`, `--set-string` and `--set-file`: a text up to the next comma, or texts in
//! braces.

use rollcast_go::json;

use super::FlagKind;
use super::error::Problem;
use super::walk::{Flow, Walker};
use crate::read::{Resolved, resolve};
use crate::{NoteKind, Value};

/// What becomes of a text, which begins at a place in the argument, before it is typed.
type Convert<'f> = dyn FnMut(&mut Walker<'_, '_>, usize, String) -> Result<String, Problem> + 'f;

/// Reads a value; `convert` turns a path into the content of the file.
pub(super) fn value(walker: &mut Walker<'_, '_>, convert: &mut Convert<'_>) -> Result<(Value, Flow), Problem> {
    let start = walker.scan.at();
    match walker.scan.peek() {
        None => Ok((Value::Str(String::new()), Flow::End)),
        Some('{') => {
            walker.scan.next();
            if walker.scan.peek() == Some('}') {
                walker.note(NoteKind::EmptyBraces);
            }
            list(walker, start, convert).map(|list| (list, Flow::Next))
        }
        Some(_) => {
            let (text, _) = walker.scan.until(&[','], true);
            let text = convert(walker, start, text)?;
            Ok((typed(walker, text), Flow::Next))
        }
    }
}

/// Behind a `{`: items up to the `}`. There is always one item, so `{}` holds an empty text.
fn list(walker: &mut Walker<'_, '_>, start: usize, convert: &mut Convert<'_>) -> Result<Value, Problem> {
    let mut items = Vec::new();
    loop {
        let at = walker.scan.at();
        let (text, stop) = walker.scan.until(&[',', '}'], true);
        if stop.is_none() {
            return Err(Problem::new(
                start,
                "list must terminate with '}'",
                "The list that begins with `{` has no closing `}`.",
                "Close the list, or write `\\{` for a brace that is text.",
            ));
        }
        if stop == Some('}') {
            walker.scan.take(',');
        }
        let text = convert(walker, at, text)?;
        let value = typed(walker, text);
        items.push(walker.node(value));
        if stop == Some('}') {
            return Ok(Value::List(items));
        }
    }
}

fn typed(walker: &mut Walker<'_, '_>, text: String) -> Value {
    if walker.flag.kind == FlagKind::SetFile {
        return Value::Str(text);
    }
    let typed = walker.flag.kind == FlagKind::Set;
    if let Some(kind) = trap(&text, typed) {
        walker.note(kind);
    }
    if typed { type_of(text) } else { Value::Str(text) }
}

/// What may surprise about a text.
fn trap(text: &str, typed: bool) -> Option<NoteKind> {
    let written = text.to_owned();
    if text.trim() != text {
        return Some(NoteKind::BlankAroundValue { written });
    }
    let quoted = |quote: char| text.len() > 1 && text.starts_with(quote) && text.ends_with(quote);
    if quoted('"') || quoted('\'') {
        return Some(NoteKind::QuotesKept { written });
    }
    if !typed || text.is_empty() || !matches!(type_of(text.to_owned()), Value::Str(_)) {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "a values file would lose it, too")]
    let in_file = match resolve(text, true) {
        Resolved::Null => "null".to_owned(),
        Resolved::Bool(value) => value.to_string(),
        Resolved::Int(value) => json(value as f64),
        Resolved::UInt(value) => json(value as f64),
        Resolved::Float(value) if value.is_finite() => json(value),
        _ => return None,
    };
    Some(NoteKind::StaysText { written, in_file })
}

/// The type `--set` gives a text: `true`, `false` and `null` in any case, whole decimal numbers that do not start with
/// a zero, and text (strvals `typedVal`).
fn type_of(text: String) -> Value {
    // Go's case folding, in which the long s is an s.
    let is = |word: &str| {
        let folded = text
            .chars()
            .map(|c| if c == 'ſ' { 's' } else { c.to_ascii_lowercase() });
        folded.eq(word.chars())
    };
    if is("true") {
        Value::Bool(true)
    } else if is("false") {
        Value::Bool(false)
    } else if is("null") {
        Value::Null
    } else if text == "0" {
        Value::Int(0)
    } else if !text.starts_with('0')
        && let Ok(number) = text.parse()
    {
        Value::Int(number)
    } else {
        Value::Str(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_texts_are_more_than_text() {
        for (text, expected) in [
            ("true", Value::Bool(true)),
            ("False", Value::Bool(false)),
            ("falſe", Value::Bool(false)),
            ("NULL", Value::Null),
            ("0", Value::Int(0)),
            ("-0", Value::Int(0)),
            ("+1", Value::Int(1)),
            ("-01", Value::Int(-1)),
            ("9223372036854775807", Value::Int(i64::MAX)),
        ] {
            assert_eq!(type_of(text.to_owned()), expected, "{text}");
        }
        for text in [
            "",
            "yes",
            "no",
            "~",
            "on",
            "1.5",
            "1e3",
            "0x10",
            "015",
            "00",
            " 1",
            "1 ",
            "1_000",
            "+",
            "-",
            "nil",
            "\"1\"",
            "9223372036854775808",
        ] {
            assert_eq!(type_of(text.to_owned()), Value::Str(text.to_owned()), "{text}");
        }
    }
}
