//! A pasted `helm upgrade …` command line, taken apart.

mod names;
mod options;
mod timeout;
mod words;

use std::fmt;

use serde::Serialize;

use crate::in_order::in_order;
use crate::{FlagKind, Reuse};
pub use names::values_file_names;
use options::{Takes, long, short};
use words::{Token, Word, Words};

/// A `helm upgrade`, `install` or `template` command line, taken apart. Nothing of the text is lost: what has no place of
/// its own stands in [`others`](Self::others), [`extra`](Self::extra), [`before`](Self::before) or
/// [`warnings`](Self::warnings).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct CommandLine {
    /// Words before `helm`: `sudo`, `KUBECONFIG=…`.
    pub before: Vec<String>,
    /// `upgrade`, `install`, `template`, or with a plugin's name before it: `diff upgrade`. Empty where the text begins
    /// with options.
    pub command: String,
    /// The release name.
    pub release: Option<String>,
    /// The chart: a path, a reference such as `repo/chart`, or a URL.
    pub chart: Option<String>,
    /// Words that are neither option nor release nor chart.
    pub extra: Vec<String>,
    /// `--version`.
    pub version: Option<String>,
    /// Values files in `-f` order, as they were written; `-` is the standard input.
    pub values: Vec<String>,
    /// The flags that change values, in the order they were given.
    pub flags: Vec<GivenFlag>,
    /// `--reuse-values`: the values of the last release come underneath, so the files and flags here are not all there is.
    pub reuse_values: bool,
    /// `--reset-then-reuse-values`: the same, over the new chart's defaults.
    pub reset_then_reuse_values: bool,
    /// `--reset-values`: it wins over the other two.
    pub reset_values: bool,
    /// `--wait` in any form that waits for resources.
    pub wait: bool,
    /// `--atomic`, or Helm 4's `--rollback-on-failure`; it waits, too.
    pub atomic: bool,
    /// `--timeout` in seconds; Helm's default is 300.
    pub timeout: Option<f64>,
    /// All other options.
    pub others: Vec<OtherOption>,
    /// What to know about the text.
    pub warnings: Vec<CommandLineWarning>,
}

impl CommandLine {
    /// What the command takes over from the last release; `None` where that is nothing in any case.
    #[must_use]
    pub fn reuse(&self) -> Option<Reuse> {
        if self.reset_values {
            return None;
        }
        Reuse::by_options(self.reuse_values, self.reset_then_reuse_values)
            .or_else(|| (self.command == "upgrade").then_some(Reuse::IfNothingIsSet))
    }
}

/// A flag that changes values, as found in a command line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct GivenFlag {
    /// Which flag.
    pub kind: FlagKind,
    /// Its argument, unquoted.
    pub arg: String,
    /// Byte offset in the text of the word that holds the argument.
    pub at: usize,
    /// Byte offset of the whole flag.
    pub start: usize,
    /// Byte offset behind it.
    pub end: usize,
}

/// An option without a meaning for values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct OtherOption {
    /// As written, with its dashes, without its value.
    pub name: String,
    /// Its value.
    pub value: Option<String>,
    /// Whether Helm knows it; an unknown option is taken to have no value but one behind `=`.
    pub known: bool,
    /// Byte offset in the text.
    pub at: usize,
}

/// Something a person should know about a pasted command line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct CommandLineWarning {
    /// What it is.
    pub kind: WarningKind,
    /// The text it is about.
    pub text: String,
    /// Byte offset in the text.
    pub at: usize,
}

/// What there is to know about a pasted command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum WarningKind {
    /// A shell replaces it (`$TAG`, `$(…)`); here it stays as it is.
    Expansion,
    /// bash and zsh make several words of it (`--set x={a,b}`): Helm would not get what is written.
    Braces,
    /// A `[`, `*` or `?` without quotes: zsh refuses the line, other shells look for file names.
    Pattern,
    /// A line ends without a backslash and the next begins with an option: a shell would run them apart.
    LineBreak,
    /// A redirection; it is no part of the command.
    Redirection,
    /// Another command, which was left aside.
    OtherCommand,
    /// `--timeout` is no duration, and Helm refuses it.
    Timeout,
}

/// Why a text cannot be taken apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum CommandLineError {
    /// A quote, or what a shell would replace, has no end.
    Unclosed {
        /// The sign that begins it.
        sign: char,
        /// Its byte offset.
        at: usize,
    },
    /// There is no Helm command and no option.
    NoHelm,
    /// The text ends where an option needs a value.
    NoValue {
        /// The option, as written.
        option: String,
        /// Its byte offset.
        at: usize,
    },
    /// File names behind `-f` are quoted in a way that CSV, which Helm reads them as, does not know.
    FileNames {
        /// Byte offset of the word.
        at: usize,
    },
}

impl CommandLineError {
    /// Byte offset in the text at which the trouble begins.
    #[must_use]
    pub const fn at(&self) -> usize {
        match self {
            Self::Unclosed { at, .. } | Self::NoValue { at, .. } | Self::FileNames { at } => *at,
            Self::NoHelm => 0,
        }
    }
}

impl fmt::Display for CommandLineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unclosed { sign: '$', .. } => f.write_str("What begins with `$` has no end."),
            Self::Unclosed { sign, .. } => write!(f, "The quote `{sign}` is not closed."),
            Self::NoHelm => f.write_str("There is no helm command here."),
            Self::NoValue { option, .. } => write!(f, "`{option}` needs a value."),
            Self::FileNames { .. } => f.write_str("The file names behind -f have quotes that Helm cannot read."),
        }
    }
}

impl std::error::Error for CommandLineError {}

/// Takes a pasted command line apart: the first `helm upgrade`, `install` or `template` in the text, or a text of options
/// only. Quotes are a POSIX shell's; line breaks may be joined by a backslash or PowerShell's backtick.
///
/// # Errors
/// An unclosed quote, an option without its value, file names that Helm could not read, or no Helm command at all.
pub fn command_line(text: &str) -> Result<CommandLine, CommandLineError> {
    let mut commands = split(text)?;
    let chosen = commands
        .iter()
        .position(|command| command.helm().is_some())
        .or_else(|| commands.iter().position(Command::is_bare))
        .ok_or(CommandLineError::NoHelm)?;
    let command = commands.remove(chosen);
    let mut found = CommandLine::default();
    for other in commands {
        other.warn(text, &mut found.warnings);
    }
    Reader::new(found, command).read()
}

/// One of the commands of a text.
#[derive(Default)]
struct Command {
    words: Vec<Word>,
    /// What was seen between its words.
    warnings: Vec<CommandLineWarning>,
    start: usize,
    end: usize,
}

impl Command {
    /// The place of the word `helm`, if a word behind it is a command's name.
    fn helm(&self) -> Option<usize> {
        let is_helm = |word: &Word| {
            let name = word.text.rsplit(['/', '\\']).next().unwrap_or_default();
            matches!(name, "helm" | "helm.exe" | "helm3" | "helm4")
        };
        let at = self.words.iter().position(is_helm)?;
        let mut behind = self.words.iter().skip(at + 1);
        behind.any(|word| is_name(&word.text)).then_some(at)
    }

    /// Whether it is what follows `helm`: a command's name or options.
    fn is_bare(&self) -> bool {
        let first = self.words.first();
        first.is_some_and(|word| is_name(&word.text) || word.text.len() > 1 && word.text.starts_with('-'))
    }

    /// A command that is left aside.
    fn warn(self, text: &str, warnings: &mut Vec<CommandLineWarning>) {
        if !self.words.is_empty() {
            warnings.push(CommandLineWarning {
                kind: WarningKind::OtherCommand,
                text: text.get(self.start..self.end).unwrap_or_default().to_owned(),
                at: self.start,
            });
        }
        warnings.extend(self.warnings);
    }
}

/// Whether a word names a command that takes values.
fn is_name(text: &str) -> bool {
    matches!(text, "upgrade" | "install" | "template")
}

/// The commands of a text.
fn split(text: &str) -> Result<Vec<Command>, CommandLineError> {
    let mut tokens = Words::new(text);
    let mut commands = vec![Command::default()];
    let mut after_break = None;
    let mut redirected = None;
    while let Some(token) = tokens.token()? {
        let end = tokens.at();
        let Some(command) = commands.last_mut() else { break };
        match token {
            Token::Break => after_break = Some(end),
            Token::Operator { text, at } => {
                let is_redirection = text.contains(['<', '>']);
                if is_redirection {
                    redirected = Some((text, at));
                } else {
                    commands.push(Command::default());
                }
                after_break = None;
            }
            Token::Word(word) => {
                if let Some((sign, at)) = redirected.take() {
                    command.warnings.push(CommandLineWarning {
                        kind: WarningKind::Redirection,
                        text: format!("{sign} {}", word.text),
                        at,
                    });
                    continue;
                }
                let mut target = command;
                if let Some(at) = after_break.take()
                    && !target.words.is_empty()
                {
                    if word.text.starts_with('-') {
                        target.warnings.push(CommandLineWarning {
                            kind: WarningKind::LineBreak,
                            text: word.text.clone(),
                            at,
                        });
                    } else {
                        commands.push(Command::default());
                        let Some(last) = commands.last_mut() else { break };
                        target = last;
                    }
                }
                // A prompt, copied with the command.
                if target.words.is_empty() && matches!(word.text.as_str(), "$" | "%" | "PS>") {
                    continue;
                }
                if target.words.is_empty() {
                    target.start = word.at;
                }
                target.end = end;
                target.words.push(word);
            }
        }
    }
    Ok(commands)
}

/// Reads the words of the chosen command.
struct Reader {
    found: CommandLine,
    words: std::vec::IntoIter<Word>,
    /// Whether the command's name is behind us, or there is none.
    named: bool,
    positional: Vec<String>,
    /// Where the option that is read begins, and where the last word that was taken ends.
    start: usize,
    end: usize,
}

impl Reader {
    fn new(mut found: CommandLine, command: Command) -> Self {
        let helm = command.helm();
        found.warnings.extend(command.warnings);
        let named = !command.words.iter().any(|word| is_name(&word.text));
        let mut words = command.words.into_iter();
        if let Some(helm) = helm {
            found.before = words.by_ref().take(helm).map(|word| word.text).collect();
            words.next();
        }
        Self {
            found,
            words,
            named,
            positional: Vec::new(),
            start: 0,
            end: 0,
        }
    }

    fn read(mut self) -> Result<CommandLine, CommandLineError> {
        let mut options = true;
        while let Some(word) = self.next() {
            self.start = word.at;
            match word.text.strip_prefix('-') {
                Some("-") if options => options = false,
                Some(rest) if options && !rest.is_empty() => match rest.strip_prefix('-') {
                    Some(_) => self.long(&word)?,
                    None => self.short(&word)?,
                },
                _ => self.plain(word.text),
            }
        }
        let mut positional = self.positional.into_iter();
        let found = &mut self.found;
        let (first, second) = (positional.next(), positional.next());
        // Only `upgrade` must name its release.
        (found.release, found.chart) = match (first, second) {
            (Some(chart), None) if matches!(found.command.as_str(), "install" | "template") => (None, Some(chart)),
            pair => pair,
        };
        found.extra = positional.collect();
        found.warnings = in_order(std::mem::take(&mut found.warnings), |warning| warning.at);
        Ok(self.found)
    }

    /// The next word, with what is to be said of it.
    fn next(&mut self) -> Option<Word> {
        let word = self.words.next()?;
        self.end = word.end;
        let warnings = &mut self.found.warnings;
        for (at, text) in &word.expansions {
            warnings.push(CommandLineWarning {
                kind: WarningKind::Expansion,
                text: text.clone(),
                at: *at,
            });
        }
        let seen = [
            (WarningKind::Braces, word.has_braces),
            (WarningKind::Pattern, word.has_pattern),
        ];
        for (kind, _) in seen.into_iter().filter(|(_, seen)| *seen) {
            warnings.push(CommandLineWarning {
                kind,
                text: word.text.clone(),
                at: word.at,
            });
        }
        Some(word)
    }

    /// A word that is no option: up to the command's name, a part of it.
    fn plain(&mut self, text: String) {
        if self.named {
            self.positional.push(text);
            return;
        }
        self.named = is_name(&text);
        if !self.found.command.is_empty() {
            self.found.command.push(' ');
        }
        self.found.command.push_str(&text);
    }

    fn long(&mut self, word: &Word) -> Result<(), CommandLineError> {
        let (written, value) = match word.text.split_once('=') {
            Some((written, value)) => (written, Some(value.to_owned())),
            None => (word.text.as_str(), None),
        };
        let name = written.trim_start_matches('-');
        let takes = long(name, &self.found.command);
        let (value, at) = match (takes, value) {
            (Some(Takes::Value), None) => self.value(written, word.at)?,
            (_, value) => (value, word.at),
        };
        self.option(name, written, value, takes.is_some(), at)
    }

    /// `-f file`, `-ffile`, `-f=file`, and several switches behind one dash.
    fn short(&mut self, word: &Word) -> Result<(), CommandLineError> {
        let letters = word.text.get(1..).unwrap_or_default();
        for (at, letter) in letters.char_indices() {
            let written = format!("-{letter}");
            let behind = letters.get(at + letter.len_utf8()..).unwrap_or_default();
            let Some((name, takes)) = short(letter) else {
                return self.option("", &word.text, None, false, word.at);
            };
            let assigned = behind.strip_prefix('=');
            if takes == Takes::Switch && assigned.is_none() {
                self.option(name, &written, None, true, word.at)?;
                continue;
            }
            let (value, at) = match assigned.or(Some(behind).filter(|behind| !behind.is_empty())) {
                Some(value) => (Some(value.to_owned()), word.at),
                None => self.value(&written, word.at)?,
            };
            return self.option(name, &written, value, true, at);
        }
        Ok(())
    }

    /// The word behind an option.
    fn value(&mut self, option: &str, at: usize) -> Result<(Option<String>, usize), CommandLineError> {
        let word = self.next().ok_or_else(|| CommandLineError::NoValue {
            option: option.to_owned(),
            at,
        })?;
        Ok((Some(word.text), word.at))
    }

    fn option(
        &mut self,
        name: &str,
        written: &str,
        value: Option<String>,
        known: bool,
        at: usize,
    ) -> Result<(), CommandLineError> {
        let (start, end) = (self.start, self.end);
        let found = &mut self.found;
        let kind = FlagKind::IN_ORDER
            .into_iter()
            .find(|kind| kind.name().get(2..) == Some(name));
        match (kind, name, value) {
            (Some(kind), _, Some(arg)) => found.flags.push(GivenFlag {
                kind,
                arg,
                at,
                start,
                end,
            }),
            (_, "values", Some(value)) => {
                let names = values_file_names(&value).ok_or(CommandLineError::FileNames { at })?;
                found.values.extend(names);
            }
            (_, "version", Some(value)) => found.version = Some(value),
            (_, "timeout", Some(value)) => match timeout::seconds(&value) {
                Some(seconds) => found.timeout = Some(seconds),
                None => found.warnings.push(CommandLineWarning {
                    kind: WarningKind::Timeout,
                    text: value,
                    at,
                }),
            },
            (_, "reuse-values", value) => found.reuse_values = is_on(value),
            (_, "reset-then-reuse-values", value) => found.reset_then_reuse_values = is_on(value),
            (_, "reset-values", value) => found.reset_values = is_on(value),
            (_, "wait", value) => found.wait = is_on(value),
            (_, "atomic" | "rollback-on-failure", value) => found.atomic = is_on(value),
            (_, _, value) => found.others.push(OtherOption {
                name: written.to_owned(),
                value,
                known,
                at,
            }),
        }
        Ok(())
    }
}

/// Whether a switch is on, which may be said behind `=`; Helm 4's `--wait=hookOnly` does not wait for resources.
fn is_on(value: Option<String>) -> bool {
    !matches!(
        value.as_deref(),
        Some("0" | "f" | "F" | "false" | "False" | "FALSE" | "hookOnly")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> CommandLine {
        command_line(text).unwrap()
    }

    #[test]
    fn an_upgrade_is_taken_apart() {
        let text = r#"$ sudo helm -n prod upgrade --install lobu oci://r/lobu --version=7.1.0 \
            -f base.yaml,prod.yaml --values "with space.yaml" -fshort.yaml -f=x.yaml \
            --set app.replicaCount=2 --set-string='a.b=1,c=2' --set-json 'x={"a": 1}' --set-file k=p.txt --set-literal l=a,b \
            --reuse-values --wait=true --atomic --timeout 10m --history-max 5 --create-namespace # done"#;
        let found = parsed(text);
        assert_eq!(
            (found.before.as_slice(), found.command.as_str()),
            (&["sudo".to_owned()][..], "upgrade")
        );
        assert_eq!(
            (found.release.as_deref(), found.chart.as_deref()),
            (Some("lobu"), Some("oci://r/lobu"))
        );
        assert_eq!(found.version.as_deref(), Some("7.1.0"));
        assert_eq!(
            found.values,
            ["base.yaml", "prod.yaml", "with space.yaml", "short.yaml", "x.yaml"]
        );
        let flags: Vec<String> = found
            .flags
            .iter()
            .map(|flag| format!("{} {}", flag.kind.name(), flag.arg))
            .collect();
        assert_eq!(
            flags,
            [
                "--set app.replicaCount=2",
                "--set-string a.b=1,c=2",
                "--set-json x={\"a\": 1}",
                "--set-file k=p.txt",
                "--set-literal l=a,b",
            ]
        );
        assert_eq!(
            found.flags.first().and_then(|flag| text.get(flag.at..flag.at + 5)),
            Some("app.r")
        );
        assert!(found.reuse_values && found.wait && found.atomic && !found.reset_values);
        assert_eq!(found.timeout, Some(600.0));
        let others: Vec<String> = found
            .others
            .iter()
            .map(|other| format!("{}={}", other.name, other.value.as_deref().unwrap_or("-")))
            .collect();
        assert_eq!(
            others,
            ["-n=prod", "--install=-", "--history-max=5", "--create-namespace=-"]
        );
        assert_eq!((found.extra, found.warnings), (Vec::new(), Vec::new()));
    }

    #[test]
    fn names_are_found_in_every_form() {
        let names = |text: &str| {
            let found = parsed(text);
            (
                found.command,
                found.release.unwrap_or_default(),
                found.chart.unwrap_or_default(),
                found.extra,
            )
        };
        for (text, command, release, chart, extra) in [
            ("helm upgrade r c", "upgrade", "r", "c", &[][..]),
            ("/usr/bin/helm install c -g", "install", "", "c", &[]),
            ("helm template c", "template", "", "c", &[]),
            ("helm upgrade r", "upgrade", "r", "", &[]),
            ("helm upgrade -in ns r c", "upgrade", "r", "c", &[]),
            ("helm upgrade r c x y", "upgrade", "r", "c", &["x", "y"]),
            ("helm upgrade -- r -c", "upgrade", "r", "-c", &[]),
            ("helm diff upgrade r c", "diff upgrade", "r", "c", &[]),
            ("upgrade r c", "upgrade", "r", "c", &[]),
            ("--set a=b r c", "", "r", "c", &[]),
            ("helm.exe upgrade `\r\n r `\r\n c", "upgrade", "r", "c", &[]),
            ("helm install --server-side r c", "install", "r", "c", &[]),
            ("helm upgrade --server-side true r c", "upgrade", "r", "c", &[]),
            ("helm upgrade --wait r c --dry-run", "upgrade", "r", "c", &[]),
        ] {
            let extra = extra.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(
                names(text),
                (command.to_owned(), release.to_owned(), chart.to_owned(), extra),
                "{text}"
            );
        }
    }

    #[test]
    fn nothing_is_lost_without_a_word() {
        let warnings = |text: &str| -> Vec<String> {
            let found = parsed(text);
            found
                .warnings
                .iter()
                .map(|warning| format!("{:?} {}", warning.kind, warning.text))
                .collect()
        };
        for (text, expected) in [
            ("helm upgrade r c --set tag=$TAG,x='$Y'", &["Expansion $TAG"][..]),
            ("helm upgrade r c --set x={a,b}", &["Braces x={a,b}"]),
            ("helm upgrade r c --set 'x={a,b}' --set x[0]=a", &["Pattern x[0]=a"]),
            (
                "helm upgrade r c\n  --set a=b\n  -f v.yaml",
                &["LineBreak --set", "LineBreak -f"],
            ),
            (
                "cd x && helm upgrade r c >log 2>&1 | tee y; ls",
                &[
                    "OtherCommand cd x",
                    "Redirection > log",
                    "Redirection 2>& 1",
                    "OtherCommand tee y",
                    "OtherCommand ls",
                ],
            ),
            (
                "helm upgrade r c\nkubectl get pods\n",
                &["OtherCommand kubectl get pods"],
            ),
            (
                "helm upgrade r c -f - <<EOF\na: 1\nEOF",
                &["Redirection << EOF", "OtherCommand a: 1", "OtherCommand EOF"],
            ),
            ("helm upgrade r c --timeout 300", &["Timeout 300"]),
        ] {
            assert_eq!(warnings(text), expected, "{text}");
        }
        let unknown = parsed("helm upgrade r c --nonsense=1 --more -z");
        let unknown: Vec<(&str, bool)> = unknown
            .others
            .iter()
            .map(|other| (other.name.as_str(), other.known))
            .collect();
        assert_eq!(unknown, [("--nonsense", false), ("--more", false), ("-z", false)]);
    }

    #[test]
    fn switches_may_be_turned_off() {
        let found =
            parsed("helm upgrade r c --wait --wait=false --atomic=0 --reuse-values=true --rollback-on-failure=f");
        assert!(!found.wait && !found.atomic && found.reuse_values);
        assert!(!parsed("helm upgrade r c --wait=hookOnly").wait);
        assert!(parsed("helm upgrade r c --wait=watcher").wait);
    }

    #[test]
    fn what_cannot_be_taken_apart_is_refused() {
        for (text, message, at) in [
            ("", "There is no helm command here.", 0),
            ("kubectl apply -f x", "There is no helm command here.", 0),
            ("helm version", "There is no helm command here.", 0),
            ("helm upgrade r c --set 'a=b", "The quote `'` is not closed.", 23),
            ("helm upgrade r c --set $(x", "What begins with `$` has no end.", 23),
            ("helm upgrade r c --set", "`--set` needs a value.", 17),
            ("helm upgrade r c -f", "`-f` needs a value.", 17),
            (
                "helm upgrade r c -f 'a\"b'",
                "The file names behind -f have quotes that Helm cannot read.",
                20,
            ),
        ] {
            let error = command_line(text).unwrap_err();
            assert_eq!((error.to_string().as_str(), error.at()), (message, at), "{text}");
        }
    }
}
