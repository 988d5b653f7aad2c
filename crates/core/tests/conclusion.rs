//! A conclusion is the whole report's, word for word, as far as it goes.

use rollcast_core::{Outcome, Request, ValuesFile, Verdict, VerdictState, catalogue, conclude, evaluate_without_fixes};

fn agree(request: &Request) {
    match (
        conclude(request.values.clone()),
        evaluate_without_fixes(request).outcome,
    ) {
        (Ok(conclusion), Outcome::Rendered(answer)) => {
            let Verdict {
                state,
                headline,
                consequence,
            } = answer.verdict;
            assert_eq!(
                (conclusion.headline, conclusion.consequence),
                (headline, consequence),
                "{request:?}"
            );
            match conclusion.state {
                Some(decided) => assert_eq!(decided, state, "{request:?}"),
                None => assert!(
                    matches!(
                        state,
                        VerdictState::Safe | VerdictState::NeedsConfirmation | VerdictState::Unsafe
                    ),
                    "{state:?}: {request:?}"
                ),
            }
            let worst = answer.outlooks.into_iter().next().map(|outlook| outlook.forecast);
            assert_eq!(conclusion.forecast, worst, "{request:?}");
        }
        (Err(failure), Outcome::Refused(refused)) => assert_eq!(failure, refused, "{request:?}"),
        (conclusion, outcome) => panic!("{conclusion:?} and {outcome:?}: {request:?}"),
    }
}

#[test]
fn every_example_has_the_same_verdict_either_way() {
    let entries = catalogue();
    let examples = entries.iter().flat_map(|entry| &entry.examples);
    let about_files = |request: &&Request| {
        **request
            == Request {
                values: request.values.clone(),
                ..Request::default()
            }
    };
    let mut agreed = 0;
    for request in examples.map(|example| &example.request).filter(about_files) {
        agree(request);
        agreed += 1;
    }
    assert!(agreed > 30, "{agreed}");
}

#[test]
fn a_refusal_is_the_same_either_way() {
    for text in [
        "app: [",
        "app: {replicaCount: {}}\n",
        "app:\n  workspaces: 3\n",
        "worker: {replicaCount: 2}\n",
    ] {
        agree(&Request {
            values: vec![ValuesFile {
                name: "values.yaml".to_owned(),
                text: text.to_owned(),
            }],
            ..Request::default()
        });
    }
}
