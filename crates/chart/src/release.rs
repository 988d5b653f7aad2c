use rollcast_values::{Map, Value};

use crate::{Decision, Rendered};

/// One behaviour of the chart. Several published versions may share it.
#[derive(Debug)]
pub struct Release {
    /// Its id: "7.1.0", "main-776".
    pub id: &'static str,
    /// What it is, in a sentence, with the published versions it stands for.
    pub summary: &'static str,
}

impl Release {
    /// Every release, oldest first.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &[]
    }

    /// The defaults, with the origin of each in the text Rollcast ships.
    #[must_use]
    pub fn defaults(&self) -> &'static Map {
        static NONE: Map = Map::new();
        &NONE
    }

    /// What Helm prints for effective values (the chart's name is `lobu`, and so is the Helm release's).
    ///
    /// # Errors
    /// Helm's first template error, or the error of its second reading of the rendered text.
    pub fn render(&self, _values: &Value) -> Result<Rendered, RenderError> {
        Ok(Rendered::default())
    }

    /// Which strategy rule fires, for values that render.
    #[must_use]
    pub fn decide(&self, _values: &Value) -> Option<Decision> {
        None
    }
}

/// Why Helm does not render.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderError {
    /// Helm's message, without `Error: `.
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
