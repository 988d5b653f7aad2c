use std::borrow::Cow;

use rollcast_chart::Release;
use rollcast_rollout::change::{Applier, ReclaimPolicy};
use rollcast_values::{Effective, File, FileError, FlagKind, Given, HelmLine, Map, Reuse, Value};
use serde::{Deserialize, Serialize};

/// What is asked. Every field has a default, so `{}` asks about the defaults of chart release 7.1.0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Request {
    /// A chart release ("main-776") or a published chart version ("9.3.0").
    pub chart: String,
    /// The Lobu app version of the image; unknown means the worst case.
    pub app: Option<String>,
    /// Values files in `-f` order.
    pub values: Vec<ValuesFile>,
    /// Flags in the order they were given.
    pub set: Vec<Flag>,
    /// Which Helm renders.
    pub helm: HelmLine,
    /// Assumptions about the cluster and the running app.
    pub cluster: Cluster,
    /// Ids of prerequisites the operator vouches for.
    pub confirmed: Vec<String>,
    /// What runs today; with it, the report says what the change from there brings about.
    pub baseline: Option<Baseline>,
    /// What the upgrade takes over from the values of the baseline; left out, nothing, as with `--reset-values`.
    pub reuse: Option<Reuse>,
    /// What brings the objects to the cluster. Left out, it is the Helm of `helm`; Helm 4 goes on as the Helm of the
    /// baseline began.
    pub applier: Option<Applier>,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            chart: Release::by_default().id.to_owned(),
            app: None,
            values: Vec::new(),
            set: Vec::new(),
            helm: HelmLine::default(),
            cluster: Cluster::default(),
            confirmed: Vec::new(),
            baseline: None,
            reuse: None,
            applier: None,
        }
    }
}

/// The chart's name; Helm's messages repeat it.
const CHART: &str = "lobu";

impl Request {
    /// The effective values: files and flags over these defaults, as Helm merges them, without what is taken over from the
    /// baseline.
    ///
    /// # Errors
    /// Helm cannot read a file or a flag.
    pub fn effective(&self, defaults: &Map) -> Result<Effective, rollcast_values::Error> {
        self.with_given(|given| rollcast_values::effective(defaults, CHART, given))
    }

    /// What the upgrade takes over, in view of what its own files and flags set.
    #[must_use]
    pub fn takes_over(&self) -> Option<Reuse> {
        let sets_nothing = || {
            let own = self.effective(&Map::new());
            own.is_ok_and(|own| matches!(own.given, Value::Map(given) if given.is_empty()))
        };
        self.reuse.filter(|how| *how != Reuse::IfNothingIsSet || sets_nothing())
    }

    /// The effective values of an upgrade that takes over those of the last release.
    pub(crate) fn reusing(
        &self,
        how: Reuse,
        last: &Effective,
        defaults: &Map,
    ) -> Result<Effective, rollcast_values::Error> {
        self.with_given(|given| rollcast_values::reuse(how, last, defaults, CHART, given))
    }

    /// The effective values of the files alone.
    pub(crate) fn effective_files(&self, defaults: &Map) -> Result<Effective, FileError> {
        rollcast_values::effective_files(defaults, CHART, &self.files(), self.helm)
    }

    fn files(&self) -> Vec<File<'_>> {
        let files = self.values.iter().map(|file| File {
            name: &file.name,
            text: &file.text,
        });
        files.collect()
    }

    fn with_given<T>(&self, find: impl FnOnce(&Given<'_>) -> T) -> T {
        let flags = self.set.iter().map(|flag| rollcast_values::Flag {
            kind: flag.kind,
            arg: &flag.arg,
            content: flag.content.as_deref(),
        });
        find(&Given {
            files: &self.files(),
            flags: &flags.collect::<Vec<_>>(),
            helm: self.helm,
        })
    }

    /// The request with its baseline in full where it takes over values from there: they stay what they are when a fix
    /// changes the request's own.
    pub(crate) fn with_last_release(&self) -> Cow<'_, Self> {
        let mut request = Cow::Borrowed(self);
        if self.reuse.is_some() {
            request.to_mut().keep_today();
        }
        request
    }

    /// Writes out what the baseline leaves to the request, so that changing the request no longer changes today.
    pub fn keep_today(&mut self) {
        if let Some(baseline) = &mut self.baseline {
            if baseline.values.is_none() && baseline.set.is_none() {
                baseline.values = Some(self.values.clone());
                baseline.set = Some(self.set.clone());
            }
            baseline.chart.get_or_insert_with(|| self.chart.clone());
            baseline.helm.get_or_insert(self.helm);
        }
    }
}

/// What runs today. What is left out is as in the request, so `{"chart": "7.1.0"}` is "the same values, an older release".
/// Before the request's values are changed, as when a fix is applied, today's belong here in full ([`Request::keep_today`]).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Baseline {
    /// The chart release or published chart version that runs.
    pub chart: Option<String>,
    /// The Lobu app version that runs; left out, it is that of `image.tag`, or unknown.
    pub app: Option<String>,
    /// The values files of the last upgrade, or what `helm get values` printed (with `--all`, too; its first line tells
    /// which). Left out together with `set`, both are those of the request.
    pub values: Option<Vec<ValuesFile>>,
    /// The flags of the last upgrade.
    pub set: Option<Vec<Flag>>,
    /// Which Helm rendered it.
    pub helm: Option<HelmLine>,
    /// What is known of the workspaces claim in the cluster.
    pub claim: LiveClaim,
}

/// A claim in the cluster, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct LiveClaim {
    /// Whether the live object carries `helm.sh/resource-policy: keep`; not known counts as no.
    pub keep: Option<bool>,
    /// The reclaim policy of its volume.
    pub reclaim: Option<ReclaimPolicy>,
    /// Whether its class may expand volumes.
    pub expandable: Option<bool>,
    /// The storage class that was filled in where the values name none.
    pub class: Option<String>,
}

/// One values file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(deny_unknown_fields)]
pub struct ValuesFile {
    /// The name as it would follow `-f`; Helm's messages repeat it.
    pub name: String,
    /// The text.
    pub text: String,
}

/// One flag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(deny_unknown_fields)]
pub struct Flag {
    /// Which flag.
    pub kind: FlagKind,
    /// Its argument, whole.
    pub arg: String,
    /// The content of the file a `--set-file` argument names; ignored for the other kinds.
    #[serde(default)]
    pub content: Option<String>,
}

/// What only the operator can know. The defaults are assumptions, stated wherever they are used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Cluster {
    /// From the pod's creation to its container's start: scheduling, attaching, pulling.
    pub scheduling: Seconds,
    /// From the container's start until the app answers its readiness path.
    pub boot: Seconds,
    /// From SIGTERM until the app has exited by itself. A readiness drain that the values ask for
    /// (`SHUTDOWN_READINESS_DRAIN_MS`, chart 11.1.0 and later) comes before it and is not part of it.
    pub shutdown: Seconds,
    /// From a pod's readiness or deletion until every proxy knows.
    pub propagation: Seconds,
    /// Detaching a ReadWriteOnce volume from the old node and attaching it to the new one, where it has to move.
    pub reattach: Seconds,
    /// Where the new pod lands.
    pub placement: Placement,
    /// The API server's minor version: 34 for Kubernetes 1.34. Its messages depend on it.
    pub kubernetes: u32,
}

impl Default for Cluster {
    fn default() -> Self {
        Self {
            scheduling: Seconds::new(1.0, 3.0, 15.0),
            boot: Seconds::new(5.0, 8.0, 20.0),
            shutdown: Seconds::new(1.0, 5.0, 15.0),
            propagation: Seconds::new(0.5, 1.0, 2.0),
            reattach: Seconds::new(5.0, 15.0, 60.0),
            placement: Placement::Unknown,
            kubernetes: 34,
        }
    }
}

/// A duration with its uncertainty, in seconds (finite, 0 to 86,400, `earliest <= likely <= latest`; what is outside is
/// refused with an error, never changed silently).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(deny_unknown_fields)]
pub struct Seconds {
    /// At best.
    pub earliest: f64,
    /// Usually.
    pub likely: f64,
    /// At worst.
    pub latest: f64,
}

impl Seconds {
    /// A duration from its three figures.
    #[must_use]
    pub const fn new(earliest: f64, likely: f64, latest: f64) -> Self {
        Self {
            earliest,
            likely,
            latest,
        }
    }
}

/// Where the new pod lands relative to the old one; it decides what a ReadWriteOnce claim does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Placement {
    /// Not known: both outcomes are shown.
    #[default]
    Unknown,
    /// The same node, always (one-node cluster, local volume, node selector).
    SameNode,
    /// Another node.
    OtherNode,
}
