//! Version 1 of what a link says: JSON, of which a reader takes what it knows.

use rollcast_core::{Applier, Cluster, HelmLine, LiveClaim, Placement, Seconds, ValuesFile};
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};

use crate::error::LinkError;
use crate::link::{Before, Link, Side};

/// More files than this are not opened.
const FILES: usize = 20;

#[derive(Serialize, Deserialize)]
struct Payload {
    #[serde(flatten)]
    proposed: SidePayload,
    #[serde(default, deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    baseline: Option<BeforePayload>,
    #[serde(default, deserialize_with = "lenient", skip_serializing_if = "is_default")]
    applier: Option<Applier>,
    #[serde(default, deserialize_with = "lenient", skip_serializing_if = "is_default")]
    cluster: ClusterPayload,
    #[serde(default, deserialize_with = "lenient", skip_serializing_if = "is_default")]
    confirmed: Vec<String>,
}

#[derive(Default, Serialize, Deserialize)]
struct SidePayload {
    #[serde(default, deserialize_with = "lenient", skip_serializing_if = "is_default")]
    chart: String,
    #[serde(default, deserialize_with = "lenient", skip_serializing_if = "is_default")]
    app: Option<String>,
    #[serde(default, deserialize_with = "lenient", skip_serializing_if = "is_default")]
    helm: HelmLine,
    /// Names and texts.
    #[serde(default, deserialize_with = "lenient", skip_serializing_if = "is_default")]
    files: Vec<(String, String)>,
    #[serde(default, deserialize_with = "lenient", skip_serializing_if = "is_default")]
    flags: String,
}

#[derive(Serialize, Deserialize)]
struct BeforePayload {
    #[serde(default, deserialize_with = "lenient", skip_serializing_if = "is_default")]
    chart: Option<String>,
    #[serde(default, deserialize_with = "lenient", skip_serializing_if = "is_default")]
    app: Option<String>,
    #[serde(default, deserialize_with = "lenient", skip_serializing_if = "is_default")]
    helm: Option<HelmLine>,
    /// Names and texts.
    #[serde(default, deserialize_with = "lenient", skip_serializing_if = "is_default")]
    files: Option<Vec<(String, String)>>,
    #[serde(default, deserialize_with = "lenient", skip_serializing_if = "is_default")]
    flags: Option<String>,
    #[serde(default, deserialize_with = "lenient", skip_serializing_if = "is_default")]
    claim: LiveClaim,
}

/// What differs from the default assumptions; seconds at best, usually, at worst.
#[derive(Default, PartialEq, Serialize, Deserialize)]
struct ClusterPayload {
    #[serde(default, deserialize_with = "lenient", skip_serializing_if = "is_default")]
    scheduling: Option<[f64; 3]>,
    #[serde(default, deserialize_with = "lenient", skip_serializing_if = "is_default")]
    boot: Option<[f64; 3]>,
    #[serde(default, deserialize_with = "lenient", skip_serializing_if = "is_default")]
    shutdown: Option<[f64; 3]>,
    #[serde(default, deserialize_with = "lenient", skip_serializing_if = "is_default")]
    propagation: Option<[f64; 3]>,
    #[serde(default, deserialize_with = "lenient", skip_serializing_if = "is_default")]
    reattach: Option<[f64; 3]>,
    #[serde(default, deserialize_with = "lenient", skip_serializing_if = "is_default")]
    placement: Placement,
    #[serde(default, deserialize_with = "lenient", skip_serializing_if = "is_default")]
    kubernetes: Option<u32>,
}

/// A field's default where its content makes no sense, so that one strange field does not cost the others.
fn lenient<'de, T: DeserializeOwned + Default, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).unwrap_or_default())
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

pub(crate) fn write(link: &Link) -> String {
    let payload = Payload {
        proposed: SidePayload::of(&link.proposed),
        baseline: link.baseline.as_ref().map(BeforePayload::of),
        applier: link.applier,
        cluster: ClusterPayload::of(&link.cluster),
        confirmed: link.confirmed.clone(),
    };
    // Texts and numbers can always be written; seconds that are no numbers become null and are read as the usual ones.
    serde_json::to_string(&payload).unwrap_or_default()
}

pub(crate) fn read(bytes: &[u8]) -> Result<Link, LinkError> {
    let payload: Payload = serde_json::from_slice(bytes).map_err(|_| LinkError::Damaged)?;
    Ok(Link {
        proposed: payload.proposed.into_side(),
        baseline: payload.baseline.map(BeforePayload::into_before),
        applier: payload.applier,
        cluster: payload.cluster.into_cluster(),
        confirmed: payload.confirmed,
    })
}

impl SidePayload {
    fn of(side: &Side) -> Self {
        Self {
            chart: side.chart.clone(),
            app: side.app.clone(),
            helm: side.helm,
            files: pairs(&side.files),
            flags: side.flags.clone(),
        }
    }

    fn into_side(self) -> Side {
        Side {
            chart: self.chart,
            app: self.app,
            helm: self.helm,
            files: files(self.files),
            flags: self.flags,
        }
    }
}

impl BeforePayload {
    fn of(before: &Before) -> Self {
        Self {
            chart: before.chart.clone(),
            app: before.app.clone(),
            helm: before.helm,
            files: before.files.as_deref().map(pairs),
            flags: before.flags.clone(),
            claim: before.claim.clone(),
        }
    }

    fn into_before(self) -> Before {
        Before {
            chart: self.chart,
            app: self.app,
            helm: self.helm,
            files: self.files.map(files),
            flags: self.flags,
            claim: self.claim,
        }
    }
}

fn pairs(files: &[ValuesFile]) -> Vec<(String, String)> {
    files
        .iter()
        .map(|file| (file.name.clone(), file.text.clone()))
        .collect()
}

fn files(pairs: Vec<(String, String)>) -> Vec<ValuesFile> {
    let pairs = pairs.into_iter().take(FILES);
    pairs.map(|(name, text)| ValuesFile { name, text }).collect()
}

impl ClusterPayload {
    fn of(cluster: &Cluster) -> Self {
        let usual = Cluster::default();
        let differing = |seconds: Seconds, usual: Seconds| {
            (seconds != usual).then_some([seconds.earliest, seconds.likely, seconds.latest])
        };
        Self {
            scheduling: differing(cluster.scheduling, usual.scheduling),
            boot: differing(cluster.boot, usual.boot),
            shutdown: differing(cluster.shutdown, usual.shutdown),
            propagation: differing(cluster.propagation, usual.propagation),
            reattach: differing(cluster.reattach, usual.reattach),
            placement: cluster.placement,
            kubernetes: (cluster.kubernetes != usual.kubernetes).then_some(cluster.kubernetes),
        }
    }

    fn into_cluster(self) -> Cluster {
        let usual = Cluster::default();
        Cluster {
            scheduling: seconds(self.scheduling, usual.scheduling),
            boot: seconds(self.boot, usual.boot),
            shutdown: seconds(self.shutdown, usual.shutdown),
            propagation: seconds(self.propagation, usual.propagation),
            reattach: seconds(self.reattach, usual.reattach),
            placement: self.placement,
            kubernetes: self.kubernetes.unwrap_or(usual.kubernetes),
        }
    }
}

/// The figures if they are a duration as [`Seconds`] describes it.
fn seconds(figures: Option<[f64; 3]>, usual: Seconds) -> Seconds {
    match figures {
        Some(figures @ [earliest, likely, latest])
            if figures.iter().all(|figure| (0.0..=86_400.0).contains(figure)) && figures.is_sorted() =>
        {
            Seconds::new(earliest, likely, latest)
        }
        _ => usual,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Link {
        read(text.as_bytes()).unwrap()
    }

    #[test]
    fn what_is_as_usual_is_not_written() {
        assert_eq!(write(&Link::default()), "{}");
        assert_eq!(read_text("{}"), Link::default());
    }

    #[test]
    fn fields_of_later_versions_and_fields_that_make_no_sense_cost_nothing_else() {
        let link = read_text(
            r#"{"chart": "7.1.0", "app": 7, "helm": "5", "files": [["a.yaml", "x: 1", "more"]], "flags": "--set a=1",
                "cluster": {"boot": [9, 5, 1], "shutdown": [1, 2, 3], "placement": "the-moon", "weather": "fine"},
                "confirmed": ["telegram-polling"], "theme": {"colour": "red"}}"#,
        );
        assert_eq!(link.proposed.chart, "7.1.0");
        assert_eq!(link.proposed.app, None);
        assert_eq!(link.proposed.helm, HelmLine::default());
        assert_eq!(link.proposed.files, []);
        assert_eq!(link.proposed.flags, "--set a=1");
        assert_eq!(link.cluster.boot, Cluster::default().boot);
        assert_eq!(link.cluster.shutdown, Seconds::new(1.0, 2.0, 3.0));
        assert_eq!(link.confirmed, ["telegram-polling"]);
    }

    #[test]
    fn what_is_not_an_object_is_damaged() {
        for text in ["", "[]", "7", "{\"chart\"", "\u{0}"] {
            assert_eq!(read(text.as_bytes()), Err(LinkError::Damaged), "{text}");
        }
    }

    #[test]
    fn a_crowd_of_files_is_cut() {
        let files = vec![r#"["a.yaml",""]"#; 500].join(",");
        assert_eq!(
            read_text(&format!(r#"{{"files":[{files}]}}"#)).proposed.files.len(),
            FILES
        );
    }
}
