//! Everything a check can look at.

use rollcast_chart::{Decision, Release, Rendered, UnknownKey};
use rollcast_rollout::{Range, Strategy, WindowKind};
use rollcast_values::{Effective, Node, Note, NoteKind, Origin, Value};

use super::{Found, Releases};
use crate::app::{App, Fact};
use crate::manifest::{Manifest, Sharing};
use crate::plan::Drain;
use crate::workloads::Workload;
use crate::{Cluster, Evidence, Hook, Outlook, PrerequisiteState, Request, When};

/// The most findings that one kind of note makes.
const MOST_NOTES: usize = 20;

/// The releases with `app.preStopDelaySeconds` (Lobu pull request 775).
const DELAY: Releases = Releases::between("main-775", "main-871");
/// The releases with `app.lifecycle.preStopSleepSeconds` (Lobu pull request 1191).
const LIFECYCLE: Releases = Releases::from("11.1.0");

/// One request and what has been computed for it so far.
pub(crate) struct Situation<'a> {
    pub(crate) request: &'a Request,
    pub(crate) release: &'static Release,
    pub(crate) app: App,
    pub(crate) effective: &'a Effective,
    pub(crate) rendered: &'a Rendered,
    pub(crate) decision: &'a Decision,
    pub(crate) manifest: &'a Manifest,
    pub(crate) drain: Drain,
    /// What the API server makes of the strategy; `None` where it refuses the Deployment.
    pub(crate) strategy: Option<Strategy>,
    pub(crate) outlooks: &'a [Outlook],
    pub(crate) workloads: &'a [Workload],
    pub(crate) hooks: &'a [Hook],
}

impl Situation<'_> {
    /// The effective value at a dotted path; `None` where a key is missing.
    pub(crate) fn value(&self, path: &str) -> Option<&Value> {
        self.effective.values.at(path)
    }

    /// Go's truth of a value; a missing one is false.
    pub(crate) fn truthy(&self, path: &str) -> bool {
        self.value(path).is_some_and(Value::truthy)
    }

    /// The value as a text, where it is one.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        match self.value(path) {
            Some(Value::Str(text)) => Some(text),
            _ => None,
        }
    }

    /// An environment variable of the app container.
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        self.manifest.variable(name)
    }

    /// Whether the operator sets the value, in a file or by a flag.
    pub(crate) fn is_set(&self, path: &str) -> bool {
        self.effective.given.at(path).is_some()
    }

    /// A value as evidence.
    pub(crate) fn evidence(&self, path: &str) -> Evidence {
        let node = self.effective.values.node_at(path);
        Evidence {
            path: path.to_owned(),
            value: node.map(|node| node.value.to_json()),
            origin: node.map(|node| node.origin.into()),
        }
    }

    /// A value that was given, as evidence; it may differ from the effective one: a null is gone from there.
    #[expect(clippy::unused_self, reason = "reads like `evidence`")]
    pub(crate) fn given(&self, path: &str, node: &Node) -> Evidence {
        Evidence {
            path: path.to_owned(),
            value: Some(node.value.to_json()),
            origin: Some(node.origin.into()),
        }
    }

    /// A key that is not read, as evidence.
    pub(crate) fn unread(&self, key: &UnknownKey) -> Evidence {
        Evidence {
            path: key.path.clone(),
            value: self.effective.given.at(&key.path).map(Value::to_json),
            origin: Some(key.origin.into()),
        }
    }

    /// The release's default at a dotted path.
    pub(crate) fn default_of(&self, path: &str) -> Option<&Value> {
        self.release.default_at(path.split('.'))
    }

    /// One finding for each note that `describe` knows, at most [`MOST_NOTES`]; the last one tells how many are left.
    pub(crate) fn notes(&self, describe: impl Fn(&NoteKind) -> Option<String>) -> Vec<Found> {
        let mut found = Vec::new();
        let mut more = 0_usize;
        for note in &self.effective.notes {
            let Some(what) = describe(&note.kind) else { continue };
            if found.len() == MOST_NOTES {
                more += 1;
                continue;
            }
            found.push(Found::new(what).on(self.noted(note)));
        }
        if more > 0 {
            found.push(Found::new(format!("There are {more} more of these.")));
        }
        found
    }

    /// The value a note is about; where that has no path, the beginning of the text it stands in.
    pub(crate) fn noted(&self, note: &Note) -> Evidence {
        let written = || match note.origin {
            Origin::File { file, span } => {
                let text = self.request.values.get(file)?.text.as_str();
                text.get(span.start.offset..span.end.offset)?.lines().next()
            }
            Origin::Flag { flag } => self.request.set.get(flag).map(|flag| flag.arg.as_str()),
            Origin::Default(_) | Origin::LastRelease => None,
        };
        Evidence {
            path: match &note.path {
                Some(path) => path.clone(),
                None => written().unwrap_or_default().chars().take(60).collect(),
            },
            value: None,
            origin: Some(note.origin.into()),
        }
    }

    /// Where this release reads the preStop delay.
    pub(crate) fn pre_stop_key(&self) -> &'static str {
        if LIFECYCLE.contains(self.release.id) {
            "app.lifecycle.preStopSleepSeconds"
        } else {
            "app.preStopDelaySeconds"
        }
    }

    /// Whether this release reads a preStop delay at all.
    pub(crate) fn reads_pre_stop(&self) -> bool {
        LIFECYCLE.contains(self.release.id) || DELAY.contains(self.release.id)
    }

    pub(crate) fn app_has(&self, fact: &Fact) -> bool {
        self.app.has(self.release, fact)
    }

    pub(crate) fn cluster(&self) -> &Cluster {
        &self.request.cluster
    }

    /// `spec.replicas` with its default; 1 where the API server refuses it.
    pub(crate) const fn replicas(&self) -> u32 {
        self.manifest.spec.replicas
    }

    /// The most pods of the app at one time; the replicas where there is no forecast.
    pub(crate) fn peak_pods(&self) -> u32 {
        let peaks = self.outlooks.iter().map(|outlook| outlook.forecast.peak_pods.latest);
        peaks.max().unwrap_or_else(|| self.replicas())
    }

    /// Whether the Deployment rolls.
    pub(crate) fn rolls(&self) -> bool {
        matches!(self.strategy, Some(Strategy::RollingUpdate { .. }))
    }

    /// Who may mount the workspaces claim; `None` without one.
    pub(crate) fn sharing(&self) -> Option<Sharing> {
        self.manifest.sharing()
    }

    /// Whether the API server refuses the workspaces claim.
    pub(crate) fn claim_refused(&self) -> bool {
        self.rendered.pvc_spec.is_some() && self.rendered.app.mounts_workspaces && self.manifest.claim.is_none()
    }

    /// `Confirm`, or `Met` where the operator vouches for it.
    pub(crate) fn confirmed(&self, id: &str) -> PrerequisiteState {
        if self.request.confirmed.iter().any(|confirmed| confirmed == id) {
            PrerequisiteState::Met
        } else {
            PrerequisiteState::Confirm
        }
    }

    /// How long windows of one kind are, over all outlooks together; `None` where none occurs.
    pub(crate) fn length(&self, kind: WindowKind) -> Option<Range<Option<u64>>> {
        let never_last = |time: &Option<u64>| (time.is_none(), *time);
        self.outlooks
            .iter()
            .filter_map(|outlook| outlook.forecast.lengths.iter().find(|length| length.kind == kind))
            .map(|length| length.milliseconds)
            .reduce(|worst, other| Range {
                earliest: std::cmp::min_by_key(worst.earliest, other.earliest, never_last),
                likely: worst.likely,
                latest: std::cmp::max_by_key(worst.latest, other.latest, never_last),
            })
    }

    /// Whether there is such a time in this rollout. Where no forecast can be made, what the strategy brings counts.
    pub(crate) fn occurs(&self, when: When) -> bool {
        match (when.window(), self.outlooks) {
            (Some(_), []) => matches!(
                (when, self.strategy),
                (When::Overlap, Some(Strategy::RollingUpdate { .. })) | (When::Gap, Some(Strategy::Recreate))
            ),
            (Some(kind), _) => self.length(kind).is_some(),
            (None, _) => match when {
                When::Replicas => self.replicas() > 1,
                _ => self.replicas() > 0,
            },
        }
    }
}
