//! Which changes of the values are tried for which finding. A proposal is only offered once it was tried, so this table
//! may propose what does not always help. What has neither one here nor a rewriting of its text
//! ([`files`](super::files), [`in_flags`](super::in_flags)) stands in `docs/fixes.md`, each with its reason.

use rollcast_values::edit::Path;
use rollcast_values::{NoteKind, Value};

use super::subject;
use super::wish::{Wish, table, text, texts};
use crate::Finding;
use crate::findings::{POSTGRES, Situation, other_name};

/// Whether what is tried for a finding is what the operator has plainly written, only in a way that Helm reads otherwise.
/// Then it is offered whatever becomes of the rollout.
pub(super) fn is_meant(id: &str) -> bool {
    id.starts_with("flag-") || ["quoted-boolean", "octal-number", "typed-key", "merge-overrides"].contains(&id)
}

/// The changes to try for one finding, the mildest first.
pub(super) fn proposals(situation: &Situation<'_>, finding: &Finding) -> Vec<Vec<Wish>> {
    let one = |wish: Wish| vec![vec![wish]];
    match finding.id {
        "shared-workspaces" | "opt-in-vetoed" => vec![shared(), vec![workspaces(false)]],
        "storage-class-cannot-share" => vec![vec![Wish::unset(MODES)], vec![workspaces(false)]],
        "access-mode-unknown" | "access-modes-mixed" => vec![shared(), vec![Wish::unset(MODES)]],
        "rolling-on-rwo" | "rolling-on-rwop" => vec![
            shared(),
            vec![Wish::unset("app.strategy")],
            vec![workspaces(false)],
            vec![Wish::set("app.strategy", table(&[("type", text("Recreate"))]))],
        ],
        "replicas-on-one-node-claim" | "replicas-under-recreate" | "zero-replicas" => {
            one(Wish::set("app.replicaCount", Value::Int(1)))
        }
        "public-address-unset" => public_url(situation),
        "session-affinity-off" => one(Wish::set("service.sessionAffinity", text("ClientIP"))),
        "ingress-without-rules" => one(Wish::set("ingress.enabled", Value::Bool(false))),
        "api-server-refuses" => refused(),
        "unknown-field-dropped" => unknown_fields(situation),
        "cache-on-one-node" => in_table(finding, |table| {
            vec![
                Wish::set(&format!("{table}.replicaCount"), Value::Int(1)),
                Wish::unset(&format!("{table}.strategy")),
                Wish::set(&format!("{table}.cache.enabled"), Value::Bool(false)),
            ]
        }),
        // The image's own user stays, whatever its name.
        "workload-cannot-start" => in_table(finding, |table| {
            vec![Wish::set(
                &format!("{table}.containerSecurityContext.runAsNonRoot"),
                Value::Null,
            )]
        }),
        "db-connections" => smaller_pool(situation),
        "artifact-files-local" => one(Wish::set(
            "app.env.LOBU_ARTIFACTS_DIR",
            text("/app/workspaces/artifacts"),
        )),
        "liveness-kills-slow-boot" => patient_probe(situation),
        "smoke-test-gives-up" => patient_test(situation),
        "latest-tag" => {
            let told = situation.request.app.as_deref();
            told.map(|app| one(Wish::set("image.tag", text(app))))
                .unwrap_or_default()
        }
        "strategy-counts-as-unset" => one(Wish::unset("app.strategy")),
        "strategy-without-type" => one(Wish::set("app.strategy.type", text("RollingUpdate"))),
        "fencepost" => fencepost(situation),
        "helm-wait-noop" => one(Wish::set("app.strategy", rolling(1, 0))),
        "prestop-under-recreate" => vec![
            vec![Wish::unset(situation.pre_stop_key())],
            vec![Wish::set(situation.pre_stop_key(), Value::Int(0))],
        ],
        "prestop-dropped" | "prestop-sleep-fails" => pre_stop(situation),
        "grace-not-above-prestop-and-shutdown" => grace(situation),
        "grace-falls-back" => vec![vec![Wish::unset(GRACE)], vec![Wish::set(GRACE, Value::Int(45))]],
        "pdb-blocks-drains" => one(Wish::set(
            "app.pdb.minAvailable",
            Value::Int(i64::from(situation.replicas()).saturating_sub(1)),
        )),
        "agent-memory-ephemeral" => vec![vec![workspaces(true)]],
        // Somebody has to migrate: the Job, unless it does already.
        "migrations-in-every-pod" => vec![if situation.truthy("migrations.enabled") {
            vec![skip_migrations()]
        } else {
            vec![skip_migrations(), Wish::set("migrations.enabled", Value::Bool(true))]
        }],
        "skip-migrations-not-one" => one(skip_migrations()),
        "nobody-migrates" => vec![
            vec![Wish::set("migrations.enabled", Value::Bool(true))],
            vec![Wish::unset("app.env.SKIP_MIGRATIONS")],
        ],
        "migration-job-without-database" => situation
            .text("database.existingSecret")
            .map(|secret| one(Wish::set("migrations.database.existingSecret", text(secret))))
            .unwrap_or_default(),
        "ephemeral-encryption-key" => one(Wish::unset("app.env.LOBU_ALLOW_EPHEMERAL_ENCRYPTION_KEY")),
        "transaction-pooler" => one(Wish::set("database.usePooler", Value::Bool(false))),
        "quoted-boolean" => [false, true]
            .into_iter()
            .flat_map(|means| at_evidence(finding, |path| Some(Wish::set(path, Value::Bool(means)))))
            .collect(),
        "octal-number" if !is_variable(finding) => at_evidence(finding, |path| digits(situation, path)),
        "number-respelt" | "precision-lost" => as_text(situation, finding),
        // Every variable is a text.
        "octal-number" | "boolean-word" if is_variable(finding) => as_text(situation, finding),
        "leading-zero-on-apply" => at_evidence(finding, |path| whole(situation, path)),
        "empty-table-clears-nothing" => at_evidence(finding, |path| Some(Wish::set(path, Value::Null))),
        "unread-key" => {
            let renamed = finding.evidence.first().and_then(|key| renamed(situation, &key.path));
            let delete = at_evidence(finding, |path| Some(Wish::unset(path)));
            renamed.into_iter().chain(delete).collect()
        }
        "null-deletes-table" | "null-stays" | "empty-means-false" => {
            let paths = finding
                .evidence
                .iter()
                .map(|evidence| vec![Wish::unset(&evidence.path)]);
            paths.collect()
        }
        _ => Vec::new(),
    }
}

const MODES: &str = "app.workspaces.accessModes";
const GRACE: &str = "app.terminationGracePeriodSeconds";

fn shared() -> Vec<Wish> {
    vec![Wish::set(MODES, texts(&["ReadWriteMany"]))]
}

fn workspaces(enabled: bool) -> Wish {
    Wish::set("app.workspaces.enabled", Value::Bool(enabled))
}

fn skip_migrations() -> Wish {
    Wish::set("app.env.SKIP_MIGRATIONS", text("1"))
}

/// RollingUpdate with these numbers.
pub(super) fn rolling(surge: u32, unavailable: u32) -> Value {
    let numbers = [
        ("maxSurge", Value::Int(i64::from(surge))),
        ("maxUnavailable", Value::Int(i64::from(unavailable))),
    ];
    table(&[("type", text("RollingUpdate")), ("rollingUpdate", table(&numbers))])
}

/// The https address that the first host would have.
fn public_url(situation: &Situation<'_>) -> Vec<Vec<Wish>> {
    let host = match situation.value("ingress.hosts") {
        Some(Value::List(hosts)) => hosts.first().map(|host| host.value.print()),
        _ => None,
    };
    let told = situation.text("app.env.PUBLIC_WEB_URL").unwrap_or_default();
    let secure = told
        .strip_prefix("http://")
        .or_else(|| Some(told).filter(|told| !told.is_empty() && !told.contains("://")));
    secure
        .map(str::to_owned)
        .or(host)
        .map(|host| {
            vec![vec![Wish::set(
                "app.env.PUBLIC_WEB_URL",
                text(&format!("https://{host}")),
            )]]
        })
        .unwrap_or_default()
}

fn refused() -> Vec<Vec<Wish>> {
    vec![
        vec![Wish::unset("app.strategy.rollingUpdate")],
        vec![Wish::set("app.strategy.type", text("RollingUpdate"))],
        vec![Wish::unset("app.strategy")],
        vec![Wish::unset("app.replicaCount")],
        vec![Wish::unset(GRACE)],
        vec![Wish::unset(MODES)],
        vec![Wish::set(MODES, texts(&["ReadWriteMany"]))],
        vec![Wish::unset("app.workspaces.size")],
    ]
}

/// The numbers that the text comes to, said outright.
fn fencepost(situation: &Situation<'_>) -> Vec<Vec<Wish>> {
    let limits = situation
        .strategy
        .and_then(|strategy| strategy.limits(situation.replicas()));
    limits
        .map(|limits| {
            vec![vec![Wish::set(
                "app.strategy",
                rolling(limits.surge, limits.unavailable),
            )]]
        })
        .unwrap_or_default()
}

/// The whole seconds at the beginning of what was written.
fn pre_stop(situation: &Situation<'_>) -> Vec<Vec<Wish>> {
    let key = situation.pre_stop_key();
    let written = situation.value(key).map(Value::print).unwrap_or_default();
    let digits: String = written.chars().take_while(char::is_ascii_digit).collect();
    let seconds = digits.parse::<i64>().ok().filter(|seconds| *seconds > 0);
    let set = seconds.map(|seconds| vec![Wish::set(key, Value::Int(seconds))]);
    set.into_iter().chain([vec![Wish::unset(key)]]).collect()
}

/// Time enough for hook, drain and shutdown at their longest, on a round number.
fn grace(situation: &Situation<'_>) -> Vec<Vec<Wish>> {
    let shutdown = situation.cluster().shutdown.milliseconds().latest;
    let needed = situation.manifest.pre_stop.milliseconds() + situation.drain.milliseconds.latest + shutdown;
    let seconds = (needed / 5_000 + 1) * 5 + 5;
    let shorter = situation.pre_stop_key();
    vec![
        vec![Wish::set(GRACE, Value::Int(i64::try_from(seconds).unwrap_or(i64::MAX)))],
        vec![Wish::unset(shorter)],
    ]
}

fn at_evidence(finding: &Finding, wish: impl Fn(&str) -> Option<Wish>) -> Vec<Vec<Wish>> {
    let paths = finding.evidence.iter().filter_map(|evidence| wish(&evidence.path));
    paths.map(|wish| vec![wish]).collect()
}

/// What follows from the table that a finding about worker or embeddings is about.
fn in_table(finding: &Finding, wishes: impl Fn(&str) -> Vec<Wish>) -> Vec<Vec<Wish>> {
    let table = subject(finding).and_then(|path| path.split('.').next());
    let wishes = table.map(wishes).unwrap_or_default();
    wishes.into_iter().map(|wish| vec![wish]).collect()
}

/// The fields that the API server does not know go; numbers of a rolling update a level below their place go there.
fn unknown_fields(situation: &Situation<'_>) -> Vec<Vec<Wish>> {
    let paths = situation.manifest.unknown_fields.iter();
    let paths: Vec<String> = paths
        .filter_map(|field| Some(format!("app.{}", field.strip_prefix("spec.")?)))
        .collect();
    let gone: Vec<Wish> = paths.iter().map(|path| Wish::unset(path)).collect();
    let below = paths.iter().filter_map(|path| {
        let name = path.strip_prefix("app.strategy.")?;
        let known = ["maxSurge", "maxUnavailable"].contains(&name);
        let value = situation.value(path).filter(|_| known)?;
        Some(Wish::set(&format!("app.strategy.rollingUpdate.{name}"), value.clone()))
    });
    let below: Vec<Wish> = below.collect();
    let moved = (!below.is_empty()).then(|| gone.iter().cloned().chain(below).collect());
    moved.into_iter().chain([gone]).collect()
}

/// The largest pool with which all pods of the rollout find a connection.
fn smaller_pool(situation: &Situation<'_>) -> Vec<Vec<Wish>> {
    let pods = u64::from(situation.peak_pods().max(1));
    let pool = (POSTGRES / pods).saturating_sub(1);
    let set = (pool > 0).then(|| vec![Wish::set("app.env.DB_POOL_MAX", text(&pool.to_string()))]);
    set.into_iter().collect()
}

/// So much later that the slowest boot ends before the container is restarted.
fn patient_probe(situation: &Situation<'_>) -> Vec<Vec<Wish>> {
    let Some(probe) = situation.manifest.spec.liveness else {
        return Vec::new();
    };
    let boot = situation.cluster().boot.milliseconds().latest.div_ceil(1_000);
    let seconds = round_up(boot.saturating_add(u64::from(probe.period_seconds)), 10);
    let delay = i64::try_from(seconds).unwrap_or(i64::MAX);
    vec![vec![Wish::set(
        "healthCheck.livenessProbe.initialDelaySeconds",
        Value::Int(delay),
    )]]
}

/// Time enough until somebody answers, at its longest.
fn patient_test(situation: &Situation<'_>) -> Vec<Vec<Wish>> {
    let hook = situation.hooks.iter().find(|hook| hook.name == "lobu-smoke-test");
    let longest = hook.and_then(|hook| hook.passes?.latest);
    let set = longest.map(|longest| {
        let seconds = round_up(longest.div_ceil(1_000), 30);
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
        vec![Wish::set("releaseGates.smokeTest.timeoutSeconds", Value::Int(seconds))]
    });
    set.into_iter().collect()
}

/// The next round number above.
const fn round_up(number: u64, step: u64) -> u64 {
    (number / step + 1) * step
}

/// The value goes where the release reads it.
fn renamed(situation: &Situation<'_>, path: &str) -> Option<Vec<Wish>> {
    let other = other_name(situation, path)?;
    let value = situation.effective.given.at(path)?.clone();
    Some(vec![Wish::unset(path), Wish::set(&other, value)])
}

fn is_variable(finding: &Finding) -> bool {
    subject(finding).is_some_and(|path| path.contains(".env."))
}

fn as_text(situation: &Situation<'_>, finding: &Finding) -> Vec<Vec<Wish>> {
    at_evidence(finding, |path| written(situation, path))
}

/// The number that people read in digits with a zero before them.
fn digits(situation: &Situation<'_>, path: &str) -> Option<Wish> {
    let noted = situation.effective.notes.iter().find_map(|note| match &note.kind {
        NoteKind::Octal { written, .. } if note.path.as_deref() == Some(path) => Some(written),
        _ => None,
    })?;
    let number = noted.trim_start_matches('0').parse().ok()?;
    Some(Wish::set(path, Value::Int(number)))
}

/// The characters that were written, as a text.
fn written(situation: &Situation<'_>, path: &str) -> Option<Wish> {
    let node = situation.effective.values.node_at(path)?;
    let rollcast_values::Origin::File { file, span } = node.origin else {
        return None;
    };
    let source = situation
        .request
        .values
        .get(file)?
        .text
        .get(span.start.offset..span.end.offset)?;
    Some(Wish {
        path: Path::dotted(path),
        value: Some(text(source)),
    })
}

fn whole(situation: &Situation<'_>, path: &str) -> Option<Wish> {
    let digits = situation.value(path)?.print();
    let number = digits.trim_start_matches('0').parse::<i64>().ok()?;
    Some(Wish::set(path, Value::Int(number)))
}
