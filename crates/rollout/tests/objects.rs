//! What holds for every object that is checked or changed, tried on random JSON made of the API's own field names.

use proptest::collection::{hash_map, vec};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use rollcast_rollout::change::{
    Applier, ArgoCdSync, ClaimVerdict, Helm4ServerSide, InstalledBy, LiveClaim, StrategyOutcome, claim_update,
    strategy_change,
};
use rollcast_rollout::validate::{ApiServer, ObjectKind, check_strategy, claim, deployment, server_side_apply};
use rollcast_rollout::{Lint, Quantity, Strategy as FieldRule, lints};
use serde_json::{Map, Value, json};

/// Runs `property` on `cases` random inputs.
fn check<S: Strategy>(cases: u32, inputs: S, property: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    if let Err(error) = TestRunner::new(config).run(&inputs, property) {
        panic!("{error}");
    }
}

fn scalar() -> impl Strategy<Value = Value> {
    let texts = vec![
        "Recreate",
        "RollingUpdate",
        "recreate",
        "25%",
        "0%",
        "101%",
        "1",
        "-5%",
        "",
        "app",
        "10Gi",
        "5GB",
        "Never",
        "ReadWriteOnce",
        "RWX",
        "ReadWriteOncePod",
        "é\n\"",
    ];
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-2..4_i64).prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        select(texts).prop_map(Value::from),
    ]
}

/// JSON whose keys are the API's, where they may stand or not.
fn tree() -> impl Strategy<Value = Value> {
    let keys = vec![
        "replicas",
        "strategy",
        "type",
        "rollingUpdate",
        "maxSurge",
        "maxUnavailable",
        "selector",
        "matchLabels",
        "matchExpressions",
        "key",
        "operator",
        "values",
        "template",
        "metadata",
        "labels",
        "spec",
        "containers",
        "name",
        "lifecycle",
        "preStop",
        "exec",
        "command",
        "sleep",
        "seconds",
        "readinessProbe",
        "livenessProbe",
        "httpGet",
        "port",
        "periodSeconds",
        "successThreshold",
        "restartPolicy",
        "terminationGracePeriodSeconds",
        "activeDeadlineSeconds",
        "minReadySeconds",
        "progressDeadlineSeconds",
        "accessModes",
        "resources",
        "requests",
        "storage",
        "storageClassName",
        "app",
        "unknown",
    ];
    scalar().prop_recursive(6, 40, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            hash_map(select(keys.clone()).prop_map(ToOwned::to_owned), inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// `spec.strategy`, mostly of the right types.
fn strategy() -> impl Strategy<Value = Value> {
    let amount = || {
        prop_oneof![
            6 => (0..4_i64).prop_map(Value::from),
            4 => select(vec!["0%", "25%", "100%", "150%", "x"]).prop_map(Value::from),
            1 => Just(Value::Null),
        ]
    };
    let block = prop_oneof![
        1 => Just(Value::Null),
        1 => Just(json!({})),
        2 => amount().prop_map(|surge| json!({"maxSurge": surge})),
        4 => (amount(), amount()).prop_map(|(surge, unavailable)| json!({"maxSurge": surge, "maxUnavailable": unavailable})),
    ];
    let kind = select(vec![None, Some("Recreate"), Some("RollingUpdate"), Some("recreate")]);
    (kind, proptest::option::of(block)).prop_map(|(kind, block)| {
        let mut strategy = Map::new();
        if let Some(kind) = kind {
            strategy.insert("type".to_owned(), Value::from(kind));
        }
        if let Some(block) = block {
            strategy.insert("rollingUpdate".to_owned(), block);
        }
        Value::Object(strategy)
    })
}

fn server() -> impl Strategy<Value = ApiServer> {
    (20..40_u32).prop_map(ApiServer::minor)
}

fn applier() -> impl Strategy<Value = Applier> {
    let mut appliers = vec![
        Applier::KubectlApply,
        Applier::KubectlPatch,
        Applier::KubectlReplace,
        Applier::Pulumi,
    ];
    for yes in [false, true] {
        appliers.extend([
            Applier::Helm3 { force: yes },
            Applier::Flux { force: yes },
            Applier::KubectlServerSide {
                force_conflicts: yes,
                after_client_side: false,
            },
            Applier::KubectlServerSide {
                force_conflicts: yes,
                after_client_side: true,
            },
        ]);
    }
    for sync in [ArgoCdSync::Apply, ArgoCdSync::ServerSideApply, ArgoCdSync::Replace] {
        appliers.push(Applier::ArgoCd { sync });
    }
    for server_side in [Helm4ServerSide::Auto, Helm4ServerSide::On, Helm4ServerSide::Off] {
        for installed_by in [InstalledBy::Helm3, InstalledBy::Helm4] {
            for force_replace in [false, true] {
                appliers.push(Applier::Helm4 {
                    server_side,
                    installed_by,
                    force_replace,
                });
            }
        }
    }
    select(appliers)
}

/// Whatever stands in an object, it is accepted or refused with words of some length, and always in the same way.
#[test]
fn any_object_is_accepted_or_refused() {
    check(10_000, (tree(), server()), |(spec, server)| {
        match deployment("app", &spec, server) {
            Ok(accepted) => {
                prop_assert!(accepted.spec.progress_deadline_seconds > accepted.spec.min_ready_seconds);
                let spec = accepted.spec;
                let all = spec
                    .strategy
                    .limits(spec.replicas)
                    .is_some_and(|limits| spec.replicas > 0 && limits.unavailable >= spec.replicas);
                let told = lints(spec.strategy, spec.replicas)
                    .iter()
                    .any(|lint| matches!(lint, Lint::AllUnavailable { .. }));
                prop_assert_eq!(told, all);
            }
            Err(rejection) => prop_assert!(rejection.to_string().len() > 20),
        }
        match claim("data", &spec, server) {
            Ok(accepted) => {
                prop_assert!(accepted.spec.size.is_positive());
                prop_assert!(!accepted.spec.access_modes.is_empty());
            }
            Err(rejection) => prop_assert!(rejection.to_string().len() > 20),
        }
        for kind in [ObjectKind::Deployment, ObjectKind::PersistentVolumeClaim] {
            let said = server_side_apply(kind, "", "app", &spec, server);
            prop_assert!(said.is_none_or(|said| said.starts_with("failed to create typed patch object (/app; ")));
        }
        Ok(())
    });
}

/// An accepted strategy, kept as the API server keeps it, is accepted again and means the same.
#[test]
fn a_live_strategy_is_a_strategy() {
    check(5_000, (strategy(), server()), |(strategy, server)| {
        if let Ok(accepted) = check_strategy("app", &strategy, server) {
            prop_assert_eq!(check_strategy("app", &accepted.live(), server), Ok(accepted));
        }
        Ok(())
    });
}

/// Applying the same manifest twice changes nothing the second time, and what an applier brings about is what the
/// manifest says wherever the manifest says it.
#[test]
fn applying_twice_changes_nothing() {
    let inputs = (
        applier(),
        proptest::option::of(strategy()),
        proptest::option::of(strategy()),
        strategy(),
        server(),
    );
    check(20_000, inputs, |(applier, last, new, live, server)| {
        let Ok(live) = check_strategy("app", &live, server) else {
            return Ok(());
        };
        let apply = |last: Option<&Value>, live: FieldRule| {
            strategy_change(applier, "app", last, new.as_ref(), &live.live(), server)
        };
        let first = apply(last.as_ref(), live);
        let after = match &first.outcome {
            StrategyOutcome::Works { strategy } | StrategyOutcome::WorksByDeletion { strategy } => *strategy,
            StrategyOutcome::Unchanged => live,
            StrategyOutcome::Refused { .. } => {
                prop_assert!(!first.repairs.is_empty());
                return Ok(());
            }
            StrategyOutcome::Conflict { .. } => return Ok(()),
        };
        let wanted = new.as_ref().and_then(|new| new.get("type")).and_then(Value::as_str);
        match after {
            FieldRule::Recreate => prop_assert!(wanted.is_none_or(|wanted| wanted == "Recreate")),
            FieldRule::RollingUpdate { .. } => prop_assert!(wanted.is_none_or(|wanted| wanted == "RollingUpdate")),
        }
        prop_assert_eq!(apply(new.as_ref(), after).outcome, StrategyOutcome::Unchanged);
        Ok(())
    });
}

/// A claim that does not change is never refused, and one that is refused has a refused field.
#[test]
fn claims_change_or_do_not() {
    check(5_000, (tree(), tree(), server()), |(last, new, server)| {
        let live = LiveClaim::default();
        prop_assert_eq!(claim_update("data", &last, &last, &live, server).changes, []);
        let update = claim_update("data", &last, &new, &live, server);
        let refused = update.changes.iter().any(|change| {
            matches!(
                change.verdict,
                ClaimVerdict::Refused { .. } | ClaimVerdict::NotExpandable { .. }
            )
        });
        prop_assert_eq!(update.refusal("data").is_some(), refused);
        Ok(())
    });
}

/// A quantity equals its canonical form, and texts that are none are refused without ado.
#[test]
fn quantities_equal_their_canonical_form() {
    check(
        10_000,
        "[+-]?[0-9]{0,6}(\\.[0-9]{0,3})?([kKMGTPEeinum]{0,2}|[eE][+-]?[0-9]{1,2})",
        |text| {
            if let Ok(quantity) = Quantity::parse(&text) {
                let canonical = Quantity::parse(&quantity.canonical());
                prop_assert_eq!(canonical.as_ref(), Ok(&quantity), "{}", quantity.canonical());
            }
            Ok(())
        },
    );
    check(5_000, any::<String>(), |text| {
        let _ = Quantity::parse(&text);
        Ok(())
    });
}
