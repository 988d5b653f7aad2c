use std::fmt::{self, Display, Write as _};
use std::io::{self, Write as _};

use rollcast_core::Severity;

use super::{Sink, Summary};
use crate::output::Output;
use crate::place::Place;
use crate::subject::Subject;

/// Workflow commands that GitHub Actions shows at the lines they name.
pub(super) struct Github {
    output: Output,
}

impl Github {
    pub(super) fn new() -> Self {
        Self {
            output: Output::plain(),
        }
    }

    fn annotate(&mut self, level: &str, at: &At<'_>, title: &str, message: &str) -> io::Result<()> {
        write!(self.output, "::{level} ")?;
        match at {
            At::Place(Place { file, start, end }) => {
                write!(
                    self.output,
                    "file={},line={},endLine={},",
                    Property(file),
                    start.0,
                    end.0
                )?;
                // Columns are understood within one line only.
                if start.0 == end.0 {
                    write!(self.output, "col={},endColumn={},", start.1, end.1)?;
                }
            }
            At::File(file) => write!(self.output, "file={},", Property(file))?,
            At::Nowhere => {}
        }
        writeln!(self.output, "title={}::{}", Property(title), Data(message))
    }
}

/// What an annotation is attached to.
enum At<'a> {
    Place(Place<'a>),
    File(&'a str),
    /// Standard input is no file of the repository, and flags are in none.
    Nowhere,
}

impl<'a> At<'a> {
    fn new(place: Option<Place<'a>>, subject: &Subject<'a>) -> Self {
        let last = || subject.request.values.last().map(|file| file.name.as_str());
        match (place, last()) {
            (Some(place), _) if place.file != "-" => Self::Place(place),
            (None, Some(file)) if file != "-" => Self::File(file),
            _ => Self::Nowhere,
        }
    }
}

impl Sink for Github {
    fn subject(&mut self, subject: &Subject<'_>) -> io::Result<()> {
        if let Some((failure, given)) = subject.failure() {
            let place = failure
                .location
                .as_ref()
                .and_then(|location| Place::of(location, given.files));
            let mut message = format!("{}\n{}", failure.what, failure.action);
            if let Some(helm) = &failure.helm {
                let _ = write!(message, "\nHelm says: {helm}");
            }
            self.annotate("error", &At::new(place, subject), "Helm refuses the values", &message)?;
        }
        for problem in subject.problems() {
            let level = match problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "notice",
            };
            let title = format!("{} ({})", problem.title, problem.id);
            let message = problem.paragraphs().join("\n");
            self.annotate(level, &At::new(problem.place, subject), &title, &message)?;
        }
        Ok(())
    }

    fn end(&mut self, _: &Summary) -> io::Result<()> {
        self.output.flush()
    }
}

/// A command's message. What would end it is written as an escape.
struct Data<'a>(&'a str);

/// A property's value, in which two more characters would end it.
struct Property<'a>(&'a str);

impl Display for Data<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escape(f, self.0, "%\r\n")
    }
}

impl Display for Property<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escape(f, self.0, "%\r\n:,")
    }
}

fn escape(f: &mut fmt::Formatter<'_>, text: &str, special: &str) -> fmt::Result {
    text.chars().try_for_each(|char| {
        if special.contains(char) {
            write!(f, "%{:02X}", u32::from(char))
        } else {
            f.write_char(char)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_the_command() {
        let text = "50%\r\n::error file=x,line=1::y";
        assert_eq!(Data(text).to_string(), "50%25%0D%0A::error file=x,line=1::y");
        assert_eq!(
            Property(text).to_string(),
            "50%25%0D%0A%3A%3Aerror file=x%2Cline=1%3A%3Ay"
        );
    }
}
