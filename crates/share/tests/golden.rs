//! Links as they were once made. A link that somebody keeps must say the same for ever: never change a line here, add one
//! when the format gains something.

use rollcast_core::{Cluster, HelmLine, Placement, Seconds, ValuesFile};
use rollcast_share::{Fragment, LONG, Link, Side};

fn file(name: &str, text: &str) -> ValuesFile {
    ValuesFile {
        name: name.to_owned(),
        text: text.to_owned(),
    }
}

const RECIPE: &str = "app:
  allowMultiReplica: true
  preStopDelaySeconds: 15
  replicaCount: 2
  terminationGracePeriodSeconds: 60
  workspaces:
    accessModes:
    - ReadWriteMany
    storageClass: efs-sc
";

fn recipe() -> Link {
    Link {
        proposed: Side {
            chart: "7.1.0".to_owned(),
            files: vec![file("values.yaml", RECIPE)],
            ..Side::default()
        },
        ..Link::default()
    }
}

fn everything() -> Link {
    Link {
        proposed: Side {
            chart: "14.0.0".to_owned(),
            app: Some("9.3.0".to_owned()),
            helm: HelmLine::V4,
            files: vec![
                file("base.yaml", "app: {replicaCount: 3}\n"),
                file("prod 🚀.yaml", "# Größe\n"),
            ],
            flags: "--set app.env.X=1 --set-string 'a=b c'".to_owned(),
        },
        baseline: Some(recipe().proposed),
        cluster: Cluster {
            boot: Seconds::new(5.0, 20.5, 60.0),
            placement: Placement::OtherNode,
            ..Cluster::default()
        },
        confirmed: vec!["telegram-polling".to_owned(), "sse-pod-local".to_owned()],
    }
}

/// A fragment of the past and what it says.
fn golden() -> [(&'static str, Link); 3] {
    [
        ("v1=q64FAA", Link::default()),
        ("v1=zdIhEQAAAMLAVvSPhkCCwyzC79ZdKHxd_DVBxAY", recipe()),
        (
            "v1=vZY7CoRAEESv0uwGJjvDDruYGe8VFsTAX6YoaiaC5zDxFl7AC3kEa_zgBxVBMJxh6KGruqk36SK-AxKcEEZGwVwWSpftfTJZ_aVLAnCoKYt8fP2kX1RXdel2369hBbU4Vpv_NUHdDcOIYphIMTWLbGUXZsQhzNztnHrJua357c1aYNkIYPwNAANaqXDPOM1QCdIWaeyzsF9XqBTHLk4O8wLb9B5G1gI",
            everything(),
        ),
    ]
}

#[test]
fn links_of_the_past_are_read() {
    for (fragment, link) in golden() {
        assert_eq!(Fragment::read(fragment).link, Some(Ok(link)), "{fragment}");
    }
}

#[test]
fn links_come_back() {
    for (_, link) in golden() {
        let fragment = Fragment::write(&link).unwrap();
        assert_eq!(Fragment::read(&fragment).link, Some(Ok(link)), "{fragment}");
    }
}

#[test]
fn what_operators_write_fits_into_a_chat() {
    let length = |link: &Link| Fragment::write(link).unwrap().len();
    assert!(length(&recipe()) < 120, "{}", length(&recipe()));
    assert!(length(&everything()) < 400, "{}", length(&everything()));
    let mut long = recipe();
    long.proposed.files[0].text = (0..300).map(|line| format!("key{line}: value{line}\n")).collect();
    assert!(length(&long) < LONG, "{}", length(&long));
}
