use rollcast_rollout::Version;

use super::rows::{Kind, Phase};

/// The characters a timeline is drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Glyphs {
    /// Blocks that look like what they mean: the fuller, the readier.
    Blocks,
    /// Letters and signs that every terminal, font and screen reader has.
    Ascii,
}

impl Glyphs {
    pub(super) const fn phase(self, phase: Phase) -> char {
        match (self, phase) {
            (Self::Blocks, Phase::Waiting) => '·',
            (Self::Blocks, Phase::Starting) => '░',
            (Self::Blocks, Phase::Ready) => '█',
            (Self::Blocks, Phase::Draining) => '▓',
            (Self::Blocks, Phase::Stopping) => '▒',
            (Self::Ascii, Phase::Waiting) => '.',
            (Self::Ascii, Phase::Starting) => '-',
            (Self::Ascii, Phase::Ready) => '#',
            (Self::Ascii, Phase::Draining) => '+',
            (Self::Ascii, Phase::Stopping) => 'x',
        }
    }

    pub(super) fn of(self, kind: Kind) -> char {
        match kind {
            Kind::Pod(Version::Old | Version::New, phase) => self.phase(phase),
            Kind::Endpoints(count) => char::from_digit(count, 10).unwrap_or('*'),
            Kind::Window(_) => self.bar(),
        }
    }

    const fn bar(self) -> char {
        match self {
            Self::Blocks => '━',
            Self::Ascii => '=',
        }
    }

    pub(super) const fn tick(self) -> char {
        match self {
            Self::Blocks => '╵',
            Self::Ascii => '\'',
        }
    }
}
