use rollcast_values::Origin;
use serde::Serialize;

/// Which strategy the app Deployment gets, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// The rule that fired.
    pub rule: Rule,
    /// The block Helm prints under `strategy:`; `None` when the release leaves the field out, which means
    /// RollingUpdate 25 % / 25 % to the API server.
    pub strategy: Option<String>,
    /// Every rule of this release in the order the template tries them.
    pub ladder: Vec<Rung>,
}

/// The rules a release can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// A truthy `app.strategy` is printed as it is.
    Override,
    /// `app.allowMultiReplica` with shared or disabled workspaces gives RollingUpdate 1 / 0 (Lobu pull request 776).
    OptIn,
    /// The release's own Recreate.
    Default,
    /// No `strategy:` is printed; the API server's default applies.
    Unset,
}

/// One rule of the ladder.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Rung {
    /// The rule.
    pub rule: Rule,
    /// The rule in a sentence, for people.
    pub title: String,
    /// Whether the template came as far as this rule.
    pub reached: bool,
    /// Whether it fired.
    pub fired: bool,
    /// The conditions it looks at; evaluated also where it was not reached, so that people see why not.
    pub conditions: Vec<Condition>,
}

/// One condition of a rule.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Condition {
    /// What is asked, for people: "`app.allowMultiReplica` is truthy".
    pub question: String,
    /// The values path it reads, in dots.
    pub path: String,
    /// The value found, as compact JSON; `None` when the key is missing.
    pub value: Option<String>,
    /// Go's truth of that value.
    pub truthy: bool,
    /// Whether the condition holds.
    pub holds: bool,
    /// Where the value came from; `None` when the key is missing.
    pub origin: Option<Source>,
    /// What surprises about the value, if anything: "a quoted \"false\" is a non-empty string, so it is truthy".
    pub note: Option<String>,
}

/// Where a value came from, for people and programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Source {
    /// The release's defaults.
    Default {
        /// Line in the defaults text Rollcast ships, from 1.
        line: usize,
    },
    /// A values file.
    File {
        /// Index among the files, from 0.
        file: usize,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// Byte offset of the start.
        offset: usize,
        /// Byte offset behind the end.
        end: usize,
    },
    /// A flag.
    Flag {
        /// Index among the flags as given, from 0.
        flag: usize,
    },
    /// The last release, whose values the upgrade takes over.
    LastRelease,
}

impl From<Origin> for Source {
    fn from(origin: Origin) -> Self {
        match origin {
            Origin::Default(span) => Self::Default {
                line: span.start.line + 1,
            },
            Origin::File { file, span } => Self::File {
                file,
                line: span.start.line + 1,
                column: span.start.column + 1,
                offset: span.start.offset,
                end: span.end.offset,
            },
            Origin::Flag { flag } => Self::Flag { flag },
            Origin::LastRelease => Self::LastRelease,
        }
    }
}
