//! The Lobu charts themselves, where they are at hand: `ROLLCAST_CHARTS` names a folder with a chart folder for each
//! release, by its id. Needs a Helm 3, as `ROLLCAST_HELM` or on the search path.

use std::path::PathBuf;

use rollcast_chart::Release;
use rollcast_verify::{Chart, Helm, built_in_cases, verify};

#[test]
fn every_release_agrees_with_its_chart() {
    let Some(charts) = std::env::var_os("ROLLCAST_CHARTS").map(PathBuf::from) else {
        eprintln!("SKIPPED, nothing was verified: ROLLCAST_CHARTS names no folder with the Lobu charts");
        return;
    };
    let helm = Helm::find(std::env::var_os("ROLLCAST_HELM").unwrap_or_else(|| "helm".into())).unwrap();
    let cases = built_in_cases();
    for release in Release::all() {
        let chart = Chart::open(&charts.join(release.id)).unwrap();
        assert_eq!(chart.drifts()[0].release.id, release.id);
        assert_eq!(chart.version, release.label);
        let verification = verify(&helm, &chart, release, &cases).unwrap();
        assert!(
            verification.agrees() && verification.defaults.is_empty(),
            "{verification}"
        );
        eprintln!("{verification}");
    }
}
