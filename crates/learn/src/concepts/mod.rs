//! The concepts: what there is to understand beside single findings. Their texts stand in Markdown beside this file; tables are
//! computed.

mod tables;

use maud::{Markup, html};
use rollcast_core::{Placement, Request, ValuesFile};

use crate::entry::Entry;
use crate::example::Shown;
use crate::figure::{self, Figure};
use crate::icon;
use crate::layout::{Place, document};
use crate::prose;

/// A concept.
pub(crate) struct Concept {
    /// Its folder.
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    /// What it is, in a sentence or two.
    pub(crate) summary: &'static str,
    /// Markdown; a link to a bare id leads to that page.
    pub(crate) text: &'static str,
    figure: Option<Figure>,
    /// A table that is computed.
    table: Option<fn() -> Markup>,
    /// Whether the first example's rollout is drawn.
    drawn: bool,
    examples: &'static [Example],
    /// The findings and rules of change that rest on it.
    pub(crate) related: &'static [&'static str],
}

/// Values that show a concept.
struct Example {
    name: &'static str,
    chart: &'static str,
    values: &'static str,
    placement: Placement,
}

impl Example {
    const BASE: Self = Self {
        name: "",
        chart: "7.1.0",
        values: "",
        placement: Placement::Unknown,
    };

    fn shown(&self) -> Shown {
        let mut request = Request {
            chart: self.chart.to_owned(),
            values: vec![ValuesFile {
                name: "values.yaml".to_owned(),
                text: self.values.to_owned(),
            }],
            ..Request::default()
        };
        request.cluster.placement = self.placement;
        Shown::new(self.name, request)
    }
}

impl Concept {
    const BASE: Self = Self {
        id: "",
        title: "",
        summary: "",
        text: "",
        figure: None,
        table: None,
        drawn: false,
        examples: &[],
        related: &[],
    };

    /// What stands in its table.
    pub(crate) fn table_text(&self) -> String {
        self.table.map(|table| prose::text(&table())).unwrap_or_default()
    }
}

const RECIPE: &str = "\
app:
  allowMultiReplica: true
  replicaCount: 2
  preStopDelaySeconds: 15
  workspaces:
    enabled: true
    accessModes: [ReadWriteMany]
    storageClass: nfs-shared
";

const FIRST_DRAFT: &str = "\
app:
  replicaCount: 2
  workspaces:
    accessModes: [ReadWriteMany]
    storageClass: nfs-shared
";

/// All of them, in the order in which they are best read.
pub(crate) const ALL: &[Concept] = &[
    Concept {
        id: "strategy-rule",
        title: "How the chart chooses the strategy",
        summary: "Three rungs, and the first that holds decides: an override, an opt-in with its safety condition, and Recreate.",
        text: include_str!("strategy-rule.md"),
        examples: &[
            Example {
                name: "The defaults",
                ..Example::BASE
            },
            Example {
                name: "The opt-in without shared workspaces",
                values: "app:\n  allowMultiReplica: true\n",
                ..Example::BASE
            },
            Example {
                name: "The opt-in with workspaces disabled",
                values: "app:\n  allowMultiReplica: true\n  workspaces:\n    enabled: false\n",
                ..Example::BASE
            },
        ],
        related: &[
            "opt-in-vetoed",
            "access-modes-mixed",
            "strategy-counts-as-unset",
            "strategy-without-type",
            "replicas-under-recreate",
            "api-server-refuses",
        ],
        ..Concept::BASE
    },
    Concept {
        id: "pull-request-776",
        title: "The story of pull request 776",
        summary: "Why the chart has an opt-in at all: the first draft switched on shared storage alone, and was withdrawn.",
        text: include_str!("pull-request-776.md"),
        examples: &[
            Example {
                name: "The withdrawn first draft",
                chart: "main-776",
                values: FIRST_DRAFT,
                ..Example::BASE
            },
            Example {
                name: "The recipe that was merged",
                chart: "main-776",
                values: RECIPE,
                ..Example::BASE
            },
        ],
        related: &[
            "shared-workspaces",
            "telegram-polling",
            "sse-pod-local",
            "ask-user-pod-local",
            "replicas-under-recreate",
        ],
        ..Concept::BASE
    },
    Concept {
        id: "overlap-window",
        title: "The overlap window",
        summary: "While a rolling update replaces a pod, the old and the new version both run, longer than readiness alone suggests.",
        text: include_str!("overlap-window.md"),
        drawn: true,
        examples: &[Example {
            name: "One replica that rolls",
            values: "app:\n  allowMultiReplica: true\n  preStopDelaySeconds: 15\n  workspaces:\n    enabled: false\n",
            ..Example::BASE
        }],
        related: &[
            "overlap",
            "peak",
            "mixed-versions",
            "telegram-polling",
            "chat-replies-split",
            "oauth-refresh-race",
        ],
        ..Concept::BASE
    },
    Concept {
        id: "recreate-gap",
        title: "The Recreate gap",
        summary: "Recreate stops every old pod before it starts a new one. In between nobody serves, however many replicas there are.",
        text: include_str!("recreate-gap.md"),
        drawn: true,
        examples: &[Example {
            name: "The defaults of 7.1.0",
            ..Example::BASE
        }],
        related: &[
            "outage",
            "prestop-under-recreate",
            "replicas-under-recreate",
            "rolling-becomes-recreate",
        ],
        ..Concept::BASE
    },
    Concept {
        id: "shared-storage-is-not-enough",
        title: "Shared storage is necessary, not sufficient",
        summary: "A volume that many nodes may mount lets two pods start. Whether two pods may run is a question to the app.",
        text: include_str!("shared-storage-is-not-enough.md"),
        figure: Some(Figure::Stream),
        related: &[
            "shared-workspaces",
            "storage-class-cannot-share",
            "conversation-workers-collide",
            "conversation-lock-busy",
            "artifact-files-local",
            "rate-limits-multiply",
        ],
        ..Concept::BASE
    },
    Concept {
        id: "rounding",
        title: "maxSurge and maxUnavailable, rounded",
        summary: "Percentages become pods: the surge is rounded up, what may be missing is rounded down, and both at 0 would never move.",
        text: include_str!("rounding.md"),
        examples: &[Example {
            name: "No surge, and the rest left to the default",
            values: "app:\n  strategy:\n    type: RollingUpdate\n    rollingUpdate:\n      maxSurge: 0\n",
            ..Example::BASE
        }],
        table: Some(tables::rounding),
        related: &["fencepost", "peak", "helm-wait-noop"],
        ..Concept::BASE
    },
    Concept {
        id: "termination",
        title: "preStop, SIGTERM and the grace period",
        summary: "One clock runs from a pod's deletion to its SIGKILL, and the preStop hook spends time of it.",
        text: include_str!("termination.md"),
        examples: &[Example {
            name: "A hook longer than the grace period",
            values: "app:\n  preStopDelaySeconds: 30\n  terminationGracePeriodSeconds: 20\n",
            ..Example::BASE
        }],
        table: Some(tables::termination),
        related: &[
            "grace-not-above-prestop-and-shutdown",
            "grace-falls-back",
            "prestop-dropped",
            "prestop-sleep-fails",
            "agent-turns-die",
            "grace-shortened",
            "prestop-changed",
        ],
        ..Concept::BASE
    },
    Concept {
        id: "endpoints",
        title: "Endpoints, and what kube-proxy falls back to",
        summary: "A deleted pod stops being a ready endpoint at once, yet may go on serving: no ready endpoint and no usable endpoint are two windows.",
        text: include_str!("endpoints.md"),
        related: &["outage", "prestop-under-recreate", "sse-pod-local"],
        ..Concept::BASE
    },
    Concept {
        id: "access-modes",
        title: "Access modes and the Multi-Attach deadlock",
        summary: "ReadWriteOnce counts nodes, not pods. A rolling update on it either has two writers or never finishes.",
        text: include_str!("access-modes.md"),
        figure: Some(Figure::Claim),
        drawn: true,
        examples: &[
            Example {
                name: "An override, and the new pod lands on another node",
                values: "app:\n  strategy:\n    type: RollingUpdate\n",
                placement: Placement::OtherNode,
                ..Example::BASE
            },
            Example {
                name: "The same on one node",
                values: "app:\n  strategy:\n    type: RollingUpdate\n",
                placement: Placement::SameNode,
                ..Example::BASE
            },
        ],
        related: &[
            "rolling-on-rwo",
            "rolling-on-rwop",
            "replicas-on-one-node-claim",
            "access-mode-unknown",
            "storage-class-cannot-share",
        ],
        ..Concept::BASE
    },
    Concept {
        id: "pod-local-state",
        title: "What lives in one pod only",
        summary: "Streams, open questions and files that one pod keeps for itself are lost, or not found, when another pod answers.",
        text: include_str!("pod-local-state.md"),
        figure: Some(Figure::Click),
        related: &[
            "sse-pod-local",
            "ask-user-pod-local",
            "chat-connections-stale",
            "chat-replies-split",
            "artifact-files-local",
            "agent-memory-ephemeral",
            "mcp-sessions-recover",
            "admin-pages-stale",
        ],
        ..Concept::BASE
    },
    Concept {
        id: "truth",
        title: "Helm's truth, and the quoted false",
        summary: "To a template everything is true that is not empty. “false” in quotes is a text of five letters.",
        text: include_str!("truth.md"),
        examples: &[
            Example {
                name: "The quoted false rolls",
                values: "app:\n  allowMultiReplica: \"false\"\n  workspaces:\n    enabled: false\n",
                ..Example::BASE
            },
            Example {
                name: "The plain one does not",
                values: "app:\n  allowMultiReplica: false\n  workspaces:\n    enabled: false\n",
                ..Example::BASE
            },
        ],
        related: &[
            "quoted-boolean",
            "empty-means-false",
            "boolean-word",
            "flag-keeps-text",
            "flag-blank-around-value",
            "octal-number",
        ],
        ..Concept::BASE
    },
    Concept {
        id: "merging",
        title: "How values merge, and what null does",
        summary: "Tables merge key by key, everything else is replaced whole, and null deletes a default, if there is one.",
        text: include_str!("merging.md"),
        examples: &[
            Example {
                name: "An empty table clears nothing",
                chart: "main-1838",
                values: "app:\n  strategy: {}\n",
                ..Example::BASE
            },
            Example {
                name: "A null deletes the default",
                chart: "main-1838",
                values: "app:\n  strategy: null\n",
                ..Example::BASE
            },
            Example {
                name: "A null that deletes too much",
                values: "app:\n  workspaces: null\n",
                ..Example::BASE
            },
        ],
        related: &[
            "null-deletes-table",
            "null-stays",
            "empty-table-clears-nothing",
            "merge-overrides",
            "duplicate-key",
            "flag-discards-default-list",
        ],
        ..Concept::BASE
    },
    Concept {
        id: "nothing-restarts-by-itself",
        title: "Why a new strategy restarts nothing",
        summary: "Pods are replaced when their template changes. A strategy that changes alone waits for the next new image.",
        text: include_str!("nothing-restarts-by-itself.md"),
        related: &[
            "nothing-restarts",
            "strategy-waits",
            "pods-restart",
            "scales-old-template-first",
            "strategy-refused",
        ],
        ..Concept::BASE
    },
    Concept {
        id: "immutable-claims",
        title: "Claims cannot be changed, only replaced",
        summary: "Access modes and storage class of a claim are fixed when it is made, and a claim that leaves the manifest takes its data along.",
        text: include_str!("immutable-claims.md"),
        related: &["claim-refused", "claim-deleted"],
        ..Concept::BASE
    },
    Concept {
        id: "chart-releases",
        title: "Which chart release is which",
        summary: "Ten behaviours hide behind the chart's version numbers; the opt-in came with one published version and left with the next.",
        text: include_str!("chart-releases.md"),
        table: Some(tables::releases),
        related: &[
            "unread-key",
            "keys-no-longer-read",
            "recreate-becomes-rolling",
            "rolling-becomes-recreate",
            "public-url-lost",
        ],
        ..Concept::BASE
    },
    Concept {
        id: "values-keys",
        title: "The keys the chart reads",
        summary: "Every key of the values that some release reads: what it does, what it may be, and its default. The chart ignores any other.",
        text: include_str!("values-keys.md"),
        table: Some(tables::keys),
        related: &["unread-key", "keys-no-longer-read", "typed-key", "unexpected-type"],
        ..Concept::BASE
    },
    Concept {
        id: "computed-or-assumed",
        title: "What is computed, and what is assumed",
        summary: "What Helm and Kubernetes decide is exact. What only your cluster knows is asked, or assumed and shown as a range.",
        text: include_str!("computed-or-assumed.md"),
        table: Some(tables::assumptions),
        related: &["liveness-kills-slow-boot", "deadline"],
        ..Concept::BASE
    },
];

pub(crate) fn html(concept: &Concept, entries: &[Entry]) -> String {
    let examples: Vec<Shown> = concept.examples.iter().map(Example::shown).collect();
    let main = html! {
        article {
            header class="page-head" {
                p class="kind" { span class="severity" { (icon::concept()) " Concept" } }
                h1 { (concept.title) }
                p class="lead" { (concept.summary) }
            }
            @if let Some(figure) = concept.figure { (figure.html()) }
            div class="prose" { (prose::markdown(concept.text, |id| find(entries, id).map(|entry| entry.title))) }
            @if let Some(table) = concept.table { (table()) }
            @if !examples.is_empty() {
                h2 { "Examples" }
                @for (at, shown) in examples.iter().enumerate() { (shown.html(at + 1, &Markup::default())) }
            }
            @if concept.drawn { @for shown in examples.iter().take(1) { (figure::outlook(shown)) } }
            (pages("Findings about it", &concept.related.iter().filter_map(|id| find(entries, id)).collect::<Vec<_>>()))
        }
    };
    document(Place::Below, concept.title, concept.summary, &main)
}

/// The concepts that a finding or a rule of change rests on.
pub(crate) fn related(id: &str, entries: &[Entry]) -> Markup {
    let concepts = ALL.iter().filter(|concept| concept.related.contains(&id));
    pages(
        "To understand it",
        &concepts
            .filter_map(|concept| find(entries, concept.id))
            .collect::<Vec<_>>(),
    )
}

fn find<'a>(entries: &'a [Entry], id: &str) -> Option<&'a Entry> {
    entries.iter().find(|entry| entry.id == id)
}

fn pages(title: &str, entries: &[&Entry]) -> Markup {
    html! {
        @if !entries.is_empty() {
            h2 { (title) }
            ul class="related" {
                @for entry in entries {
                    li { a href={ "../" (entry.id) "/" } { (prose::sentence(entry.title)) } " " span { (prose::sentence(&entry.lead)) } }
                }
            }
        }
    }
}
