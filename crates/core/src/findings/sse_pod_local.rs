use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::{PrerequisiteState, Severity, When, app};

pub(super) static FINDING: Definition = Definition {
    id: "sse-pod-local",
    severity: Severity::Warning,
    prerequisite: true,
    bites: &[When::Overlap, When::Replicas, When::Restart],
    fixed: Some(&app::STREAM_FAN_OUT),
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "Live streams may break off (accepted)",
    why: "An answer in the browser or the SDK hangs, or half of it is missing.",
    action: "Accept it and confirm, deploy when few people wait for answers, and let clients connect anew; with several \
             replicas set service.sessionAffinity to ClientIP (chart 7.1.0 and later) and sticky sessions at the ingress.",
    verify: &[(
        "More than one row means that several pods take pieces of answers.",
        "SELECT claimed_by, count(*) FROM runs WHERE queue_name='thread_response' AND claimed_at > now() - interval '10 min' GROUP BY 1",
    )],
    source: "Lobu sse-manager.ts, unified-thread-consumer.ts; pull requests 971, 1194, 1236, 1276",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "The web client and the SDK read an agent's answer from an event stream that one pod holds, with a backlog of \
            100 events or two minutes in its memory. The pieces of an answer come through a queue that any pod may take \
            from; a pod that does not hold the client's stream sends them to nobody and marks them done. Affinity to \
            client addresses does not mend this: which pod holds the stream and which one takes the piece from the queue \
            have nothing to do with each other. At a restart, under any strategy, stream and backlog are gone.",
    examples: &[
        Example {
            name: "Two replicas split the streams all the time",
            values: "app:\n  replicaCount: 2\n  allowMultiReplica: true\n  workspaces:\n    enabled: false\n",
            ..Example::BASE
        },
        Example {
            name: "Recreate breaks them at the restart only",
            ..Example::BASE
        },
        Example {
            name: "From app version 12.0.0 on events reach the streams of every pod",
            app: Some("12.0.0"),
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    if situation.app_has(&app::STREAM_FAN_OUT) {
        return Found::new(
            "In this app version events reach the streams of every pod; a client that connects anew after a restart goes \
             on.",
        )
        .state(PrerequisiteState::NotApplicable)
        .one();
    }
    let replicas = situation.replicas();
    let what = if replicas > 1 {
        format!("{replicas} pods hold event streams and take answers from one queue, all the time.")
    } else if situation.occurs(When::Overlap) {
        "While two pods overlap, each holds event streams, and both take answers from one queue.".to_owned()
    } else {
        "One pod holds all event streams; they break off when it stops, and its backlog is gone.".to_owned()
    };
    let lost = if situation.app_has(&app::TERMINAL_MESSAGES) {
        " The last message of an answer waits up to 30 s for the right pod; what comes before it does not."
    } else {
        " Nothing sends a lost piece again."
    };
    let alone = replicas <= 1 && !situation.occurs(When::Overlap);
    Found::new(what + lost)
        .severity(if alone { Severity::Info } else { Severity::Warning })
        .state(situation.confirmed(FINDING.id))
        .on(situation.evidence("app.replicaCount"))
        .on(situation.evidence("service.sessionAffinity"))
        .one()
}
