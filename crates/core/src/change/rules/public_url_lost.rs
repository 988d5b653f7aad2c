use rollcast_values::Value;

use crate::Severity;
use crate::change::report::ChangeKind;
use crate::change::rule::{Example, Found, Rule, Way};
use crate::change::upgrade::{Upgrade, app_container, rendered, variable};

pub(super) static RULE: Rule = Rule {
    id: "public-url-lost",
    kind: ChangeKind::Silent,
    severity: Severity::Error,
    title: "The app forgets its public address",
    why: "Releases from 7.2.0 on derive BASE_URL from `ingress.hosts`, and the app reads PUBLIC_WEB_URL only. Without it the \
          public origin is http://localhost:8787: OAuth redirects, invitations and webhooks lead nowhere, and new Telegram \
          connections in automatic mode poll, on every pod.",
    source: "Lobu pull request 882; packages/server/src/lobu/gateway.ts",
    check,
    examples: &[
        Example {
            name: "Derived from the first host",
            to: "7.2.0",
            values: "ingress:\n  enabled: true\n  hosts: [lobu.example.com]\n",
            ..Example::BASE
        },
        Example {
            name: "Derived although the ingress is off",
            to: "11.1.0",
            values: "ingress:\n  enabled: false\n  hosts: [lobu.example.com]\n",
            ..Example::BASE
        },
        Example {
            name: "Set by its name",
            to: "7.2.0",
            values: "app:\n  env:\n    PUBLIC_WEB_URL: https://lobu.example.com\ningress:\n  hosts: [lobu.example.com]\n",
            expected: 0,
            ..Example::BASE
        },
        Example {
            name: "Never there",
            to: "7.2.0",
            values: "ingress: {enabled: false}\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

const NAME: &str = "PUBLIC_WEB_URL";

fn check(upgrade: &Upgrade<'_>) -> Vec<Found> {
    let url = |objects| app_container(objects).and_then(|container| variable(container, NAME));
    let (Some(was), None) = (url(upgrade.old), url(&upgrade.new)) else {
        return Vec::new();
    };
    if was.is_empty() {
        return Vec::new();
    }
    let path = format!("{}.env.{NAME}", upgrade.app());
    let base = app_container(&upgrade.new).and_then(|container| variable(container, "BASE_URL"));
    let what = match &base {
        Some(base) => format!("{NAME} was {was}; now only BASE_URL is set, to {base}, which the app does not read."),
        None => format!("{NAME} was {was}, and is not set any more."),
    };
    Found::new(what)
        .was(rendered(&path, Some(&Value::Str(was.clone()))))
        .is(rendered(&path, None))
        .on(upgrade, "ingress.hosts")
        .on(upgrade, "app.env.PUBLIC_WEB_URL")
        .way(Way::new("Set the address by its name").set("app.env.PUBLIC_WEB_URL", Value::Str(was)))
        .one()
}
