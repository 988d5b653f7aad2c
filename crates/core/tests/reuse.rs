//! An upgrade that takes over the values of the last release.

use rollcast_chart::{Rule, Source};
use rollcast_core::{
    AcrossOutcome, Baseline, Failure, FixForm, Flag, FlagKind, Outcome, Report, Request, Reuse, Stage, ValuesFile,
    across, evaluate, upgrade_path,
};

fn file(text: &str) -> ValuesFile {
    ValuesFile {
        name: "values.yaml".to_owned(),
        text: text.to_owned(),
    }
}

/// From release 7.0.0, which knows neither `allowMultiReplica` nor `strategy`, to 7.1.0.
fn request(reuse: Option<Reuse>, today: &str, set: &[&str]) -> Request {
    Request {
        chart: "7.1.0".to_owned(),
        set: set
            .iter()
            .map(|arg| Flag {
                kind: FlagKind::Set,
                arg: (*arg).to_owned(),
                content: None,
            })
            .collect(),
        baseline: Some(Baseline {
            chart: Some("7.0.0".to_owned()),
            values: Some(vec![file(today)]),
            ..Baseline::default()
        }),
        reuse,
        ..Request::default()
    }
}

const SHARED: &str = "app: {replicaCount: 3, workspaces: {accessModes: [ReadWriteMany], storageClass: nfs}}\n";

/// The app's strategy and replicas.
fn rendered(report: &Report) -> (String, String) {
    match &report.outcome {
        Outcome::Rendered(answer) => {
            let app = &answer.rendered.app;
            (app.strategy.clone().unwrap_or_default(), app.replicas.clone())
        }
        Outcome::Refused(failure) => panic!("{failure:?}"),
    }
}

fn refused(report: Report) -> Failure {
    match report.outcome {
        Outcome::Refused(failure) => failure,
        Outcome::Rendered(_) => panic!("it renders"),
    }
}

#[test]
fn what_was_set_comes_underneath() {
    let flag = ["app.allowMultiReplica=true"];
    for (reuse, strategy, replicas) in [
        (Some(Reuse::ReuseValues), "RollingUpdate", "3"),
        (Some(Reuse::ResetThenReuseValues), "RollingUpdate", "3"),
        // Something is set, so Helm forgets what was.
        (Some(Reuse::IfNothingIsSet), "Recreate", "1"),
        (None, "Recreate", "1"),
    ] {
        let found = rendered(&evaluate(&request(reuse, SHARED, &flag)));
        assert!(found.0.contains(strategy), "{reuse:?}: {}", found.0);
        assert_eq!(found.1, replicas, "{reuse:?}");
    }
    let found = rendered(&evaluate(&request(Some(Reuse::IfNothingIsSet), SHARED, &[])));
    assert_eq!(found.1, "3");
}

#[test]
fn the_new_charts_defaults_are_not_read_with_reuse_values() {
    let upgraded = |reuse| {
        evaluate(&Request {
            chart: "11.1.0".to_owned(),
            ..request(Some(reuse), "", &["app.replicaCount=1"])
        })
    };
    assert_eq!(rendered(&upgraded(Reuse::ResetThenReuseValues)).1, "1");
    // A table that the new chart's template counts on is one of its defaults.
    let failure = refused(upgraded(Reuse::ReuseValues));
    assert_eq!(
        failure.what,
        "`releaseGates.smokeTest.workerSmoke` is empty or missing, and the chart takes it for its own `enabled`."
    );
    assert!(
        failure.action.contains("--reset-then-reuse-values"),
        "{}",
        failure.action
    );
    assert!(failure.helm.is_some_and(|helm| helm.contains("expected bool; got map")));
}

#[test]
fn what_is_taken_over_is_named_as_such() {
    let report = evaluate(&request(
        Some(Reuse::ReuseValues),
        SHARED,
        &["app.allowMultiReplica=true"],
    ));
    let Outcome::Rendered(answer) = &report.outcome else {
        panic!("it renders")
    };
    let origins: Vec<&Source> = answer
        .decision
        .ladder
        .iter()
        .flat_map(|rung| &rung.conditions)
        .filter_map(|condition| condition.origin.as_ref())
        .collect();
    assert!(origins.contains(&&Source::LastRelease), "{origins:?}");
    assert!(origins.contains(&&Source::Flag { flag: 0 }), "{origins:?}");
}

#[test]
fn without_the_values_that_were_set_nothing_is_said() {
    let missing = refused(evaluate(&Request {
        reuse: Some(Reuse::ReuseValues),
        ..Request::default()
    }));
    assert_eq!(missing.stage, Stage::Request);
    assert!(missing.what.contains("nothing says what they are"), "{}", missing.what);
    let computed = refused(evaluate(&request(
        Some(Reuse::ReuseValues),
        "COMPUTED VALUES:\napp: {replicaCount: 3}\n",
        &[],
    )));
    assert!(computed.action.contains("without --all"), "{}", computed.action);
    let broken = refused(evaluate(&request(Some(Reuse::ReuseValues), "app: [\n", &[])));
    assert!(broken.what.starts_with("What runs today"), "{}", broken.what);
    assert_eq!(broken.location, None, "that text is not one of the request's");
}

#[test]
fn a_fix_is_proven_with_what_is_taken_over() {
    // Three pods on one disk: today's values, and the fix goes into a flag or a file of the upgrade.
    let asked = request(
        Some(Reuse::ResetThenReuseValues),
        "app: {replicaCount: 3}\n",
        &["app.allowMultiReplica=true"],
    );
    let Outcome::Rendered(answer) = evaluate(&asked).outcome else {
        panic!("it renders")
    };
    let offered = answer
        .goals
        .iter()
        .filter_map(|goal| Some((goal.id, goal.fix.as_ref()?)));
    let mut proven = 0;
    for (goal, fix) in offered {
        let mut fixed = asked.clone();
        fix.apply(fix.form, &mut fixed);
        assert_eq!(fixed.baseline, asked.baseline, "today stays what it is");
        let Outcome::Rendered(after) = evaluate(&fixed).outcome else {
            panic!("{goal} does not render: {fix:?}")
        };
        let reached = after.goals.iter().find(|reached| reached.id == goal).unwrap();
        assert_eq!(reached.fix, None, "{goal}: {fix:?}");
        assert!(fix.form != FixForm::Edit || !fix.edits.is_empty() || !fix.flag_edits.is_empty());
        proven += 1;
    }
    assert!(proven > 0);
}

#[test]
fn every_release_answers_and_no_way_is_planned() {
    let asked = request(Some(Reuse::ReuseValues), SHARED, &["app.allowMultiReplica=true"]);
    let rows = across(&asked);
    let row = rows.iter().find(|row| row.release.id == "7.1.0").unwrap();
    match &row.outcome {
        AcrossOutcome::Rendered(answer) => assert_eq!(answer.decision.rule, Rule::OptIn),
        AcrossOutcome::Refused(failure) => panic!("{failure:?}"),
    }
    assert!(upgrade_path(&asked, "7.0.0", "14.0.0").is_err());
}
