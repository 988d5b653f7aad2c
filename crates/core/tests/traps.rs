//! Every known trap of an upgrade with unchanged values, with both its sides, and every way a strategy can change under
//! every applier.

use rollcast_core::{
    Applier, ArgoCdSync, Baseline, Change, ChangeItem, ChangeKind, ChangeOutcome, Helm4ServerSide, InstalledBy,
    LiveClaim, ReclaimPolicy, Request, Severity, ValuesFile, evaluate,
};

fn file(text: &str) -> Vec<ValuesFile> {
    vec![ValuesFile {
        name: "values.yaml".to_owned(),
        text: text.to_owned(),
    }]
}

fn request(from: &str, to: &str, values: &str, then: &str) -> Request {
    Request {
        chart: to.to_owned(),
        values: file(then),
        baseline: Some(Baseline {
            chart: Some(from.to_owned()),
            values: Some(file(values)),
            ..Baseline::default()
        }),
        ..Request::default()
    }
}

#[track_caller]
fn change(request: &Request) -> Change {
    match evaluate(request).change {
        Some(ChangeOutcome::Compared(change)) => *change,
        other => panic!("{other:?}"),
    }
}

/// The same values, another release.
#[track_caller]
fn upgrade(from: &str, to: &str, values: &str) -> Change {
    change(&request(from, to, values, values))
}

fn find<'c>(change: &'c Change, id: &str) -> Option<&'c ChangeItem> {
    change.items.iter().find(|item| item.id == id)
}

#[track_caller]
fn item<'c>(change: &'c Change, id: &str) -> &'c ChangeItem {
    find(change, id).unwrap_or_else(|| {
        let found: Vec<(&str, &str)> = change.items.iter().map(|item| (item.id, item.what.as_str())).collect();
        panic!("no {id} in {found:#?}")
    })
}

fn evidence<'i>(side: &'i [rollcast_core::Evidence], path: &str) -> Option<&'i str> {
    side.iter().find(|evidence| evidence.path == path)?.value.as_deref()
}

/// The releases before and after the chart was swapped for its fork.
const FIRST: [&str; 4] = ["main-775", "main-776", "7.1.0", "main-871"];
const SWAPPED: [&str; 5] = ["7.2.0", "11.0.0", "11.1.0", "14.0.0", "main-1838"];

const INGRESS_OFF: &str = "ingress: {enabled: false}\n";

#[test]
fn trap_1_workspaces_off_without_the_opt_in() {
    let values = "app: {workspaces: {enabled: false}}\n";
    for from in ["7.0.0", "main-775"] {
        let change = upgrade(from, "main-776", values);
        let item = item(&change, "rolling-becomes-recreate");
        assert_eq!((item.kind, item.severity), (ChangeKind::Silent, Severity::Warning));
        assert_eq!(evidence(&item.before, "lobu-app.spec.strategy"), None);
        assert_eq!(
            evidence(&item.after, "lobu-app.spec.strategy"),
            Some(r#"{"type":"Recreate"}"#)
        );
        assert_eq!(item.ways[0].title, "Opt in to rolling");
    }
    let opted_in = "app: {allowMultiReplica: true, workspaces: {enabled: false}}\n";
    assert!(find(&upgrade("7.0.0", "main-776", opted_in), "rolling-becomes-recreate").is_none());
}

#[test]
fn trap_2_workspaces_leave_the_manifest() {
    for from in ["7.0.0", "main-775", "main-776", "7.1.0"] {
        let change = upgrade(from, "main-871", "");
        let item = item(&change, "claim-deleted");
        assert_eq!((item.kind, item.severity), (ChangeKind::Deleted, Severity::Error));
        assert_eq!(evidence(&item.before, "app.workspaces.enabled"), Some("true"));
        assert_eq!(evidence(&item.after, "app.workspaces.enabled"), Some("false"));
        let ways: Vec<&str> = item.ways.iter().map(|way| way.title.as_str()).collect();
        assert_eq!(
            ways,
            [
                "Keep the workspaces on in this upgrade",
                "Let Helm leave the claim alone",
                "Let the volume survive the claim"
            ]
        );
    }
    assert!(
        find(
            &upgrade("7.1.0", "main-871", "app: {workspaces: {enabled: true}}"),
            "claim-deleted"
        )
        .is_none()
    );
    let flagged = upgrade("7.1.0", "main-871", "app: {allowMultiReplica: true}\n");
    assert_eq!(item(&flagged, "recreate-becomes-rolling").kind, ChangeKind::Silent);
    assert!(find(&upgrade("7.1.0", "main-871", ""), "recreate-becomes-rolling").is_none());
}

#[test]
fn trap_3_the_public_address() {
    let values = "ingress: {enabled: false, hosts: [lobu.example.com]}\n";
    for from in FIRST {
        for to in SWAPPED {
            let change = upgrade(from, to, values);
            let item = item(&change, "public-url-lost");
            assert_eq!(item.severity, Severity::Error);
            assert_eq!(
                evidence(&item.before, "lobu-app.env.PUBLIC_WEB_URL"),
                Some("\"https://lobu.example.com\"")
            );
            assert_eq!(evidence(&item.after, "lobu-app.env.PUBLIC_WEB_URL"), None);
        }
    }
    let named = format!("{values}app: {{env: {{PUBLIC_WEB_URL: \"https://lobu.example.com\"}}}}\n");
    assert!(find(&upgrade("7.1.0", "7.2.0", &named), "public-url-lost").is_none());
    assert!(find(&upgrade("main-776", "7.1.0", values), "public-url-lost").is_none());
}

#[test]
fn trap_4_rolling_without_opting_in() {
    for flag in ["", "  allowMultiReplica: false\n"] {
        let values = format!("{INGRESS_OFF}app:\n  workspaces: {{enabled: false}}\n{flag}");
        for from in ["main-776", "7.1.0", "main-871"] {
            for to in ["7.2.0", "11.0.0", "11.1.0", "14.0.0"] {
                let change = upgrade(from, to, &values);
                let item = item(&change, "recreate-becomes-rolling");
                assert_eq!(item.kind, ChangeKind::Silent);
                assert_eq!(
                    evidence(&item.before, "lobu-app.spec.strategy"),
                    Some(r#"{"type":"Recreate"}"#)
                );
                assert_eq!(evidence(&item.after, "lobu-app.spec.strategy"), None);
            }
            assert!(find(&upgrade(from, "main-1838", &values), "recreate-becomes-rolling").is_none());
        }
    }
}

#[test]
fn trap_5_a_shared_claim_is_rendered_anew() {
    let values = format!(
        "{INGRESS_OFF}app:\n  allowMultiReplica: true\n  workspaces: {{enabled: true, accessModes: [ReadWriteMany], storageClass: shared}}\n"
    );
    for from in ["main-776", "7.1.0", "main-871"] {
        for to in SWAPPED {
            let change = upgrade(from, to, &values);
            let refused = item(&change, "claim-refused");
            assert_eq!((refused.kind, refused.severity), (ChangeKind::Refused, Severity::Error));
            assert_eq!(
                evidence(&refused.before, "lobu-app-workspaces.spec.accessModes"),
                Some(r#"["ReadWriteMany"]"#)
            );
            assert_eq!(
                evidence(&refused.after, "lobu-app-workspaces.spec.accessModes"),
                Some(r#"["ReadWriteOnce"]"#)
            );
            assert_eq!(
                refused.message.as_deref(),
                Some(
                    "cannot patch \"lobu-app-workspaces\" with kind PersistentVolumeClaim: PersistentVolumeClaim \"lobu-app-workspaces\" is invalid: spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims"
                )
            );
            assert_eq!(item(&change, "rolling-becomes-recreate").kind, ChangeKind::Silent);
            assert!(
                !change.upcoming[0].rolls_out,
                "the upgrade fails before the Deployment is patched"
            );
            // No values of these releases render ReadWriteMany.
            assert!(refused.ways.iter().all(|way| way.title != "Leave the claim as it is"));
        }
    }
}

const RECIPE: &str = "app:\n  replicaCount: 2\n  allowMultiReplica: true\n  preStopDelaySeconds: 15\n  workspaces:\n    accessModes: [ReadWriteMany]\n    storageClass: shared\n";

#[test]
fn trap_6_the_recipe_of_pull_request_776_on_a_live_installation() {
    let change = change(&request("7.1.0", "7.1.0", "", RECIPE));
    let first = &change.items[0];
    assert_eq!((first.id, first.severity), ("claim-refused", Severity::Error));
    let ways: Vec<&str> = first.ways.iter().map(|way| way.title.as_str()).collect();
    assert_eq!(
        ways,
        [
            "Leave the claim as it is",
            "Do without the claim: every restart then begins without the agents' memory, since this release keeps it in files",
            "Make the claim anew: an outage as long as it takes",
        ]
    );
    let commands: Vec<&str> = first.ways[2]
        .steps
        .iter()
        .filter_map(|step| step.command.as_deref())
        .collect();
    assert_eq!(
        commands,
        [
            "kubectl --namespace lobu scale deployment lobu-app --replicas=0",
            "kubectl --namespace lobu delete pvc lobu-app-workspaces",
        ]
    );
    assert!(!change.upcoming[0].rolls_out);
    // Whoever has had it so from the start changes nothing.
    assert!(find(&upgrade("main-776", "7.1.0", RECIPE), "claim-refused").is_none());
}

#[test]
fn trap_7_what_the_swap_took_away() {
    let values = format!(
        "{INGRESS_OFF}app:\n  terminationGracePeriodSeconds: 90\n  preStopDelaySeconds: 15\n  podAnnotations: {{a: b}}\n  podSecurityContext: {{fsGroup: 1}}\n  securityContext: {{privileged: false}}\nworker: {{cache: {{accessModes: [ReadWriteOnce]}}}}\n"
    );
    for from in FIRST {
        for to in ["7.2.0", "11.0.0"] {
            let change = upgrade(from, to, &values);
            let grace = item(&change, "grace-shortened");
            assert!(grace.what.contains("from 90 s to 30 s") && grace.what.contains("does not read the key"));
            let hook = item(&change, "prestop-changed");
            assert!(hook.what.contains("a sleep of 15 s to no hook"), "{}", hook.what);
            let readiness = item(&change, "readiness-changed");
            assert!(
                readiness.what.contains("failures in a row 3 instead of 6"),
                "{}",
                readiness.what
            );
            let memory = item(&change, "memory-limit-lowered");
            assert!(memory.what.contains("from 2Gi to 1Gi"), "{}", memory.what);
            let ignored = item(&change, "keys-no-longer-read");
            for path in [
                "app.terminationGracePeriodSeconds",
                "app.preStopDelaySeconds",
                "app.podAnnotations",
                "app.podSecurityContext",
                "app.securityContext",
                "worker.cache.accessModes",
            ] {
                assert!(ignored.after.iter().any(|evidence| evidence.path == path), "{path}");
            }
        }
    }
    let quiet = upgrade("main-776", "7.1.0", &values);
    for id in [
        "grace-shortened",
        "prestop-changed",
        "readiness-changed",
        "memory-limit-lowered",
        "keys-no-longer-read",
    ] {
        assert!(find(&quiet, id).is_none(), "{id}");
    }
}

#[test]
fn trap_8_the_hook_comes_back_under_another_name() {
    let values = format!("{INGRESS_OFF}app: {{preStopDelaySeconds: 15}}\n");
    for from in ["7.2.0", "11.0.0"] {
        let change = upgrade(from, "11.1.0", &values);
        let hook = item(&change, "prestop-changed");
        assert!(hook.what.contains("no hook to a sleep of 5 s"), "{}", hook.what);
        assert!(
            hook.what.contains("`app.lifecycle.preStopSleepSeconds` is what counts"),
            "{}",
            hook.what
        );
        assert_eq!(evidence(&hook.after, "app.preStopDelaySeconds"), Some("15"));
    }
    assert!(find(&upgrade("11.1.0", "14.0.0", &values), "prestop-changed").is_none());
}

#[test]
fn trap_9_an_ingress_without_rules() {
    for from in FIRST {
        for to in SWAPPED {
            let change = upgrade(from, to, "");
            let item = item(&change, "ingress-refused");
            assert_eq!((item.kind, item.severity), (ChangeKind::Refused, Severity::Error));
            assert_eq!(evidence(&item.before, "ingress.enabled"), Some("false"));
            assert_eq!(evidence(&item.after, "ingress.enabled"), Some("true"));
            assert!(find(&upgrade(from, to, INGRESS_OFF), "ingress-refused").is_none());
        }
    }
}

#[test]
fn trap_10_the_secret() {
    let values =
        format!("{INGRESS_OFF}secrets: {{create: true, stringData: {{DATABASE_URL: \"postgres://db/app\"}}}}\n");
    for from in FIRST {
        for to in SWAPPED {
            let change = upgrade(from, to, &values);
            let item = item(&change, "secret-removed");
            assert_eq!((item.kind, item.severity), (ChangeKind::Deleted, Severity::Error));
            assert!(item.what.contains("No DATABASE_URL is left"), "{}", item.what);
            assert!(evidence(&item.before, "lobu-app.envFrom").is_some());
            assert_eq!(evidence(&item.after, "lobu-app.envFrom"), None);
        }
    }
    assert!(find(&upgrade("main-776", "7.1.0", &values), "secret-removed").is_none());
}

#[test]
fn trap_11_several_replicas_on_one_cache() {
    for workload in ["worker", "embeddings"] {
        let values = format!("{INGRESS_OFF}{workload}: {{replicaCount: 2}}\n");
        let change = upgrade("7.2.0", "11.0.0", &values);
        let item = item(&change, "helm-refuses");
        assert_eq!((item.kind, item.severity), (ChangeKind::Refused, Severity::Error));
        assert!(
            item.message
                .as_ref()
                .is_some_and(|message| message.contains("replicaCount > 1"))
        );
        let without = format!("{INGRESS_OFF}{workload}: {{replicaCount: 2, cache: {{enabled: false}}}}\n");
        assert!(find(&upgrade("7.2.0", "11.0.0", &without), "helm-refuses").is_none());
    }
    let probes = format!("{INGRESS_OFF}healthCheck: {{livenessProbe: {{failureThreshold: 9}}}}\n");
    let change = upgrade("7.2.0", "11.0.0", &probes);
    let item = item(&change, "embeddings-probes-changed");
    assert_eq!(
        evidence(&item.before, "lobu-embeddings.livenessProbe.failureThreshold"),
        Some("9")
    );
    assert_eq!(
        evidence(&item.after, "lobu-embeddings.livenessProbe.failureThreshold"),
        Some("8")
    );
}

#[test]
fn trap_12_users_without_a_number() {
    for from in ["7.2.0", "11.0.0"] {
        let change = upgrade(from, "11.1.0", INGRESS_OFF);
        let stuck: Vec<&ChangeItem> = change
            .items
            .iter()
            .filter(|item| item.id == "runs-as-unknown-user")
            .collect();
        assert_eq!(stuck.len(), 2);
        for item in stuck {
            assert_eq!(item.severity, Severity::Error);
            assert_eq!(item.ways.len(), 3);
        }
        assert!(find(&upgrade(from, "14.0.0", INGRESS_OFF), "runs-as-unknown-user").is_none());
    }
}

#[test]
fn trap_13_recreate_by_default_again() {
    let change = upgrade("14.0.0", "main-1838", INGRESS_OFF);
    let item = item(&change, "rolling-becomes-recreate");
    assert_eq!(item.kind, ChangeKind::Silent);
    assert!(item.what.contains("on purpose"), "{}", item.what);
    // No pod changes, so nobody notices before the next image.
    assert!(find(&change, "strategy-waits").is_some());
    assert!(!change.upcoming[0].rolls_out);
    assert_eq!(change.upcoming[1].strategy, "Recreate");
    let own = format!(
        "{INGRESS_OFF}app: {{strategy: {{type: RollingUpdate, rollingUpdate: {{maxSurge: 1, maxUnavailable: 0}}}}}}\n"
    );
    assert!(find(&upgrade("14.0.0", "main-1838", &own), "rolling-becomes-recreate").is_none());
}

const fn helm4(server_side: Helm4ServerSide, installed_by: InstalledBy) -> Applier {
    Applier::Helm4 {
        server_side,
        installed_by,
        force_replace: false,
    }
}

const CLIENT_SIDE: [Applier; 5] = [
    Applier::Helm3 { force: false },
    helm4(Helm4ServerSide::Auto, InstalledBy::Helm3),
    helm4(Helm4ServerSide::Off, InstalledBy::Helm4),
    Applier::KubectlApply,
    Applier::ArgoCd {
        sync: ArgoCdSync::Apply,
    },
];

const SERVER_SIDE: [Applier; 6] = [
    helm4(Helm4ServerSide::Auto, InstalledBy::Helm4),
    helm4(Helm4ServerSide::On, InstalledBy::Helm4),
    Applier::Flux { force: false },
    Applier::ArgoCd {
        sync: ArgoCdSync::ServerSideApply,
    },
    Applier::KubectlServerSide {
        force_conflicts: false,
        after_client_side: false,
    },
    Applier::Pulumi,
];

const REPLACING: [Applier; 3] = [
    Applier::Helm3 { force: true },
    Applier::KubectlReplace,
    Applier::ArgoCd {
        sync: ArgoCdSync::Replace,
    },
];

/// The live strategy of `from` becomes that of `then`, in one release.
fn strategies(applier: Applier, from: &str, then: &str) -> Change {
    let values = |strategy: &str| match strategy {
        "" => INGRESS_OFF.to_owned(),
        strategy => format!("{INGRESS_OFF}app: {{strategy: {strategy}}}\n"),
    };
    change(&Request {
        applier: Some(applier),
        ..request("14.0.0", "14.0.0", &values(from), &values(then))
    })
}

#[test]
fn trap_14_from_rolling_to_recreate_by_every_applier() {
    let refusal = "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'";
    for new in ["{type: Recreate}", "{type: Recreate, rollingUpdate: ~}"] {
        for applier in CLIENT_SIDE
            .into_iter()
            .chain(REPLACING)
            .chain([helm4(Helm4ServerSide::On, InstalledBy::Helm3)])
        {
            assert!(
                find(&strategies(applier, "", new), "strategy-refused").is_none(),
                "{applier:?} {new}"
            );
        }
        for applier in SERVER_SIDE {
            let change = strategies(applier, "", new);
            let item = item(&change, "strategy-refused");
            assert!(
                item.message.as_ref().is_some_and(|message| message.contains(refusal)),
                "{applier:?} {new}"
            );
            let ways: Vec<&str> = item.ways.iter().map(|way| way.title.as_str()).collect();
            assert!(
                ways[0].starts_with("Take the block out of the live object once"),
                "{ways:?}"
            );
            assert_eq!(
                item.ways[0].steps[0].command.as_deref(),
                Some(
                    "kubectl patch deployment lobu-app --namespace lobu --type=merge -p '{\"spec\":{\"strategy\":{\"type\":\"Recreate\",\"rollingUpdate\":null}}}'"
                )
            );
            assert!(ways[1].starts_with("Take over the block"));
        }
    }
    let conflict = Applier::KubectlServerSide {
        force_conflicts: false,
        after_client_side: true,
    };
    let change = strategies(conflict, "", "{type: Recreate}");
    assert!(
        item(&change, "strategy-refused")
            .message
            .as_ref()
            .is_some_and(|message| message.contains("conflict"))
    );
    let patch = strategies(Applier::KubectlPatch, "", "{type: Recreate}");
    assert_eq!(item(&patch, "strategy-refused").ways[0].title, "Say the null");
    let flux = strategies(Applier::Flux { force: true }, "", "{type: Recreate}");
    assert_eq!(item(&flux, "strategy-refused").kind, ChangeKind::Deleted);
}

#[test]
fn an_owned_block_is_taken_away_by_every_applier() {
    let surge = "{type: RollingUpdate, rollingUpdate: {maxSurge: 1}}";
    for applier in CLIENT_SIDE.into_iter().chain(SERVER_SIDE).chain(REPLACING) {
        assert!(
            find(&strategies(applier, surge, "{type: Recreate}"), "strategy-refused").is_none(),
            "{applier:?}"
        );
    }
}

#[test]
fn both_keys_are_refused_by_every_applier() {
    for applier in CLIENT_SIDE.into_iter().chain(SERVER_SIDE).chain(REPLACING) {
        let change = strategies(applier, "", "{type: Recreate, rollingUpdate: {maxSurge: 1}}");
        let item = item(&change, "strategy-refused");
        assert_eq!(item.ways[0].title, "Leave the block away", "{applier:?}");
    }
    // The same by a merge with the release's own default.
    let block = format!("{INGRESS_OFF}app: {{strategy: {{rollingUpdate: {{maxSurge: 1, maxUnavailable: 0}}}}}}\n");
    let change = upgrade("14.0.0", "main-1838", &block);
    assert!(
        item(&change, "strategy-refused").ways[0]
            .title
            .starts_with("Say the type")
    );
}

#[test]
fn other_directions() {
    for applier in CLIENT_SIDE.into_iter().chain(SERVER_SIDE).chain(REPLACING) {
        // Recreate to RollingUpdate without a block.
        let rolling = strategies(applier, "{type: Recreate}", "{type: RollingUpdate}");
        assert_eq!(
            item(&rolling, "recreate-becomes-rolling").kind,
            ChangeKind::Asked,
            "{applier:?}"
        );
        assert!(find(&rolling, "strategy-refused").is_none());
        // The key is taken out, and Recreate is silently lost.
        let lost = strategies(applier, "{type: Recreate}", "");
        let item = item(&lost, "recreate-becomes-rolling");
        assert_eq!(item.kind, ChangeKind::Silent, "{applier:?}");
        assert!(item.what.contains("no longer named"), "{}", item.what);
    }
}

#[test]
fn a_strategy_alone_restarts_nothing() {
    let change = strategies(Applier::Helm3 { force: false }, "", "{type: Recreate}");
    assert!(find(&change, "strategy-waits").is_some());
    assert!(find(&change, "pods-restart").is_none());
    assert!(change.upcoming[0].outlooks.is_empty() && !change.upcoming[0].rolls_out);
    // With a new image the new strategy governs this very rollout.
    let new = format!("{INGRESS_OFF}app: {{strategy: {{type: Recreate}}}}\nimage: {{tag: \"14.0.0\"}}\n");
    let change = self::change(&request("14.0.0", "14.0.0", INGRESS_OFF, &new));
    assert!(find(&change, "strategy-waits").is_none());
    assert!(change.upcoming[0].rolls_out);
    assert_eq!(change.upcoming[0].strategy, "Recreate");
}

#[test]
fn replicas_and_template_scale_the_old_version_first() {
    let new = format!("{INGRESS_OFF}app: {{replicaCount: 3}}\nimage: {{tag: \"14.0.0\"}}\n");
    let change = change(&request("14.0.0", "14.0.0", INGRESS_OFF, &new));
    assert!(find(&change, "scales-old-template-first").is_some());
    assert!(
        change.upcoming[0].story[0].contains("scaled from 1 pod to 3"),
        "{:?}",
        change.upcoming[0].story
    );
}

/// The rows of a claim's update that the chart can render.
#[test]
fn claims_change_as_kubernetes_lets_them() {
    let claim = |values: &str, then: &str, live: LiveClaim| {
        let of = |fields: &str| format!("app: {{workspaces: {{{fields}}}}}\n");
        let mut request = request("7.1.0", "7.1.0", &of(values), &of(then));
        if let Some(baseline) = &mut request.baseline {
            baseline.claim = live;
        }
        let change = change(&request);
        find(&change, "claim-refused").map(|item| (item.severity, item.message.clone().unwrap_or_default()))
    };
    let unknown = LiveClaim::default;
    let immutable = |answer: Option<(Severity, String)>| {
        let (severity, message) = answer.unwrap();
        assert_eq!(severity, Severity::Error);
        assert!(message.contains("spec is immutable after creation"), "{message}");
    };
    immutable(claim("", "accessModes: [ReadWriteMany]", unknown()));
    immutable(claim("storageClass: a", "storageClass: b", unknown()));
    immutable(claim("storageClass: a", "", unknown()));
    // Larger: only where the class can.
    let expandable = |expandable| LiveClaim {
        expandable,
        ..LiveClaim::default()
    };
    assert_eq!(claim("", "size: 40Gi", expandable(Some(true))), None);
    let (severity, message) = claim("", "size: 40Gi", expandable(Some(false))).unwrap();
    assert!(
        severity == Severity::Error && message.contains("only dynamically provisioned pvc can be resized"),
        "{message}"
    );
    assert_eq!(claim("", "size: 40Gi", expandable(None)).unwrap().0, Severity::Warning);
    // Smaller: never below what there is.
    let (_, message) = claim("", "size: 10Gi", unknown()).unwrap();
    assert!(
        message.contains("field can not be less than status.capacity"),
        "{message}"
    );
    // A class where none was named.
    let class = |class: Option<&str>| LiveClaim {
        class: class.map(str::to_owned),
        ..LiveClaim::default()
    };
    assert_eq!(claim("", "storageClass: fast", class(Some(""))), None);
    assert_eq!(claim("", "storageClass: fast", class(Some("fast"))), None);
    immutable(claim("", "storageClass: fast", class(Some("slow"))));
    assert_eq!(
        claim("", "storageClass: fast", class(None)).unwrap().0,
        Severity::Warning
    );
}

/// What becomes of a claim that leaves the manifest, by what is known of it and by who applies.
#[test]
fn claims_are_deleted_as_helm_does() {
    let deleted = |live: LiveClaim, applier: Option<Applier>, then: &str| {
        let mut request = request("7.1.0", "main-871", "", then);
        request.applier = applier;
        if let Some(baseline) = &mut request.baseline {
            baseline.claim = live;
        }
        let change = change(&request);
        let item = item(&change, "claim-deleted");
        (item.severity, item.what.clone())
    };
    let live = |keep, reclaim| LiveClaim {
        keep,
        reclaim,
        ..LiveClaim::default()
    };
    for (claim, severity, words) in [
        (live(None, None), Severity::Error, "unless its reclaim policy is Retain"),
        (
            live(None, Some(ReclaimPolicy::Delete)),
            Severity::Error,
            "deleted with everything on it",
        ),
        (
            live(None, Some(ReclaimPolicy::Retain)),
            Severity::Info,
            "Its volume stays",
        ),
        (live(Some(true), None), Severity::Info, "helm.sh/resource-policy: keep"),
    ] {
        let (found, what) = deleted(claim, None, "");
        assert!(found == severity && what.contains(words), "{what}");
    }
    // It stays Terminating while an old pod runs.
    assert!(
        deleted(live(None, None), None, "")
            .1
            .contains("Terminating as long as a pod of the old version")
    );
    // Another object is refused: Helm stops before it deletes.
    let (severity, what) = deleted(live(None, None), None, "worker: {cache: {storageClass: other}}\n");
    assert!(severity == Severity::Error || what.contains("depends"), "{what}");
    let (severity, what) = deleted(
        live(None, None),
        None,
        "worker: {cache: {accessModes: [ReadWriteMany]}}\n",
    );
    assert!(
        severity == Severity::Warning && what.contains("fails before Helm deletes anything"),
        "{what}"
    );
    // Others do not delete, or only where they were told to.
    assert_eq!(
        deleted(live(None, None), Some(Applier::KubectlApply), "").0,
        Severity::Info
    );
    assert!(
        deleted(
            live(None, None),
            Some(Applier::ArgoCd {
                sync: ArgoCdSync::Apply
            }),
            ""
        )
        .1
        .contains("pruning")
    );
}

#[test]
fn both_sides_and_their_order() {
    let change = upgrade("7.1.0", "7.2.0", "");
    assert_eq!(change.from.id, "7.1.0");
    let order: Vec<(Severity, ChangeKind)> = change.items.iter().map(|item| (item.severity, item.kind)).collect();
    assert!(order.is_sorted(), "{order:?}");
    assert_eq!(change.before.headline, "Recreate");
    // Without a baseline there is no change; with one that Helm refuses there is its failure.
    assert_eq!(evaluate(&Request::default()).change, None);
    let mut broken = request("7.1.0", "7.1.0", "app: [", "");
    assert!(matches!(evaluate(&broken).change, Some(ChangeOutcome::Refused(_))));
    if let Some(baseline) = &mut broken.baseline {
        baseline.chart = Some("6.0.0".to_owned());
    }
    assert!(matches!(evaluate(&broken).change, Some(ChangeOutcome::Refused(_))));
}
