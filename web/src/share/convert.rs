//! Between what is entered and what a link carries.

use rollcast_chart::Release;
use rollcast_core::{Cluster, ValuesFile};
use rollcast_share::{Link, Reduced, Side, conceal, reduce};
use rollcast_values::{File, Flag, Given, Map, Value, effective};

use crate::state::{Draft, seconds::Durations};

/// What is entered, whole.
pub(crate) fn whole(draft: &Draft) -> Link {
    Link {
        proposed: Side {
            files: draft
                .tabs
                .iter()
                .map(|tab| ValuesFile {
                    name: tab.name.to_string(),
                    text: tab.text.to_string(),
                })
                .collect(),
            flags: draft.flags.to_string(),
            ..versions(draft)
        },
        ..assumptions(draft)
    }
}

/// What is entered, whole but for what looks like a secret.
pub(crate) fn concealed(draft: &Draft) -> Link {
    let mut link = whole(draft);
    for file in &mut link.proposed.files {
        file.text = conceal(&file.text);
    }
    link.proposed.flags = conceal(&link.proposed.flags);
    link
}

/// What of the entered values decides; `None` where Helm cannot read them, or there is no such chart release.
pub(crate) fn reduced(draft: &Draft) -> Option<Reduced> {
    let release = Release::find(&draft.chart).ok()?;
    let map = given(draft)?;
    Some(reduce(&map, release.defaults(), &|path| release.reads(&path.join("."))))
}

/// The link to what decides.
pub(crate) fn decisive(draft: &Draft, reduced: &Reduced) -> Link {
    let (text, flags) = reduced.overlay();
    let name = match draft.tabs.as_slice() {
        [one] => one.name.to_string(),
        _ => "values.yaml".to_owned(),
    };
    Link {
        proposed: Side {
            files: vec![ValuesFile { name, text }],
            flags: flags.join("\n"),
            ..versions(draft)
        },
        ..assumptions(draft)
    }
}

/// What a link says, to be entered.
pub(crate) fn draft(link: Link) -> Draft {
    let Link {
        proposed,
        cluster,
        confirmed,
        ..
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
    draft.placement = cluster.placement;
    draft.durations = Durations::new(cluster);
    draft.confirmed = confirmed.into_iter().map(Into::into).collect();
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
        cluster,
        confirmed: draft.confirmed.iter().map(ToString::to_string).collect(),
        ..Link::default()
    }
}

/// What Helm is given: files and flags merged, before the defaults come underneath.
fn given(draft: &Draft) -> Option<Map> {
    let request = draft.request();
    let files = request.values.iter().map(|file| File {
        name: &file.name,
        text: &file.text,
    });
    let flags = request.set.iter().map(|flag| Flag {
        kind: flag.kind,
        arg: &flag.arg,
        content: flag.content.as_deref(),
    });
    let given = Given {
        files: &files.collect::<Vec<_>>(),
        flags: &flags.collect::<Vec<_>>(),
        helm: request.helm,
    };
    match effective(&Map::new(), "lobu", &given).ok()?.given {
        Value::Map(map) => Some(map),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use rollcast_core::{Outcome, Placement, evaluate};

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
