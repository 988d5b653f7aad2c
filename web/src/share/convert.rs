//! Between what is entered and what a link carries.

use rollcast_chart::Release;
use rollcast_core::{Cluster, Request, Reuse, ValuesFile};
use rollcast_share::{Before, Link, Reduced, Side, conceal, reduce};
use rollcast_values::{Map, Value};

use crate::state::{Draft, Today, flags, seconds::Durations};

/// What is entered, whole.
pub(crate) fn whole(draft: &Draft) -> Link {
    Link {
        proposed: Side {
            files: draft.files(),
            flags: draft.flags.to_string(),
            ..versions(draft)
        },
        contents: contents(draft),
        ..assumptions(draft)
    }
}

/// The files whose contents a flag of either side needs.
fn contents(draft: &Draft) -> Vec<ValuesFile> {
    let today = draft.today.as_ref().map(|today| today.flags.as_str());
    let fields = [Some(draft.flags.as_str()), today].into_iter().flatten();
    let commands = fields.filter_map(|field| flags::read(field).ok());
    let needed: Vec<String> = commands.flat_map(|command| flags::needed(&command)).collect();
    let named = draft
        .contents
        .iter()
        .filter(|(path, _)| needed.iter().any(|needed| path == needed));
    named
        .map(|(path, text)| ValuesFile {
            name: path.to_string(),
            text: text.to_string(),
        })
        .collect()
}

/// What is entered, whole but for what looks like a secret.
pub(crate) fn concealed(draft: &Draft) -> Link {
    let mut link = whole(draft);
    conceal_all(&mut link.proposed.files, Some(&mut link.proposed.flags));
    conceal_all(&mut link.contents, None);
    if let Some(before) = &mut link.baseline {
        conceal_all(before.files.iter_mut().flatten(), before.flags.as_mut());
    }
    link
}

fn conceal_all<'f>(files: impl IntoIterator<Item = &'f mut ValuesFile>, flags: Option<&mut String>) {
    for file in files {
        file.text = conceal(&file.text);
    }
    if let Some(flags) = flags {
        *flags = conceal(flags);
    }
}

/// What of the entered values decides; `None` where Helm cannot read them, or there is no such chart release.
pub(crate) fn reduced(draft: &Draft) -> Option<Reduced> {
    let request = draft.request();
    of(&request, heir(&request))
}

/// The release of an upgrade that takes values over.
fn heir(request: &Request) -> Option<&'static Release> {
    request.takes_over().and(Release::find(&request.chart).ok())
}

/// What a side's values decide. Where an upgrade takes them over to its release, that reads them as well, and what equals a
/// default stays: it is not known which come underneath.
fn of(request: &Request, heir: Option<&'static Release>) -> Option<Reduced> {
    let release = Release::find(&request.chart).ok()?;
    // What Helm is given, before the defaults come underneath.
    let Value::Map(map) = request.effective(&Map::new()).ok()?.given else {
        return None;
    };
    let none = Map::new();
    let defaults = if heir.is_some() { &none } else { release.defaults() };
    let readers = [Some(release), heir];
    let reads = |path: &[&str]| readers.iter().flatten().any(|reader| reader.reads(&path.join(".")));
    Some(reduce(&map, defaults, &reads))
}

/// The link to what decides, today as well; today's secrets are masked, and what Helm cannot read of it is left out.
pub(crate) fn decisive(draft: &Draft, reduced: &Reduced) -> Link {
    let (text, flags) = reduced.overlay();
    let name = match draft.tabs.as_slice() {
        [one] => one.name.to_string(),
        _ => "values.yaml".to_owned(),
    };
    Link {
        proposed: Side {
            files: vec![ValuesFile { name, text }],
            flags: taking_over(draft)
                .into_iter()
                .chain(flags)
                .collect::<Vec<_>>()
                .join("\n"),
            ..versions(draft)
        },
        baseline: draft.today.as_ref().and_then(|today| decisive_before(draft, today)),
        ..assumptions(draft)
    }
}

fn decisive_before(draft: &Draft, today: &Today) -> Option<Before> {
    let mut before = before(today);
    if let Some(files) = &mut before.files {
        let mut request = draft.request();
        request.keep_today();
        let heir = heir(&request);
        let baseline = request.baseline?;
        let mut reduced = of(
            &Request {
                chart: baseline.chart.unwrap_or_default(),
                values: baseline.values.unwrap_or_default(),
                set: baseline.set.unwrap_or_default(),
                helm: baseline.helm.unwrap_or_default(),
                ..Request::default()
            },
            heir,
        )?;
        reduced.mask();
        let (text, flags) = reduced.overlay();
        *files = vec![ValuesFile {
            name: Today::FILE.to_owned(),
            text,
        }];
        before.flags = Some(flags.join("\n"));
    }
    Some(before)
}

/// The option that takes over what the draft takes over.
fn taking_over(draft: &Draft) -> Option<String> {
    let option = match draft.request().takes_over()? {
        Reuse::ReuseValues => "--reuse-values",
        // The latter takes over where nothing is set, and here it is so.
        Reuse::ResetThenReuseValues | Reuse::IfNothingIsSet => "--reset-then-reuse-values",
    };
    Some(option.to_owned())
}

/// What a link says, to be entered.
pub(crate) fn draft(link: Link) -> Draft {
    let Link {
        proposed,
        contents,
        baseline,
        applier,
        cluster,
        confirmed,
    } = link;
    let mut draft = Draft::new(String::new());
    if !proposed.chart.is_empty() {
        draft.chart = proposed.chart.into();
    }
    draft.app = proposed.app.unwrap_or_default().into();
    draft.helm = proposed.helm;
    draft.open(proposed.files.into_iter().map(|file| (file.name, file.text)).collect());
    if let Some(first) = draft.tabs.first() {
        draft.front = first.id;
    }
    draft.flags = proposed.flags.into();
    draft.contents = contents
        .into_iter()
        .map(|file| (file.name.into(), file.text.into()))
        .collect();
    draft.placement = cluster.placement;
    draft.durations = Durations::new(cluster);
    draft.confirmed = confirmed.into_iter().map(Into::into).collect();
    draft.today = baseline.map(|before| Today {
        chart: before.chart.map_or_else(|| draft.chart.clone(), Into::into),
        app: before.app.unwrap_or_default().into(),
        helm: before.helm,
        files: before.files.or_else(|| before.flags.is_some().then(Vec::new)),
        flags: before.flags.unwrap_or_default().into(),
        claim: before.claim,
    });
    draft.applier = applier;
    draft
}

fn versions(draft: &Draft) -> Side {
    Side {
        chart: draft.chart.to_string(),
        app: Some(draft.app.to_string()).filter(|app| !app.is_empty()),
        helm: draft.helm,
        ..Side::default()
    }
}

fn assumptions(draft: &Draft) -> Link {
    let mut cluster = Cluster {
        placement: draft.placement,
        ..Cluster::default()
    };
    draft.durations.write(&mut cluster);
    Link {
        baseline: draft.today.as_ref().map(before),
        applier: draft.applier,
        cluster,
        confirmed: draft.confirmed.iter().map(ToString::to_string).collect(),
        ..Link::default()
    }
}

fn before(today: &Today) -> Before {
    let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Before {
        chart: filled(&today.chart),
        app: filled(&today.app),
        helm: today.helm,
        files: today.files.clone(),
        flags: today.files.is_some().then(|| today.flags.to_string()),
        claim: today.claim.clone(),
    }
}

#[cfg(test)]
mod tests {
    use rollcast_core::{Applier, ChangeOutcome, HelmLine, LiveClaim, Outcome, Placement, ReclaimPolicy, evaluate};

    use super::*;

    fn entered() -> Draft {
        let mut draft = Draft::new(
            "# ours\napp:\n  replicaCount: 2\n  allowMultiReplica: true\n  preStopDelaySeconds: 0\n  env: {API_TOKEN: hush}\nmine: {a: 1}\n"
                .to_owned(),
        );
        draft.add(
            "prod.yaml",
            "app: {workspaces: {accessModes: [ReadWriteMany]}}\n".to_owned(),
        );
        draft.flags = "--set app.terminationGracePeriodSeconds=60".into();
        draft.placement = Placement::SameNode;
        draft.confirmed = vec!["telegram-polling".into()];
        draft
    }

    #[test]
    fn a_whole_link_brings_back_what_was_entered() {
        let draft_back = draft(whole(&entered()));
        assert_eq!(draft_back.request(), entered().request());
        assert_eq!(draft_back.front, draft_back.tabs[0].id);
    }

    #[test]
    fn a_whole_link_brings_the_files_that_flags_name_and_no_others() {
        let mut entered = entered();
        entered.flags = "--set-file app.env.CA=certs/ca.crt".into();
        entered.today = Some(Today {
            chart: "7.0.0".into(),
            files: Some(Vec::new()),
            flags: "--set-file app.env.URL=old.txt".into(),
            ..Today::default()
        });
        let url = "postgres://app:hush@db/app";
        entered.supply("certs/ca.crt".into(), "one\r\n".into());
        entered.supply("old.txt".into(), url.into());
        let request = entered.request();
        entered.supply("of-a-flag-that-is-gone.txt".into(), "two".into());
        let link = whole(&entered);
        assert_eq!(link.contents.len(), 2);
        assert_eq!(draft(link).request(), request);
        let said = format!("{:?}", concealed(&entered).contents);
        assert!(!said.contains("hush") && said.contains("db/app"), "{said}");
    }

    #[test]
    fn a_link_carries_what_runs_today_and_no_secret_of_it() {
        let own = Today {
            chart: "7.0.0".into(),
            app: "11.0.0".into(),
            helm: Some(HelmLine::V3_20),
            files: Some(vec![ValuesFile {
                name: Today::FILE.to_owned(),
                text: "app: {replicaCount: 3, env: {API_TOKEN: hush}}\n".to_owned(),
            }]),
            flags: "--set app.env.PASSWORD=hush".into(),
            claim: LiveClaim::default(),
        };
        let same = Today {
            chart: "7.0.0".into(),
            claim: LiveClaim {
                keep: Some(false),
                reclaim: Some(ReclaimPolicy::Retain),
                expandable: Some(true),
                class: Some("nfs".to_owned()),
            },
            ..Today::default()
        };
        for today in [same, own] {
            let mut entered = entered();
            entered.today = Some(today);
            entered.applier = Some(Applier::Flux { force: false });
            let draft_back = draft(whole(&entered));
            assert_eq!(draft_back.today, entered.today);
            assert_eq!(draft_back.request(), entered.request());
            let link = decisive(&entered, &reduced(&entered).unwrap());
            assert_eq!(link.applier, entered.applier);
            let said = format!("{:?}", link.baseline.as_ref().expect("a baseline"));
            assert!(!said.contains("hush"), "{said}");
            let change = |draft: &Draft| {
                evaluate(&draft.request()).change.map(|change| match change {
                    ChangeOutcome::Compared(change) => change.items.into_iter().map(|item| item.id).collect::<Vec<_>>(),
                    ChangeOutcome::Refused(failure) => panic!("{failure:?}"),
                })
            };
            assert_eq!(change(&draft(link)), change(&entered));
        }
    }

    #[test]
    fn a_decisive_link_takes_over_what_the_draft_does() {
        let rendered = |draft: &Draft| match evaluate(&draft.request()).outcome {
            Outcome::Rendered(answer) => (answer.rendered, answer.verdict),
            Outcome::Refused(failure) => panic!("{failure:?}"),
        };
        let mut draft = Draft::new("app: {workspaces: {accessModes: [ReadWriteMany]}}\n".to_owned());
        draft.today = Some(Today {
            chart: "7.0.0".into(),
            files: Some(vec![ValuesFile {
                name: Today::FILE.to_owned(),
                // The first is a default of today's chart, the second nothing that it reads.
                text: "app: {replicaCount: 1, allowMultiReplica: true}\nmine: {a: 1}\n".to_owned(),
            }]),
            ..Today::default()
        });
        for (command, carried) in [
            ("helm upgrade lobu lobu --reuse-values", "--reuse-values"),
            (
                "--reset-then-reuse-values --set app.replicaCount=2",
                "--reset-then-reuse-values",
            ),
            ("helm upgrade lobu lobu", ""),
        ] {
            draft.flags = command.into();
            let link = decisive(&draft, &reduced(&draft).unwrap());
            assert_eq!(link.proposed.flags, carried, "{command}");
            let back = super::draft(link);
            assert_eq!(rendered(&back), rendered(&draft), "{command}");
            let today = &back.today.unwrap().files.unwrap()[0].text;
            for key in ["replicaCount", "allowMultiReplica"] {
                assert_eq!(today.contains(key), !carried.is_empty(), "{today}");
            }
            assert!(!today.contains("mine"), "{today}");
        }
        // Nothing is set, so that it is taken over.
        let mut empty = Draft::new(String::new());
        empty.today = draft.today;
        empty.flags = "helm upgrade lobu lobu".into();
        let link = decisive(&empty, &reduced(&empty).unwrap());
        assert_eq!(link.proposed.flags, "--reset-then-reuse-values");
    }

    #[test]
    fn what_looks_like_a_secret_of_today_stays_here() {
        let mut draft = entered();
        let url = "postgres://app:hush@db/app";
        draft.today = Some(Today {
            files: Some(vec![ValuesFile {
                name: Today::FILE.to_owned(),
                text: format!("app: {{env: {{DATABASE_URL: \"{url}\"}}}}\n"),
            }]),
            flags: format!("--set app.env.OTHER={url}").into(),
            ..Today::default()
        });
        let said = format!("{:?}", concealed(&draft).baseline);
        assert!(!said.contains("hush") && said.contains("db/app"), "{said}");
    }

    #[test]
    fn a_decisive_link_keeps_the_answer_and_says_what_it_left_out() {
        let mut reduced = reduced(&entered()).unwrap();
        assert_eq!(reduced.left_out, ["mine"]);
        let before = evaluate(&entered().request());
        let after = evaluate(&draft(decisive(&entered(), &reduced)).request());
        let state = |outcome: &Outcome| match outcome {
            Outcome::Rendered(answer) => answer.verdict.clone(),
            Outcome::Refused(failure) => panic!("{failure:?}"),
        };
        assert_eq!(state(&after.outcome), state(&before.outcome));
        assert_eq!(reduced.mask(), ["app.env.API_TOKEN"]);
        let link = decisive(&entered(), &reduced);
        assert!(!link.proposed.files[0].text.contains("hush"));
        assert!(!link.proposed.files[0].text.contains("preStopDelaySeconds"));
    }

    #[test]
    fn what_helm_cannot_read_cannot_be_reduced() {
        let broken = Draft::new("a: [".to_owned());
        assert_eq!(reduced(&broken), None);
        assert_eq!(concealed(&broken).proposed.files[0].text, "a: [");
    }
}
