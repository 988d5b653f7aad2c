//! Every fix that is offered, for whatever request: once applied it does what it says and nothing else, in every form.
//!
//! Each fix is evaluated in each of its forms, which takes minutes for all requests, so a sample is drawn: one request in
//! twelve, always the same ones. `SEED=1` draws others, `EVERY=1` takes all:
//! `EVERY=1 cargo test --release -p rollcast-core --test fixes -- --nocapture`, which tells how many fixes it saw.

use std::collections::BTreeSet;

use rollcast_chart::Release;
use rollcast_core::{
    Answer, Baseline, ChangeOutcome, Finding, Fix, FixForm, GoalState, Outcome, PrerequisiteState, Report, Request,
    ValuesFile, catalogue, change_catalogue, evaluate, evaluate_without_fixes,
};
use rollcast_values::Value;
use rollcast_values::edit::Step;

/// Comments that no value could be mistaken for, before and behind every line that can take one.
fn commented(text: &str) -> String {
    let mut out = String::from("#: above\n");
    for (at, line) in text.lines().enumerate() {
        out.push_str(line);
        let free = !line.is_empty() && !line.contains(['|', '>', '"', '\'']) && line.trim_end() == line;
        if free {
            out.push_str(&format!(" #: {at}"));
        }
        out.push('\n');
    }
    out
}

fn comments(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = text
        .lines()
        .filter_map(|line| Some(&line[line.find("#:")?..]))
        .collect();
    found.sort_unstable();
    found
}

/// Requests as people make them: the examples of every finding and every rule of change, on every release, with comments.
fn requests() -> Vec<Request> {
    let findings = catalogue().into_iter().flat_map(|entry| entry.examples);
    let changes = change_catalogue().into_iter().flat_map(|entry| entry.examples);
    let mut seen = BTreeSet::new();
    let mut requests: Vec<Request> = Vec::new();
    for (at, example) in findings.chain(changes).enumerate() {
        let mut request = example.request;
        for file in &mut request.values {
            let commented = commented(&file.text);
            let same = |text: &str| {
                rollcast_values::read(text.as_bytes(), rollcast_values::Origin::Default)
                    .map(|read| Value::Map(read.map).to_json())
            };
            // Where a comment would change the values, the text stays as it is.
            if same(&commented).ok() == same(&file.text).ok() {
                file.text = commented;
            }
        }
        // The example's own release, and one other.
        let others = Release::all();
        let other = Request {
            chart: others[at % others.len()].id.to_owned(),
            ..request.clone()
        };
        for request in [request, other] {
            if seen.insert(format!("{request:?}")) {
                requests.push(request);
            }
        }
    }
    requests
}

/// Values that people set, each with some of what they write there, right and wrong.
const POOL: [(&str, &[&str]); 22] = [
    ("app.replicaCount", &["1", "2", "3", "0", "\"2\""]),
    ("app.allowMultiReplica", &["true", "false", "\"false\"", "yes"]),
    ("app.workspaces.enabled", &["true", "false", "\"no\""]),
    (
        "app.workspaces.accessModes",
        &["[ReadWriteMany]", "[ReadWriteOnce]", "[RWX]", "[ReadWriteOncePod]"],
    ),
    ("app.workspaces.storageClass", &["shared", "\"\"", "gp3"]),
    ("app.workspaces.size", &["40Gi", "10Gi"]),
    (
        "app.strategy",
        &[
            "{type: Recreate}",
            "{type: RollingUpdate}",
            "{rollingUpdate: {maxSurge: 0}}",
            "\"\"",
            "~",
        ],
    ),
    ("app.preStopDelaySeconds", &["15", "15s", "30", "0"]),
    ("app.lifecycle.preStopSleepSeconds", &["0", "15", "90"]),
    ("app.terminationGracePeriodSeconds", &["20", "90", "0", "030"]),
    (
        "app.env.PUBLIC_WEB_URL",
        &["https://lobu.example.com", "http://lobu.example.com", "\"\""],
    ),
    ("app.env.SKIP_MIGRATIONS", &["\"1\"", "true"]),
    ("app.pdb.minAvailable", &["1", "2"]),
    ("migrations.enabled", &["true", "false"]),
    ("database.existingSecret", &["db"]),
    ("database.usePooler", &["true"]),
    ("ingress.enabled", &["true", "false"]),
    ("ingress.hosts", &["[lobu.example.com]", "[]"]),
    ("secrets.create", &["true"]),
    ("worker.replicaCount", &["1", "2"]),
    ("image.tag", &["1.10", "\"12.0.0\"", "latest"]),
    ("allowMultiReplica", &["true"]),
];

/// Flags that say something else than they look.
const TRAPS: [&str; 14] = [
    "app.allowMultiReplica=no",
    "app.allowMultiReplica='false'",
    "app.replicaCount= 2",
    "app.replicaCount=2, app.allowMultiReplica=true",
    "app.env.A=015,app.env.B=1e3",
    "app.env.A= x ,mine=07",
    "mine={no,'a',1.5}",
    "app.workspaces.accessModes[1]=ReadWriteMany",
    "app.workspaces.accessModes[0]=ReadWriteMany,app.env.B=yes",
    "ingress.hosts={}",
    "app.strategy={}",
    "app.",
    "=1,app.replicaCount=\"2\"",
    "app.replicaCount =3,app.workspaces.enabled=off",
];

/// Texts behind others that Helm drops, or that override what stands before them.
const TAILS: [&str; 6] = [
    "---\napp: #: never read\n  replicaCount: 3\n",
    "app: #: again\n  terminationGracePeriodSeconds: 070 #: octal\n",
    "app:\n  env: {} #: nothing\n",
    "mine:\n  a: 1 #: first\n  a: 2\n  on: yes #: word\n",
    "flow: {a: 1, b: 2, a: 3} #: in braces\n",
    "base: &base\n  A: x\nmine:\n  A: y #: explicit\n  B: z\n  <<: *base #: merged\n",
];

/// Numbers that look random and are the same for the same seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// A number from the environment.
fn told<T: std::str::FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok()?.parse().ok()
}

/// Random requests over the pool, on random releases, with flags and a baseline now and then.
fn random_requests(count: usize, random: &mut Random) -> Vec<Request> {
    let mut below = |limit: usize| random.below(limit);
    let releases = Release::all();
    (0..count)
        .map(|_| {
            let mut request = Request {
                chart: releases[below(releases.len())].id.to_owned(),
                ..Request::default()
            };
            let mut text = "#: mine\n".to_owned();
            for _ in 0..below(6) {
                let (path, values) = POOL[below(POOL.len())];
                let value = values[below(values.len())];
                let set =
                    rollcast_values::read(format!("x: {value}").as_bytes(), rollcast_values::Origin::Default).unwrap();
                let edit = rollcast_values::edit::Edit::Set {
                    path: rollcast_values::edit::Path::dotted(path),
                    value: set.map["x"].value.clone(),
                };
                if below(6) == 0 {
                    request.set.push(rollcast_core::Flag {
                        kind: rollcast_core::FlagKind::SetJson,
                        arg: format!("{path}={}", set.map["x"].value.to_json()),
                        content: None,
                    });
                } else if let Ok(edited) = rollcast_values::edit::edit(&text, &[edit]) {
                    text = edited.text;
                }
            }
            if below(3) == 0 {
                text.push_str(TAILS[below(TAILS.len())]);
            }
            if below(3) == 0 {
                request.set.push(rollcast_core::Flag {
                    kind: [rollcast_core::FlagKind::Set, rollcast_core::FlagKind::SetString][below(2)],
                    arg: TRAPS[below(TRAPS.len())].to_owned(),
                    content: None,
                });
            }
            if below(4) == 0 {
                request.baseline = Some(Baseline {
                    chart: Some(releases[below(releases.len())].id.to_owned()),
                    ..Baseline::default()
                });
            }
            request.values.push(ValuesFile {
                name: "values.yaml".to_owned(),
                text,
            });
            request
        })
        .collect()
}

fn effective(request: &Request) -> Value {
    let release = Release::find(&request.chart).unwrap();
    request.effective(release.defaults()).unwrap().values
}

/// The value without what stands at the paths a fix changes.
fn without(value: &Value, fix: &Fix) -> String {
    fn remove(value: &mut Value, steps: &[Step]) {
        match (steps, value) {
            ([Step::Key(key)], Value::Map(map)) => drop(map.remove(key)),
            ([Step::Key(key), rest @ ..], Value::Map(map)) => {
                if let Some(node) = map.get_mut(key) {
                    remove(&mut node.value, rest);
                    // A table that was made for the value alone.
                    if matches!(&node.value, Value::Map(inner) if inner.is_empty()) {
                        map.remove(key);
                    }
                }
            }
            ([Step::Index(index), rest @ ..], Value::List(items)) => {
                if let Some(node) = items.get_mut(*index) {
                    if rest.is_empty() {
                        node.value = Value::Null;
                    } else {
                        remove(&mut node.value, rest);
                    }
                }
            }
            _ => {}
        }
    }
    let mut value = value.clone();
    for change in &fix.changes {
        let arg = format!("{}=", change.path);
        let flag = rollcast_values::Flag {
            kind: rollcast_core::FlagKind::Set,
            arg: &arg,
            content: None,
        };
        let pair = rollcast_values::pairs(&flag).unwrap().remove(0);
        remove(&mut value, &pair.sets.unwrap().path.steps);
    }
    value.to_json()
}

/// The request with a fix applied, in each form it has. It has these effective values, and none but the fix's own change.
fn applied(request: &Request, values: &Value, fix: &Fix) -> Vec<(FixForm, Request)> {
    let mut request = request.clone();
    request.keep_today();
    let request = &request;
    for edit in &fix.edits {
        let old = request
            .values
            .get(edit.file)
            .map_or(String::new(), |file| file.text.clone());
        // Applying the changes gives the text, undoing them the old bytes.
        let mut text = old.clone();
        for change in &edit.changes {
            assert_eq!(&text[change.at..change.at + change.removed.len()], change.removed);
            text.replace_range(change.at..change.at + change.removed.len(), &change.inserted);
        }
        assert_eq!(text, edit.text);
        for change in edit.changes.iter().rev() {
            text.replace_range(change.at..change.at + change.inserted.len(), &change.removed);
        }
        assert_eq!(text, old);
        assert_eq!(comments(&edit.text), comments(&old), "{}", fix.title);
    }
    for edit in &fix.flag_edits {
        // The flag that was given stands in the fix, so that it can be put back, and what takes its place is another.
        let old = request.set.get(edit.flag).expect("a flag");
        assert_eq!(in_shell(&edit.before), [(old.kind, old.arg.clone())]);
        let after: Vec<_> = edit.after.iter().map(|flag| (flag.kind, flag.arg.clone())).collect();
        assert_eq!(in_shell(&edit.line), after);
        assert_ne!(edit.line, edit.before);
    }
    if !fix.flags.is_empty() {
        assert!(fix.flag_line.as_ref().is_some_and(|line| line.starts_with("--set")));
    }
    let forms = fix.in_each_form(request);
    assert_eq!(forms.first().map(|(form, _)| *form), Some(fix.form), "{}", fix.title);
    for (form, edited) in &forms {
        assert_eq!(
            without(&effective(edited), fix),
            without(values, fix),
            "{} {form:?}",
            fix.title
        );
    }
    forms
}

/// The flags of a command line.
fn in_shell(line: &str) -> Vec<(rollcast_core::FlagKind, String)> {
    if line.is_empty() {
        return Vec::new();
    }
    let command = rollcast_values::command_line(line).expect("a command line");
    command.flags.into_iter().map(|flag| (flag.kind, flag.arg)).collect()
}

fn answer(report: Report) -> Option<Box<Answer>> {
    match report.outcome {
        Outcome::Rendered(answer) => Some(answer),
        Outcome::Refused(_) => None,
    }
}

fn open(findings: &[Finding]) -> Vec<(&'static str, Option<&str>)> {
    findings
        .iter()
        .filter(|finding| {
            !matches!(
                finding.state,
                Some(PrerequisiteState::Met | PrerequisiteState::NotApplicable)
            )
        })
        .map(|finding| {
            (
                finding.id,
                finding.evidence.first().map(|evidence| evidence.path.as_str()),
            )
        })
        .collect()
}

#[test]
fn every_fix_does_what_it_says_and_nothing_else() {
    let (mut asked, mut fixes, mut reached) = (0, 0, 0);
    let every = told("EVERY").unwrap_or(12);
    let mut random = Random(told("SEED").unwrap_or(776));
    let drawn = random_requests(300, &mut random);
    let all = requests().into_iter().chain(drawn);
    for request in all.filter(|_| random.below(every) == 0) {
        asked += 1;
        let report = evaluate(&request);
        let change = match &report.change {
            Some(ChangeOutcome::Compared(change)) => Some(change.clone()),
            _ => None,
        };
        let Some(before) = answer(report) else { continue };
        let values = effective(&request);

        for finding in &before.findings {
            for fix in &finding.fixes {
                fixes += 1;
                for (form, edited) in applied(&request, &values, fix) {
                    let after = answer(evaluate_without_fixes(&Request {
                        baseline: None,
                        ..edited
                    }))
                    .expect("renders");
                    let mine = (
                        finding.id,
                        finding.evidence.first().map(|evidence| evidence.path.as_str()),
                    );
                    assert!(
                        !open(&after.findings).contains(&mine),
                        "{mine:?} is still there: {} {form:?}\n{request:#?}",
                        fix.title
                    );
                }
            }
        }
        for goal in &before.goals {
            assert_eq!(
                goal.state == GoalState::Reachable,
                goal.fix.is_some() && goal.state != GoalState::OutOfReach,
                "{}",
                goal.id
            );
            let Some(fix) = &goal.fix else { continue };
            reached += 1;
            for (form, edited) in applied(&request, &values, fix) {
                let after = answer(evaluate(&edited)).expect("renders");
                let state = after
                    .goals
                    .iter()
                    .find(|other| other.id == goal.id)
                    .map(|goal| goal.state);
                if goal.state == GoalState::Reachable {
                    assert_eq!(state, Some(GoalState::Reached), "{} {} {form:?}", goal.id, fix.title);
                }
            }
        }
        let items = change.iter().flat_map(|change| &change.items);
        for (item, fix) in
            items.flat_map(|item| item.ways.iter().filter_map(move |way| Some((item, way.fix.as_ref()?))))
        {
            fixes += 1;
            for (form, edited) in applied(&request, &values, fix) {
                let Some(ChangeOutcome::Compared(after)) = evaluate_without_fixes(&edited).change else {
                    panic!("{}: no change", fix.title);
                };
                let same = |other: &&rollcast_core::ChangeItem| {
                    other.id == item.id
                        && other.kind == item.kind
                        && other.after.first().map(|e| &e.path) == item.after.first().map(|e| &e.path)
                };
                assert!(
                    after.items.iter().find(same).is_none(),
                    "{} is still there: {} {form:?}",
                    item.id,
                    fix.title
                );
            }
        }
    }
    println!("{asked} requests, {fixes} fixes, {reached} goals that a fix reaches");
    assert!(
        fixes > 200 / every && reached > 200 / every,
        "{fixes} fixes, {reached} goals"
    );
}

/// A finding is fixed in one of the examples that show it, or `docs/fixes.md` says why it cannot be.
#[test]
fn every_finding_has_a_fix_or_a_reason() {
    let text = include_str!("../../../docs/fixes.md");
    let (_, table) = text.split_once("## Where none is offered").expect("the heading");
    let mut excused: BTreeSet<&str> = BTreeSet::new();
    for row in table.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.split(" | ").collect();
        assert_eq!(cells.len(), 2, "{row}");
        for id in cells[0].split('`').skip(1).step_by(2) {
            assert!(excused.insert(id), "{id} stands twice");
        }
    }
    for entry in catalogue() {
        let fixed = entry.examples.iter().any(|example| {
            let answer = answer(evaluate(&example.request)).expect("renders");
            let mine = answer.findings.iter().filter(|finding| finding.id == entry.id);
            mine.flat_map(|finding| &finding.fixes).next().is_some()
        });
        let listed = excused.remove(entry.id);
        assert!(
            fixed || listed,
            "{} has no fix in any example, and docs/fixes.md says nothing of it",
            entry.id
        );
        assert!(
            !fixed || !listed,
            "{} has a fix, and docs/fixes.md says that there is none",
            entry.id
        );
    }
    assert!(excused.is_empty(), "no findings: {excused:?}");
}

/// What the page shows first.
#[test]
fn the_goals_of_the_release_it_started_from() {
    let goals = |values: &str| {
        let request = Request {
            values: vec![ValuesFile {
                name: "values.yaml".to_owned(),
                text: values.to_owned(),
            }],
            ..Request::default()
        };
        let answer = answer(evaluate(&request)).unwrap();
        let goals = answer.goals.into_iter();
        goals
            .map(|goal| (goal.id, goal.state, goal.fix.map(|fix| fix.title)))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        goals(""),
        [
            (
                "no-gap",
                GoalState::Reachable,
                Some(
                    "Set `app.allowMultiReplica: true` and set `app.workspaces.accessModes: [\"ReadWriteMany\"]`"
                        .to_owned()
                )
            ),
            ("no-overlap", GoalState::Reached, None),
        ]
    );
    let rolling = "app:\n  allowMultiReplica: true\n  workspaces:\n    enabled: false\n";
    assert_eq!(
        goals(rolling),
        [
            ("no-gap", GoalState::Reached, None),
            (
                "no-overlap",
                GoalState::Reachable,
                Some("Set `app.allowMultiReplica: false`".to_owned())
            ),
        ]
    );
}

#[test]
fn keeping_what_runs() {
    let goal = |from: &str, to: &str, values: &str| {
        let file = vec![ValuesFile {
            name: "values.yaml".to_owned(),
            text: values.to_owned(),
        }];
        let request = Request {
            chart: to.to_owned(),
            values: file,
            baseline: Some(Baseline {
                chart: Some(from.to_owned()),
                ..Baseline::default()
            }),
            ..Request::default()
        };
        let answer = answer(evaluate(&request)).unwrap();
        let keep = answer
            .goals
            .into_iter()
            .find(|goal| goal.id == "keep-what-i-have")
            .unwrap();
        (keep.state, keep.fix.map(|fix| fix.title), keep.why)
    };
    assert_eq!(goal("main-776", "7.1.0", "").0, GoalState::Reached);
    let (state, fix, _) = goal("14.0.0", "main-1838", "ingress: {enabled: false}\n");
    assert_eq!(state, GoalState::Reachable);
    assert!(fix.is_some_and(|title| title.contains("app.strategy.type: RollingUpdate")));
    // The grace period and the hook cannot be said in 7.2.0; the rest can.
    let (state, fix, why) = goal("7.1.0", "7.2.0", "app: {preStopDelaySeconds: 15}\n");
    assert_eq!(state, GoalState::OutOfReach);
    let title = fix.unwrap();
    for part in [
        "ingress.enabled: false",
        "app.workspaces.enabled: true",
        "app.resources.limits.memory: 2Gi",
    ] {
        assert!(title.contains(part), "{title}");
    }
    assert!(
        why.contains("Pods get less time to stop") && why.contains("preStop"),
        "{why}"
    );
}
