use clap::ValueEnum;

/// Whether to colour what is printed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always, for example through a pager
    Always,
    /// Never
    Never,
}

impl Colour {
    /// Makes it hold for the whole process.
    pub(crate) fn write_global(self) {
        match self {
            // What the environment says: NO_COLOR, CLICOLOR, CLICOLOR_FORCE, TERM.
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}
