use std::fmt;

pub use crate::path::Step;
use crate::path::spell;

/// The way from the root of the values to one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path {
    /// The steps, from the root.
    pub steps: Vec<Step>,
}

impl Path {
    /// A path of keys none of which holds a dot, as people write it: `app.workspaces.enabled`.
    #[must_use]
    pub fn dotted(text: &str) -> Self {
        text.split('.').map(|key| Step::Key(key.to_owned())).collect()
    }

    /// The path one step further.
    #[must_use]
    pub fn then(&self, step: Step) -> Self {
        self.steps.iter().cloned().chain([step]).collect()
    }

    /// The path of the first `length` steps.
    #[must_use]
    pub fn first(&self, length: usize) -> Self {
        self.steps.iter().take(length).cloned().collect()
    }
}

impl FromIterator<Step> for Path {
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Self {
        Self {
            steps: steps.into_iter().collect(),
        }
    }
}

/// The path as `--set` spells it.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&spell(&self.steps).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_reads_as_people_write_it() {
        assert_eq!(Path::dotted("app.env.A_B").to_string(), "app.env.A_B");
        let path = Path::dotted("app.hosts")
            .then(Step::Index(2))
            .then(Step::Key("a.b".to_owned()));
        assert_eq!(path.to_string(), "app.hosts[2].a\\.b");
        assert_eq!(path.first(2), Path::dotted("app.hosts"));
    }
}
