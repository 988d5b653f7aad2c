use std::fmt;

/// Why a link cannot be made or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// It is not what Rollcast writes: cut off, changed on its way, or never a link.
    Damaged,
    /// It was made by a later Rollcast.
    Newer,
    /// It would hold more than a link can.
    TooLarge,
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Damaged => "This link is damaged; perhaps its end was cut off. Ask for it again.",
            Self::Newer => {
                "This link was made by a later version of Rollcast. Load the page again to get that version."
            }
            Self::TooLarge => "This is more than a link can hold. Pass it on as a file.",
        })
    }
}

impl std::error::Error for LinkError {}
