//! Who brings the manifest to the API server, and how that one merges it.

use serde::{Deserialize, Serialize};

use crate::validate::Rejection;

/// What brings a manifest to the cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "tool", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Applier {
    /// `helm upgrade` of Helm 3; Flux's helm-controller before 1.5, and later ones for releases from that time.
    Helm3 {
        /// `--force`: objects are replaced.
        force: bool,
    },
    /// `helm upgrade` of Helm 4.
    Helm4 {
        /// `--server-side`.
        server_side: Helm4ServerSide,
        /// Which Helm wrote the release so far; it decides what `auto` means and which fields Helm owns.
        installed_by: InstalledBy,
        /// `--force-replace`: objects are replaced; not with server-side apply.
        force_replace: bool,
    },
    /// `kubectl apply`.
    KubectlApply,
    /// `kubectl apply --server-side`.
    KubectlServerSide {
        /// `--force-conflicts`.
        force_conflicts: bool,
        /// Whether the object was written by `kubectl apply` without `--server-side` so far.
        after_client_side: bool,
    },
    /// `kubectl patch` with nothing but the new strategy in it, strategic or merge.
    KubectlPatch,
    /// `kubectl replace`.
    KubectlReplace,
    /// Argo CD.
    ArgoCd {
        /// Its sync options.
        sync: ArgoCdSync,
    },
    /// Flux's kustomize-controller, and its helm-controller from 1.5 on for releases that it installed.
    Flux {
        /// The force setting: what cannot be patched is deleted and created anew.
        force: bool,
    },
    /// Pulumi.
    Pulumi,
}

/// Helm 4's `--server-side`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Helm4ServerSide {
    /// As the release was installed: the default of an upgrade.
    Auto,
    /// `true`.
    On,
    /// `false`.
    Off,
}

/// Which Helm wrote a release so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum InstalledBy {
    /// Helm 3, or Helm 4 with `--server-side=false`.
    Helm3,
    /// Helm 4, which installs with server-side apply.
    Helm4,
}

/// How Argo CD syncs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum ArgoCdSync {
    /// Like `kubectl apply`: the default.
    Apply,
    /// `ServerSideApply=true`.
    ServerSideApply,
    /// `Replace=true`.
    Replace,
}

/// How a manifest is merged into the live object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// A strategic patch from last manifest, new manifest and live object.
    ClientSide,
    /// Server-side apply by the manager that applied the last manifest.
    ServerSide,
    /// Server-side apply by a manager that has just taken over all fields that a client-side one had written.
    ServerSideOwningAll,
    /// Server-side apply by a manager that owns nothing yet.
    ServerSideOwningNothing { force: bool },
    /// A patch with the new fields only.
    Patch,
    /// The live object is replaced.
    Replace,
    /// Server-side apply, and where it is refused, deletion and creation.
    ServerSideOrRecreate,
}

impl Applier {
    pub(super) const fn method(self) -> Method {
        match self {
            Self::Helm3 { force: true }
            | Self::KubectlReplace
            | Self::ArgoCd {
                sync: ArgoCdSync::Replace,
            } => Method::Replace,
            Self::Helm3 { force: false }
            | Self::KubectlApply
            | Self::ArgoCd {
                sync: ArgoCdSync::Apply,
            } => Method::ClientSide,
            Self::Helm4 {
                server_side,
                installed_by,
                force_replace,
            } => match (server_side, installed_by) {
                (Helm4ServerSide::Off, _) | (Helm4ServerSide::Auto, InstalledBy::Helm3) => {
                    if force_replace {
                        Method::Replace
                    } else {
                        Method::ClientSide
                    }
                }
                (Helm4ServerSide::On, InstalledBy::Helm3) => Method::ServerSideOwningAll,
                (Helm4ServerSide::On | Helm4ServerSide::Auto, InstalledBy::Helm4) => Method::ServerSide,
            },
            Self::KubectlServerSide {
                force_conflicts: force,
                after_client_side: true,
            } => Method::ServerSideOwningNothing { force },
            Self::Flux { force: true } => Method::ServerSideOrRecreate,
            Self::KubectlServerSide { .. }
            | Self::ArgoCd {
                sync: ArgoCdSync::ServerSideApply,
            }
            | Self::Flux { force: false }
            | Self::Pulumi => Method::ServerSide,
            Self::KubectlPatch => Method::Patch,
        }
    }

    /// Whether the API server merges by field ownership.
    #[must_use]
    pub const fn is_server_side(self) -> bool {
        matches!(
            self.method(),
            Method::ServerSide
                | Method::ServerSideOwningAll
                | Method::ServerSideOwningNothing { .. }
                | Method::ServerSideOrRecreate
        )
    }

    /// What a person reads when the API server refuses a Deployment: the tool's words around the server's.
    #[must_use]
    pub fn tells(self, namespace: &str, name: &str, rejection: &Rejection) -> String {
        match self {
            Self::Helm4 { .. } if self.is_server_side() => {
                format!("server-side apply failed for object {namespace}/{name} apps/v1, Kind=Deployment: {rejection}")
            }
            Self::Helm3 { force: false }
            | Self::Helm4 {
                force_replace: false, ..
            } => {
                format!("cannot patch \"{name}\" with kind Deployment: {rejection}")
            }
            Self::KubectlApply | Self::KubectlServerSide { .. } | Self::KubectlPatch | Self::KubectlReplace => {
                kubectl(name, rejection)
            }
            Self::Helm3 { .. } | Self::Helm4 { .. } | Self::ArgoCd { .. } | Self::Flux { .. } | Self::Pulumi => {
                rejection.to_string()
            }
        }
    }
}

/// kubectl spells the causes out, one a line where there are several.
fn kubectl(name: &str, rejection: &Rejection) -> String {
    match rejection {
        Rejection::Decode(_) => format!("Error from server (BadRequest): {rejection}"),
        Rejection::Invalid(invalid) => {
            let head = format!("The Deployment \"{name}\" is invalid:");
            match invalid.errors.as_slice() {
                [error] => format!("{head} {}", error.message),
                errors => errors
                    .iter()
                    .fold(head, |text, error| format!("{text}\n* {}", error.message)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::{ApiServer, deployment};
    use serde_json::json;

    fn rejection(replicas: i32) -> Rejection {
        let spec = json!({
            "replicas": replicas,
            "selector": {"matchLabels": {"a": "b"}},
            "template": {"metadata": {"labels": {"a": "b"}}},
            "strategy": {"type": "Recreate", "rollingUpdate": {}},
        });
        deployment("app", &spec, ApiServer::V1_34).expect_err("invalid")
    }

    #[test]
    fn tools_put_their_words_before_the_servers() {
        let helm4 = Applier::Helm4 {
            server_side: Helm4ServerSide::Auto,
            installed_by: InstalledBy::Helm4,
            force_replace: false,
        };
        let server = "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'";
        assert_eq!(
            helm4.tells("prod", "app", &rejection(1)),
            format!(
                "server-side apply failed for object prod/app apps/v1, Kind=Deployment: Deployment.apps \"app\" is invalid: {server}"
            )
        );
        assert_eq!(
            Applier::Helm3 { force: false }.tells("prod", "app", &rejection(1)),
            format!("cannot patch \"app\" with kind Deployment: Deployment.apps \"app\" is invalid: {server}")
        );
        assert_eq!(
            Applier::KubectlApply.tells("prod", "app", &rejection(1)),
            format!("The Deployment \"app\" is invalid: {server}")
        );
        assert_eq!(
            Applier::KubectlApply.tells("prod", "app", &rejection(-1)),
            format!(
                "The Deployment \"app\" is invalid:\n* spec.replicas: Invalid value: -1: must be greater than or equal to 0\n* {server}"
            )
        );
    }

    #[test]
    fn helm_4_goes_on_as_the_release_began() {
        let helm4 = |server_side, installed_by| Applier::Helm4 {
            server_side,
            installed_by,
            force_replace: false,
        };
        for (server_side, installed_by, expected) in [
            (Helm4ServerSide::Auto, InstalledBy::Helm3, Method::ClientSide),
            (Helm4ServerSide::Auto, InstalledBy::Helm4, Method::ServerSide),
            (Helm4ServerSide::On, InstalledBy::Helm3, Method::ServerSideOwningAll),
            (Helm4ServerSide::Off, InstalledBy::Helm4, Method::ClientSide),
        ] {
            assert_eq!(helm4(server_side, installed_by).method(), expected);
        }
    }
}
