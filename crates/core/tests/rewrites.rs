//! Traps in files and flags: what is offered for each, word for word.

use rollcast_core::{Fix, Flag, FlagKind, Outcome, Request, ValuesFile, evaluate};

fn fixes(request: &Request, id: &str) -> Vec<Fix> {
    let Outcome::Rendered(answer) = evaluate(request).outcome else {
        panic!("{request:?} is refused");
    };
    let found = answer.findings.into_iter().filter(|finding| finding.id == id);
    found.flat_map(|finding| finding.fixes).collect()
}

fn in_file(id: &str, text: &str) -> Vec<(String, String)> {
    let request = Request {
        values: vec![ValuesFile {
            name: "values.yaml".to_owned(),
            text: text.to_owned(),
        }],
        ..Request::default()
    };
    let fixes = fixes(&request, id).into_iter();
    fixes
        .map(|fix| {
            let text = fix.edits.into_iter().map(|edit| edit.text);
            (fix.title, text.collect())
        })
        .collect()
}

#[test]
fn what_helm_never_reads_becomes_a_comment() {
    let title = "Turn the lines that Helm never reads into comments";
    for (id, text, expected) in [
        (
            "dropped-document",
            "app:\r\n  replicaCount: 2\r\n---\r\nworker: # ours\r\n  # why\r\n  enabled: false\r\n",
            "app:\r\n  replicaCount: 2\r\n---\r\n# worker: # ours\r\n#   # why\r\n#   enabled: false\r\n",
        ),
        (
            "dropped-document",
            "a: 1\n--- {b: 2}\n\n---\nc: |\n  # text\n",
            "a: 1\n# --- {b: 2}\n\n# ---\n# c: |\n  # text\n",
        ),
        (
            "dropped-tail",
            "  app:\n    replicaCount: 2\nworker:\n  enabled: false",
            "  app:\n    replicaCount: 2\n# worker:\n#   enabled: false",
        ),
    ] {
        assert_eq!(in_file(id, text), [(title.to_owned(), expected.to_owned())], "{text:?}");
    }
}

#[test]
fn of_two_keys_the_lost_one_becomes_a_comment_or_both_become_one() {
    let offered = |text: &str| in_file("duplicate-key", text);
    let both = "app: # ours\n  # two\n  replicaCount: 2\nimage:\n  tag: \"7.1.0\"\napp:\n  allowMultiReplica: true\n";
    assert_eq!(
        offered(both),
        [
            (
                "Turn the earlier `app` in line 1 into a comment".to_owned(),
                "# app: # ours\n#   # two\n#   replicaCount: 2\nimage:\n  tag: \"7.1.0\"\napp:\n  allowMultiReplica: true\n"
                    .to_owned()
            ),
            (
                "Move what the first `app` says into the second".to_owned(),
                "# ours\nimage:\n  tag: \"7.1.0\"\napp:\n  # two\n  replicaCount: 2\n  allowMultiReplica: true\n".to_owned()
            ),
        ]
    );
    // Which of two numbers is meant nobody can tell.
    assert_eq!(offered("app:\n  replicaCount: 2\napp:\n  replicaCount: 3\n").len(), 1);
    assert_eq!(
        offered("mine: {a: 1, a: 2} # both\n"),
        [(
            "Delete the earlier `mine.a` in line 1".to_owned(),
            "mine: {a: 2} # both\n".to_owned()
        )]
    );
    // Three of a kind: one fix for the two that are lost.
    let three = offered("mine: 1\nmine: 2\nmine: 3\n");
    assert_eq!(three[0].1, "# mine: 1\n# mine: 2\nmine: 3\n");
    // What others repeat cannot go.
    assert_eq!(offered("mine: &m {b: 1}\nmine: 2\nyours: *m\n"), []);
}

#[test]
fn what_is_read_otherwise_is_written_as_read_or_as_meant() {
    let texts = |id: &str, text: &str| -> Vec<String> { in_file(id, text).into_iter().map(|(_, text)| text).collect() };
    for (id, text, expected) in [
        (
            "typed-key",
            "app:\n  env:\n    on: a # b\n",
            &[
                "app:\n  env:\n    \"on\": a # b\n",
                "app:\n  env:\n    \"true\": a # b\n",
            ][..],
        ),
        (
            "boolean-word",
            "app: {allowMultiReplica: no}\n",
            &["app: {allowMultiReplica: false}\n"],
        ),
        (
            "boolean-word",
            "app:\n  env:\n    COUNTRY: NO\n",
            &[
                "app:\n  env:\n    COUNTRY: false\n",
                "app:\n  env:\n    COUNTRY: \"NO\"\n",
            ],
        ),
        (
            "octal-number",
            "app:\n  terminationGracePeriodSeconds: 060\n",
            &[
                "app:\n  terminationGracePeriodSeconds: 48\n",
                "app:\n  terminationGracePeriodSeconds: 60\n",
            ],
        ),
        (
            "merge-overrides",
            "b: &b\n  A: \"1\"\napp:\n  env:\n    A: \"2\" # mine\n    <<: *b # base\n",
            &[
                "b: &b\n  A: \"1\"\napp:\n  env:\n    # A: \"2\" # mine\n    <<: *b # base\n",
                "b: &b\n  A: \"1\"\napp:\n  env:\n    <<: *b # base\n    A: \"2\" # mine\n",
            ],
        ),
        (
            "empty-table-clears-nothing",
            "image: {tag: \"1\"}\napp:\n  env: {} # none\n",
            &[
                "image: {tag: \"1\"}\n# none\n",
                "image: {tag: \"1\"}\napp:\n  env: null # none\n",
            ],
        ),
    ] {
        assert_eq!(texts(id, text), expected, "{id}: {text:?}");
    }
}

/// Flags that are offered for flags.
fn in_flags(id: &str, values: &str, flags: &[(FlagKind, &str)]) -> Vec<String> {
    let request = Request {
        values: vec![ValuesFile {
            name: "values.yaml".to_owned(),
            text: values.to_owned(),
        }],
        set: flags
            .iter()
            .map(|(kind, arg)| Flag {
                kind: *kind,
                arg: (*arg).to_owned(),
                content: None,
            })
            .collect(),
        ..Request::default()
    };
    let fixes = fixes(&request, id).into_iter();
    fixes
        .map(|fix| {
            let lines = fix.flag_edits.into_iter().map(|edit| edit.line);
            lines.collect::<Vec<_>>().join(" ")
        })
        .collect()
}

#[test]
fn a_flag_is_written_anew() {
    use FlagKind::{Set, SetJson, SetString};
    for (id, flags, expected) in [
        (
            "flag-keeps-text",
            &[(Set, "image.tag=7.1.0,app.allowMultiReplica=no")][..],
            &["--set image.tag=7.1.0,app.allowMultiReplica=false"][..],
        ),
        (
            "flag-keeps-text",
            &[(Set, "app.env.A=015")],
            &["--set-string app.env.A=015"],
        ),
        (
            "flag-keeps-text",
            &[(Set, "app.replicaCount=02")],
            &["--set app.replicaCount=2"],
        ),
        (
            "flag-keeps-text",
            &[(Set, "mine=1.5")],
            &["--set-string mine=1.5", "--set-json mine=1.5"],
        ),
        (
            "flag-keeps-text",
            &[(Set, "mine={on,b}")],
            &["--set-string 'mine={on,b}'", "--set 'mine={true,b}'"],
        ),
        (
            "flag-blank-around-key",
            &[(Set, "app.replicaCount=2, app.allowMultiReplica=true")],
            &["--set app.replicaCount=2,app.allowMultiReplica=true"],
        ),
        (
            "flag-blank-around-value",
            &[(Set, "app.workspaces.accessModes={ReadWriteMany ,ReadWriteOnce}")],
            &["--set 'app.workspaces.accessModes={ReadWriteMany,ReadWriteOnce}'"],
        ),
        (
            "flag-quotes-kept",
            &[(Set, "app.allowMultiReplica='false'")],
            &["--set app.allowMultiReplica=false"],
        ),
        (
            "flag-quotes-kept",
            &[(Set, "app.env.A=\"1\"")],
            &["--set-string app.env.A=1"],
        ),
        (
            "flag-quotes-kept",
            &[(Set, "mine='1'")],
            &["--set mine=1", "--set-string mine=1"],
        ),
        ("flag-quotes-kept", &[(SetString, "mine='1'")], &["--set-string mine=1"]),
        (
            "flag-braces-are-a-list",
            &[(Set, "app.replicaCount=2,ingress.hosts={}")],
            &["--set app.replicaCount=2 --set-json 'ingress.hosts=[]'"],
        ),
        (
            "flag-braces-are-a-list",
            &[(Set, "mine={}")],
            &["--set-json 'mine=[]'", "--set-json 'mine={}'"],
        ),
        (
            "flag-without-effect",
            &[(Set, "app."), (Set, "app.replicaCount=2")],
            &[""],
        ),
        (
            "flag-without-effect",
            &[(Set, "=1,app.replicaCount=2")],
            &["--set app.replicaCount=2"],
        ),
        (
            "flag-discards-default-list",
            &[(Set, "app.workspaces.accessModes[0]=ReadWriteMany")],
            &["--set 'app.workspaces.accessModes={ReadWriteMany}'"],
        ),
        (
            "flag-leaves-empty-places",
            &[(SetJson, "mine=[1]"), (Set, "mine[3]=2")],
            &["--set 'mine[1]=2'"],
        ),
        // A later flag decides, and the earlier one is a trap no less.
        (
            "flag-keeps-text",
            &[(Set, "mine=no"), (SetString, "mine=x")],
            &["--set-string mine=no", "--set mine=false"],
        ),
    ] {
        assert_eq!(in_flags(id, "", flags), expected, "{id}: {flags:?}");
    }
}

#[test]
fn a_flag_that_only_its_author_understands_stays() {
    use FlagKind::{Set, SetString};
    for (id, flags) in [
        // The backslash says that the blank is meant.
        ("flag-blank-around-value", &[(Set, r"mine=x\ ")][..]),
        ("flag-quotes-kept", &[(SetString, r"mine='a\,b'")]),
    ] {
        assert_eq!(in_flags(id, "", flags), Vec::<String>::new(), "{id}: {flags:?}");
    }
}

/// Whatever stands behind it: a fix of a flag is tried on the whole command.
#[test]
fn the_finding_is_gone_and_the_other_flags_stay() {
    let flag = |kind, arg: &str| Flag {
        kind,
        arg: arg.to_owned(),
        content: None,
    };
    let mut request = Request {
        set: vec![
            flag(FlagKind::Set, "app.replicaCount=2"),
            flag(FlagKind::Set, "app.allowMultiReplica=off"),
            flag(FlagKind::SetString, "image.tag=7.1.0"),
        ],
        ..Request::default()
    };
    let fix = fixes(&request, "flag-keeps-text").remove(0);
    assert_eq!(
        fix.title,
        "Write `--set app.allowMultiReplica=false` for `--set app.allowMultiReplica=off`"
    );
    let changes: Vec<_> = fix
        .changes
        .iter()
        .map(|change| (change.path.as_str(), change.after.as_deref()))
        .collect();
    assert_eq!(changes, [("app.allowMultiReplica", Some("false"))]);
    let mut after = request.set.clone();
    after[1].arg = "app.allowMultiReplica=false".to_owned();
    fix.apply(fix.form, &mut request);
    assert_eq!(request.set, after);
    assert!(fixes(&request, "flag-keeps-text").is_empty());
}
