use super::{Definition, Example, Found, Lesson, Situation, Words};
use crate::{PrerequisiteState, Severity, When, app};

pub(super) static FINDING: Definition = Definition {
    id: "telegram-polling",
    severity: Severity::Warning,
    prerequisite: true,
    bites: &[When::Overlap, When::Replicas],
    fixed: Some(&app::CONNECTION_LEASES),
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "No Telegram connection polls",
    why: "With two pods the bot is silent, late, or answers in bursts.",
    action: "Set app.env.PUBLIC_WEB_URL to the public https address, switch connections from polling to webhook, and \
             confirm.",
    verify: &[
        (
            "The modes in use: none may be polling.",
            "SELECT id, agent_id, COALESCE(config->>'mode','auto') FROM agent_connections WHERE platform='telegram' AND status='active'",
        ),
        (
            "What Telegram knows: an empty url means that the bot is polled.",
            "curl -s https://api.telegram.org/bot$TOKEN/getWebhookInfo",
        ),
        (
            "Pollers that collide.",
            "kubectl -n lobu logs deployment/lobu-app --all-pods --since=1h | grep -c 'Telegram polling request failed'",
        ),
    ],
    source: "Lobu chat-instance-manager.ts; @chat-adapter/telegram 4.26.0; fixed by Lobu pull request 1231",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "Telegram gives the updates of a bot to one poller at a time and answers a second one with error 409. A \
            connection in mode polling polls from every pod, so two pods take turns at failing. A connection in mode auto, \
            the default, uses a webhook where Telegram accepts one, and that needs an https address: the origin of \
            PUBLIC_WEB_URL. Chart releases up to main-871 derive PUBLIC_WEB_URL from the first of ingress.hosts; later ones \
            derive only BASE_URL, which the app does not read. Even with a webhook address the very first start of a \
            connection polls until the pod is restarted.",
    examples: &[
        Example {
            name: "Without a public address every connection in mode auto polls",
            values: "app:\n  allowMultiReplica: true\n  workspaces:\n    enabled: false\n",
            ..Example::BASE
        },
        Example {
            name: "With one, only the connections' own modes are open",
            values: "app:\n  allowMultiReplica: true\n  workspaces:\n    enabled: false\ningress:\n  hosts: [lobu.example.com]\n",
            ..Example::BASE
        },
        Example {
            name: "From app version 12.0.0 on one pod at a time holds a connection",
            app: Some("12.0.0"),
            expected: 0,
            ..Example::BASE
        },
    ],
};

fn check(situation: &Situation<'_>) -> Vec<Found> {
    if situation.app_has(&app::CONNECTION_LEASES) {
        return Found::new("In this app version one pod at a time holds a Telegram connection.")
            .state(PrerequisiteState::NotApplicable)
            .one();
    }
    let state = situation.confirmed(FINDING.id);
    let bites = situation.occurs(When::Overlap) || situation.occurs(When::Replicas);
    let found = match address(situation) {
        Address::Webhook(url) => Found::new(format!(
            "PUBLIC_WEB_URL is {url}, so connections in mode auto use a webhook. Whether one is in mode polling only the \
             database knows."
        ))
        .action("Check the connections' modes, and confirm that none is polling.")
        .severity(Severity::Info),
        Address::Useless(url) => Found::new(format!(
            "PUBLIC_WEB_URL is \"{url}\". Telegram takes webhooks at https addresses only, so every connection in mode \
             auto polls, in each pod."
        )),
        Address::Secret => Found::new(
            "The manifest sets no PUBLIC_WEB_URL; the Secret that the pods load may. Without an https address every \
             connection in mode auto polls, in each pod.",
        ),
        Address::Missing => Found::new(
            "No PUBLIC_WEB_URL is set, so the app takes itself to be http://localhost:8787, and every Telegram connection \
             in mode auto polls, in each pod.",
        ),
    };
    let found = match bites {
        true => found,
        false => found.severity(Severity::Info),
    };
    found
        .state(state)
        .on(situation.evidence("app.env.PUBLIC_WEB_URL"))
        .on(situation.evidence("ingress.hosts"))
        .one()
}

/// Where the app believes the world reaches it.
enum Address {
    /// Telegram accepts it.
    Webhook(String),
    /// Telegram does not.
    Useless(String),
    /// The manifest does not say; a Secret may.
    Secret,
    /// Nowhere.
    Missing,
}

fn address(situation: &Situation<'_>) -> Address {
    match situation.variable("PUBLIC_WEB_URL") {
        Some(url) if url.starts_with("https://") && url.len() > "https://".len() => Address::Webhook(url.to_owned()),
        Some(url) => Address::Useless(url.to_owned()),
        None if loads_a_secret(situation) => Address::Secret,
        None => Address::Missing,
    }
}

fn loads_a_secret(situation: &Situation<'_>) -> bool {
    situation.truthy("secretName") || situation.truthy("secrets.create")
}
