use rollcast_core::{ValuesFile, VerdictState, evaluate};

use super::*;
use crate::scenarios::ALL;

const RECIPE: &str = "app:\n  replicaCount: 2\n  allowMultiReplica: true\n  preStopDelaySeconds: 15\n  workspaces:\n    accessModes: [ReadWriteMany]\n    storageClass: nfs\n";

fn state(text: &str) -> State {
    State::new(text.to_owned())
}

fn edit(state: &mut State, text: &str) {
    let id = state.draft.front;
    state.apply(Action::Edit {
        id,
        text: text.to_owned().into(),
    });
}

fn answer(state: &State) -> &rollcast_core::Answer {
    match &state.good.as_ref().expect("an answer").outcome {
        Outcome::Rendered(answer) => answer,
        Outcome::Refused(failure) => panic!("refused: {failure:?}"),
    }
}

fn selected(state: &State) -> &str {
    match &state.aim.as_ref().expect("an aim").target {
        Target::File { id, bytes } => {
            let tab = state.draft.tabs.iter().find(|tab| tab.id == *id).expect("a tab");
            &tab.text[bytes.clone()]
        }
        Target::Flags { bytes } => &state.draft.flags[bytes.clone()],
    }
}

#[test]
fn the_page_starts_with_the_answer_about_the_defaults() {
    let state = state("");
    assert_eq!(answer(&state).verdict.state, VerdictState::Outage);
    assert_eq!(state.failure, None);
}

#[test]
fn an_edit_is_answered_at_once() {
    let mut state = state("");
    edit(&mut state, RECIPE);
    assert_eq!(
        answer(&state).verdict.headline,
        "RollingUpdate, maxSurge 1, maxUnavailable 0"
    );
}

#[test]
fn fixes_belong_to_the_text_they_were_looked_for_in() {
    let mut state = state("");
    let draft = Box::new(state.draft.clone());
    let report = Box::new(evaluate(&draft.request()));
    let searched = || Action::Searched {
        draft: draft.clone(),
        report: report.clone(),
    };
    let has_fixes = |state: &State| answer(state).findings.iter().any(|finding| !finding.fixes.is_empty());
    assert!(!has_fixes(&state));
    state.apply(searched());
    assert!(has_fixes(&state));
    edit(&mut state, RECIPE);
    let good = state.good.clone();
    state.apply(searched());
    assert_eq!(state.good, good, "these are about an earlier text");
}

#[test]
fn a_broken_text_leaves_the_last_good_answer() {
    let mut state = state(RECIPE);
    let good = state.good.clone();
    edit(&mut state, &format!("{RECIPE}  broken: [1\n"));
    let failure = state.failure.clone().expect("a failure");
    assert!(failure.helm.is_some());
    assert_eq!(state.good, good);
    edit(&mut state, RECIPE);
    assert_eq!(state.failure, None);
    assert_eq!(
        state.good, good,
        "the same answer is the very same, so that nothing is drawn anew"
    );
}

#[test]
fn an_error_is_shown_in_the_text() {
    let mut state = state("app: {\n");
    let location = state.failure.as_ref().and_then(|failure| failure.location.clone());
    state.apply(Action::Locate(location.expect("a location")));
    assert!(matches!(state.aim, Some(Aim { target: Target::File { id, .. }, .. }) if id == state.draft.front));
}

#[test]
fn origins_lead_into_the_right_file_and_to_the_right_flag() {
    let mut state = state("app:\n  replicaCount: 1\n");
    state.apply(Action::Open(vec![("prod.yaml".to_owned(), RECIPE.to_owned())]));
    let first = state.draft.tabs[0].id;
    state.apply(Action::Front(first));
    let origin = |state: &State, path: &str| {
        let ladder = &answer(state).decision.ladder;
        let mut conditions = ladder.iter().flat_map(|rung| &rung.conditions);
        let condition = conditions
            .find(|condition| condition.path == path)
            .expect("a condition");
        condition.origin.clone().expect("an origin")
    };
    let source = origin(&state, "app.allowMultiReplica");
    state.apply(Action::Origin(source));
    assert_eq!(selected(&state), "true");
    assert_eq!(state.draft.front, state.draft.tabs[1].id);

    state.apply(Action::Flags("--set a=b --set app.allowMultiReplica=false".into()));
    let source = origin(&state, "app.allowMultiReplica");
    let before = state.aim.as_ref().map(|aim| aim.number);
    state.apply(Action::Origin(source.clone()));
    assert_eq!(selected(&state), "app.allowMultiReplica=false");
    state.apply(Action::Origin(source));
    assert!(
        state.aim.as_ref().map(|aim| aim.number) > before,
        "the same order can be given twice"
    );
}

#[test]
fn later_files_win() {
    let mut state = state("app:\n  replicaCount: 1\n");
    state.apply(Action::Open(vec![(
        "more.yaml".to_owned(),
        "app:\n  replicaCount: 3\n".to_owned(),
    )]));
    assert_eq!(answer(&state).rendered.app.replicas, "3");
    let last = state.draft.tabs[1].id;
    state.apply(Action::Close(last));
    assert_eq!(answer(&state).rendered.app.replicas, "1");
    state.apply(Action::Restore);
    assert_eq!(answer(&state).rendered.app.replicas, "3");
}

#[test]
fn what_is_confirmed_is_part_of_the_question() {
    let mut state = state(RECIPE);
    let open = |state: &State| {
        let findings = answer(state).findings.iter();
        findings
            .filter(|finding| finding.state == Some(rollcast_core::PrerequisiteState::Confirm))
            .map(|finding| finding.id)
            .collect::<Vec<_>>()
    };
    let before = open(&state);
    assert!(!before.is_empty());
    state.apply(Action::Confirm {
        id: before[0].into(),
        yes: true,
    });
    assert_eq!(open(&state), before[1..]);
    state.apply(Action::Confirm {
        id: before[0].into(),
        yes: false,
    });
    assert_eq!(open(&state), before);
}

#[test]
fn seconds_change_the_forecast() {
    let mut state = state(RECIPE);
    let complete = |state: &State| answer(state).outlooks[0].forecast.likely.complete;
    let before = complete(&state);
    for figure in [Figure::Latest, Figure::Likely] {
        state.apply(Action::Seconds(Assumption::Boot, figure, "45".into()));
    }
    assert!(complete(&state) > before);
    state.apply(Action::DefaultSeconds);
    assert_eq!(complete(&state), before);
}

#[test]
fn loading_and_clearing_can_be_taken_back() {
    let mut state = state("mine: 1\n");
    state.apply(Action::Load(&ALL[0]));
    assert_ne!(state.draft.tabs[0].text, "mine: 1\n");
    state.apply(Action::Restore);
    assert_eq!(state.draft.tabs[0].text, "mine: 1\n");
    state.apply(Action::Clear);
    assert_eq!(state.draft.tabs[0].text, "");
    state.apply(Action::Restore);
    assert_eq!(state.draft.tabs[0].text, "mine: 1\n");
}

#[test]
fn every_scenario_has_an_answer_or_a_refusal_that_helps() {
    for scenario in ALL {
        let mut state = state("");
        state.apply(Action::Load(scenario));
        if let Some(failure) = &state.failure {
            assert!(
                failure.helm.is_some() && !failure.action.is_empty(),
                "{}",
                scenario.title
            );
        }
    }
}

#[test]
fn no_name_is_empty_and_no_action_on_what_is_gone_does_harm() {
    let mut state = state("a: 1\n");
    let id = state.draft.front;
    state.apply(Action::Rename { id, name: "  ".into() });
    assert_eq!(state.draft.tabs[0].name, "values.yaml");
    state.apply(Action::Rename {
        id,
        name: " prod.yaml ".into(),
    });
    assert_eq!(state.draft.tabs[0].name, "prod.yaml");
    let before = state.clone();
    for action in [
        Action::Front(99),
        Action::Close(99),
        Action::Edit {
            id: 99,
            text: "x".into(),
        },
        Action::Restore,
        Action::Open(Vec::new()),
        Action::Origin(Source::Default { line: 1 }),
    ] {
        state.apply(action);
    }
    assert_eq!(state, before);
}

#[test]
fn what_runs_today_is_compared_with() {
    let mut state = state("");
    let change = |state: &State| state.good.as_ref().and_then(|report| report.change.clone());
    assert_eq!(change(&state), None);
    state.apply(Action::Chart("7.2.0".into()));
    state.apply(Action::Today(Some(Today {
        chart: "7.1.0".into(),
        ..Today::default()
    })));
    let same_values = change(&state).expect("a change");
    state.apply(Action::Today(Some(Today {
        chart: "7.1.0".into(),
        files: Some(vec![ValuesFile {
            name: Today::FILE.to_owned(),
            text: "app:\n  allowMultiReplica: true\n".to_owned(),
        }]),
        ..Today::default()
    })));
    assert_ne!(change(&state), Some(same_values));
    state.apply(Action::Today(None));
    assert_eq!(change(&state), None);
}
