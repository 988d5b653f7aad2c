//! The same values on every release, and the way from one release to another.

use rollcast_core::{AcrossAnswer, AcrossOutcome, Request, ValuesFile, across, upgrade_path};

fn request(values: &str) -> Request {
    Request {
        values: vec![ValuesFile {
            name: "values.yaml".to_owned(),
            text: values.to_owned(),
        }],
        ..Request::default()
    }
}

fn rows(values: &str) -> Vec<(String, Option<AcrossAnswer>)> {
    across(&request(values))
        .into_iter()
        .map(|row| {
            let answer = match row.outcome {
                AcrossOutcome::Rendered(answer) => Some(*answer),
                AcrossOutcome::Refused(_) => None,
            };
            (row.release.id, answer)
        })
        .collect()
}

fn column<T>(values: &str, of: impl Fn(&AcrossAnswer) -> T) -> Vec<Option<T>> {
    rows(values)
        .iter()
        .map(|(_, answer)| answer.as_ref().map(&of))
        .collect()
}

/// The strategies of the recipe of pull request 776: what each release makes of it.
#[test]
fn the_recipe_on_every_release() {
    let recipe = "app:\n  replicaCount: 2\n  allowMultiReplica: true\n  preStopDelaySeconds: 15\n  workspaces:\n    accessModes: [ReadWriteMany]\n    storageClass: shared\n";
    let headlines = column(recipe, |answer| answer.verdict.headline.clone());
    let recreate = Some("Recreate, 2 replicas".to_owned());
    let rolling = Some("RollingUpdate, maxSurge 1, maxUnavailable 0".to_owned());
    let default = Some("RollingUpdate, maxSurge 1, maxUnavailable 0 (Kubernetes' default, 25 % each)".to_owned());
    let (a, b, c) = (&recreate, &rolling, &default);
    assert_eq!(headlines, [a, a, b, b, b, c, c, c, c, a].map(Clone::clone));
    let shared = || Some(Some(vec!["ReadWriteMany".to_owned()]));
    let none = || Some(None);
    assert_eq!(
        column(recipe, |answer| answer.claim_modes.clone()),
        [
            shared(),
            shared(),
            shared(),
            shared(),
            none(),
            none(),
            none(),
            none(),
            none(),
            none()
        ]
    );
    let seconds = |of: fn(&AcrossAnswer) -> u64| column(recipe, of).into_iter().flatten().collect::<Vec<u64>>();
    assert_eq!(
        seconds(|answer| answer.grace_seconds),
        [30, 45, 45, 45, 45, 30, 30, 60, 60, 60]
    );
    assert_eq!(
        seconds(|answer| answer.pre_stop_seconds),
        [0, 15, 15, 15, 15, 0, 0, 5, 5, 5]
    );
}

#[test]
fn a_release_that_refuses_says_so() {
    let values = "worker: {replicaCount: 2}\n";
    let rendered: Vec<bool> = rows(values).iter().map(|(_, answer)| answer.is_some()).collect();
    assert_eq!(
        rendered,
        [true, true, true, true, true, true, false, false, false, false]
    );
    assert_eq!(rows("app: [").iter().filter(|(_, answer)| answer.is_some()).count(), 0);
    // What a finding says differs by release.
    let unread = column("app: {allowMultiReplica: true}\n", |answer| {
        answer.findings.contains(&"unread-key")
    });
    assert_eq!(
        unread.into_iter().flatten().collect::<Vec<bool>>(),
        [true, true, false, false, false, true, true, true, true, true]
    );
}

#[test]
fn the_way_from_the_first_release_to_a_late_one() {
    let path = upgrade_path(&request(""), "7.0.0", "14.0.0").unwrap();
    let way: Vec<(&str, &str, bool)> = path
        .stops
        .iter()
        .map(|stop| (stop.from.id.as_str(), stop.to.id.as_str(), stop.first))
        .collect();
    assert_eq!(
        way,
        [
            ("7.0.0", "7.1.0", false),
            ("7.1.0", "7.2.0", true),
            ("7.2.0", "11.0.0", true),
            ("11.0.0", "11.1.0", true),
            ("11.1.0", "14.0.0", true),
        ]
    );
    let ids = |at: usize| path.stops[at].items.iter().map(|item| item.id).collect::<Vec<_>>();
    assert!(
        ids(1).contains(&"claim-deleted") || ids(1).contains(&"ingress-refused"),
        "{:?}",
        ids(1)
    );
    assert!(ids(3).contains(&"runs-as-unknown-user"), "{:?}", ids(3));
    assert!(path.direct.first);
    assert!(!path.direct.items.iter().any(|item| item.id == "runs-as-unknown-user"));
    for stop in &path.stops {
        assert!(
            stop.items
                .iter()
                .all(|item| item.severity != rollcast_core::Severity::Info)
        );
    }

    let calm = "ingress: {enabled: false}\napp: {workspaces: {enabled: false}, strategy: {type: Recreate}}\n";
    let calm = upgrade_path(&request(calm), "14.0.0", "main-1838").unwrap();
    assert!(
        !calm.direct.first && calm.direct.items.is_empty(),
        "{:?}",
        calm.direct.items
    );
}

#[test]
fn a_way_needs_two_releases_in_order() {
    for (from, to) in [
        ("14.0.0", "7.0.0"),
        ("7.1.0", "7.1.0"),
        ("nothing", "7.1.0"),
        ("7.1.0", "nothing"),
    ] {
        assert!(upgrade_path(&request(""), from, to).is_err(), "{from} {to}");
    }
    assert!(upgrade_path(&request("app: ["), "7.0.0", "7.1.0").is_err());
}
