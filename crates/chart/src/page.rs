//! One template being executed: what it has printed, and where in its own source Helm is.
//!
//! Helm's error messages name a line and a column of the template. Both follow from the order and the layout of what the
//! template prints, so a template is told here once, as calls in that order: text moves the place on, an action is looked
//! up where the text before it ends, and a branch that is not taken is walked in silence to keep the count.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use rollcast_values::{Node, Origin, Value, field};

use crate::blame;
use crate::error::{Result, refused_at};
use crate::names::{Helper, Names};
use crate::release::Templates;
use crate::{Release, RenderError};

static NOTHING: Node = Node {
    value: Value::Null,
    origin: Origin::Flag { flag: 0 },
    key: None,
};

/// How a template reads a values path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    /// The value alone.
    Value,
    /// Every key under it by its name, for the name itself.
    Keys,
    /// All of it, however deep, without knowing its keys.
    Tree,
}

/// Every path the templates of a release read.
pub(crate) type Reads = RefCell<BTreeSet<(String, Reach)>>;

/// See the module's text.
pub(crate) struct Page<'a> {
    release: &'static Release,
    values: &'a Value,
    names: &'a Names<'a>,
    reads: Option<&'a Reads>,
    file: &'static str,
    line: usize,
    column: usize,
    muted: bool,
    text: String,
    suspects: Vec<Suspect>,
}

/// A stretch of printed text that YAML may not survive.
pub(crate) struct Suspect {
    /// The values path it came from.
    pub(crate) path: String,
    /// Where it stands in the text.
    pub(crate) stretch: Range<usize>,
}

/// What a template has printed.
pub(crate) struct Printed {
    /// The template, for messages.
    pub(crate) file: &'static str,
    /// Its text.
    pub(crate) text: String,
    /// What it may not survive, in the order of the text.
    pub(crate) suspects: Vec<Suspect>,
    /// How many lines of the template were walked.
    #[cfg(test)]
    pub(crate) lines: usize,
}

impl<'a> Page<'a> {
    /// Starts a template.
    pub(crate) fn new(
        release: &'static Release,
        values: &'a Value,
        names: &'a Names<'a>,
        reads: Option<&'a Reads>,
        file: &'static str,
    ) -> Self {
        Self {
            release,
            values,
            names,
            reads,
            file,
            line: 1,
            column: 0,
            muted: reads.is_some(),
            text: String::with_capacity(6 << 10),
            suspects: Vec::new(),
        }
    }

    /// What has been printed.
    pub(crate) fn finish(self) -> Printed {
        Printed {
            file: self.file,
            text: stripped(self.text),
            suspects: self.suspects,
            #[cfg(test)]
            lines: self.line - 1,
        }
    }

    /// What sets this release's templates apart.
    pub(crate) fn templates(&self) -> &'static Templates {
        &self.release.templates
    }

    /// Text of the template, whole lines or the beginning of one.
    pub(crate) fn text(&mut self, text: &str) {
        match text.rsplit_once('\n') {
            Some((before, rest)) => {
                self.line += 1 + before.bytes().filter(|byte| *byte == b'\n').count();
                self.column = rest.len();
            }
            None => self.column += text.len(),
        }
        self.print(text);
    }

    /// Lines that stand in for text which no value touches: a comment where they begin with `#`, else a shell script.
    /// A mark (its line, counted from 0, its column behind the indentation, its sign) is kept where it would matter to
    /// YAML if a value before it broke out of its place.
    pub(crate) fn stand_in(&mut self, indent: usize, begin: &str, lines: usize, marks: &[(usize, usize, &str)]) {
        for line in 0..lines {
            if !self.muted {
                let start = self.text.len() + indent;
                self.text.extend(std::iter::repeat_n(' ', indent));
                self.text.push_str(begin);
                for (_, column, sign) in marks.iter().filter(|(at, ..)| *at == line) {
                    let gap = (start + column).saturating_sub(self.text.len());
                    self.text.extend(std::iter::repeat_n(' ', gap));
                    self.text.push_str(sign);
                    self.text.push('x');
                }
                self.text.push('\n');
            }
        }
        self.skip(lines);
    }

    /// Lines of the template that print nothing.
    pub(crate) fn skip(&mut self, lines: usize) {
        self.line += lines;
        self.column = 0;
    }

    fn print(&mut self, text: &str) {
        if !self.muted {
            self.text.push_str(text);
        }
    }

    /// Prints a text where only some texts keep the YAML whole.
    fn insert(&mut self, text: &str, path: &str) {
        if !self.muted {
            // With nothing behind it, a colon makes a key.
            let bare = text.is_empty() && self.text.ends_with(':');
            let start = self.text.len();
            self.text.push_str(text);
            if bare || !is_harmless(text) {
                self.suspect(path, start);
            }
        }
    }

    /// Makes Helm's second reading look at what has been printed since then: a value stands where not every value may.
    pub(crate) fn suspect(&mut self, path: &str, start: usize) {
        if !self.muted {
            self.suspects.push(Suspect {
                path: path.to_owned(),
                stretch: start..self.text.len(),
            });
        }
    }

    /// The value at a path, as an action at a column of the current line reads it.
    pub(crate) fn value_at(&mut self, column: usize, path: &str, reach: Reach) -> Result<&'a Value> {
        self.look_up(column, ".Values.", path, reach)
    }

    /// As [`Self::value_at`], for an action that starts at the root.
    pub(crate) fn root_value_at(&mut self, column: usize, path: &str) -> Result<&'a Value> {
        self.look_up(column, "$.Values.", path, Reach::Value)
    }

    fn look_up(&mut self, column: usize, root: &str, path: &str, reach: Reach) -> Result<&'a Value> {
        if let Some(reads) = self.reads {
            reads.borrow_mut().insert((path.to_owned(), reach));
        }
        if self.muted {
            return Ok(&NOTHING.value);
        }
        let mut value = self.values;
        for (at, key) in keys(path) {
            value = field(value, key).map_err(|error| {
                let parent = path.get(..at.saturating_sub(1)).unwrap_or_default();
                self.error(
                    column,
                    &format!("{root}{path}"),
                    &error.to_string(),
                    blame::no_table(parent, value, key),
                )
            })?;
        }
        Ok(value)
    }

    /// The first part of Helm's message for an expression at a column of the current line.
    pub(crate) fn error(
        &self,
        column: usize,
        expression: &str,
        message: &str,
        blame: blame::Blame,
    ) -> Box<RenderError> {
        let file = format!("lobu/templates/{}", self.file);
        refused_at(&file, self.line, column, &file, expression, message, blame)
    }

    /// The message of a chart's own `fail`.
    pub(crate) fn failure(&self, column: usize, message: &str, blame: blame::Blame) -> Box<RenderError> {
        blame.error(format!(
            "execution error at (lobu/templates/{}:{}:{column}): {message}",
            self.file, self.line
        ))
    }

    /// Remembers that a path is read, where looking it up cannot fail.
    pub(crate) fn note_read(&self, path: &str) {
        if let Some(reads) = self.reads {
            reads.borrow_mut().insert((path.to_owned(), Reach::Value));
        }
    }

    /// The length of what has been printed.
    pub(crate) fn printed(&self) -> usize {
        self.text.len()
    }

    /// What has been printed since then, to the end of the template, where Helm trims it.
    pub(crate) fn printed_since(&self, start: usize) -> String {
        let text = self.text.get(start..).unwrap_or_default();
        text.trim_end().to_owned()
    }

    /// What has been printed since then, to the end of that line.
    pub(crate) fn line_since(&self, start: usize) -> String {
        let text = self.text.get(start..).unwrap_or_default();
        text.lines().next().unwrap_or_default().to_owned()
    }

    /// Keeps what is printed here, for the fields we report.
    pub(crate) fn keep<T>(&self, slot: &mut Option<T>, value: T) {
        if !self.muted {
            *slot = Some(value);
        }
    }

    /// Whether anything is printed here.
    pub(crate) fn is_muted(&self) -> bool {
        self.muted
    }

    /// `{{ .Values.PATH }}`; gives what stands on the line.
    pub(crate) fn value(&mut self, path: &str) -> Result<String> {
        let value = self.value_at(self.column + 10, path, Reach::Value)?;
        let text = self.computed(value.print(), path);
        self.column += path.len() + 14;
        Ok(text)
    }

    /// `{{ .Values.PATH | quote }}`
    pub(crate) fn quoted(&mut self, path: &str) -> Result<String> {
        let value = self.value_at(self.column + 10, path, Reach::Value)?;
        let text = self.safe(value.quote());
        self.column += path.len() + 22;
        Ok(text)
    }

    /// `{{ .Values.PATH | default NUMBER }}`
    pub(crate) fn value_or(&mut self, path: &str, fallback: i64) -> Result<String> {
        let value = self.value_at(self.column + 10, path, Reach::Value)?;
        Ok(self.computed(value.or(&Value::Int(fallback)).print(), path))
    }

    /// `{{ $.Values.PATH | default NUMBER }}`
    pub(crate) fn root_value_or(&mut self, path: &str, fallback: i64) -> Result<()> {
        let value = self.root_value_at(self.column + 4, path)?;
        self.computed(value.or(&Value::Int(fallback)).print(), path);
        Ok(())
    }

    /// A text that was computed from a value, in an action whose length does not matter; gives what stands on the line.
    pub(crate) fn computed(&mut self, text: String, path: &str) -> String {
        let mut text = stripped(text);
        self.insert(&text, path);
        if let Some(end) = text.find('\n') {
            text.truncate(end);
        }
        text
    }

    /// As [`Self::computed`], for a text that cannot break YAML: quoted, or a number.
    pub(crate) fn safe(&mut self, text: String) -> String {
        let text = stripped(text);
        self.print(&text);
        text
    }

    /// `{{ include "HELPER" . }}`
    pub(crate) fn include(&mut self, helper: Helper) -> Result<String> {
        let text = self.helper_at(self.column + 3, helper, ".")?;
        self.insert(&text, self.names.path(helper));
        self.column += helper.id().len() + 18;
        Ok(text)
    }

    /// The values path that a helper's text most likely owes its signs to.
    pub(crate) fn path_of(&self, helper: Helper) -> &'static str {
        self.names.path(helper)
    }

    /// The text a helper prints, for an action at a column of the current line.
    pub(crate) fn helper_at(&mut self, column: usize, helper: Helper, dot: &str) -> Result<String> {
        if let Some(reads) = self.reads {
            let paths = helper.reads(self.release).iter();
            reads
                .borrow_mut()
                .extend(paths.map(|path| ((*path).to_owned(), Reach::Value)));
        }
        if self.muted {
            return Ok(String::new());
        }
        self.names.text(helper).map_err(|inner| {
            let blame = inner.blame();
            let expression = format!("include {:?} {dot}", helper.id());
            self.error(
                column,
                &expression,
                &format!("error calling include: {}", inner.helm),
                blame,
            )
        })
    }

    /// `{{- include "HELPER" . | nindent INDENT }}`, a line of its own at that indentation.
    pub(crate) fn include_lines(&mut self, indent: usize, helper: Helper) -> Result<()> {
        let text = self.helper_at(indent + 4, helper, ".")?;
        for line in text.split('\n') {
            if !self.muted {
                self.text.extend(std::iter::repeat_n(' ', indent));
            }
            self.insert_line(line, self.names.path(helper));
        }
        self.skip(1);
        Ok(())
    }

    /// A line of a helper: harmless if what stands behind its key is.
    fn insert_line(&mut self, line: &str, path: &str) {
        let is_sound = |text: &str| {
            let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
            is_harmless(inner.unwrap_or(text))
        };
        match line.split_once(": ") {
            Some((key, value)) if is_harmless(key) && is_sound(value) => self.print(line),
            _ => self.insert(line, path),
        }
        self.print("\n");
    }

    /// `{{- if .Values.PATH }}`
    pub(crate) fn test(&mut self, indent: usize, path: &str) -> Result<bool> {
        let truth = self.value_at(indent + 14, path, Reach::Value)?.truthy();
        self.skip(1);
        Ok(truth)
    }

    /// `{{- else if .Values.PATH }}`
    pub(crate) fn test_else(&mut self, indent: usize, path: &str, needed: bool) -> Result<bool> {
        let mut truth = false;
        self.block(needed, |page| {
            truth = page.value_at(indent + 19, path, Reach::Value)?.truthy();
            Ok(())
        })?;
        self.skip(1);
        Ok(truth)
    }

    /// What stands between `if` or `else` and the action that ends it.
    pub(crate) fn block(&mut self, shown: bool, body: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        let outer = self.muted;
        self.muted = outer || !shown;
        let result = body(self);
        self.muted = outer;
        result
    }

    /// As [`Self::block`], with the line of its `end`, or of the `else` that follows.
    pub(crate) fn when(&mut self, shown: bool, body: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        self.block(shown, body)?;
        self.skip(1);
        Ok(())
    }

    /// The lines between `range` and `end`, once for each item, and the `end`.
    pub(crate) fn each(
        &mut self,
        items: &[(String, &'a Node)],
        mut body: impl FnMut(&mut Self, &str, &'a Value) -> Result<()>,
    ) -> Result<()> {
        let start = self.line;
        self.block(!items.is_empty(), |page| {
            if page.muted {
                return body(page, "", &NOTHING.value);
            }
            for (key, item) in items {
                page.line = start;
                body(page, key, &item.value)?;
            }
            Ok(())
        })?;
        self.skip(1);
        Ok(())
    }

    /// What `range` walks at a column of the current line.
    pub(crate) fn items(
        &mut self,
        column: usize,
        expression: &str,
        path: &str,
        value: &'a Value,
    ) -> Result<Vec<(String, &'a Node)>> {
        value
            .range()
            .map_err(|error| self.error(column, expression, &error.to_string(), blame::no_list(path, value)))
    }

    /// `{{- range .Values.PATH }}`
    pub(crate) fn range(&mut self, indent: usize, path: &str) -> Result<Vec<(String, &'a Node)>> {
        let value = self.value_at(indent + 17, path, Reach::Keys)?;
        let items = self.items(indent + 17, &format!(".Values.{path}"), path, value)?;
        self.skip(1);
        Ok(items)
    }

    /// `{{- range $key, $value := .Values.PATH }}`
    pub(crate) fn range_pairs(&mut self, indent: usize, path: &str) -> Result<Vec<(String, &'a Node)>> {
        self.range(indent + 16, path)
    }

    /// `{{- toYaml … | nindent INDENT }}`, a line of its own at that indentation, of a value already looked up.
    pub(crate) fn yaml(&mut self, indent: usize, value: &Value, path: &str) -> String {
        let mut block = String::new();
        if !self.muted {
            let start = self.text.len();
            block = stripped(value.to_yaml());
            for line in block.split('\n') {
                self.text.extend(std::iter::repeat_n(' ', indent));
                self.text.push_str(line);
                self.text.push('\n');
            }
            // The emitter writes sound YAML, but for a key `<<`; a block scalar, though, is indented once more here.
            if block.contains(['|', '>']) || block.contains("<<") {
                self.suspect(path, start + indent);
            }
        }
        self.skip(1);
        block
    }

    /// `{{- toYaml .Values.PATH | nindent INDENT }}`
    pub(crate) fn yaml_of(&mut self, indent: usize, path: &str) -> Result<String> {
        let value = self.value_at(indent + 18, path, Reach::Tree)?;
        Ok(self.yaml(indent, value, path))
    }

    /// `{{- with .Values.PATH }}`, `KEY:`, the value as YAML below, `{{- end }}`
    pub(crate) fn table(&mut self, indent: usize, key: &str, path: &str) -> Result<Option<String>> {
        let value = self.value_at(indent + 16, path, Reach::Tree)?;
        self.skip(1);
        let mut block = None;
        self.when(value.truthy(), |page| {
            page.key(indent, key);
            let text = page.yaml(indent + 2, value, path);
            page.keep(&mut block, text);
            Ok(())
        })?;
        Ok(block)
    }

    /// `KEY:` on a line of its own.
    pub(crate) fn key(&mut self, indent: usize, key: &str) {
        if !self.muted {
            self.text.extend(std::iter::repeat_n(' ', indent));
        }
        self.print(key);
        self.print(":\n");
        self.skip(1);
    }
}

/// Without what Go prints for nil, which Helm drops wherever it comes from (pkg/engine).
pub(crate) fn stripped(text: String) -> String {
    if text.contains("<no value>") {
        text.replace("<no value>", "")
    } else {
        text
    }
}

/// The keys of a path, each with where it begins.
fn keys(path: &str) -> impl Iterator<Item = (usize, &str)> {
    path.split('.').scan(0, |at, key| {
        let start = *at;
        *at += key.len() + 1;
        Some((start, key))
    })
}

/// Whether a text surely stays what it is in any place of a line of YAML; what is not is read again, not refused.
pub(crate) fn is_harmless(text: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'_');
    text.bytes().next().is_none_or(word)
        && text
            .bytes()
            .all(|byte| word(byte) || matches!(byte, b'.' | b'-' | b'+' | b':'))
        && !text.ends_with(':')
}
