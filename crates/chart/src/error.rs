use crate::blame::Blame;

/// A result of executing a template. The error is boxed, since nearly every line of a template hands one on.
pub(crate) type Result<T> = std::result::Result<T, Box<RenderError>>;

/// Why Helm does not render.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderError {
    /// Helm's message, without the `Error: ` it prints before every message.
    pub helm: String,
    /// What is wrong, in our words.
    pub what: String,
    /// What to change.
    pub action: String,
    /// The values path at fault, in dots, where there is one.
    pub path: Option<String>,
    /// Whether the template printed its text and Helm refused to read that.
    pub reparse: bool,
}

impl RenderError {
    /// The part that does not depend on where the error is reported.
    pub(crate) fn blame(&self) -> Blame {
        Blame {
            path: self.path.clone(),
            what: self.what.clone(),
            action: self.action.clone(),
        }
    }
}

/// Helm's message, without `Error: `.
impl std::fmt::Display for RenderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.helm)
    }
}

impl std::error::Error for RenderError {}

/// An error of the execution of `template`, which stands in `file` (text/template exec.go: ExecError).
pub(crate) fn refused_at(
    file: &str,
    line: usize,
    column: usize,
    template: &str,
    expression: &str,
    message: &str,
    blame: Blame,
) -> Box<RenderError> {
    blame.error(format!(
        "template: {file}:{line}:{column}: executing {template:?} at <{expression}>: {message}"
    ))
}
