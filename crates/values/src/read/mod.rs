//! Helm's reading of one values file: bytes, YAML 1.1, JSON, Go values (sigs.k8s.io/yaml over gopkg.in/yaml.v2).
//!
//! The steps, one file each: [`compose`] builds the tree of the first document, [`decode`] gives its scalars types and
//! follows merges and aliases, [`json`] makes the keys text and the numbers float64.

mod compose;
mod decode;
mod documents;
mod go;
mod json;
mod scalar;

pub(crate) use decode::MAX_DEPTH;
pub(crate) use scalar::{Resolved, resolve};

use std::fmt;

use rollcast_yaml::{Mark, Span};

use crate::coalesce::overlay;
use crate::note::Notes;
use crate::{HelmLine, Map, Note, NoteKind, Origin};

/// What a value at a span of the text comes from.
type At<'a> = &'a dyn Fn(Span) -> Origin;

/// A file as Helm reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// The values; empty for an empty file.
    pub map: Map,
    /// What Helm takes without a word although people rarely mean it, in the order of the text; at most a thousand.
    pub notes: Vec<Note>,
}

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// Helm's words behind `failed to parse FILE: `, in the wording of the line asked for, or `None` where Helm may well take the file and the limit is ours.
    pub helm: Option<String>,
    /// The words that matter, without Helm's wrapping and line.
    pub problem: String,
    /// Where the problem was noticed, exactly; Helm's own line can be one off or missing.
    pub span: Option<Span>,
}

/// Helm's words, or ours where the limit is ours.
impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.helm.as_ref().unwrap_or(&self.problem))
    }
}

impl std::error::Error for ReadError {}

impl ReadError {
    /// An error of YAML without a line.
    fn yaml(problem: &str, span: Span) -> Self {
        Self {
            helm: Some(format!("error converting YAML to JSON: yaml: {problem}")),
            problem: problem.to_owned(),
            span: Some(span),
        }
    }

    /// An error between YAML and JSON.
    fn json(problem: &str, span: Span) -> Self {
        Self {
            helm: Some(format!("error converting YAML to JSON: {problem}")),
            problem: problem.to_owned(),
            span: Some(span),
        }
    }

    /// The error of one of several documents, as Helm 4 words it.
    fn of_document(self) -> Self {
        Self {
            helm: self.helm.map(|helm| format!("cannot unmarshal yaml document: {helm}")),
            ..self
        }
    }

    /// A limit of ours.
    fn limit(problem: String, span: Span) -> Self {
        Self {
            helm: None,
            problem,
            span: Some(span),
        }
    }
}

/// Reads one values file as Helm 3 does; `origin` says where a value at a span comes from.
///
/// # Errors
/// Whatever makes Helm refuse the file, with its words and our place; or values nested deeper than we follow.
pub fn read(text: &[u8], origin: impl Fn(Span) -> Origin) -> Result<Read, ReadError> {
    read_as(text, HelmLine::V3_17, origin)
}

/// Reads one values file as a Helm line does: Helm 3 takes the first document, Helm 4 merges all of them.
///
/// # Errors
/// As for [`read()`].
pub fn read_as(text: &[u8], helm: HelmLine, origin: impl Fn(Span) -> Origin) -> Result<Read, ReadError> {
    let mut notes = Notes::default();
    let map = if helm == HelmLine::V4 {
        let mut map = Map::new();
        let mut documents = documents::Documents::new(text);
        while let Some(documents::Piece { text, base, end }) = documents.next()? {
            let read =
                document(&text, Place { base, end: Some(end) }, &origin, &mut notes).map_err(ReadError::of_document)?;
            overlay(&mut map, read);
        }
        map
    } else {
        document(text, Place::default(), &origin, &mut notes)?
    };
    Ok(Read {
        map,
        notes: notes.into_text_order(),
    })
}

/// Where a text stands in its file.
#[derive(Clone, Copy, Default)]
struct Place {
    base: Mark,
    /// Where the file has no more of it, although Helm reads a line break more.
    end: Option<Mark>,
}

impl Place {
    fn mark(self, mark: Mark) -> Mark {
        let mark = Mark {
            offset: self.base.offset + mark.offset,
            line: self.base.line + mark.line,
            column: mark.column,
        };
        self.end.filter(|end| end.offset < mark.offset).unwrap_or(mark)
    }

    fn span(self, span: Span) -> Span {
        Span {
            start: self.mark(span.start),
            end: self.mark(span.end),
        }
    }
}

/// Reads the first document of a text.
fn document(text: &[u8], place: Place, at: At<'_>, notes: &mut Notes) -> Result<Map, ReadError> {
    let mut document = compose::compose(text, place)?;
    if let Some((kind, span)) = dropped(text, document.end) {
        notes.take(kind, at(place.span(span)), []);
    }
    let mut decoder = decode::Decoder::new(&mut document, at, notes);
    let root = decoder.root()?;
    let has_infinite = decoder.has_infinite;
    match root {
        Some(root) => json::ToJson::new(&document, at, notes).root(root, has_infinite),
        None => Ok(Map::new()),
    }
}

/// What stands behind the document, if it is more than comments, blanks and document marks.
fn dropped(text: &[u8], end: Mark) -> Option<(NoteKind, Span)> {
    let mut mark = end;
    let mut found: Option<(NoteKind, Mark)> = None;
    let mut last = end;
    let mut marked = false;
    for line in text.get(end.offset..)?.split_inclusive(|byte| *byte == b'\n') {
        let mut content = line.trim_ascii();
        let is_mark = |content: &[u8]| {
            mark.column == 0
                && matches!(content.get(..3), Some(b"---" | b"..."))
                && !content.get(3).is_some_and(u8::is_ascii_graphic)
        };
        if is_mark(content) {
            marked = true;
            content = content.get(3..).unwrap_or_default().trim_ascii();
        }
        if !content.is_empty() && !content.starts_with(b"#") {
            let kind = if marked {
                NoteKind::DroppedDocument
            } else {
                NoteKind::DroppedTail
            };
            found.get_or_insert((kind, mark));
            let length = line.trim_ascii_end().len();
            let characters = line
                .get(..length)
                .map_or(0, |text| String::from_utf8_lossy(text).chars().count());
            last = Mark {
                offset: mark.offset + length,
                line: mark.line,
                column: mark.column + characters,
            };
        }
        mark = Mark {
            offset: mark.offset + line.len(),
            line: mark.line + 1,
            column: 0,
        };
    }
    found.map(|(kind, start)| (kind, Span { start, end: last }))
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
            .expect("a refusal of Helm's")
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
    fn an_escaped_slash_is_met_where_it_is_scanned() {
        let slash =
            |line: u32| format!("error converting YAML to JSON: yaml: line {line}: found unknown escape character");
        for (text, line) in [
            ("x:\n  y: 2\n\"\\/\"\n  # c\n  w:\n    z: 1\n", 3),
            ("x:\n  y: 1\n \"\\/\"\n", 3),
            ("a: [\nb: \"\\/\"\n", 2),
        ] {
            assert_eq!(refusal(text), slash(line), "{text}");
        }
        for text in ["a: '\\/'\nb: [\n", "a: \"\\\\/\"\nb: [\n"] {
            assert!(!refusal(text).contains("escape"), "{text}");
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
    fn helm_4_merges_all_documents() {
        let read = |text: &str| {
            let read = read_as(text.as_bytes(), HelmLine::V4, |span| Origin::File { file: 0, span });
            read.map_err(|error| error.to_string())
        };
        let json = |text: &str| read(text).map(|read| Value::Map(read.map).to_json());
        for (text, expected) in [
            (
                "a: {x: 1, w: 2}\n---\na: {w: 3}\n---\n# nothing\n---\nb: 1",
                r#"{"a":{"w":3,"x":1},"b":1}"#,
            ),
            ("---\n---\na: 1\n", r#"{"a":1}"#),
            ("a: &a 1\nb: |\n  x", r#"{"a":1,"b":"x\n"}"#),
            ("a: 1\n...\nb: 2\n---\nc: 3\n", r#"{"a":1,"c":3}"#),
        ] {
            assert_eq!(json(text).as_deref(), Ok(expected), "{text}");
        }
        for (text, expected) in [
            (
                "a: 1\n---\nb: 2\nc: d: e\n",
                "cannot unmarshal yaml document: error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context",
            ),
            (
                "a: &a 1\n---\nb: *a\n",
                "cannot unmarshal yaml document: error converting YAML to JSON: yaml: unknown anchor 'a' referenced",
            ),
            (
                "a: 1\n--- b\n",
                "error reading yaml document: invalid Yaml document separator: b",
            ),
        ] {
            assert_eq!(read(text).unwrap_err(), expected, "{text}");
        }
        let text = "a: 1\n---\nb: 2\n---\né: [no]\né: 0\n";
        let read = read(text).unwrap();
        let place = |span: Span| (&text[span.start.offset..span.end.offset], span.start.line);
        let key = read.map.get("é").and_then(|node| node.key).unwrap();
        assert_eq!(place(key), ("é", 5));
        let notes: Vec<_> = read
            .notes
            .iter()
            .map(|note| place(note.origin.span().unwrap()))
            .collect();
        assert_eq!(notes, [("no", 4), ("é", 5)]);
    }

    #[test]
    fn traps_are_noted() {
        /// Kind, the text it stands in, and the text of the first place where there is one.
        fn notes(text: &str) -> Vec<String> {
            let read = read(text.as_bytes(), |span| Origin::File { file: 0, span }).unwrap();
            let at = |span: Span| format!("{}:{}", span.start.line + 1, &text[span.start.offset..span.end.offset]);
            let show = |note: Note| {
                let place = at(note.origin.span().unwrap());
                let place = note.path.map_or(place.clone(), |path| format!("{place} in {path}"));
                match note.kind {
                    NoteKind::DuplicateKey { key, first } => format!("duplicate {key} at {place} first {}", at(first)),
                    NoteKind::CollidingKeys { key, first } => format!("colliding {key} at {place} first {}", at(first)),
                    NoteKind::MergeOverrides { key, first } => format!("merged {key} at {place} first {}", at(first)),
                    NoteKind::TypedKey { written, key } => format!("key {written} is {key} at {place}"),
                    NoteKind::BooleanWord { written, value } => format!("word {written} is {value} at {place}"),
                    NoteKind::Octal { written, decimal } => format!("octal {written} is {decimal} at {place}"),
                    NoteKind::Respelt { written, printed } => format!("{written} prints {printed} at {place}"),
                    NoteKind::PrecisionLost { written, read } => format!("{written} loses to {read} at {place}"),
                    NoteKind::DroppedDocument => format!("document at {place}"),
                    NoteKind::DroppedTail => format!("tail at {place}"),
                    other => format!("{other:?}"),
                }
            };
            read.notes.into_iter().map(show).collect()
        }
        for (text, expected) in [
            ("a: 1\nb: 2\na: 3\n", &["duplicate a at 3:a in a first 1:a"][..]),
            ("a: {x: 1, 'x': 2}", &["duplicate x at 1:'x' in a.x first 1:x"]),
            (
                "1: a\n\"1\": b\n",
                &["key 1 is 1 at 1:1 in 1", "colliding 1 at 2:\"1\" in 1 first 1:1"],
            ),
            ("x: {on: 1}", &["key on is true at 1:on in x.true"]),
            ("010: 1", &["key 010 is 8 at 1:010 in 8"]),
            ("a: 0777", &["octal 0777 is 511 at 1:0777 in a"]),
            ("a: no # Norway", &["word no is false at 1:no in a"]),
            ("a: [true, 'no', 5, 1.5, 0]", &[]),
            ("a: {b.c: [x, 1_0]}", &["1_0 prints 10 at 1:1_0 in a.b\\.c[1]"]),
            ("tag: 1.10", &["1.10 prints 1.1 at 1:1.10 in tag"]),
            ("tag: 20250516", &["20250516 prints 2.0250516e+07 at 1:20250516 in tag"]),
            (
                "a: 9007199254740993",
                &["9007199254740993 loses to 9007199254740992 at 1:9007199254740993 in a"],
            ),
            ("a: 1\n---\nb: 2\n# c\n", &["document at 3:b: 2"]),
            ("a: 1\n--- {b: 2}\n...\nc\n", &["document at 2:--- {b: 2}\n...\nc"]),
            ("  a: 1\nb: 2\nc: é\n\n", &["tail at 2:b: 2\nc: é"]),
            ("{a: 1} junk", &["tail at 1:junk"]),
            (
                "a: &a {x: 1}\nb: {x: 2, <<: *a}\n",
                &["merged x at 2:<< in b.x first 2:x"],
            ),
            (
                "a: &a {y: 1}\nb: *a\nc: {<<: *a, \"true\": 2}",
                &[
                    "key y is true at 1:y in a.true",
                    "colliding true at 3:\"true\" in c.true first 1:y",
                ],
            ),
            ("a: 1\n# end\n...\n---\n# nothing\n", &[]),
        ] {
            assert_eq!(notes(text), expected, "{text}");
        }
    }

    #[test]
    fn notes_end_somewhere() {
        let text = "- 1.10\n".repeat(2_000);
        let read = read(format!("a:\n{text}---\nb: 1\n").as_bytes(), Origin::Default).unwrap();
        assert_eq!(read.notes.len(), 1_000);
        assert_eq!(
            read.notes.last().map(|note| &note.kind),
            Some(&NoteKind::DroppedDocument)
        );
    }

    #[test]
    fn nesting_is_followed_to_our_limit_and_refused_beyond() {
        let nested = |depth: usize| {
            read(
                format!("a: {}{}", "[".repeat(depth), "]".repeat(depth)).as_bytes(),
                Origin::Default,
            )
        };
        assert!(nested(249).is_ok());
        assert_eq!(nested(9_000).unwrap_err().helm, None);
        assert_eq!(
            nested(10_001).unwrap_err().helm.as_deref(),
            Some("error converting YAML to JSON: yaml: exceeded max depth of 10000")
        );
    }

    #[test]
    fn the_first_wrong_number_in_the_order_of_keys_is_named() {
        assert_eq!(
            refusal("b: .nan\na: [1, {c: -.inf}]\n"),
            "error converting YAML to JSON: json: unsupported value: -Inf"
        );
        assert!(refusal("x: .inf\n~: 1\n").contains("unsupported map key"));
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
