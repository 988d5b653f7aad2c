//! `verify`, with a Helm that says what the test wants; crates/verify asks a real one.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::run::{Run, command, finish, run_in};

const MANIFEST: &str = "\
---
# Source: lobu/templates/deployment.yaml
kind: Deployment
metadata:
  name: lobu-app
spec:
  replicas: 1
  strategy:
    type: OnDelete
";

/// A folder with a chart and a Helm that prints a manifest, whatever it is asked to render.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    std::fs::create_dir(folder.path().join("chart")).unwrap();
    write("chart/Chart.yaml", "name: lobu\nversion: 7.1.0\n");
    write("chart/values.yaml", "app:\n  replicaCount: 1\n");
    write("manifest", MANIFEST);
    write(
        "helm",
        "#!/bin/sh\ncase $1 in\n  version) echo v3.17.3+gtest ;;\n  template) cat \"${0%/*}/manifest\" ;;\nesac\n",
    );
    std::fs::set_permissions(folder.path().join("helm"), std::fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

fn verified(folder: &Path, arguments: &[&str]) -> Run {
    let helm = folder.join("helm");
    let all = ["verify", "chart", "--helm-program", helm.to_str().unwrap()];
    finish(command(all.iter().chain(arguments)).current_dir(folder))
}

#[test]
fn a_chart_that_has_drifted_is_told_field_by_field() {
    let folder = folder();
    let text = verified(folder.path(), &["--chart", "7.1.0", "--set", "app.replicaCount=1"]).out(1);
    assert!(
        text.starts_with("The chart's defaults are not those of release 7.1.0:\n"),
        "{text}"
    );
    assert!(text.contains("\nthe values given: "), "{text}");
    assert!(text.contains("app.strategy"), "{text}");
    assert!(
        text.ends_with("\n0 of 1 cases agree with release 7.1.0 (Helm v3.17.3+gtest)\n"),
        "{text}"
    );
    let all = verified(folder.path(), &[]).out(1);
    assert!(all.lines().last().unwrap().starts_with("0 of "), "{all}");
}

#[test]
fn without_a_chart_or_a_helm_nothing_is_compared() {
    let folder = folder();
    for (arguments, message) in [
        (
            &["verify", "chart", "--helm-program", "./nope"][..],
            "error: ./nope is no Helm that can be run: ",
        ),
        (
            &["verify", "chart", "--helm-program", "./chart/Chart.yaml"],
            "error: ./chart/Chart.yaml is no Helm",
        ),
        (&["verify", "nope"], "error: nope/Chart.yaml: "),
        (&["verify", "chart", "--chart", "1.2.3"], "error: "),
        (
            &["verify"],
            "error: the following required arguments were not provided:\n  <CHART>",
        ),
    ] {
        let error = run_in(folder.path(), arguments).err(2);
        assert!(error.starts_with(message), "{error}");
    }
}
