use std::sync::OnceLock;

use rollcast_values::{Map, Origin, Value, read};

use crate::keys::Keys;
use crate::names::Names;
use crate::{Decision, RenderError, Rendered, releases, strategy, templates};

/// One behaviour of the chart. Several published versions may share it, and several may share one version label.
#[derive(Debug)]
pub struct Release {
    /// Its id: "7.1.0", "main-776".
    pub id: &'static str,
    /// What it is, in a sentence, with the published versions it stands for.
    pub summary: &'static str,
    /// The version its Chart.yaml carries, which `helm list` shows and the labels repeat.
    pub label: &'static str,
    /// The Lobu commit it was read at, and by which the chart can be had.
    pub commit: &'static str,
    /// Every published chart version that behaves like this, oldest first; empty for a state of the main branch that was
    /// never published.
    pub published: &'static [&'static str],
    /// How to tell it in a copy of the chart, behind "it is this one if": several releases share a label.
    pub tell: &'static str,
    /// What it changed against its predecessor, one statement each; for the first release, what it does.
    pub changes: &'static [&'static str],
    /// What sets its templates apart.
    pub(crate) templates: Templates,
    /// Its defaults, as values text.
    pub(crate) defaults: &'static str,
    /// What is worked out once somebody asks.
    pub(crate) cache: &'static Cache,
}

/// What is worked out of a release once.
#[derive(Debug)]
pub(crate) struct Cache {
    /// What our reader makes of its defaults.
    defaults: OnceLock<Map>,
    /// The keys its templates read.
    keys: OnceLock<Keys>,
}

impl Cache {
    pub(crate) const fn new() -> Self {
        Self {
            defaults: OnceLock::new(),
            keys: OnceLock::new(),
        }
    }
}

/// What sets the templates of a release apart from those of the others. A release's folder states what it changed and
/// takes the rest from its predecessor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Templates {
    /// Which of the two charts it descends from.
    pub(crate) lineage: Lineage,
    /// How the app's strategy is resolved.
    pub(crate) strategy: StrategyForm,
    /// What the chart does for a graceful end of the app's pods.
    pub(crate) shutdown: Shutdown,
    /// The app's readiness is asked at `/health/ready`, which looks at the database too (Lobu pull request 767).
    pub(crate) asks_database: bool,
    /// The Service can pin clients to pods (Lobu pull request 848).
    pub(crate) session_affinity: bool,
    /// The component label stands on the app's Service.
    pub(crate) labelled_service: bool,
    /// Several worker or embeddings replicas on one cache are refused, the embeddings have probe numbers of their own,
    /// the worker has a liveness probe, and there are resources for Prometheus.
    pub(crate) guards: bool,
    /// The app has a PodDisruptionBudget, and the containers a security context (Lobu pull request 1191).
    pub(crate) hardened: bool,
}

/// The two charts that carried the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lineage {
    /// The first public chart.
    Platform,
    /// The one it was swapped for (Lobu pull request 882).
    Owletto,
}

/// How the app's strategy is resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StrategyForm {
    /// The override, else Recreate where workspaces are on, else nothing.
    PinWorkspaces {
        /// Whether six lines of comment are printed above Recreate.
        explained: bool,
    },
    /// The override, else RollingUpdate 1 / 0 by `allowMultiReplica` with workspaces shared or off, else Recreate.
    OptIn {
        /// Lines of the comment above the rule in the template's source.
        comment: usize,
    },
}

/// What the chart does for a graceful end of the app's pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shutdown {
    /// Nothing: the API server's 30 seconds and no hook.
    Unset,
    /// A grace period of 45 seconds and a hook by `app.preStopDelaySeconds` (Lobu pull request 775).
    Delay,
    /// A grace period and a hook by `app.lifecycle.preStopSleepSeconds`, both only where set (Lobu pull request 1191).
    Lifecycle,
}

impl Release {
    /// Every release, oldest first.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &releases::ALL
    }

    /// The release that is asked about where none is named.
    #[must_use]
    pub fn by_default() -> &'static Self {
        &releases::DEFAULT
    }

    /// The defaults, with the origin of each in the text Rollcast ships.
    #[must_use]
    pub fn defaults(&self) -> &Map {
        self.cache.defaults.get_or_init(|| {
            // The text is ours, and a test reads every one of them.
            read(self.defaults.as_bytes(), Origin::Default).map_or_else(|_| Map::new(), |read| read.map)
        })
    }

    /// The text that [`Self::defaults`] has its origins in: facts of the chart in Rollcast's own order.
    #[must_use]
    pub const fn defaults_text(&self) -> &'static str {
        self.defaults
    }

    /// The keys its templates read.
    pub(crate) fn keys(&'static self) -> &'static Keys {
        self.cache.keys.get_or_init(|| Keys::of(self))
    }

    /// What Helm prints for effective values (the chart's name is `lobu`, and so is the Helm release's).
    ///
    /// # Errors
    /// Helm's first template error, or the error of its second reading of the rendered text.
    pub fn render(&'static self, values: &Value) -> Result<Rendered, RenderError> {
        let names = Names::new(self, values);
        templates::render(self, values, &names).map_err(|error| *error)
    }

    /// Which strategy rule fires. Where the values do not render, what can be said of the rules' conditions anyway.
    #[must_use]
    pub fn decide(&self, values: &Value) -> Decision {
        strategy::decide(self.templates.strategy, values)
    }
}
