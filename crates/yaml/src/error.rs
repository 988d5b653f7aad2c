use std::fmt;

use crate::Mark;

/// Why a text is not YAML to Helm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The stage that gave up; it decides how Helm counts lines.
    pub stage: Stage,
    /// What is wrong, in libyaml's words, which are Helm's.
    pub problem: String,
    /// Where the problem was noticed.
    pub mark: Mark,
    /// Where the construct began that could not be completed, if libyaml says so.
    pub context: Option<Mark>,
}

/// The stages of libyaml.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Bytes to characters.
    Reader,
    /// Characters to tokens.
    Scanner,
    /// Tokens to events.
    Parser,
    /// None of libyaml's: a text we do not follow although Helm may.
    Limit,
}

impl Error {
    /// The line Helm prints, counted from 1, or `None` where it prints none.
    ///
    /// go-yaml's `fail` adds one to the mark of scanner errors only, so parser errors name the line before; where a
    /// mark lies on the first line it looks at the context, and says nothing if that lies there too. Reader errors
    /// carry no line at all (gopkg.in/yaml.v2 decode.go).
    #[must_use]
    pub fn helm_line(&self) -> Option<usize> {
        let extra = match self.stage {
            Stage::Reader | Stage::Limit => return None,
            Stage::Scanner => 1,
            Stage::Parser => 0,
        };
        if self.mark.line != 0 {
            Some(self.mark.line + extra)
        } else {
            self.context.map(|mark| mark.line).filter(|line| *line != 0)
        }
    }
}

/// Helm's words: `yaml: line 3: mapping values are not allowed in this context`.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.helm_line() {
            Some(line) => write!(f, "yaml: line {line}: {}", self.problem),
            None => write!(f, "yaml: {}", self.problem),
        }
    }
}

impl std::error::Error for Error {}
