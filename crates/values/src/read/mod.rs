//! Helm's reading of one values file: bytes, YAML 1.1, JSON, Go values (sigs.k8s.io/yaml over gopkg.in/yaml.v2).

mod compose;
mod decode;
mod scalar;

pub(crate) use scalar::{Resolved, resolve};

use rollcast_yaml::{Mark, Span};

use crate::{Map, Origin};

/// A file as Helm reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// The values; empty for an empty file.
    pub map: Map,
    /// What Helm takes without a word although people rarely mean it.
    pub notes: Vec<Note>,
}

/// Something a person should know about a text that Helm accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is.
    pub kind: NoteKind,
    /// Where it stands.
    pub span: Span,
}

/// The silent traps of reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// A key stands twice in one map; the later one (here) wins and the earlier one (`first`) is lost, whole.
    DuplicateKey {
        /// The key.
        key: String,
        /// The earlier place.
        first: Span,
    },
    /// Two keys are different to YAML and the same to JSON (`1` and `"1"`): Helm picks one at random.
    CollidingKeys {
        /// The key both become.
        key: String,
        /// The earlier place.
        first: Span,
    },
    /// A merge (`<<`) behind an explicit key overrides it.
    MergeOverrides {
        /// The key.
        key: String,
    },
    /// A key that YAML 1.1 does not take as text: `on`, `y`, `010`.
    TypedKey {
        /// As written.
        written: String,
        /// What Helm makes of it.
        key: String,
    },
    /// A plain number with a leading zero, read as octal: `0777` is 511.
    Octal {
        /// As written.
        written: String,
        /// The number in decimals.
        decimal: String,
    },
    /// Text behind the first complete document is never read by Helm 3.
    Dropped,
}

/// Why Helm does not take a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// Helm's words behind `failed to parse FILE: `.
    pub helm: String,
    /// The words that matter, without Helm's wrapping and line.
    pub problem: String,
    /// Where the problem was noticed, exactly; Helm's own line can be one off or missing.
    pub span: Option<Span>,
}

/// Reads one values file; `origin` says where a value at a span comes from.
///
/// # Errors
/// Whatever makes Helm refuse the file, with its words and our place.
pub fn read(text: &[u8], origin: impl Fn(Span) -> Origin) -> Result<Read, ReadError> {
    let document = compose::compose(text)?;
    let (mut read, end) = decode::decode(&document, &origin)?;
    if let Some(start) = dropped_from(text, end) {
        let stop = Mark {
            offset: text.len(),
            ..start
        };
        read.notes.push(Note {
            kind: NoteKind::Dropped,
            span: Span { start, end: stop },
        });
    }
    Ok(read)
}

/// The first line behind the document that is more than a comment, a blank or a document end.
fn dropped_from(text: &[u8], end: Mark) -> Option<Mark> {
    let rest = text.get(end.offset..)?;
    let mut mark = end;
    for line in rest.split_inclusive(|byte| *byte == b'\n') {
        let content = line.trim_ascii();
        if !content.is_empty() && !content.starts_with(b"#") && content != b"..." && content != b"---" {
            return Some(mark);
        }
        mark = Mark {
            offset: mark.offset + line.len(),
            line: mark.line + 1,
            column: 0,
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Value;

    fn map(text: &str) -> Map {
        read(text.as_bytes(), |span| Origin::File { file: 0, span })
            .unwrap()
            .map
    }

    fn refusal(text: &str) -> String {
        read(text.as_bytes(), |span| Origin::File { file: 0, span })
            .unwrap_err()
            .helm
    }

    fn json(text: &str) -> String {
        Value::Map(map(text)).to_json()
    }

    #[test]
    fn scalars_follow_yaml_1_1() {
        for (text, expected) in [
            ("yes", "true"),
            ("oN", "\"oN\""),
            ("Off", "false"),
            ("~", "null"),
            ("", "null"),
            ("nil", "\"nil\""),
            ("07", "7"),
            ("0777", "511"),
            ("08", "8"),
            ("0o17", "15"),
            ("-0o17", "-15"),
            ("0x1F", "31"),
            ("+0x1", "1"),
            ("0b101", "5"),
            ("-0b101", "-5"),
            ("0b12", "\"0b12\""),
            ("1_000", "1000"),
            ("1__0", "10"),
            ("0x_F", "15"),
            ("1_000.5", "1000.5"),
            ("_1", "\"_1\""),
            ("1e", "\"1e\""),
            ("1.", "1"),
            (".5", "0.5"),
            ("-.5", "-0.5"),
            ("1E3", "1000"),
            (".1_0", "0.1"),
            ("1e400", "\"1e400\""),
            ("1e-400", "0"),
            ("0x1p4", "\"0x1p4\""),
            (".", "\".\""),
            ("2020-01-01", "\"2020-01-01\""),
            ("1:30", "\"1:30\""),
            ("=", "\"=\""),
            ("<<", "\"<<\""),
            ("'yes'", "\"yes\""),
            ("\"5\"", "\"5\""),
            ("! 5", "\"5\""),
            ("!foo 5", "\"5\""),
            ("!!str true", "\"true\""),
            ("!!int \"5\"", "5"),
            ("!!float 5", "5"),
            ("!!bool \"yes\"", "true"),
            ("!!null ''", "null"),
            ("!!binary aGVsbG8=", "\"hello\""),
            ("!!set {a}", "{\"a\":null}"),
            ("18446744073709551615", "18446744073709552000"),
        ] {
            assert_eq!(json(&format!("x: {text}")), format!("{{\"x\":{expected}}}"), "{text}");
        }
    }

    #[test]
    fn tags_that_do_not_fit_are_refused() {
        let prefix = "error converting YAML to JSON: yaml: ";
        for (text, expected) in [
            ("!!int 1.0", "cannot decode !!float `1.0` as a !!int"),
            ("!!int abc", "cannot decode !!str `abc` as a !!int"),
            ("!!bool 1", "cannot decode !!int `1` as a !!bool"),
            ("!!null x", "cannot decode !!str `x` as a !!null"),
            ("!!binary '*'", "!!binary value contains invalid base64 data"),
        ] {
            assert_eq!(refusal(&format!("x: {text}")), format!("{prefix}{expected}"), "{text}");
        }
        assert_eq!(
            refusal("x: .inf"),
            "error converting YAML to JSON: json: unsupported value: +Inf"
        );
        assert_eq!(
            refusal("x: [.NaN]"),
            "error converting YAML to JSON: json: unsupported value: NaN"
        );
    }

    #[test]
    fn keys_become_text() {
        assert_eq!(
            json("y: 1\n010: 2\n1.0: 3\n1e7: 4\nno: 5\n"),
            r#"{"1":3,"1e+07":4,"8":2,"false":5,"true":1}"#
        );
        assert_eq!(
            refusal("? [a]\n: 1\n"),
            "error converting YAML to JSON: yaml: invalid map key: []interface {}{\"a\"}"
        );
        assert_eq!(
            refusal("a: {{ x }}\n"),
            "error converting YAML to JSON: yaml: invalid map key: map[interface {}]interface {}{\"x\":interface {}(nil)}"
        );
        assert_eq!(
            refusal("~: 1\n"),
            "error converting YAML to JSON: unsupported map key of type: %!s(<nil>), key: <nil>, value: 1"
        );
    }

    #[test]
    fn merges_apply_where_they_stand() {
        assert_eq!(
            json("a: &a {x: 1, z: 2}\nb: {<<: *a, x: 3}\n"),
            r#"{"a":{"x":1,"z":2},"b":{"x":3,"z":2}}"#
        );
        assert_eq!(
            json("a: &a {x: 1}\nb: {x: 3, <<: *a}\n"),
            r#"{"a":{"x":1},"b":{"x":1}}"#
        );
        assert_eq!(json("b: {<<: [{x: 1}, {x: 2, z: 3}]}\n"), r#"{"b":{"x":1,"z":3}}"#);
        assert_eq!(json("\"<<\": 1\n"), r#"{"<<":1}"#);
        for text in ["<<: 1", "<<: [1]", "<<:"] {
            assert_eq!(
                refusal(text),
                "error converting YAML to JSON: yaml: map merge requires map or sequence of maps as the value"
            );
        }
    }

    #[test]
    fn anchors_are_bounded() {
        assert_eq!(json("a: &x 1\nb: *x\nc: &x 2\nd: *x\n"), r#"{"a":1,"b":1,"c":2,"d":2}"#);
        assert_eq!(
            refusal("a: *b"),
            "error converting YAML to JSON: yaml: unknown anchor 'b' referenced"
        );
        assert_eq!(
            refusal("a: &a [*a]"),
            "error converting YAML to JSON: yaml: anchor 'a' value contains itself"
        );
        let bomb = |levels: usize| {
            let mut text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
            for level in 1..=levels {
                let item = format!("*a{},", level - 1).repeat(9);
                text.push_str(&format!("a{level}: &a{level} [{item}]\n"));
            }
            text
        };
        assert!(read(bomb(2).as_bytes(), |span| Origin::File { file: 0, span }).is_ok());
        assert_eq!(
            refusal(&bomb(3)),
            "error converting YAML to JSON: yaml: document contains excessive aliasing"
        );
    }

    #[test]
    fn only_the_first_document_counts() {
        for text in ["", "\n", "# c\n", "null", "~", "---", "---\n---\na: 1\n"] {
            assert_eq!(json(text), "{}", "{text:?}");
        }
        assert_eq!(json("a: 1\n---\nb: 2\n"), r#"{"a":1}"#);
        assert_eq!(json("{a: 1} junk"), r#"{"a":1}"#);
        assert_eq!(json("  a: 1\nb: 2\n"), r#"{"a":1}"#);
        for (text, kind) in [("[]", "array"), ("x", "string"), ("5", "number"), ("true", "bool")] {
            assert_eq!(
                refusal(text),
                format!(
                    "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {kind} into Go value of type map[string]interface {{}}"
                )
            );
        }
    }

    #[test]
    fn traps_are_noted() {
        let kinds = |text: &str| -> Vec<(NoteKind, usize)> {
            let read = read(text.as_bytes(), |span| Origin::File { file: 0, span }).unwrap();
            read.notes
                .into_iter()
                .map(|note| (note.kind, note.span.start.line + 1))
                .collect()
        };
        assert!(
            matches!(&kinds("a: 1\nb: 2\na: 3\n")[..], [(NoteKind::DuplicateKey { key, first }, 3)]
            if key == "a" && first.start.line == 0)
        );
        assert!(matches!(
            &kinds("1: a\n\"1\": b\n")[..],
            [(NoteKind::TypedKey { .. }, 1), (NoteKind::CollidingKeys { .. }, 2)]
        ));
        assert!(
            matches!(&kinds("x: {on: 1}")[..], [(NoteKind::TypedKey { written, key }, 1)]
            if written == "on" && key == "true")
        );
        assert!(matches!(&kinds("a: 0777")[..], [(NoteKind::Octal { decimal, .. }, 1)] if decimal == "511"));
        assert!(matches!(&kinds("a: 1\n---\nb: 2\n")[..], [(NoteKind::Dropped, 3)]));
        assert!(matches!(&kinds("  a: 1\nb: 2\n")[..], [(NoteKind::Dropped, 2)]));
        assert!(matches!(
            &kinds("a: &a {x: 1}\nb: {x: 2, <<: *a}\n")[..],
            [(NoteKind::MergeOverrides { .. }, 1 | 2)]
        ));
        assert!(kinds("a: 1\n# end\n...\n").is_empty());
    }

    #[test]
    fn hostile_texts_get_an_answer() {
        let any = |text: &[u8]| {
            let _ = read(text, |span| Origin::File { file: 0, span });
        };
        any(&b"a: "
            .iter()
            .copied()
            .chain(std::iter::repeat_n(b'x', 10 << 20))
            .collect::<Vec<_>>());
        any("[".repeat(100_000).as_bytes());
        any("{a: ".repeat(100_000).as_bytes());
        any("- ".repeat(100_000).as_bytes());
        any("key: [1, two, {three: 3}]\n".repeat(40_000).as_bytes());
        let nest = |name: char, inner: &str| format!("{name}: &{name} {}{inner}{}\n", "[".repeat(200), "]".repeat(200));
        any([nest('a', ""), nest('b', "*a"), nest('c', "*b"), nest('d', "*c")]
            .concat()
            .as_bytes());
        for byte in 0..=u8::MAX {
            any(&[b"a: ", [byte].as_slice(), b"\nb: '", &[byte], b"'\n", &[byte]].concat());
        }
    }
}
