//! Every recorded answer of the real Helm comes out as recorded.

use rollcast_chart::Release;
use rollcast_parity::{Comparison, KEPT, Recording};
use rollcast_verify::effective_values;

#[test]
fn all_agree() {
    let mut comparison = Comparison::default();
    comparison.add(KEPT);
    assert_eq!(comparison.disagreements, Vec::<String>::new());
    let total = comparison.total();
    assert_eq!((total.agree(), total.cases), (6000, 6000));
    assert_eq!((total.messages, total.refusals), (2012, 2012));
    for release in Release::all() {
        assert_eq!(comparison.releases[release.id].cases, 600, "{}", release.id);
    }
}

#[test]
fn the_decision_is_what_the_template_prints() {
    let mut compared = 0;
    for line in KEPT.lines() {
        let Recording { case, .. } = serde_json::from_str(line).unwrap();
        for release in Release::all() {
            let Ok(effective) = effective_values(&case, release) else {
                continue;
            };
            let Ok(rendered) = release.render(&effective.values) else {
                continue;
            };
            let decision = release.decide(&effective.values);
            assert_eq!(
                decision.strategy, rendered.app.strategy,
                "{} on {}",
                case.id, release.id
            );
            assert_eq!(
                decision.ladder.iter().filter(|rung| rung.fired).count(),
                1,
                "{} on {}",
                case.id,
                release.id
            );
            compared += 1;
        }
    }
    assert_eq!(compared, 3988);
}
