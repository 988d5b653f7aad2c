//! What starts a rollout, and which strategy governs it (pkg/controller/deployment/deployment_controller.go
//! `syncDeployment`).

use serde::Serialize;

/// What changes in one apply. minReadySeconds, the deadline, the history limit and the Deployment's own metadata are not
/// here: they replace no pod and start nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Anything in `spec.template`.
    pub template: bool,
    /// The template is one that an existing ReplicaSet still has.
    pub template_reverted: bool,
    /// `spec.strategy`.
    pub strategy: bool,
    /// `spec.replicas`.
    pub replicas: bool,
    /// The content of a ConfigMap or Secret, with nothing in the template that depends on it.
    pub configuration: bool,
    /// Whether a rollout runs already.
    pub during_rollout: bool,
}

/// What comes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Trigger {
    /// Whether pods are replaced.
    pub rolls_out: bool,
    /// Whether the old ReplicaSet is brought to the new number of replicas first, with the old template.
    pub scales_old_template_first: bool,
    /// Whether the old ReplicaSet takes the place of the new one, and the new one's unready pods go first.
    pub reuses_old_replica_set: bool,
    /// Which strategy governs.
    pub governs: Governs,
    /// Whether the configuration reaches running pods only when something else restarts them.
    pub configuration_waits: bool,
}

/// Which strategy governs, and from when on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Governs {
    /// Nothing changes about it.
    Same,
    /// The new strategy governs this very rollout.
    NewOneNow,
    /// The new strategy is kept for the next change of the template, which is its first test.
    NewOneNextTime,
}

/// What comes of one apply.
#[must_use]
pub const fn trigger(changed: Changed) -> Trigger {
    let rolls_out = changed.template || changed.template_reverted;
    Trigger {
        rolls_out,
        scales_old_template_first: changed.replicas && rolls_out && !changed.during_rollout,
        reuses_old_replica_set: changed.template_reverted,
        governs: match (changed.strategy, rolls_out || changed.during_rollout) {
            (false, _) => Governs::Same,
            (true, true) => Governs::NewOneNow,
            (true, false) => Governs::NewOneNextTime,
        },
        configuration_waits: changed.configuration && !rolls_out,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: Changed = Changed {
        template: false,
        template_reverted: false,
        strategy: false,
        replicas: false,
        configuration: false,
        during_rollout: false,
    };

    #[test]
    fn only_the_template_replaces_pods() {
        for changed in [
            Changed {
                strategy: true,
                ..NOTHING
            },
            Changed {
                replicas: true,
                ..NOTHING
            },
            Changed {
                configuration: true,
                ..NOTHING
            },
        ] {
            assert!(!trigger(changed).rolls_out, "{changed:?}");
        }
        assert!(
            trigger(Changed {
                template: true,
                ..NOTHING
            })
            .rolls_out
        );
    }

    #[test]
    fn a_strategy_alone_waits_for_the_next_template() {
        let governs = |changed| trigger(changed).governs;
        let strategy = Changed {
            strategy: true,
            ..NOTHING
        };
        assert_eq!(governs(NOTHING), Governs::Same);
        assert_eq!(governs(strategy), Governs::NewOneNextTime);
        assert_eq!(
            governs(Changed {
                template: true,
                ..strategy
            }),
            Governs::NewOneNow
        );
        assert_eq!(
            governs(Changed {
                during_rollout: true,
                ..strategy
            }),
            Governs::NewOneNow
        );
    }

    #[test]
    fn replicas_and_template_scale_the_old_template_first() {
        let both = Changed {
            template: true,
            replicas: true,
            ..NOTHING
        };
        assert!(trigger(both).scales_old_template_first);
        assert!(
            !trigger(Changed {
                replicas: true,
                ..NOTHING
            })
            .scales_old_template_first
        );
    }

    #[test]
    fn a_reverted_template_has_its_replica_set_still() {
        let reverted = trigger(Changed {
            template_reverted: true,
            during_rollout: true,
            ..NOTHING
        });
        assert!(reverted.reuses_old_replica_set && reverted.rolls_out);
    }

    #[test]
    fn configuration_needs_a_checksum_in_the_template() {
        assert!(
            trigger(Changed {
                configuration: true,
                ..NOTHING
            })
            .configuration_waits
        );
        assert!(
            !trigger(Changed {
                configuration: true,
                template: true,
                ..NOTHING
            })
            .configuration_waits
        );
    }
}
