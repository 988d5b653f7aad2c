//! The assumed durations, as they are typed.

use rollcast_core::{Cluster, Seconds};
use yew::AttrValue;

/// The durations of [`Cluster`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Assumption {
    Scheduling,
    Boot,
    Shutdown,
    Propagation,
    Reattach,
}

impl Assumption {
    pub(crate) const ALL: [Self; 5] = [
        Self::Scheduling,
        Self::Boot,
        Self::Shutdown,
        Self::Propagation,
        Self::Reattach,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Scheduling => "Scheduling",
            Self::Boot => "Boot",
            Self::Shutdown => "Shutdown",
            Self::Propagation => "Propagation",
            Self::Reattach => "Reattach",
        }
    }

    pub(crate) const fn meaning(self) -> &'static str {
        match self {
            Self::Scheduling => "from a pod's creation to its container's start",
            Self::Boot => "until the app answers its readiness path",
            Self::Shutdown => "from SIGTERM until the app has exited",
            Self::Propagation => "until every proxy knows that a pod is ready or gone",
            Self::Reattach => "moving a ReadWriteOnce volume to another node",
        }
    }

    const fn of(self, cluster: &mut Cluster) -> &mut Seconds {
        match self {
            Self::Scheduling => &mut cluster.scheduling,
            Self::Boot => &mut cluster.boot,
            Self::Shutdown => &mut cluster.shutdown,
            Self::Propagation => &mut cluster.propagation,
            Self::Reattach => &mut cluster.reattach,
        }
    }
}

/// The three figures of a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Figure {
    Earliest,
    Likely,
    Latest,
}

impl Figure {
    pub(crate) const ALL: [Self; 3] = [Self::Earliest, Self::Likely, Self::Latest];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Earliest => "at best",
            Self::Likely => "usually",
            Self::Latest => "at worst",
        }
    }
}

/// What is typed for every duration, and the last of it that could be used.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Durations {
    texts: [[AttrValue; 3]; 5],
    used: [Seconds; 5],
}

impl Durations {
    pub(crate) fn new(mut cluster: Cluster) -> Self {
        let used = Assumption::ALL.map(|assumption| *assumption.of(&mut cluster));
        Self {
            texts: used.map(|seconds| {
                [seconds.earliest, seconds.likely, seconds.latest]
                    .map(|figure| AttrValue::from(rollcast_go::json(figure)))
            }),
            used,
        }
    }

    pub(crate) fn text(&self, assumption: Assumption, figure: Figure) -> AttrValue {
        self.texts[assumption as usize][figure as usize].clone()
    }

    pub(crate) fn used(&self, assumption: Assumption) -> Seconds {
        self.used[assumption as usize]
    }

    /// Why the text of a duration is not used.
    pub(crate) fn problem(&self, assumption: Assumption) -> Option<&'static str> {
        read(&self.texts[assumption as usize]).err()
    }

    /// Takes a figure as typed; the duration changes once its three figures make sense together.
    pub(crate) fn edit(&mut self, assumption: Assumption, figure: Figure, text: AttrValue) {
        let texts = &mut self.texts[assumption as usize];
        texts[figure as usize] = text;
        if let Ok(seconds) = read(texts) {
            self.used[assumption as usize] = seconds;
        }
    }

    /// Writes the durations in use into the assumptions of a request.
    pub(crate) fn write(&self, cluster: &mut Cluster) {
        for assumption in Assumption::ALL {
            *assumption.of(cluster) = self.used(assumption);
        }
    }
}

fn read(texts: &[AttrValue; 3]) -> Result<Seconds, &'static str> {
    let mut figures = [0.0; 3];
    for (figure, text) in figures.iter_mut().zip(texts) {
        *figure = rollcast_go::parse_float(&text.trim().replace(',', "."))
            .filter(|seconds| (0.0..=86_400.0).contains(seconds))
            .ok_or("Seconds are numbers from 0 to 86400.")?;
    }
    let [earliest, likely, latest] = figures;
    if earliest <= likely && likely <= latest {
        Ok(Seconds::new(earliest, likely, latest))
    } else {
        Err("The three figures must not decrease: at best, usually, at worst.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(edits: &[(Figure, &'static str)]) -> Durations {
        let mut durations = Durations::new(Cluster::default());
        for &(figure, text) in edits {
            durations.edit(Assumption::Boot, figure, text.into());
        }
        durations
    }

    #[test]
    fn what_is_untouched_is_the_cores_default() {
        let mut cluster = Cluster::default();
        Durations::new(Cluster::default()).write(&mut cluster);
        assert_eq!(cluster, Cluster::default());
    }

    #[test]
    fn a_duration_changes_when_its_figures_fit_together() {
        let durations = edited(&[(Figure::Likely, "40"), (Figure::Latest, "60,5")]);
        assert_eq!(durations.used(Assumption::Boot), Seconds::new(5.0, 40.0, 60.5));
        assert_eq!(durations.problem(Assumption::Boot), None);
    }

    #[test]
    fn until_then_the_last_usable_one_stays_and_the_text_is_kept() {
        for text in ["40", "", "x", "-1", "NaN", "inf", "86401"] {
            let durations = edited(&[(Figure::Likely, text)]);
            assert_eq!(durations.used(Assumption::Boot), Cluster::default().boot, "{text}");
            assert!(durations.problem(Assumption::Boot).is_some(), "{text}");
            assert_eq!(durations.text(Assumption::Boot, Figure::Likely), text);
        }
    }
}
