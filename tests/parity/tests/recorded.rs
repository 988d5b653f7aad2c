//! Every recorded answer of the real Helm comes out as recorded.

use rollcast_chart::Release;
use rollcast_parity::{Comparison, KEPT};

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
