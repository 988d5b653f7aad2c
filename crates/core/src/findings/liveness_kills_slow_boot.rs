use super::{Definition, Example, Found, Lesson, Situation, Words};

pub(super) static FINDING: Definition = Definition {
    id: "liveness-kills-slow-boot",
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "A slow boot is killed by the liveness probe",
    why: "The new pod restarts again and again, in the middle of a migration if there is one, and never becomes ready.",
    action: "Raise healthCheck.livenessProbe.initialDelaySeconds above the slowest boot, and run migrations in their Job.",
    verify: &[(
        "Restarts of the new pod.",
        "kubectl -n lobu get pods -l app.kubernetes.io/component=api",
    )],
    source: "Kubernetes, pkg/kubelet/prober; Lobu deployment.yaml, start.sh",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "The chart has no startup probe, so the liveness probe runs while the app boots. With the chart's numbers (30 s \
            initial delay, 20 s period, 3 failures) a container that does not listen after about 70 seconds is restarted, \
            and the next attempt takes as long. Migrations that run at boot and many chat connections, which are started \
            one after another before the app listens, lengthen it.",
    examples: &[
        Example {
            name: "A liveness probe that gives up after 15 seconds",
            values: "healthCheck:\n  livenessProbe:\n    initialDelaySeconds: 5\n    periodSeconds: 5\n    failureThreshold: 3\n",
            ..Example::BASE
        },
        Example {
            name: "The chart's own numbers",
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let Some(probe) = situation.manifest.spec.liveness else {
        return Vec::new();
    };
    let period = if probe.period_seconds == 0 {
        10
    } else {
        probe.period_seconds
    };
    // The last failure that is needed comes one period before the probe's failures would have filled their periods.
    let killed = (probe.gives_up() / 1_000).saturating_sub(u64::from(period));
    let boot = situation.cluster().boot.latest;
    #[expect(clippy::cast_precision_loss, reason = "compared with at most a day")]
    if boot <= killed as f64 {
        return Vec::new();
    }
    Found::new(format!(
        "The liveness probe restarts a container that does not answer after about {killed} s; the boot may take {boot} s."
    ))
    .on(situation.evidence("healthCheck.livenessProbe"))
    .one()
}
