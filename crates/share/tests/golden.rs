//! Links as they were once made. A link that somebody keeps must say the same for ever: never change a line here, add one
//! when the format gains something.

use rollcast_core::{Applier, Cluster, HelmLine, LiveClaim, Placement, Seconds, ValuesFile};
use rollcast_share::{Before, Fragment, LONG, Link, Side};

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
        contents: Vec::new(),
        baseline: Some(Before {
            chart: Some("main-776".to_owned()),
            app: Some("9.2.0".to_owned()),
            helm: Some(HelmLine::V3_17),
            files: Some(recipe().proposed.files),
            flags: Some("--set app.replicaCount=1".to_owned()),
            claim: LiveClaim {
                keep: Some(true),
                class: Some("efs-sc".to_owned()),
                ..LiveClaim::default()
            },
        }),
        applier: Some(Applier::Helm3 { force: true }),
        cluster: Cluster {
            boot: Seconds::new(5.0, 20.5, 60.0),
            kubernetes: 33,
            placement: Placement::OtherNode,
            ..Cluster::default()
        },
        confirmed: vec!["telegram-polling".to_owned(), "sse-pod-local".to_owned()],
    }
}

fn file_of_a_flag() -> Link {
    Link {
        proposed: Side {
            flags: "--set-file app.env.CA=certs/ca.crt".to_owned(),
            ..recipe().proposed
        },
        contents: vec![file("certs/ca.crt", "-----BEGIN CERTIFICATE-----\r\n")],
        ..Link::default()
    }
}

/// A fragment of the past and what it says.
fn golden() -> [(&'static str, Link); 4] {
    [
        ("v1=q64FAA", Link::default()),
        ("v1=zdIhEQAAAMLAVvSPhkCCwyzC79ZdKHxd_DVBxAY", recipe()),
        (
            "v1=zZZPCoJAFMavMkyLNiqZoRC47gpBuPDPLEJNUYMgBjpHG2_RBbxQR-h7o5JKQtCmpU99M_O9b977vXUxNx0SfCEMjYKhLOw6Pp4lKbt2IAKI2LO-3_qvF2xXNI-mFmr5Kawgl4Grbexdk6mIDovCTGzpuwELlzMwk6JJ6o5jDza_HoOR6fxRYe2fCvvJ3rNiDjfnmorr_GNK2sVoWXxL59N4IbowjQuNi0vuY-LDPn1EIQcSt6txKZVoAB0FiBWmPF6S2BbJnKGPtanlCCR7ZDRWQEbAoA2_ebPUp_H4HIjiJCoqmmVNKbACL4AnUj1vGw5-KEuBp0hPstBPuCdf",
            everything(),
        ),
        (
            "v1=zZYxCoAwDEWv0gNo3dwcaoiSxUE6ukjwAtXVu_tbERTdXJoxhMB_hJ__5hJNBw_sJKBL2NZKZ6uYKRApUC33Mhji0Usn5Dyn7hTSwnzw1b_wfR3RJfCer8oo10CbhSVZcs2D2H4A",
            file_of_a_flag(),
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
