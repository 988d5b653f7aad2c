//! Events, checked and repaired where libyaml's grammar is not Helm's.
//!
//! Helm's reader is a port of an older libyaml with a few changes of its own. Where libyaml takes more, the event is
//! refused here with Helm's words; where it takes less, the bytes that stop it are replaced by bytes that do not, the
//! text is read again up to that point, and the meaning is put back into the event. Two differences are left: the limit
//! of 1024 for a key on one line is counted in bytes here and in characters by Helm, and a required key that never
//! gets its colon can be reported a line off where it is quoted.

use crate::engine::{Engine, Failure, Raw, RawMark, Step};
use crate::source::Source;
use crate::{Error, Mark, Span, Stage};

/// Helm stops at this many open flow collections, and at this many open block collections.
const MAX_DEPTH: usize = 10_000;

/// What all repeated readings together may cost, in bytes; see [`Parser::repair`].
const REPAIR_BUDGET: usize = 4 << 20;

/// A step of the grammar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A document begins.
    DocumentStart,
    /// It ends. What follows is not read by Helm 3.
    DocumentEnd,
    /// A reference to an anchor.
    Alias(String),
    /// A scalar.
    Scalar(Scalar),
    /// A list begins.
    ListStart {
        /// Its anchor.
        anchor: Option<String>,
        /// How it is written.
        layout: Layout,
    },
    /// It ends.
    ListEnd,
    /// A mapping begins; keys and values alternate.
    MapStart {
        /// Its anchor.
        anchor: Option<String>,
        /// How it is written.
        layout: Layout,
    },
    /// It ends.
    MapEnd,
}

/// How a collection is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// By indentation.
    Block,
    /// In brackets or braces, or as a lone pair inside brackets.
    Flow,
}

/// A scalar, still text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// Its anchor.
    pub anchor: Option<String>,
    /// Its tag, resolved to its long form; a lone `!` stays `!`. In a tag with a comma or a bracket, which means nothing
    /// to Helm, these are spelt `x`.
    pub tag: Option<String>,
    /// The text, escapes and folding resolved.
    pub text: String,
    /// Whether it was written without quotes and not as a block.
    pub plain: bool,
}

/// Reads events from a text.
pub struct Parser<'a> {
    engine: Engine,
    source: Source<'a>,
    /// Collections that are open.
    open: Vec<Open>,
    /// How many of them are in brackets, and how many deepen the indentation.
    brackets: usize,
    indents: usize,
    /// Events handed out so far, to find the place again after a repair.
    handed: usize,
    /// Whether the first document has begun.
    started: bool,
    /// Offsets of colons that are text to Helm and an error to libyaml; ascending.
    colons: Vec<usize>,
    /// The escape that stands for `\'`.
    apostrophe: Option<Escape>,
    spent: usize,
    done: bool,
}

/// An open collection.
#[derive(Clone, Copy)]
enum Open {
    /// Written with a bracket or brace, which stands here.
    Bracket { is_list: bool, at: Mark },
    /// By indentation to this column; a list may stand at its parent's column.
    Indent { is_list: bool, column: usize, deeper: bool },
    /// A pair without braces inside brackets.
    Pair,
}

/// An escape sequence of two characters and the control character it means, which cannot be written otherwise.
#[derive(Clone, Copy)]
struct Escape {
    letter: u8,
    means: char,
}

impl<'a> Parser<'a> {
    /// A parser at the beginning of a text: UTF-8, or UTF-16 with a byte order mark.
    #[must_use]
    pub fn new(text: &'a [u8]) -> Self {
        let source = Source::new(text);
        let engine = Engine::new(&source.bytes);
        Self {
            engine,
            source,
            open: Vec::new(),
            brackets: 0,
            indents: 0,
            handed: 0,
            started: false,
            colons: Vec::new(),
            apostrophe: None,
            spent: 0,
            done: false,
        }
    }

    /// The next event and where it stands, or `None` at the end of the stream.
    ///
    /// Scalars and collections begin at their anchor or tag; a block collection ends where the next token begins.
    ///
    /// # Errors
    /// The text is not YAML to Helm; afterwards there are no more events.
    pub fn next_event(&mut self) -> Result<Option<(Event, Span)>, Error> {
        while !self.done {
            match self.engine.next() {
                Ok(raw) => {
                    if self.repair_tag(&raw) {
                        continue;
                    }
                    if self.spent > REPAIR_BUDGET {
                        self.done = true;
                        return Err(self.too_much(raw.start));
                    }
                    self.handed += 1;
                    let span = Span {
                        start: self.mark(raw.start),
                        end: self.mark(raw.end),
                    };
                    match raw.step {
                        Step::StreamStart => {}
                        Step::StreamEnd => self.done = true,
                        Step::Event(event) => {
                            return self.check(event, span).map(Some).inspect_err(|_| self.done = true);
                        }
                        Step::WrongVersion => {
                            self.done = true;
                            return Err(self.wrong_version().unwrap_or_else(|| incompatible(span.start)));
                        }
                    }
                }
                Err(failure) => {
                    if self.repair_failure(&failure) {
                        continue;
                    }
                    self.done = true;
                    return Err(if self.spent > REPAIR_BUDGET {
                        self.too_much(failure.mark)
                    } else {
                        self.escaped_slash().unwrap_or_else(|| self.error(&failure))
                    });
                }
            }
        }
        Ok(None)
    }

    fn mark(&self, raw: RawMark) -> Mark {
        self.source.mark(raw.index, raw.line, raw.column)
    }

    fn error(&self, failure: &Failure) -> Error {
        if failure.stage != Stage::Reader
            && let Some(error) = self.wrong_version()
            && error.mark.offset < self.mark(failure.mark).offset
        {
            return error;
        }
        let problem = match failure.problem {
            // Helm's reader spells it so.
            "did not find expected hexadecimal number" => "did not find expected hexdecimal number",
            problem => problem,
        };
        Error {
            stage: failure.stage,
            problem: problem.to_owned(),
            mark: match failure.stage {
                Stage::Reader => self.source.mark_at(failure.offset),
                _ => self.mark(failure.mark),
            },
            context: failure.context.map(|mark| self.mark(mark)),
        }
    }

    fn too_much(&self, raw: RawMark) -> Error {
        let problem = "too many places where Helm's YAML is not libyaml's: commas in tags, colons before commas";
        error(Stage::Limit, problem, self.mark(raw))
    }

    /// libyaml also takes `%YAML 1.2`, and complains of a missing `---` first.
    fn wrong_version(&self) -> Option<Error> {
        if self.started {
            None
        } else {
            self.source.foreign_version().map(incompatible)
        }
    }

    /// What libyaml takes and Helm's reader does not, and what repairs changed.
    fn check(&mut self, mut event: Event, span: Span) -> Result<(Event, Span), Error> {
        match &mut event {
            Event::DocumentStart => self.started = true,
            Event::ListStart { layout, .. } => self.enter(*layout, true, span)?,
            Event::MapStart { layout, .. } => self.enter(*layout, false, span)?,
            Event::ListEnd | Event::MapEnd => match self.open.pop() {
                Some(Open::Bracket { .. }) => self.brackets -= 1,
                Some(Open::Indent { deeper: true, .. }) => self.indents -= 1,
                _ => {}
            },
            Event::Scalar(scalar) => {
                if scalar.plain {
                    self.restore_colons(&mut scalar.text, span);
                    self.refuse_question_mark(&scalar.text, span)?;
                } else {
                    self.refuse_escaped_slash(span)?;
                    if let Some(escape) = self.apostrophe
                        && scalar.text.contains(escape.means)
                    {
                        scalar.text = scalar.text.replace(escape.means, "'");
                    }
                }
                self.source.restore(&mut scalar.text);
            }
            Event::DocumentEnd | Event::Alias(_) => {}
        }
        Ok((event, span))
    }

    fn enter(&mut self, layout: Layout, is_list: bool, span: Span) -> Result<(), Error> {
        let bracket = if is_list { b'[' } else { b'{' };
        let open = match layout {
            Layout::Flow if self.source.slice(span).last() == Some(&bracket) => Open::Bracket {
                is_list,
                at: Mark {
                    offset: span.end.offset.saturating_sub(1),
                    line: span.end.line,
                    column: span.end.column.saturating_sub(1),
                },
            },
            Layout::Flow => Open::Pair,
            Layout::Block => {
                let column = span.start.column;
                let beside_key = is_list
                    && matches!(self.open.last(), Some(Open::Indent { is_list: false, column: parent, .. }) if *parent == column);
                Open::Indent {
                    is_list,
                    column,
                    deeper: !beside_key,
                }
            }
        };
        let at = match open {
            Open::Bracket { at, .. } => {
                self.brackets += 1;
                at
            }
            Open::Indent { deeper, .. } => {
                self.indents += usize::from(deeper);
                span.start
            }
            Open::Pair => span.start,
        };
        self.open.push(open);
        if self.brackets > MAX_DEPTH || self.indents > MAX_DEPTH {
            return Err(error(Stage::Scanner, "exceeded max depth of 10000", at));
        }
        Ok(())
    }

    /// A question mark ends a plain scalar inside brackets for Helm's reader, and then finds no place it may stand.
    fn refuse_question_mark(&self, text: &str, span: Span) -> Result<(), Error> {
        if self.brackets == 0 || !text.contains('?') {
            return Ok(());
        }
        let bracket = self.open.iter().rev().find_map(|open| match open {
            Open::Bracket { is_list, at } => Some((*is_list, *at)),
            _ => None,
        });
        let Some((is_list, context)) = bracket else {
            return Ok(());
        };
        let bytes = self.source.slice(span);
        let behind_first = text.matches('?').count() - 1;
        let places = bytes.iter().enumerate().rev().filter(|(_, byte)| **byte == b'?');
        let place = places.map(|(at, _)| at).nth(behind_first).unwrap_or(0);
        Err(Error {
            stage: Stage::Parser,
            problem: if is_list {
                "did not find expected ',' or ']'"
            } else {
                "did not find expected ',' or '}'"
            }
            .to_owned(),
            mark: self.source.mark_from(span.start, span.start.offset + place),
            context: Some(context),
        })
    }

    /// `\/` is an escape to libyaml (and to JSON), not to Helm's reader.
    fn refuse_escaped_slash(&self, span: Span) -> Result<(), Error> {
        let content = self.source.content(span);
        let text = self.source.bytes.get(content..span.end.offset).unwrap_or_default();
        if text.first() != Some(&b'"') {
            return Ok(());
        }
        let mut escaped = false;
        for (at, byte) in text.iter().enumerate() {
            if escaped && *byte == b'/' {
                let mark = self.source.mark_from(span.start, content + at - 1);
                return Err(Error {
                    context: Some(self.source.mark_from(span.start, content)),
                    ..error(Stage::Scanner, "found unknown escape character", mark)
                });
            }
            escaped = !escaped && *byte == b'\\';
        }
        Ok(())
    }

    /// Helm's reader stops at `\/` when it scans it, which can be before what libyaml stops at and the scalar's event.
    fn escaped_slash(&self) -> Option<Error> {
        let mut bytes = self.source.bytes.to_vec();
        let slashes: Vec<usize> = bytes
            .windows(2)
            .enumerate()
            .filter_map(|(at, pair)| (pair == b"\\/").then_some(at + 1))
            .collect();
        if slashes.is_empty() {
            return None;
        }
        // An escape that libyaml does not know either.
        for at in slashes {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = b'q';
            }
        }
        let mut engine = Engine::new(&bytes);
        loop {
            match engine.next() {
                Ok(raw) if matches!(raw.step, Step::StreamEnd) => return None,
                Ok(_) => {}
                Err(failure) => {
                    let found = self.error(&failure);
                    let slash = self.source.bytes.get(found.mark.offset + 1) == Some(&b'/');
                    return (slash && failure.problem == "found unknown escape character").then_some(found);
                }
            }
        }
    }

    /// Puts colons back: the characters of a plain scalar that are no blanks stand in its text one by one.
    fn restore_colons(&self, text: &mut String, span: Span) {
        let from = self.colons.partition_point(|at| *at < span.start.offset);
        for at in self.colons.iter().skip(from).take_while(|at| **at < span.end.offset) {
            let rest = self.source.bytes.get(*at..span.end.offset).unwrap_or_default();
            let rest = String::from_utf8_lossy(rest);
            let behind = rest.chars().skip(1).filter(|c| !is_blank(*c)).count();
            let place = text.char_indices().rev().filter(|(_, c)| !is_blank(*c)).nth(behind);
            if let Some((place, _)) = place {
                text.replace_range(place..=place, ":");
            }
        }
    }

    /// What libyaml stops at and Helm's reader does not: `\'` in double quotes; a colon before `,` `]` `}` … in a flow
    /// collection; a bracket or comma in a tag.
    fn repair_failure(&mut self, failure: &Failure) -> bool {
        let at = self.mark(failure.mark).offset;
        let rest = self.source.bytes.get(at..).unwrap_or_default();
        match (failure.problem, rest) {
            ("found unexpected ':'", [b':', ..]) => {
                let place = self.colons.partition_point(|colon| *colon < at);
                self.colons.insert(place, at);
                self.repair(&[at], b'x')
            }
            ("found unknown escape character", [b'\\', b'\'', ..]) => {
                let places: Vec<usize> = escaped_apostrophes(rest).map(|place| at + place).collect();
                if self.apostrophe.is_none() {
                    self.apostrophe = unused_escape(&self.source.bytes);
                }
                self.apostrophe
                    .is_some_and(|escape| self.repair(&places, escape.letter))
            }
            ("did not find expected whitespace or line break", [b',' | b'[' | b']', ..]) => self.repair(&[at], b'x'),
            _ => false,
        }
    }

    /// In brackets libyaml ends a tag before a comma, Helm's reader takes the comma into the tag.
    fn repair_tag(&mut self, raw: &Raw) -> bool {
        if !raw.tagged {
            return false;
        }
        let start = self.mark(raw.start);
        self.source
            .comma_behind_tag(start)
            .is_some_and(|at| self.repair(&[at], b'x'))
    }

    /// Replaces bytes and reads the text again up to where we were.
    fn repair(&mut self, places: &[usize], stand_in: u8) -> bool {
        self.spent += places.first().map_or(0, |at| at + 8_192);
        if self.spent > REPAIR_BUDGET {
            return false;
        }
        let bytes = self.source.bytes.to_mut();
        for at in places {
            if let Some(byte) = bytes.get_mut(*at) {
                *byte = stand_in;
            }
        }
        self.engine = Engine::new(&self.source.bytes);
        (0..self.handed).all(|_| self.engine.next().is_ok())
    }
}

fn error(stage: Stage, problem: &str, mark: Mark) -> Error {
    Error {
        stage,
        problem: problem.to_owned(),
        mark,
        context: None,
    }
}

fn incompatible(mark: Mark) -> Error {
    error(Stage::Parser, "found incompatible YAML document", mark)
}

/// An escape that no scalar of the text uses, in whichever way.
fn unused_escape(bytes: &[u8]) -> Option<Escape> {
    let text = String::from_utf8_lossy(bytes);
    [(b'a', 7), (b'v', 11), (b'f', 12), (b'b', 8), (b'e', 27)]
        .into_iter()
        .map(|(letter, code)| Escape {
            letter,
            means: char::from(code),
        })
        .find(|escape| {
            let code = u32::from(escape.means);
            let lower = [
                format!("\\{}", char::from(escape.letter)),
                format!("\\x{code:02x}"),
                format!("\\u{code:04x}"),
                format!("\\U{code:08x}"),
            ];
            let upper = [
                format!("\\x{code:02X}"),
                format!("\\u{code:04X}"),
                format!("\\U{code:08X}"),
            ];
            !lower
                .iter()
                .chain(&upper)
                .any(|written| text.contains(written.as_str()))
        })
}

/// Where the apostrophes of all `\'` stand in the rest of a double-quoted scalar.
fn escaped_apostrophes(rest: &[u8]) -> impl Iterator<Item = usize> {
    let mut escaped = false;
    let inside = rest.iter().take_while(move |byte| {
        let ends = **byte == b'"' && !escaped;
        escaped = !escaped && **byte == b'\\';
        !ends
    });
    let mut escaped = false;
    inside.enumerate().filter_map(move |(at, byte)| {
        let found = escaped && *byte == b'\'';
        escaped = !escaped && *byte == b'\\';
        found.then_some(at)
    })
}

/// What folding may change.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scalars(text: &str) -> Result<Vec<String>, String> {
        let mut parser = Parser::new(text.as_bytes());
        let mut found = Vec::new();
        while let Some((event, span)) = parser.next_event().map_err(|error| error.to_string())? {
            assert!(
                span.start.offset <= span.end.offset && span.end.offset <= text.len(),
                "{span:?} in {text:?}"
            );
            if let Event::Scalar(scalar) = event {
                found.push(scalar.text);
            }
        }
        Ok(found)
    }

    fn message(text: &str) -> String {
        scalars(text).expect_err(text)
    }

    #[test]
    fn spans_are_byte_offsets() {
        let text = "\u{FEFF}# é\nkey: \"vä\" # …\nnext: x\n";
        let mut parser = Parser::new(text.as_bytes());
        let mut found = Vec::new();
        while let Some((event, span)) = parser.next_event().unwrap() {
            if let Event::Scalar(_) = event {
                found.push((
                    &text[span.start.offset..span.end.offset],
                    span.start.line,
                    span.start.column,
                ));
            }
        }
        assert_eq!(found, [("key", 1, 0), ("\"vä\"", 1, 5), ("next", 2, 0), ("x", 2, 6)]);
    }

    #[test]
    fn scanner_errors_name_their_line_and_parser_errors_the_one_before() {
        assert_eq!(
            message("a: 1\nb: c: d\n"),
            "yaml: line 2: mapping values are not allowed in this context"
        );
        assert_eq!(
            message("a:\n  b: 1\n c: 2\n"),
            "yaml: line 2: did not find expected key"
        );
        assert_eq!(
            message("a: b: c"),
            "yaml: mapping values are not allowed in this context"
        );
        assert_eq!(message("a: \"x"), "yaml: found unexpected end of stream");
        assert_eq!(message("\u{1}"), "yaml: control characters are not allowed");
    }

    #[test]
    fn escapes_are_those_of_helms_reader() {
        assert_eq!(scalars(r#"a: "it\'s \\' \'x" "#).unwrap(), ["a", r"it's \' 'x"]);
        assert_eq!(
            message("a: 1\nb: \"x\\/y\"\n"),
            "yaml: line 2: found unknown escape character"
        );
        assert_eq!(scalars(r#"a: "x\\/y" "#).unwrap(), ["a", r"x\/y"]);
        assert_eq!(
            scalars(r#"["\'\a\x0b\u000C", '\''']"#).unwrap(),
            ["'\u{7}\u{b}\u{c}", r"\'"]
        );
        assert_eq!(
            message("a: 1\nb: &c !!str # d\n  \"\\/\"\n"),
            "yaml: line 3: found unknown escape character"
        );
        assert_eq!(
            message("a: 1\nb: \"\\q\"\n"),
            "yaml: line 2: found unknown escape character"
        );
    }

    #[test]
    fn a_colon_before_a_flow_indicator_is_text() {
        assert_eq!(scalars("{a:}").unwrap(), ["a:", ""]);
        assert_eq!(scalars("[a:,b]").unwrap(), ["a:", "b"]);
        assert_eq!(scalars("x: {a:1}").unwrap(), ["x", "a:1", ""]);
        assert_eq!(message("x: {a:{b: 1}}\ny: 1"), "yaml: did not find expected ',' or '}'");
        assert_eq!(
            scalars("[a :, é  b:,\n c ,d::,x]").unwrap(),
            ["a :", "é  b:", "c", "d::", "x"]
        );
        assert_eq!(scalars("[a\n\n :,b]").unwrap(), ["a\n:", "b"]);
    }

    #[test]
    #[cfg_attr(miri, ignore = "the size is the point, and Miri is slow")]
    fn repairs_are_many_and_not_endless() {
        assert_eq!(scalars(&format!("[{}]", "a:,".repeat(400))).unwrap().len(), 400);
        assert!(message(&format!("[{}]", "a:,".repeat(10_000))).contains("too many places"));
    }

    #[test]
    fn a_question_mark_ends_a_plain_scalar_in_brackets() {
        for (text, expected) in [
            ("y: 1\nx: [a,\n b?c]", "yaml: line 2: did not find expected ',' or ']'"),
            ("y: 1\nx: [{a: b?c}]", "yaml: line 1: did not find expected ',' or '}'"),
            ("y: 1\nx: [a: b?c]", "yaml: line 1: did not find expected ',' or ']'"),
        ] {
            assert_eq!(message(text), expected, "{text}");
        }
        assert_eq!(scalars("x: a?b\ny: ['a?b']").unwrap(), ["x", "a?b", "y", "a?b"]);
        let mut parser = Parser::new("x: [!a?b é?c]".as_bytes());
        let error = loop {
            if let Err(error) = parser.next_event() {
                break error;
            }
        };
        assert_eq!((error.mark.offset, error.mark.column), (11, 10));
        assert_eq!(error.context.map(|mark| mark.offset), Some(3));
    }

    #[test]
    fn tags_may_hold_commas_and_brackets() {
        assert_eq!(scalars("[!!str, y]").unwrap(), ["y"]);
        assert_eq!(scalars("x: !a[b],c d").unwrap(), ["x", "d"]);
        assert_eq!(scalars("[&a !!str, y, *a, !<x> z]").unwrap(), ["y", "z"]);
        assert_eq!(message("[!!str]"), "yaml: line 1: did not find expected ',' or ']'");
    }

    #[test]
    fn a_byte_order_mark_inside_is_a_character() {
        assert_eq!(
            scalars("a: 1\n\u{FEFF}b: \u{FEFF}\n").unwrap(),
            ["a", "1", "\u{FEFF}b", "\u{FEFF}"]
        );
        assert_eq!(scalars("\u{FEFF}a: 1").unwrap(), ["a", "1"]);
    }

    #[test]
    fn a_foreign_version_is_refused() {
        assert!(scalars("%YAML 1.1\n---\na: 1\n").is_ok());
        for text in [
            "%YAML 1.2\n---\na: 1\n",
            "%YAML 1.2\na: 1\n",
            "# c\n%TAG ! x:\n%YAML 2.0\n@",
        ] {
            assert!(message(text).ends_with("found incompatible YAML document"), "{text}");
        }
    }

    #[test]
    #[cfg_attr(miri, ignore = "the size is the point, and Miri is slow")]
    fn depth_is_limited_and_quick() {
        for text in [
            "[".repeat(100_000),
            "{".repeat(100_000),
            "[\n".repeat(100_000),
            "- ".repeat(100_000),
            "? ".repeat(100_000),
            "{a: ".repeat(100_000),
        ] {
            let message = message(&text);
            assert!(message.ends_with("exceeded max depth of 10000"), "{message}");
        }
        for (open, close) in [("[", "]"), ("- ", "")] {
            let nested = |depth: usize| scalars(&[open.repeat(depth), close.repeat(depth)].concat());
            assert!(nested(10_000).is_ok());
            assert!(nested(10_001).is_err());
        }
        assert!(scalars(&"{a:".repeat(2_000)).is_err());
    }

    #[test]
    fn every_prefix_and_every_byte_gets_an_answer() {
        let text =
            "a: &x [1, 'b', \"c\\n\"]\nd: |\n  text\n\nf: >-\n  folded\n  é\ng: *x\n? k\n: v\n--- !!str x\n...\n";
        for end in 0..=text.len() {
            let mut parser = Parser::new(&text.as_bytes()[..end]);
            while let Ok(Some(_)) = parser.next_event() {}
        }
        for byte in 0..=u8::MAX {
            let bytes = [b"a: ", &[byte][..], b"x\n", &[byte, byte]].concat();
            let mut parser = Parser::new(&bytes);
            while let Ok(Some(_)) = parser.next_event() {}
            assert!(matches!(parser.next_event(), Ok(None)));
        }
    }
}
