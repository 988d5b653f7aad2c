//! The options of `helm upgrade`, `install` and `template` in Helm 3.17 to 4.2, and how each takes its value.

/// How an option takes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// None, or one behind `=`.
    Switch,
    /// The one behind `=`, or else the next word.
    Value,
}

/// Options with a value.
const VALUES: [&str; 43] = [
    "api-versions",
    "burst-limit",
    "ca-file",
    "cert-file",
    "color",
    "colour",
    "content-cache",
    "description",
    "history-max",
    "key-file",
    "keyring",
    "kube-apiserver",
    "kube-as-group",
    "kube-as-user",
    "kube-ca-file",
    "kube-context",
    "kube-tls-server-name",
    "kube-token",
    "kube-version",
    "kubeconfig",
    "labels",
    "name-template",
    "namespace",
    "output",
    "output-dir",
    "password",
    "post-renderer",
    "post-renderer-args",
    "qps",
    "registry-config",
    "repo",
    "repository-cache",
    "repository-config",
    "set",
    "set-file",
    "set-json",
    "set-literal",
    "set-string",
    "show-only",
    "timeout",
    "username",
    "values",
    "version",
];

/// Options without one; some take it behind `=`.
const SWITCHES: [&str; 39] = [
    "atomic",
    "cleanup-on-fail",
    "create-namespace",
    "debug",
    "dependency-update",
    "devel",
    "disable-openapi-validation",
    "dry-run",
    "enable-dns",
    "force",
    "force-conflicts",
    "force-replace",
    "generate-name",
    "help",
    "hide-notes",
    "hide-secret",
    "include-crds",
    "insecure-skip-tls-verify",
    "install",
    "is-upgrade",
    "kube-insecure-skip-tls-verify",
    "no-hooks",
    "pass-credentials",
    "plain-http",
    "release-name",
    "render-subchart-notes",
    "replace",
    "reset-then-reuse-values",
    "reset-values",
    "reuse-values",
    "rollback-on-failure",
    "skip-crds",
    "skip-schema-validation",
    "skip-tests",
    "take-ownership",
    "validate",
    "verify",
    "wait",
    "wait-for-jobs",
];

/// How the option of a name takes its value, or `None` for a name Helm does not know.
pub(super) fn long(name: &str, command: &str) -> Option<Takes> {
    if name == "server-side" {
        // A switch to `install` and `template`, a text to `upgrade`.
        let is_text = command.ends_with("upgrade");
        return Some(if is_text { Takes::Value } else { Takes::Switch });
    }
    if VALUES.contains(&name) {
        Some(Takes::Value)
    } else {
        SWITCHES.contains(&name).then_some(Takes::Switch)
    }
}

/// The name behind a letter, and how it takes its value.
pub(super) fn short(letter: char) -> Option<(&'static str, Takes)> {
    Some(match letter {
        'a' => ("api-versions", Takes::Value),
        'f' => ("values", Takes::Value),
        'g' => ("generate-name", Takes::Switch),
        'h' => ("help", Takes::Switch),
        'i' => ("install", Takes::Switch),
        'l' => ("labels", Takes::Value),
        'n' => ("namespace", Takes::Value),
        'o' => ("output", Takes::Value),
        's' => ("show-only", Takes::Value),
        _ => return None,
    })
}
