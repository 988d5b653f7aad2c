//! Which changes of the values are tried for which finding. A proposal is only offered once it was tried, so this table
//! may propose what does not always help. What is not in it has no change of the values that is surely meant:
//! `docs/fixes.md` says for each why.

use rollcast_values::Value;
use rollcast_values::edit::Path;

use super::wish::{Wish, table, text, texts};
use crate::Finding;
use crate::findings::Situation;

/// The changes to try for one finding, the mildest first.
pub(super) fn proposals(situation: &Situation<'_>, finding: &Finding) -> Vec<Vec<Wish>> {
    let one = |wish: Wish| vec![vec![wish]];
    match finding.id {
        "shared-workspaces" | "opt-in-vetoed" | "storage-class-cannot-share" => vec![shared(), vec![workspaces(false)]],
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
        "telegram-polling" => public_url(situation),
        "api-server-refuses" => refused(),
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
        "quoted-boolean" => at_evidence(finding, |situated| quoted_boolean(situation, situated)),
        "number-respelt" => at_evidence(finding, |path| written(situation, path)),
        "leading-zero-on-apply" => at_evidence(finding, |path| whole(situation, path)),
        "null-deletes-table" | "null-stays" | "empty-table-clears-nothing" | "empty-means-false" | "unread-key" => {
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

fn quoted_boolean(situation: &Situation<'_>, path: &str) -> Option<Wish> {
    match situation.text(path)?.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some(Wish::set(path, Value::Bool(true))),
        "false" | "no" | "off" | "0" => Some(Wish::set(path, Value::Bool(false))),
        _ => None,
    }
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
