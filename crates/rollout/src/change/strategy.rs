//! Changing the strategy of a Deployment that runs.

use serde::Serialize;
use serde_json::{Value, json};

use super::applier::{Applier, Method};
use super::merge;
use crate::validate::{ApiServer, Rejection, check_strategy};
use crate::{IntOrPercent, Strategy};

/// What comes of a strategy's change. It restarts nothing by itself: the next change of the template is its first test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct StrategyChange {
    /// What the API server says.
    pub outcome: StrategyOutcome,
    /// What gets it accepted, the mildest first; empty where it is accepted.
    pub repairs: Vec<Repair>,
    /// Whether an explicit strategy falls back to the default because the manifest no longer names one. From Recreate
    /// that makes the next rollout overlap.
    pub falls_back: bool,
}

/// What the API server says to a strategy's change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "outcome", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum StrategyOutcome {
    /// The live strategy stays as it is.
    Unchanged,
    /// It is accepted, and this governs from now on.
    Works {
        /// The new strategy.
        strategy: Strategy,
    },
    /// It is accepted after the Deployment was deleted: its pods stop first.
    WorksByDeletion {
        /// The new strategy.
        strategy: Strategy,
    },
    /// It is refused.
    Refused {
        /// The refusal.
        rejection: Rejection,
    },
    /// Another manager owns the field (HTTP 409).
    Conflict {
        /// kubectl's words.
        message: String,
    },
}

/// What gets a refused change accepted. None of the first four restarts a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Repair {
    /// Take `rollingUpdate` out of the manifest: it brings the block in itself.
    RemoveBlock,
    /// Once, `kubectl patch deployment NAME --type=merge -p '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}'`,
    /// and then apply. The live value equals the manifest's then, so nothing conflicts later.
    PatchOnce,
    /// Apply type RollingUpdate with an explicit `rollingUpdate` block first, and the new strategy afterwards: the first
    /// step takes over the block, so that the second can remove it.
    TwoSteps,
    /// Add `rollingUpdate: null` to the patch.
    NullInPatch,
    /// Replace the object instead of patching it: `helm upgrade --force` (Helm 4: `--force-replace
    /// --server-side=false`), `kubectl replace`, Argo CD's `Replace=true`.
    Replace,
    /// RollingUpdate with maxSurge 0 and maxUnavailable 1. Not the same: the new pod starts while the old one stops.
    RollWithoutSurge,
    /// Write an accepted strategy.
    FixStrategy,
}

impl Repair {
    /// The one-time command of [`Repair::PatchOnce`] for a Deployment; `None` for the others.
    #[must_use]
    pub fn command(self, namespace: &str, name: &str) -> Option<String> {
        (self == Self::PatchOnce).then(|| {
            format!(
                "kubectl patch deployment {name} --namespace {namespace} --type=merge -p '{{\"spec\":{{\"strategy\":{{\"type\":\"Recreate\",\"rollingUpdate\":null}}}}}}'"
            )
        })
    }
}

/// What comes of applying the strategy `new` to a Deployment whose last manifest had `last` and whose live strategy,
/// defaults included, is `live`. All three are the JSON of `spec.strategy`; `None` is a manifest without it.
#[must_use]
pub fn strategy_change(
    applier: Applier,
    name: &str,
    last: Option<&Value>,
    new: Option<&Value>,
    live: &Value,
    server: ApiServer,
) -> StrategyChange {
    let last = last.filter(|value| !value.is_null());
    let new = new.filter(|value| !value.is_null());
    let checked = |merged: &Value| check_strategy(name, merged, server);
    let before = checked(live).ok();
    let method = applier.method();
    if let Some(message) = conflict(method, new, live) {
        return StrategyChange {
            outcome: StrategyOutcome::Conflict { message },
            repairs: vec![Repair::PatchOnce, Repair::Replace],
            falls_back: false,
        };
    }
    let merged = match method {
        Method::ClientSide => merge::client_side(last, new, live),
        Method::ServerSide | Method::ServerSideOrRecreate => merge::server_side(last, new, live),
        Method::ServerSideOwningAll => merge::server_side(Some(live), new, live),
        Method::ServerSideOwningNothing { .. } => merge::server_side(None, new, live),
        Method::Patch => merge::patch(new, live),
        Method::Replace => new.cloned().unwrap_or(Value::Null),
    };
    let outcome = match checked(&merged) {
        Ok(strategy) if Some(strategy) == before => StrategyOutcome::Unchanged,
        Ok(strategy) => StrategyOutcome::Works { strategy },
        Err(rejection) => {
            let alone = checked(new.unwrap_or(&Value::Null));
            match alone {
                Ok(strategy) if method == Method::ServerSideOrRecreate => StrategyOutcome::WorksByDeletion { strategy },
                _ => StrategyOutcome::Refused { rejection },
            }
        }
    };
    let repairs = match &outcome {
        StrategyOutcome::Refused { .. } => repairs(method, new, server),
        _ => Vec::new(),
    };
    let falls_back = new.is_none()
        && last.is_some()
        && matches!(outcome, StrategyOutcome::Works { strategy } if strategy == Strategy::DEFAULT);
    StrategyChange {
        outcome,
        repairs,
        falls_back,
    }
}

/// The conflict of `kubectl apply --server-side` with what `kubectl apply` has written, where it changes the type.
fn conflict(method: Method, new: Option<&Value>, live: &Value) -> Option<String> {
    let of = |value: &Value| value.get("type").and_then(Value::as_str).map(ToOwned::to_owned);
    let wanted = new.and_then(of)?;
    (method == Method::ServerSideOwningNothing { force: false } && Some(wanted) != of(live)).then(|| {
        "Apply failed with 1 conflict: conflict with \"kubectl-client-side-apply\" using apps/v1: .spec.strategy.type"
            .to_owned()
    })
}

fn repairs(method: Method, new: Option<&Value>, server: ApiServer) -> Vec<Repair> {
    let has_block = new
        .and_then(|new| new.get("rollingUpdate"))
        .is_some_and(|block| !block.is_null());
    let without_block = new.and_then(Value::as_object).map(|new| {
        let mut rest = new.clone();
        rest.remove("rollingUpdate");
        Value::Object(rest)
    });
    let accepted = |strategy: Option<&Value>| check_strategy("", strategy.unwrap_or(&Value::Null), server).is_ok();
    if has_block && !accepted(new) {
        // The manifest contradicts itself, whoever brings it.
        return if accepted(without_block.as_ref()) {
            vec![Repair::RemoveBlock]
        } else {
            vec![Repair::FixStrategy]
        };
    }
    if !accepted(new) {
        return vec![Repair::FixStrategy];
    }
    match method {
        Method::Patch => vec![Repair::NullInPatch, Repair::Replace],
        Method::ServerSide | Method::ServerSideOwningNothing { .. } | Method::ServerSideOwningAll => vec![
            Repair::PatchOnce,
            Repair::TwoSteps,
            Repair::Replace,
            Repair::RollWithoutSurge,
        ],
        Method::ClientSide | Method::Replace | Method::ServerSideOrRecreate => vec![Repair::PatchOnce],
    }
}

impl Strategy {
    /// `spec.strategy` as the API server keeps it and `kubectl get` shows it.
    #[must_use]
    pub fn live(self) -> Value {
        let amount = |amount: IntOrPercent| match amount {
            IntOrPercent::Int(pods) => json!(pods),
            IntOrPercent::Percent(percent) => json!(format!("{percent}%")),
        };
        match self {
            Self::Recreate => json!({"type": "Recreate"}),
            Self::RollingUpdate {
                max_surge,
                max_unavailable,
            } => json!({
                "type": "RollingUpdate",
                "rollingUpdate": {"maxSurge": amount(max_surge), "maxUnavailable": amount(max_unavailable)},
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ArgoCdSync, Helm4ServerSide, InstalledBy};
    use super::*;

    const KUBECTL_SERVER_SIDE: Applier = Applier::KubectlServerSide {
        force_conflicts: false,
        after_client_side: false,
    };
    const FORCING: Applier = Applier::KubectlServerSide {
        force_conflicts: true,
        after_client_side: true,
    };

    const fn helm4(server_side: Helm4ServerSide, installed_by: InstalledBy) -> Applier {
        Applier::Helm4 {
            server_side,
            installed_by,
            force_replace: false,
        }
    }

    const fn argo(sync: ArgoCdSync) -> Applier {
        Applier::ArgoCd { sync }
    }

    const CLIENT_SIDE: [Applier; 5] = [
        Applier::KubectlApply,
        argo(ArgoCdSync::Apply),
        Applier::Helm3 { force: false },
        helm4(Helm4ServerSide::Auto, InstalledBy::Helm3),
        helm4(Helm4ServerSide::Off, InstalledBy::Helm4),
    ];
    const SERVER_SIDE: [Applier; 6] = [
        helm4(Helm4ServerSide::Auto, InstalledBy::Helm4),
        helm4(Helm4ServerSide::On, InstalledBy::Helm4),
        Applier::Flux { force: false },
        argo(ArgoCdSync::ServerSideApply),
        KUBECTL_SERVER_SIDE,
        Applier::Pulumi,
    ];
    const REPLACING: [Applier; 4] = [
        Applier::KubectlReplace,
        Applier::Helm3 { force: true },
        Applier::Helm4 {
            server_side: Helm4ServerSide::Off,
            installed_by: InstalledBy::Helm4,
            force_replace: true,
        },
        argo(ArgoCdSync::Replace),
    ];

    fn recreate() -> Value {
        json!({"type": "Recreate"})
    }

    fn recreate_and_null() -> Value {
        json!({"type": "Recreate", "rollingUpdate": null})
    }

    fn rolling() -> Value {
        json!({"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}})
    }

    fn change(applier: Applier, last: Option<Value>, new: Option<Value>, live: &Value) -> StrategyChange {
        strategy_change(applier, "app", last.as_ref(), new.as_ref(), live, ApiServer::V1_34)
    }

    fn becomes(strategy: Strategy) -> StrategyOutcome {
        StrategyOutcome::Works { strategy }
    }

    #[track_caller]
    fn forbidden(change: &StrategyChange) {
        let StrategyOutcome::Refused { rejection } = &change.outcome else {
            panic!("{:?}", change.outcome);
        };
        assert_eq!(
            rejection.to_string(),
            "Deployment.apps \"app\" is invalid: spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"
        );
    }

    /// Live: RollingUpdate with the block that defaulting filled in. New: `type: Recreate`.
    mod to_recreate {
        use super::*;

        fn live() -> Value {
            Strategy::DEFAULT.live()
        }

        #[test]
        fn client_side_works() {
            for applier in CLIENT_SIDE {
                for new in [recreate(), recreate_and_null()] {
                    // From nothing, from an explicit block, and from what somebody changed meanwhile.
                    for (last, live) in [(None, live()), (Some(rolling()), rolling()), (Some(recreate()), live())] {
                        let change = change(applier, last, Some(new.clone()), &live);
                        assert_eq!(change.outcome, becomes(Strategy::Recreate), "{applier:?}");
                        assert_eq!(change.repairs, []);
                    }
                }
            }
        }

        #[test]
        fn a_patch_needs_the_null() {
            let bare = change(Applier::KubectlPatch, None, Some(recreate()), &live());
            forbidden(&bare);
            assert_eq!(bare.repairs, [Repair::NullInPatch, Repair::Replace]);
            let with_null = change(Applier::KubectlPatch, None, Some(recreate_and_null()), &live());
            assert_eq!(with_null.outcome, becomes(Strategy::Recreate));
        }

        #[test]
        fn both_keys_are_refused_under_every_applier() {
            let both = json!({"type": "Recreate", "rollingUpdate": {}});
            for applier in CLIENT_SIDE
                .into_iter()
                .chain(SERVER_SIDE)
                .chain(REPLACING)
                .chain([Applier::KubectlPatch])
            {
                let change = change(applier, None, Some(both.clone()), &live());
                forbidden(&change);
                assert_eq!(change.repairs, [Repair::RemoveBlock], "{applier:?}");
            }
        }

        #[test]
        fn server_side_is_refused_where_the_block_is_not_owned() {
            for applier in SERVER_SIDE {
                for last in [None, Some(json!({"type": "RollingUpdate"}))] {
                    // The null that is often advised does not help.
                    for new in [recreate(), recreate_and_null()] {
                        let change = change(applier, last.clone(), Some(new), &live());
                        forbidden(&change);
                        assert_eq!(change.repairs.first(), Some(&Repair::PatchOnce), "{applier:?}");
                    }
                }
            }
        }

        #[test]
        fn server_side_works_where_any_field_of_the_block_is_owned() {
            let surge = json!({"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1}});
            let live = json!({"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": "25%"}});
            for applier in SERVER_SIDE {
                let change = change(applier, Some(surge.clone()), Some(recreate()), &live);
                assert_eq!(change.outcome, becomes(Strategy::Recreate), "{applier:?}");
            }
        }

        #[test]
        fn server_side_works_in_two_steps() {
            for block in [rolling(), json!({"type": "RollingUpdate", "rollingUpdate": null})] {
                for applier in SERVER_SIDE {
                    let first = change(applier, None, Some(block.clone()), &live());
                    assert!(!matches!(first.outcome, StrategyOutcome::Refused { .. }), "{applier:?}");
                    let between = if block == rolling() { rolling() } else { live() };
                    let second = change(applier, Some(block.clone()), Some(recreate()), &between);
                    assert_eq!(second.outcome, becomes(Strategy::Recreate), "{applier:?}");
                }
            }
        }

        #[test]
        fn helm_4_takes_over_what_helm_3_wrote() {
            let change = change(
                helm4(Helm4ServerSide::On, InstalledBy::Helm3),
                None,
                Some(recreate()),
                &live(),
            );
            assert_eq!(change.outcome, becomes(Strategy::Recreate));
        }

        #[test]
        fn kubectl_server_side_conflicts_with_client_side() {
            let careful = Applier::KubectlServerSide {
                force_conflicts: false,
                after_client_side: true,
            };
            assert_eq!(
                change(careful, None, Some(recreate()), &live()).outcome,
                StrategyOutcome::Conflict {
                    message: "Apply failed with 1 conflict: conflict with \"kubectl-client-side-apply\" using apps/v1: .spec.strategy.type".to_owned()
                }
            );
            forbidden(&change(FORCING, None, Some(recreate()), &live()));
        }

        #[test]
        fn replacing_works() {
            for applier in REPLACING {
                let change = change(applier, None, Some(recreate()), &live());
                assert_eq!(change.outcome, becomes(Strategy::Recreate), "{applier:?}");
            }
        }

        #[test]
        fn flux_can_delete_and_create() {
            let change = change(Applier::Flux { force: true }, None, Some(recreate()), &live());
            assert_eq!(
                change.outcome,
                StrategyOutcome::WorksByDeletion {
                    strategy: Strategy::Recreate
                }
            );
        }

        #[test]
        fn the_one_time_patch_leaves_nothing_to_conflict() {
            let patched = change(Applier::KubectlPatch, None, Some(recreate_and_null()), &live());
            assert_eq!(patched.outcome, becomes(Strategy::Recreate));
            for applier in SERVER_SIDE {
                let change = change(applier, None, Some(recreate()), &recreate());
                assert_eq!(change.outcome, StrategyOutcome::Unchanged, "{applier:?}");
            }
            assert_eq!(
                Repair::PatchOnce.command("prod", "app").as_deref(),
                Some(
                    "kubectl patch deployment app --namespace prod --type=merge -p '{\"spec\":{\"strategy\":{\"type\":\"Recreate\",\"rollingUpdate\":null}}}'"
                )
            );
        }
    }

    #[test]
    fn from_recreate_the_default_block_comes_by_itself() {
        for applier in CLIENT_SIDE.into_iter().chain(SERVER_SIDE).chain(REPLACING) {
            let new = json!({"type": "RollingUpdate"});
            let change = change(applier, Some(recreate()), Some(new), &recreate());
            assert_eq!(change.outcome, becomes(Strategy::DEFAULT), "{applier:?}");
            assert!(!change.falls_back);
        }
    }

    #[test]
    fn a_strategy_that_is_no_longer_named_falls_back() {
        for applier in CLIENT_SIDE.into_iter().chain(SERVER_SIDE).chain(REPLACING) {
            let change = change(applier, Some(recreate()), None, &recreate());
            assert_eq!(change.outcome, becomes(Strategy::DEFAULT), "{applier:?}");
            assert!(change.falls_back, "{applier:?}");
        }
    }

    #[test]
    fn a_strategy_that_somebody_else_set_stays() {
        for applier in CLIENT_SIDE.into_iter().chain(SERVER_SIDE) {
            let change = change(applier, None, None, &recreate());
            assert_eq!(change.outcome, StrategyOutcome::Unchanged, "{applier:?}");
        }
    }

    #[test]
    fn a_limit_that_is_no_longer_named_falls_back() {
        let surge = json!({"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1}});
        let expected = Strategy::RollingUpdate {
            max_surge: IntOrPercent::Int(1),
            max_unavailable: IntOrPercent::Percent(25),
        };
        for applier in CLIENT_SIDE.into_iter().chain(SERVER_SIDE).chain(REPLACING) {
            let change = change(applier, Some(rolling()), Some(surge.clone()), &rolling());
            assert_eq!(change.outcome, becomes(expected), "{applier:?}");
        }
    }

    #[test]
    fn a_strategy_that_breaks_rules_is_refused_by_whatever_way() {
        let wrong = json!({"type": "recreate"});
        for applier in CLIENT_SIDE.into_iter().chain(SERVER_SIDE).chain(REPLACING) {
            let change = change(applier, None, Some(wrong.clone()), &Strategy::DEFAULT.live());
            assert!(matches!(change.outcome, StrategyOutcome::Refused { .. }), "{applier:?}");
            assert_eq!(change.repairs, [Repair::FixStrategy], "{applier:?}");
        }
    }
}
