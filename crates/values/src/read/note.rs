use rollcast_yaml::Span;

/// Something a person should know about a text that Helm accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is.
    pub kind: NoteKind,
    /// Where it stands.
    pub span: Span,
}

/// The silent traps of reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// A key stands twice in one map; the later one (here) wins and the earlier one (`first`) is lost, whole.
    DuplicateKey {
        /// The key.
        key: String,
        /// The earlier place.
        first: Span,
    },
    /// Two keys are different to YAML and the same to JSON (`1` and `"1"`): Helm picks one at random.
    CollidingKeys {
        /// The key both become.
        key: String,
        /// The earlier place.
        first: Span,
    },
    /// A merge (`<<`, here) behind an explicit key (`first`) overrides it.
    MergeOverrides {
        /// The key.
        key: String,
        /// The explicit key.
        first: Span,
    },
    /// A key that YAML 1.1 does not take as text: `on`, `y`, `010`.
    TypedKey {
        /// As written.
        written: String,
        /// What Helm makes of it.
        key: String,
    },
    /// A word that YAML 1.1 takes for a boolean, while YAML 1.2 and many people take it for text: `yes`, `n`, `off`.
    BooleanWord {
        /// As written.
        written: String,
        /// What Helm makes of it.
        value: bool,
    },
    /// A plain number with a leading zero, read as octal: `0777` is 511.
    Octal {
        /// As written.
        written: String,
        /// The number in decimals.
        decimal: String,
    },
    /// A number that templates print in other characters than it was written in: `1.10` as `1.1`, `20250516` as
    /// `2.0250516e+07`, `1_000` as `1000`.
    Respelt {
        /// As written.
        written: String,
        /// As `{{ . }}` prints it.
        printed: String,
    },
    /// A whole number that a float64 cannot hold: `9007199254740993` becomes 9007199254740992.
    PrecisionLost {
        /// As written.
        written: String,
        /// What is left, in decimals.
        read: String,
    },
    /// A second document, which Helm 3 never reads.
    DroppedDocument,
    /// Text behind the first complete value of the document, which Helm never reads; often the rest of a file whose
    /// first line is indented.
    DroppedTail,
}
