//! What a valid strategy does that its text does not say.

use serde::Serialize;

use crate::{IntOrPercent, Limits, Strategy};

/// Something about a strategy that is worth knowing. Facts only: the words belong to whoever shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "lint", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Lint {
    /// maxUnavailable becomes something else than its text says.
    Fencepost {
        /// What happens to it.
        turn: Turn,
        /// `spec.replicas`.
        replicas: u32,
        /// maxUnavailable as written.
        max_unavailable: IntOrPercent,
        /// What both come to.
        limits: Limits,
    },
    /// A bare number that looks like a percentage whose sign was forgotten: it means pods, and more than there are.
    PodsNotPercent {
        /// Which of the two.
        field: LimitField,
        /// How many pods it means.
        pods: u32,
        /// `spec.replicas`.
        replicas: u32,
    },
    /// All pods may be unavailable at once: the rollout can have no ready pod.
    AllUnavailable {
        /// `spec.replicas`.
        replicas: u32,
        /// What the strategy comes to.
        limits: Limits,
    },
    /// `helm --wait` of Helm 3, and Helm 4's `--wait=legacy`, wait for no pod: they report success at once, and
    /// `--atomic` never rolls back.
    HelmWaitNoop {
        /// `spec.replicas`.
        replicas: u32,
        /// What the strategy comes to.
        limits: Limits,
    },
}

/// How maxUnavailable turns into something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// A percentage above 0 comes to no whole pod: 25% of 3.
    RoundsToNone,
    /// Both maxSurge and maxUnavailable come to 0, so one pod may be unavailable after all.
    RaisedToOne,
    /// More pods than there are replicas: all of them.
    CappedToAll,
}

/// The two limits of a rolling update.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum LimitField {
    /// maxSurge.
    MaxSurge,
    /// maxUnavailable.
    MaxUnavailable,
}

/// What is worth knowing about a valid strategy for this number of replicas.
#[must_use]
pub fn lints(strategy: Strategy, replicas: u32) -> Vec<Lint> {
    let Strategy::RollingUpdate {
        max_surge,
        max_unavailable,
    } = strategy
    else {
        return Vec::new();
    };
    if replicas == 0 {
        return Vec::new();
    }
    let limits = Limits::resolve(max_surge, max_unavailable, replicas);
    let mut found = Vec::new();
    found.extend(turn(max_unavailable, limits, replicas).map(|turn| Lint::Fencepost {
        turn,
        replicas,
        max_unavailable,
        limits,
    }));
    for (field, amount) in [
        (LimitField::MaxSurge, max_surge),
        (LimitField::MaxUnavailable, max_unavailable),
    ] {
        if let IntOrPercent::Int(pods) = amount
            && pods > replicas
            && (10..=100).contains(&pods)
            && pods % 5 == 0
        {
            found.push(Lint::PodsNotPercent { field, pods, replicas });
        }
    }
    if limits.unavailable >= replicas {
        found.push(Lint::AllUnavailable { replicas, limits });
        found.push(Lint::HelmWaitNoop { replicas, limits });
    }
    found
}

fn turn(max_unavailable: IntOrPercent, limits: Limits, replicas: u32) -> Option<Turn> {
    match max_unavailable {
        IntOrPercent::Int(0) | IntOrPercent::Percent(_) if limits.surge == 0 && limits.unavailable == 1 => {
            // The same 1 can be what the percentage comes to by itself.
            let by_itself = match max_unavailable {
                IntOrPercent::Percent(percent) => u64::from(percent) * u64::from(replicas) >= 100,
                IntOrPercent::Int(_) => false,
            };
            (!by_itself).then_some(Turn::RaisedToOne)
        }
        IntOrPercent::Percent(percent) if percent > 0 && limits.unavailable == 0 => Some(Turn::RoundsToNone),
        IntOrPercent::Int(pods) if pods > replicas => Some(Turn::CappedToAll),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use IntOrPercent::{Int, Percent};

    fn found(max_surge: IntOrPercent, max_unavailable: IntOrPercent, replicas: u32) -> Vec<Lint> {
        lints(
            Strategy::RollingUpdate {
                max_surge,
                max_unavailable,
            },
            replicas,
        )
    }

    fn turns(max_surge: IntOrPercent, max_unavailable: IntOrPercent, replicas: u32) -> Option<Turn> {
        found(max_surge, max_unavailable, replicas)
            .into_iter()
            .find_map(|lint| match lint {
                Lint::Fencepost { turn, .. } => Some(turn),
                _ => None,
            })
    }

    #[test]
    fn fenceposts() {
        for (surge, unavailable, replicas, expected) in [
            (Percent(25), Percent(25), 3, Some(Turn::RoundsToNone)),
            (Percent(25), Percent(25), 4, None),
            (Int(0), Percent(25), 1, Some(Turn::RaisedToOne)),
            (Int(0), Percent(25), 3, Some(Turn::RaisedToOne)),
            (Int(0), Percent(25), 4, None),
            (Percent(0), Percent(1), 99, Some(Turn::RaisedToOne)),
            (Int(0), Percent(100), 1, None),
            (Int(1), Int(2), 1, Some(Turn::CappedToAll)),
            (Int(1), Int(0), 1, None),
            (Int(0), Int(1), 1, None),
        ] {
            assert_eq!(
                turns(surge, unavailable, replicas),
                expected,
                "{surge:?} {unavailable:?} of {replicas}"
            );
        }
    }

    #[test]
    fn a_forgotten_percent_sign() {
        let pods = |lints: Vec<Lint>| {
            lints
                .iter()
                .filter(|lint| matches!(lint, Lint::PodsNotPercent { .. }))
                .count()
        };
        assert_eq!(pods(found(Int(25), Int(25), 3)), 2);
        assert_eq!(pods(found(Int(25), Int(0), 30)), 0);
        assert_eq!(pods(found(Int(2), Int(0), 1)), 0);
    }

    #[test]
    fn nothing_need_be_available() {
        let limits = Limits {
            surge: 0,
            unavailable: 1,
        };
        let both = [
            Lint::AllUnavailable { replicas: 1, limits },
            Lint::HelmWaitNoop { replicas: 1, limits },
        ];
        assert_eq!(found(Int(0), Int(1), 1), both);
        assert!(found(Int(1), Int(0), 1).is_empty());
        assert!(lints(Strategy::Recreate, 1).is_empty());
        assert!(found(Int(0), Int(1), 0).is_empty());
    }
}
