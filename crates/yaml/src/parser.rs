use std::ffi::{CStr, c_void};
use std::mem::MaybeUninit;

use unsafe_libyaml as unsafe_yaml;

use crate::source::Source;
use crate::{Error, Mark, Span, Stage};

/// Collections may be nested this deep. Helm stops at 10,000 with the same words; no chart nests a hundred, and a
/// browser's stack is small.
const MAX_DEPTH: usize = 250;

/// Helm hands its reader 512 bytes at a time, so bytes behind the first document only matter in the chunk reached.
const CHUNK: usize = 512;

/// What all repeated readings together may cost, in bytes; see [`Parser::patch`].
const PATCH_BUDGET: usize = 4 << 20;

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
    },
    /// It ends.
    ListEnd,
    /// A mapping begins; keys and values alternate.
    MapStart {
        /// Its anchor.
        anchor: Option<String>,
    },
    /// It ends.
    MapEnd,
}

/// A scalar, still text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// Its anchor.
    pub anchor: Option<String>,
    /// Its tag, resolved to its long form; a lone `!` stays `!`.
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
    depth: usize,
    /// Events handed out so far, to find the place again after a patch.
    handed: usize,
    /// Stands for a `:` that Helm's grammar takes as text inside a flow collection.
    colon: Option<u8>,
    /// Stands for the backslash of `\'`, which Helm accepts.
    backslash: Option<u8>,
    spent: usize,
    done: bool,
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
            depth: 0,
            handed: 0,
            colon: None,
            backslash: None,
            spent: 0,
            done: false,
        }
    }

    /// The next event and where it stands, or `None` at the end of the stream.
    ///
    /// # Errors
    /// The text is not YAML to Helm; afterwards there are no more events.
    pub fn next_event(&mut self) -> Result<Option<(Event, Span)>, Error> {
        loop {
            if self.done {
                return Ok(None);
            }
            match self.engine.next() {
                Ok(raw) => {
                    self.handed += 1;
                    let span = Span {
                        start: self.mark(raw.start),
                        end: self.mark(raw.end),
                    };
                    match raw.step {
                        Step::Skip => {}
                        Step::End => self.done = true,
                        Step::Event(event) => {
                            return self.check(event, span).map(Some).inspect_err(|_| self.done = true);
                        }
                        Step::WrongVersion => {
                            self.done = true;
                            return Err(problem(Stage::Parser, "found incompatible YAML document", span.start));
                        }
                    }
                }
                Err(failure) => {
                    if self.patch(&failure) {
                        continue;
                    }
                    self.done = true;
                    return Err(Error {
                        stage: failure.stage,
                        problem: failure.problem.to_owned(),
                        mark: self.mark(failure.mark),
                        context: failure.context.map(|mark| self.mark(mark)),
                    });
                }
            }
        }
    }

    fn mark(&self, raw: RawMark) -> Mark {
        self.source.mark(raw.index, raw.line, raw.column)
    }

    /// Depth, escapes and stand-ins: what libyaml leaves open.
    fn check(&mut self, mut event: Event, span: Span) -> Result<(Event, Span), Error> {
        match &mut event {
            Event::ListStart { .. } | Event::MapStart { .. } => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return Err(problem(Stage::Scanner, "exceeded max depth of 10000", span.start));
                }
            }
            Event::ListEnd | Event::MapEnd => self.depth = self.depth.saturating_sub(1),
            Event::Scalar(scalar) => {
                if !scalar.plain
                    && let Some(mark) = self.refused_escape(span)
                {
                    return Err(problem(Stage::Scanner, "found unknown escape character", mark));
                }
                if let Some(stand_in) = self.colon {
                    scalar.text = scalar.text.replace(char::from(stand_in), ":");
                }
                if let Some(stand_in) = self.backslash {
                    scalar.text = scalar.text.replace(char::from(stand_in), "");
                }
            }
            Event::DocumentStart | Event::DocumentEnd | Event::Alias(_) => {}
        }
        Ok((event, span))
    }

    /// Where a double-quoted scalar holds `\/`: libyaml takes it, Helm's reader does not.
    fn refused_escape(&self, span: Span) -> Option<Mark> {
        let text = self.source.bytes.get(span.start.offset..span.end.offset)?;
        if text.first() != Some(&b'"') {
            return None;
        }
        let mut mark = span.start;
        let mut escaped = false;
        for byte in text {
            if escaped && *byte == b'/' {
                return Some(mark);
            }
            escaped = !escaped && *byte == b'\\';
            mark.offset += 1;
            match byte {
                b'\n' => (mark.line, mark.column) = (mark.line + 1, 0),
                0x80..0xC0 => {}
                _ => mark.column += 1,
            }
        }
        None
    }

    /// Two things Helm's reader accepts make libyaml stop: `\'` in double quotes, and a colon before `,` `]` `}` … in
    /// a flow collection. Each is replaced by a character the text does not contain, of the same length so that marks
    /// stay true, and the text is read again up to where we were; `check` puts the meaning back.
    fn patch(&mut self, failure: &Failure) -> bool {
        let at = self.source.mark(failure.mark.index, 0, 0).offset;
        let near = at..(at + 3).min(self.source.bytes.len());
        let (place, stand_in) = match failure.problem {
            "found unexpected ':'" => {
                let Some(stand_in) = self.colon.or_else(|| self.source.unused(self.backslash)) else {
                    return false;
                };
                self.colon = Some(stand_in);
                (
                    near.clone().find(|i| self.source.bytes.get(*i) == Some(&b':')),
                    stand_in,
                )
            }
            "found unknown escape character" => {
                let Some(stand_in) = self.backslash.or_else(|| self.source.unused(self.colon)) else {
                    return false;
                };
                let quote = near.clone().find(|i| self.source.bytes.get(*i..i + 2) == Some(b"\\'"));
                if quote.is_none() {
                    return false;
                }
                self.backslash = Some(stand_in);
                (quote, stand_in)
            }
            _ => return false,
        };
        self.spent += self.source.bytes.len();
        let Some(byte) = place.and_then(|place| self.source.bytes.to_mut().get_mut(place)) else {
            return false;
        };
        if self.spent > PATCH_BUDGET {
            return false;
        }
        *byte = stand_in;
        self.engine = Engine::new(&self.source.bytes);
        for _ in 0..self.handed {
            if self.engine.next().is_err() {
                return false;
            }
        }
        true
    }
}

fn problem(stage: Stage, problem: &str, mark: Mark) -> Error {
    Error {
        stage,
        problem: problem.to_owned(),
        mark,
        context: None,
    }
}

/// A mark as this libyaml counts: bytes behind the byte order mark; lines and columns (characters) from 0.
#[derive(Clone, Copy)]
struct RawMark {
    index: usize,
    line: usize,
    column: usize,
}

struct Raw {
    step: Step,
    start: RawMark,
    end: RawMark,
}

enum Step {
    Skip,
    Event(Event),
    WrongVersion,
    End,
}

struct Failure {
    stage: Stage,
    problem: &'static str,
    mark: RawMark,
    context: Option<RawMark>,
}

/// What the read handler walks over. Owned, so that nothing libyaml points to can move or go away.
struct Input {
    bytes: Vec<u8>,
    read: usize,
}

/// libyaml's parser with its input.
struct Engine {
    /// Heap cells reached through raw pointers only, since libyaml keeps a pointer to the input.
    parser: *mut unsafe_yaml::yaml_parser_t,
    input: *mut Input,
}

impl Engine {
    fn new(bytes: &[u8]) -> Self {
        let input = Box::into_raw(Box::new(Input {
            bytes: bytes.to_vec(),
            read: 0,
        }));
        let parser = Box::into_raw(Box::new(MaybeUninit::<unsafe_yaml::yaml_parser_t>::uninit()))
            .cast::<unsafe_yaml::yaml_parser_t>();
        // SAFETY: `parser` points to memory of the right size and alignment, which `initialize` fills (it cannot fail:
        // it only allocates, and allocation failure aborts); `input` lives until `drop`, after the parser is deleted.
        unsafe {
            let _ = unsafe_yaml::yaml_parser_initialize(parser);
            unsafe_yaml::yaml_parser_set_input(parser, read, input.cast());
        }
        Self { parser, input }
    }

    fn next(&mut self) -> Result<Raw, Failure> {
        let mut event = MaybeUninit::<unsafe_yaml::yaml_event_t>::uninit();
        // SAFETY: the parser was initialised in `new`; `parse` fills the event before it returns, with zeroes at first.
        let parsed = unsafe { unsafe_yaml::yaml_parser_parse(self.parser, event.as_mut_ptr()) };
        if !parsed.ok {
            return Err(self.failure());
        }
        // SAFETY: filled by the successful call; the union field read in `step` is the one its type names.
        unsafe {
            let raw = {
                let event = event.assume_init_ref();
                Raw {
                    step: step(event),
                    start: raw_mark(event.start_mark),
                    end: raw_mark(event.end_mark),
                }
            };
            unsafe_yaml::yaml_event_delete(event.as_mut_ptr());
            Ok(raw)
        }
    }

    fn failure(&self) -> Failure {
        // SAFETY: the parser is initialised; problem and context are null or static C strings.
        let (error, problem, mark, context, context_mark) = unsafe {
            let parser = &*self.parser;
            let prefix: &unsafe_yaml::yaml_parser_t = parser;
            (
                prefix.error,
                prefix.problem,
                prefix.problem_mark,
                prefix.context,
                prefix.context_mark,
            )
        };
        let problem = if problem.is_null() {
            "unknown problem parsing YAML content"
        } else {
            // SAFETY: a static, NUL-terminated ASCII string of libyaml.
            unsafe { CStr::from_ptr(problem) }
                .to_str()
                .unwrap_or("unknown problem parsing YAML content")
        };
        Failure {
            stage: match error {
                unsafe_yaml::YAML_SCANNER_ERROR => Stage::Scanner,
                unsafe_yaml::YAML_PARSER_ERROR => Stage::Parser,
                _ => Stage::Reader,
            },
            problem,
            mark: raw_mark(mark),
            context: (!context.is_null()).then(|| raw_mark(context_mark)),
        }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // SAFETY: both pointers come from `Box::into_raw` in `new` and are dropped once; the parser goes first because
        // it points to the input. The parser's box is freed as the uninitialised memory it was made as.
        unsafe {
            unsafe_yaml::yaml_parser_delete(self.parser);
            drop(Box::from_raw(
                self.parser.cast::<MaybeUninit<unsafe_yaml::yaml_parser_t>>(),
            ));
            drop(Box::from_raw(self.input));
        }
    }
}

/// libyaml's read handler: at most [`CHUNK`] bytes a call.
///
/// # Safety
/// `data` is the `Input` of the engine, `buffer` has room for `size` bytes, `size_read` may be written.
unsafe fn read(data: *mut c_void, buffer: *mut u8, size: u64, size_read: *mut u64) -> i32 {
    // SAFETY: see above; nothing else holds a reference to the input while libyaml runs.
    unsafe {
        let input = &mut *data.cast::<Input>();
        let room = usize::try_from(size).unwrap_or(CHUNK).min(CHUNK);
        let rest = input.bytes.get(input.read..).unwrap_or_default();
        let count = rest.len().min(room);
        std::ptr::copy_nonoverlapping(rest.as_ptr(), buffer, count);
        input.read += count;
        *size_read = count as u64;
    }
    1
}

fn raw_mark(mark: unsafe_yaml::yaml_mark_t) -> RawMark {
    let number = |figure: u64| usize::try_from(figure).unwrap_or(usize::MAX);
    RawMark {
        index: number(mark.index),
        line: number(mark.line),
        column: number(mark.column),
    }
}

/// # Safety
/// The event was filled by libyaml and not yet deleted.
unsafe fn step(event: &unsafe_yaml::yaml_event_t) -> Step {
    // SAFETY: each arm reads the union field that belongs to the event's type.
    unsafe {
        match event.type_ {
            unsafe_yaml::YAML_DOCUMENT_START_EVENT => {
                let version = event.data.document_start.version_directive;
                if !version.is_null() && ((*version).major, (*version).minor) != (1, 1) {
                    return Step::WrongVersion;
                }
                Step::Event(Event::DocumentStart)
            }
            unsafe_yaml::YAML_DOCUMENT_END_EVENT => Step::Event(Event::DocumentEnd),
            unsafe_yaml::YAML_ALIAS_EVENT => {
                Step::Event(Event::Alias(text(event.data.alias.anchor).unwrap_or_default()))
            }
            unsafe_yaml::YAML_SCALAR_EVENT => {
                let scalar = &event.data.scalar;
                let bytes = std::slice::from_raw_parts(scalar.value, usize::try_from(scalar.length).unwrap_or(0));
                Step::Event(Event::Scalar(Scalar {
                    anchor: text(scalar.anchor),
                    tag: text(scalar.tag),
                    text: String::from_utf8_lossy(bytes).into_owned(),
                    plain: scalar.style == unsafe_yaml::YAML_PLAIN_SCALAR_STYLE,
                }))
            }
            unsafe_yaml::YAML_SEQUENCE_START_EVENT => Step::Event(Event::ListStart {
                anchor: text(event.data.sequence_start.anchor),
            }),
            unsafe_yaml::YAML_SEQUENCE_END_EVENT => Step::Event(Event::ListEnd),
            unsafe_yaml::YAML_MAPPING_START_EVENT => Step::Event(Event::MapStart {
                anchor: text(event.data.mapping_start.anchor),
            }),
            unsafe_yaml::YAML_MAPPING_END_EVENT => Step::Event(Event::MapEnd),
            unsafe_yaml::YAML_STREAM_START_EVENT => Step::Skip,
            _ => Step::End,
        }
    }
}

/// # Safety
/// Null, or a NUL-terminated string of libyaml.
unsafe fn text(pointer: *const u8) -> Option<String> {
    if pointer.is_null() {
        return None;
    }
    // SAFETY: see above.
    let text = unsafe { CStr::from_ptr(pointer.cast()) };
    Some(text.to_string_lossy().into_owned())
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
    }

    #[test]
    fn a_foreign_version_is_refused() {
        assert!(scalars("%YAML 1.1\n---\na: 1\n").is_ok());
        assert_eq!(
            message("%YAML 1.2\n---\na: 1\n"),
            "yaml: found incompatible YAML document"
        );
    }

    #[test]
    fn depth_is_limited_and_quick() {
        for text in [
            "[".repeat(100_000),
            "{".repeat(100_000),
            "[\n".repeat(100_000),
            "- ".repeat(100_000),
        ] {
            let message = message(&text);
            assert!(message.ends_with("exceeded max depth of 10000"), "{message}");
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
