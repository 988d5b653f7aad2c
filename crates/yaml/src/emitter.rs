use std::ffi::c_void;
use std::mem::MaybeUninit;

use unsafe_libyaml as unsafe_yaml;

/// What is written, in document order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output<'a> {
    /// A mapping begins; keys and values follow in turn.
    MapStart,
    /// It ends.
    MapEnd,
    /// A list begins.
    ListStart,
    /// It ends.
    ListEnd,
    /// A scalar.
    Scalar(&'a str, Style),
}

/// How a scalar should be written; libyaml falls back to quotes where a style cannot hold the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In double quotes.
    DoubleQuoted,
    /// As a literal block.
    Literal,
}

/// Writes one document in block style, two spaces a level, text folded at column 80, as Helm's `toYaml` does.
///
/// `None` when the outputs are not one well-formed document.
#[must_use]
pub fn emit<'a>(outputs: impl IntoIterator<Item = Output<'a>, IntoIter: Clone>) -> Option<String> {
    let outputs = outputs.into_iter();
    let escapes = Escapes::new(outputs.clone());
    let mut emitter = Emitter::new();
    emitter.open()?;
    for output in outputs {
        match (&escapes, output) {
            (Some(escapes), Output::Scalar(text, _)) if text.contains(is_escaped) => {
                emitter.put(Output::Scalar(&escapes.hide(text), Style::DoubleQuoted))?;
            }
            _ => emitter.put(output)?,
        }
    }
    emitter.close()?;
    let mut text = String::from_utf8(emitter.take()).ok()?;
    // Newer libyaml ends a document behind a kept line break with a mark; the one that Helm's writer is a port of does
    // not. Text of the document is indented or quoted there.
    if text.ends_with("\n...\n") {
        text.truncate(text.len() - 4);
    }
    Some(match &escapes {
        Some(escapes) => escapes.show(&text),
        None => text,
    })
}

/// Characters that Helm's writer escapes and libyaml writes as they are: those of more than 16 bits.
fn is_escaped(character: char) -> bool {
    u32::from(character) > 0xFFFF
}

/// Stands in for the escapes that libyaml does not write, so that it folds the text where Helm's writer would: each is as
/// many characters that occur nowhere else.
struct Escapes {
    stand_in: char,
    /// The characters, in the order of writing.
    hidden: Vec<char>,
}

impl Escapes {
    /// The length of `\U0001F600`.
    const LENGTH: usize = 10;

    /// `None` when there is nothing to escape.
    fn new<'a>(outputs: impl Iterator<Item = Output<'a>> + Clone) -> Option<Self> {
        let texts = || {
            outputs.clone().filter_map(|output| match output {
                Output::Scalar(text, _) => Some(text),
                _ => None,
            })
        };
        let hidden: Vec<char> = texts().flat_map(str::chars).filter(|c| is_escaped(*c)).collect();
        if hidden.is_empty() {
            return None;
        }
        // There are more private characters than a text that can be looked at is likely to use.
        let stand_in = ('\u{E000}'..='\u{F8FF}').find(|stand_in| !texts().any(|text| text.contains(*stand_in)))?;
        Some(Self { stand_in, hidden })
    }

    fn hide(&self, text: &str) -> String {
        let mut hidden = String::new();
        for character in text.chars() {
            if is_escaped(character) {
                hidden.extend(std::iter::repeat_n(self.stand_in, Self::LENGTH));
            } else {
                hidden.push(character);
            }
        }
        hidden
    }

    fn show(&self, text: &str) -> String {
        let mut shown = String::new();
        let mut hidden = self.hidden.iter();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once(self.stand_in) {
            shown.push_str(before);
            if let Some(character) = hidden.next() {
                shown.push_str(&format!("\\U{:08X}", u32::from(*character)));
            }
            rest = behind.trim_start_matches(self.stand_in);
            // Several stand side by side.
            let more = (behind.len() - rest.len()) / self.stand_in.len_utf8() / Self::LENGTH;
            for character in hidden.by_ref().take(more) {
                shown.push_str(&format!("\\U{:08X}", u32::from(*character)));
            }
        }
        shown.push_str(rest);
        shown
    }
}

struct Emitter {
    /// Heap cells reached through raw pointers only, since libyaml keeps a pointer to the text.
    emitter: *mut unsafe_yaml::yaml_emitter_t,
    text: *mut Vec<u8>,
}

impl Emitter {
    fn new() -> Self {
        let text = Box::into_raw(Box::<Vec<u8>>::default());
        let emitter = Box::into_raw(Box::new(MaybeUninit::<unsafe_yaml::yaml_emitter_t>::uninit()))
            .cast::<unsafe_yaml::yaml_emitter_t>();
        // SAFETY: `emitter` points to memory of the right size and alignment, which `initialize` fills; `text` lives
        // until `drop`, after the emitter is deleted.
        unsafe {
            let _ = unsafe_yaml::yaml_emitter_initialize(emitter);
            unsafe_yaml::yaml_emitter_set_unicode(emitter, true);
            unsafe_yaml::yaml_emitter_set_output(emitter, write, text.cast());
        }
        Self { emitter, text }
    }

    fn open(&mut self) -> Option<()> {
        // SAFETY: `initialize` fills the event it is given.
        self.send(|event| unsafe {
            unsafe_yaml::yaml_stream_start_event_initialize(event, unsafe_yaml::YAML_UTF8_ENCODING).ok
        })?;
        let none = std::ptr::null_mut();
        // SAFETY: as above; no directives are given.
        self.send(|event| unsafe {
            unsafe_yaml::yaml_document_start_event_initialize(
                event,
                none,
                std::ptr::null_mut(),
                std::ptr::null_mut(),
                true,
            )
            .ok
        })
    }

    fn put(&mut self, output: Output<'_>) -> Option<()> {
        let none = std::ptr::null();
        // SAFETY: `initialize` fills the event it is given; texts are copied with their length, which is checked.
        self.send(|event| unsafe {
            match output {
                Output::MapStart => {
                    unsafe_yaml::yaml_mapping_start_event_initialize(
                        event,
                        none,
                        none,
                        true,
                        unsafe_yaml::YAML_BLOCK_MAPPING_STYLE,
                    )
                    .ok
                }
                Output::MapEnd => unsafe_yaml::yaml_mapping_end_event_initialize(event).ok,
                Output::ListStart => {
                    unsafe_yaml::yaml_sequence_start_event_initialize(
                        event,
                        none,
                        none,
                        true,
                        unsafe_yaml::YAML_BLOCK_SEQUENCE_STYLE,
                    )
                    .ok
                }
                Output::ListEnd => unsafe_yaml::yaml_sequence_end_event_initialize(event).ok,
                Output::Scalar(text, style) => {
                    let Ok(length) = i32::try_from(text.len()) else {
                        return false;
                    };
                    let style = match style {
                        Style::Plain => unsafe_yaml::YAML_PLAIN_SCALAR_STYLE,
                        Style::DoubleQuoted => unsafe_yaml::YAML_DOUBLE_QUOTED_SCALAR_STYLE,
                        Style::Literal => unsafe_yaml::YAML_LITERAL_SCALAR_STYLE,
                    };
                    unsafe_yaml::yaml_scalar_event_initialize(
                        event,
                        none,
                        none,
                        text.as_ptr(),
                        length,
                        true,
                        true,
                        style,
                    )
                    .ok
                }
            }
        })
    }

    fn close(&mut self) -> Option<()> {
        // SAFETY: `initialize` fills the event it is given.
        self.send(|event| unsafe { unsafe_yaml::yaml_document_end_event_initialize(event, true).ok })?;
        // SAFETY: as above.
        self.send(|event| unsafe { unsafe_yaml::yaml_stream_end_event_initialize(event).ok })
    }

    fn send(&mut self, make: impl FnOnce(*mut unsafe_yaml::yaml_event_t) -> bool) -> Option<()> {
        let mut event = MaybeUninit::<unsafe_yaml::yaml_event_t>::zeroed();
        if !make(event.as_mut_ptr()) {
            return None;
        }
        // SAFETY: the emitter is initialised and the event was filled; the emitter takes it over, also when it fails.
        unsafe { unsafe_yaml::yaml_emitter_emit(self.emitter, event.as_mut_ptr()).ok }.then_some(())
    }

    fn take(&mut self) -> Vec<u8> {
        // SAFETY: nothing else holds a reference to the text while libyaml does not run.
        unsafe { std::mem::take(&mut *self.text) }
    }
}

impl Drop for Emitter {
    fn drop(&mut self) {
        // SAFETY: both pointers come from `Box::into_raw` in `new` and are dropped once, the emitter first.
        unsafe {
            unsafe_yaml::yaml_emitter_delete(self.emitter);
            drop(Box::from_raw(
                self.emitter.cast::<MaybeUninit<unsafe_yaml::yaml_emitter_t>>(),
            ));
            drop(Box::from_raw(self.text));
        }
    }
}

/// libyaml's write handler.
///
/// # Safety
/// `data` is the text of the emitter, `buffer` holds `size` bytes.
unsafe fn write(data: *mut c_void, buffer: *mut u8, size: u64) -> i32 {
    let Ok(size) = usize::try_from(size) else { return 0 };
    // SAFETY: see above.
    unsafe { (*data.cast::<Vec<u8>>()).extend_from_slice(std::slice::from_raw_parts(buffer, size)) };
    1
}

#[cfg(test)]
mod tests {
    use super::Output::{ListEnd, ListStart, MapEnd, MapStart, Scalar};
    use super::*;

    #[test]
    fn blocks_are_written_as_helm_writes_them() {
        let plain = |text| Scalar(text, Style::Plain);
        let text = emit([
            MapStart,
            plain("accessModes"),
            ListStart,
            plain("ReadWriteMany"),
            Scalar("true", Style::DoubleQuoted),
            ListEnd,
            plain("empty"),
            MapStart,
            MapEnd,
            plain("note"),
            Scalar("a\nb\n", Style::Literal),
            plain("tricky"),
            plain("a: b"),
            MapEnd,
        ]);
        let expected = "accessModes:\n- ReadWriteMany\n- \"true\"\nempty: {}\nnote: |\n  a\n  b\ntricky: 'a: b'\n";
        assert_eq!(text.as_deref(), Some(expected));
    }

    #[test]
    fn what_libyaml_writes_otherwise_is_put_right() {
        let one = |text: &str, style| emit([Scalar(text, style)]).unwrap();
        assert_eq!(
            one("a \u{1F600}\u{1F601}b\u{E000}", Style::Plain),
            "\"a \\U0001F600\\U0001F601b\u{E000}\"\n"
        );
        assert_eq!(one("\u{1F600}\n", Style::Literal), "\"\\U0001F600\\n\"\n");
        assert_eq!(one("a\n\n", Style::Literal), "|+\n  a\n\n");
        let folded = one(&"\u{1F600} ".repeat(8), Style::Plain);
        assert_eq!(folded.lines().map(str::len).collect::<Vec<_>>(), [90]);
    }

    #[test]
    fn what_is_not_a_document_is_refused() {
        assert_eq!(emit([MapStart]), None);
        assert_eq!(emit([MapEnd]), None);
        assert_eq!(emit([]), None);
    }
}
