//! libyaml's parser behind safe calls. Everything `unsafe` about reading stands here.

use std::ffi::{CStr, c_void};
use std::mem::MaybeUninit;

use unsafe_libyaml as unsafe_yaml;

use crate::parser::{Event, Scalar};
use crate::source::width;
use crate::{Layout, Stage};

/// Helm hands its reader 512 bytes at a time, so bytes behind the first document only matter in the chunk reached.
const CHUNK: usize = 512;

/// A mark as this libyaml counts: bytes behind the byte order mark; lines and columns (characters) from 0.
#[derive(Clone, Copy)]
pub(crate) struct RawMark {
    pub(crate) index: usize,
    pub(crate) line: usize,
    pub(crate) column: usize,
}

pub(crate) struct Raw {
    pub(crate) step: Step,
    pub(crate) start: RawMark,
    pub(crate) end: RawMark,
    /// Whether a tag was written.
    pub(crate) tagged: bool,
}

pub(crate) enum Step {
    StreamStart,
    Event(Event),
    WrongVersion,
    StreamEnd,
}

pub(crate) struct Failure {
    pub(crate) stage: Stage,
    pub(crate) problem: &'static str,
    pub(crate) mark: RawMark,
    pub(crate) context: Option<RawMark>,
    /// Offset of the byte at fault, for errors of the reader, which have no mark.
    pub(crate) offset: usize,
}

/// What the read handler walks over. Owned, so that nothing libyaml points to can move or go away.
struct Input {
    bytes: Vec<u8>,
    read: usize,
}

impl Input {
    /// The next bytes: as many as fit behind what Helm's reader could not yet decode of its last 512.
    fn next_chunk(&mut self, room: usize) -> &[u8] {
        let (done, rest) = self.bytes.split_at(self.read);
        let lead = done
            .iter()
            .rev()
            .take(3)
            .position(|byte| *byte >= 0xC0)
            .map_or(0, |at| at + 1);
        let first = done.get(done.len() - lead).copied().unwrap_or_default();
        let pending = if lead < width(first) { lead } else { 0 };
        let count = rest.len().min(room).min(CHUNK - pending);
        self.read += count;
        rest.split_at(count).0
    }
}

/// libyaml's parser with its input.
pub(crate) struct Engine {
    /// Heap cells reached through raw pointers only, since libyaml keeps a pointer to the input.
    parser: *mut unsafe_yaml::yaml_parser_t,
    input: *mut Input,
}

impl Engine {
    pub(crate) fn new(bytes: &[u8]) -> Self {
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

    /// The next event. Not to be called again after a failure.
    pub(crate) fn next(&mut self) -> Result<Raw, Box<Failure>> {
        let mut event = MaybeUninit::<unsafe_yaml::yaml_event_t>::uninit();
        // SAFETY: the parser was initialised in `new`; `parse` fills the event before it returns, with zeroes at first.
        let parsed = unsafe { unsafe_yaml::yaml_parser_parse(self.parser, event.as_mut_ptr()) };
        if !parsed.ok {
            return Err(Box::new(self.failure()));
        }
        // SAFETY: filled by the successful call; `step` reads the union field the event's type names; the event is
        // deleted once, after everything was copied out of it.
        unsafe {
            let raw = {
                let event = event.assume_init_ref();
                let (step, tagged) = step(event);
                Raw {
                    step,
                    start: raw_mark(event.start_mark),
                    end: raw_mark(event.end_mark),
                    tagged,
                }
            };
            unsafe_yaml::yaml_event_delete(event.as_mut_ptr());
            Ok(raw)
        }
    }

    fn failure(&self) -> Failure {
        // SAFETY: the parser is initialised; the fields are plain numbers and pointers, copied out.
        let (error, problem, mark, context, context_mark, offset) = unsafe {
            let parser: &unsafe_yaml::yaml_parser_t = &*self.parser;
            (
                parser.error,
                parser.problem,
                parser.problem_mark,
                parser.context,
                parser.context_mark,
                parser.problem_offset,
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
            offset: usize::try_from(offset).unwrap_or(usize::MAX),
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

/// libyaml's read handler.
///
/// # Safety
/// `data` is the `Input` of the engine, `buffer` has room for `size` bytes, `size_read` may be written.
unsafe fn read(data: *mut c_void, buffer: *mut u8, size: u64, size_read: *mut u64) -> i32 {
    // SAFETY: see above; nothing else holds a reference to the input while libyaml runs.
    unsafe {
        let chunk = (*data.cast::<Input>()).next_chunk(usize::try_from(size).unwrap_or(CHUNK));
        std::ptr::copy_nonoverlapping(chunk.as_ptr(), buffer, chunk.len());
        *size_read = chunk.len() as u64;
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

/// The event in our terms, and whether it carries a tag.
///
/// # Safety
/// The event was filled by libyaml and not yet deleted.
unsafe fn step(event: &unsafe_yaml::yaml_event_t) -> (Step, bool) {
    let mut tagged = false;
    // SAFETY: each arm reads the union field that belongs to the event's type; its pointers are null or valid until
    // the event is deleted.
    let step = unsafe {
        match event.type_ {
            unsafe_yaml::YAML_STREAM_START_EVENT => Step::StreamStart,
            unsafe_yaml::YAML_DOCUMENT_START_EVENT => {
                let version = event.data.document_start.version_directive;
                if !version.is_null() && ((*version).major, (*version).minor) != (1, 1) {
                    Step::WrongVersion
                } else {
                    Step::Event(Event::DocumentStart)
                }
            }
            unsafe_yaml::YAML_DOCUMENT_END_EVENT => Step::Event(Event::DocumentEnd),
            unsafe_yaml::YAML_ALIAS_EVENT => {
                Step::Event(Event::Alias(text(event.data.alias.anchor).unwrap_or_default()))
            }
            unsafe_yaml::YAML_SCALAR_EVENT => {
                let scalar = &event.data.scalar;
                let bytes = std::slice::from_raw_parts(scalar.value, usize::try_from(scalar.length).unwrap_or(0));
                tagged = !scalar.tag.is_null();
                Step::Event(Event::Scalar(Scalar {
                    anchor: text(scalar.anchor),
                    tag: text(scalar.tag),
                    text: owned(bytes),
                    plain: scalar.style == unsafe_yaml::YAML_PLAIN_SCALAR_STYLE,
                }))
            }
            unsafe_yaml::YAML_SEQUENCE_START_EVENT => {
                let list = &event.data.sequence_start;
                tagged = !list.tag.is_null();
                Step::Event(Event::ListStart {
                    anchor: text(list.anchor),
                    layout: layout(list.style == unsafe_yaml::YAML_FLOW_SEQUENCE_STYLE),
                })
            }
            unsafe_yaml::YAML_SEQUENCE_END_EVENT => Step::Event(Event::ListEnd),
            unsafe_yaml::YAML_MAPPING_START_EVENT => {
                let map = &event.data.mapping_start;
                tagged = !map.tag.is_null();
                Step::Event(Event::MapStart {
                    anchor: text(map.anchor),
                    layout: layout(map.style == unsafe_yaml::YAML_FLOW_MAPPING_STYLE),
                })
            }
            unsafe_yaml::YAML_MAPPING_END_EVENT => Step::Event(Event::MapEnd),
            _ => Step::StreamEnd,
        }
    };
    (step, tagged)
}

fn layout(flow: bool) -> Layout {
    if flow { Layout::Flow } else { Layout::Block }
}

/// # Safety
/// Null, or a NUL-terminated string of libyaml.
unsafe fn text(pointer: *const u8) -> Option<String> {
    if pointer.is_null() {
        return None;
    }
    // SAFETY: see above.
    let text = unsafe { CStr::from_ptr(pointer.cast()) };
    Some(owned(text.to_bytes()))
}

/// A text that libyaml has checked for UTF-8; the lossy way is slow.
fn owned(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::Input;

    #[test]
    fn chunks_leave_room_for_what_is_not_decoded_yet() {
        let bytes = [&[b'x'; 511][..], "é".as_bytes(), &[b'y'; 600]].concat();
        let mut input = Input { bytes, read: 0 };
        let sizes: Vec<usize> = (0..4).map(|_| input.next_chunk(16_384).len()).collect();
        assert_eq!(sizes, [512, 511, 90, 0]);
    }
}
