//! Values that people really write, on every release: what the strategy comes to, and why.

use rollcast_chart::{Decision, Release, Rendered, Rule};
use rollcast_values::{Effective, File, Given, effective};

fn values(release: &Release, text: &str) -> Effective {
    let files = [File {
        name: "values.yaml",
        text,
    }];
    let given = Given {
        files: &files,
        ..Given::default()
    };
    effective(release.defaults(), "lobu", &given).unwrap()
}

fn rendered(id: &str, text: &str) -> Rendered {
    let release = Release::find(id).unwrap();
    release.render(&values(release, text).values).unwrap()
}

fn decision(id: &str, text: &str) -> Decision {
    let release = Release::find(id).unwrap();
    release.decide(&values(release, text).values)
}

/// The app's strategy in short: `-` not printed, `R` Recreate, `1/0` RollingUpdate 1 / 0, `=` anything else.
fn short(strategy: Option<&str>) -> &'static str {
    match strategy {
        None => "-",
        Some("type: Recreate") => "R",
        Some("type: RollingUpdate\nrollingUpdate:\n  maxSurge: 1\n  maxUnavailable: 0") => "1/0",
        Some(_) => "=",
    }
}

/// The strategies on all releases, oldest first.
fn strategies(text: &str) -> Vec<&'static str> {
    Release::all()
        .iter()
        .map(|release| {
            let effective = values(release, text).values;
            let rendered = release.render(&effective).unwrap();
            let decision = release.decide(&effective);
            assert_eq!(decision.strategy, rendered.app.strategy, "{} {text}", release.id);
            short(decision.strategy.as_deref())
        })
        .collect()
}

const RECIPE: &str = "app:
  allowMultiReplica: true
  replicaCount: 2
  preStopDelaySeconds: 15
  workspaces: {accessModes: [ReadWriteMany], storageClass: efs}
";

#[test]
fn strategies_of_the_scenarios() {
    // 7.0.0, main-775 | main-776, 7.1.0, main-871 | 7.2.0, 11.0.0, 11.1.0, 14.0.0 | main-1838
    for (text, expected) in [
        ("", "R R R R R - - - - R"),
        (RECIPE, "R R 1/0 1/0 1/0 - - - - R"),
        (
            "app: {replicaCount: 2, workspaces: {accessModes: [ReadWriteMany]}}",
            "R R R R R - - - - R",
        ),
        ("app: {allowMultiReplica: true}", "R R R R 1/0 - - - - R"),
        ("app: {workspaces: {enabled: false}}", "- - R R R - - - - R"),
        (
            "app: {allowMultiReplica: true, workspaces: {enabled: false}}",
            "- - 1/0 1/0 1/0 - - - - R",
        ),
        (
            "app: {allowMultiReplica: true, workspaces: {enabled: true, accessModes: [ReadWriteMany]}}",
            "R R 1/0 1/0 1/0 R R R R R",
        ),
        (
            "app: {allowMultiReplica: true, workspaces: {enabled: true}}",
            "R R R R R R R R R R",
        ),
        (
            "app: {strategy: {type: RollingUpdate}, workspaces: {enabled: true}}",
            "= = = = = = = = = =",
        ),
        (
            "app: {replicaCount: 3, env: {SKIP_MIGRATIONS: '1'}}\nservice: {sessionAffinity: ClientIP}",
            "R R R R R - - - - R",
        ),
        (
            "app: {allowMultiReplica: 'false', workspaces: {enabled: false}}",
            "- - 1/0 1/0 1/0 - - - - R",
        ),
        (
            "app: {allowMultiReplica: true, workspaces: {enabled: 'false'}}",
            "R R R R R R R R R R",
        ),
        ("app: {strategy: }", "R R R R R - - - - -"),
        ("app: {strategy: {}}", "R R R R R - - - - R"),
        ("app: {allowMultiReplica: 0}", "R R R R R - - - - R"),
    ] {
        assert_eq!(strategies(text).join(" "), expected, "{text}");
    }
}

#[test]
fn a_rolling_update_without_a_type_meets_the_last_releases_default() {
    let text = "app: {strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}}";
    let strategy = |id| rendered(id, text).app.strategy.unwrap();
    assert_eq!(strategy("14.0.0"), "rollingUpdate:\n  maxSurge: 1\n  maxUnavailable: 0");
    assert_eq!(
        strategy("main-1838"),
        "rollingUpdate:\n  maxSurge: 1\n  maxUnavailable: 0\ntype: Recreate"
    );
}

#[test]
fn shared_volumes_are_shared_on_the_older_chart_only() {
    let text = "app: {workspaces: {enabled: true, accessModes: [ReadWriteMany], storageClass: efs}}";
    let claim = |id| rendered(id, text).pvc_spec.unwrap();
    assert!(claim("7.0.0").starts_with("  accessModes:\n    - ReadWriteMany\n  storageClassName: \"efs\"\n"));
    assert!(claim("7.2.0").starts_with("  accessModes:\n    - ReadWriteOnce\n  storageClassName: efs\n"));
    assert_eq!(rendered("main-871", RECIPE).pvc_spec, None, "off by default");
    assert!(rendered("7.1.0", RECIPE).app.mounts_workspaces);
}

#[test]
fn hooks_and_grace_follow_the_release() {
    let text = "app: {preStopDelaySeconds: 30, terminationGracePeriodSeconds: 20}";
    let end = |id| {
        let app = rendered(id, text).app;
        (app.pre_stop_command, app.termination_grace_period_seconds)
    };
    let hook = |shell: &str, seconds: u32| Some(format!("[\"{shell}\", \"-c\", \"sleep {seconds}\"]"));
    let grace = |seconds: &str| Some(seconds.to_owned());
    assert_eq!(end("7.0.0"), (None, None));
    assert_eq!(end("main-775"), (hook("sh", 30), grace("20")));
    assert_eq!(end("7.2.0"), (None, None));
    assert_eq!(end("11.1.0"), (hook("/bin/sh", 5), grace("20")));
    let off = |text| rendered("14.0.0", text).app.pre_stop_command;
    assert_eq!(off("app: {lifecycle: {preStopSleepSeconds: 0}}"), None);
    assert_eq!(off("app: {lifecycle: }"), None);
    let zero = "app: {terminationGracePeriodSeconds: 0}";
    assert_eq!(
        rendered("7.1.0", zero).app.termination_grace_period_seconds,
        grace("45")
    );
    assert_eq!(rendered("14.0.0", zero).app.termination_grace_period_seconds, None);
}

#[test]
fn the_address_is_derived_under_one_name_or_the_other() {
    let text = "ingress: {hosts: [lobu.example.com]}";
    for (id, name) in [
        ("7.1.0", "PUBLIC_WEB_URL"),
        ("7.2.0", "BASE_URL"),
        ("main-1838", "BASE_URL"),
    ] {
        let env = rendered(id, text).app.env;
        assert_eq!(env[name], "\"https://lobu.example.com\"", "{id}");
        assert_eq!(env.keys().filter(|key| key.ends_with("_URL")).count(), 2, "{id}");
    }
    let empty = format!("{text}\napp: {{env: {{PUBLIC_WEB_URL: ''}}}}");
    assert_eq!(rendered("7.1.0", &empty).app.env["PUBLIC_WEB_URL"], "\"\"");
}

#[test]
fn budgets_and_refusals() {
    let budget = |id, text| rendered(id, text).pdb_min_available;
    assert_eq!(budget("11.1.0", "app: {replicaCount: 2}").as_deref(), Some("1"));
    assert_eq!(budget("11.1.0", "").as_deref(), None);
    assert_eq!(budget("11.0.0", "app: {replicaCount: 2}"), None);
    let two = "worker: {replicaCount: 2}";
    assert_eq!(rendered("7.2.0", two).worker.unwrap().replicas, "2");
    let release = Release::find("11.0.0").unwrap();
    let error = release.render(&values(release, two).values).unwrap_err();
    assert_eq!(error.path.as_deref(), Some("worker.replicaCount"));
    assert!(error.action.contains("worker.cache.enabled: false"), "{}", error.action);
    let apart = "worker: {replicaCount: 2, cache: {enabled: false}}";
    assert_eq!(rendered("11.0.0", apart).worker.unwrap().strategy, None);
}

#[test]
fn the_trace_says_why() {
    let decision = decision(
        "7.1.0",
        "app:\n  allowMultiReplica: \"false\"\n  workspaces: {accessModes: [RWX]}\n",
    );
    assert_eq!(decision.rule, Rule::Default);
    let rules: Vec<_> = decision
        .ladder
        .iter()
        .map(|rung| (rung.rule, rung.reached, rung.fired))
        .collect();
    assert_eq!(
        rules,
        [
            (Rule::Override, true, false),
            (Rule::OptIn, true, false),
            (Rule::Default, true, true)
        ]
    );
    let conditions = &decision.ladder[1].conditions;
    let [allowed, off, shared] = conditions.as_slice() else {
        panic!("three conditions, not {}", conditions.len());
    };
    assert!(allowed.holds && allowed.truthy);
    assert_eq!(allowed.value.as_deref(), Some("\"false\""));
    assert!(allowed.note.as_deref().unwrap().contains("not empty, so it is truthy"));
    assert!(matches!(
        allowed.origin,
        Some(rollcast_chart::Source::File {
            line: 2,
            column: 22,
            ..
        })
    ));
    assert!(!off.holds && matches!(off.origin, Some(rollcast_chart::Source::Default { .. })));
    assert!(!shared.holds && shared.note.as_deref().unwrap().contains("\"RWX\" does not count"));
}

#[test]
fn rungs_that_are_not_reached_are_evaluated_all_the_same() {
    let decision = decision("7.1.0", "app: {strategy: {type: Recreate}, allowMultiReplica: true}");
    assert_eq!(decision.rule, Rule::Override);
    assert!(!decision.ladder[1].reached && !decision.ladder[1].fired);
    assert!(decision.ladder[1].conditions[0].holds);
}
