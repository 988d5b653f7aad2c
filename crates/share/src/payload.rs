//! Version 1 of what a link says: a JSON object, of which a reader takes what it knows. What is as usual is not written.

use rollcast_core::{Cluster, Seconds, ValuesFile};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::LinkError;
use crate::link::{Before, Link, Side};

/// More files than this are not opened.
const FILES: usize = 20;

pub(crate) fn write(link: &Link) -> String {
    let mut fields = Fields::default();
    fields.put_side(&link.proposed);
    fields.put("contents", &pairs(&link.contents));
    if let Some(before) = &link.baseline {
        let mut baseline = Fields::default();
        baseline.put_before(before);
        fields.0.insert("baseline".to_owned(), Value::Object(baseline.0));
    }
    fields.put("applier", &link.applier);
    let mut cluster = Fields::default();
    cluster.put_cluster(&link.cluster);
    fields.put("cluster", &cluster.0);
    fields.put("confirmed", &link.confirmed);
    Value::Object(fields.0).to_string()
}

pub(crate) fn read(bytes: &[u8]) -> Result<Link, LinkError> {
    let mut fields = Fields(serde_json::from_slice(bytes).map_err(|_| LinkError::Damaged)?);
    Ok(Link {
        baseline: match fields.0.remove("baseline") {
            Some(Value::Object(before)) => Some(Fields(before).take_before()),
            _ => None,
        },
        cluster: Fields(fields.take("cluster")).take_cluster(),
        contents: files(fields.take("contents")),
        applier: fields.take("applier"),
        confirmed: fields.take("confirmed"),
        proposed: fields.take_side(),
    })
}

#[derive(Default)]
struct Fields(Map<String, Value>);

impl Fields {
    /// Writes a field, unless it says what its absence says as well.
    fn put<T: Serialize + Default + PartialEq>(&mut self, name: &str, value: &T) {
        // Texts and numbers can always be written; seconds that are no numbers become null and are read as the usual ones.
        if *value != T::default() {
            self.0
                .insert(name.to_owned(), serde_json::to_value(value).unwrap_or_default());
        }
    }

    /// A field, or its default where its content makes no sense, so that one strange field does not cost the others.
    fn take<T: DeserializeOwned + Default>(&mut self, name: &str) -> T {
        let value = self.0.remove(name).map(serde_json::from_value);
        value.and_then(Result::ok).unwrap_or_default()
    }

    fn put_side(&mut self, side: &Side) {
        self.put("chart", &side.chart);
        self.put("app", &side.app);
        self.put("helm", &side.helm);
        self.put("files", &pairs(&side.files));
        self.put("flags", &side.flags);
    }

    fn take_side(&mut self) -> Side {
        Side {
            chart: self.take("chart"),
            app: self.take("app"),
            helm: self.take("helm"),
            files: files(self.take("files")),
            flags: self.take("flags"),
        }
    }

    fn put_before(&mut self, before: &Before) {
        self.put("chart", &before.chart);
        self.put("app", &before.app);
        self.put("helm", &before.helm);
        self.put("files", &before.files.as_deref().map(pairs));
        self.put("flags", &before.flags);
        self.put("claim", &before.claim);
    }

    fn take_before(&mut self) -> Before {
        Before {
            chart: self.take("chart"),
            app: self.take("app"),
            helm: self.take("helm"),
            files: self.take::<Option<_>>("files").map(files),
            flags: self.take("flags"),
            claim: self.take("claim"),
        }
    }

    fn put_cluster(&mut self, cluster: &Cluster) {
        let usual = Cluster::default();
        let mut put = |name, seconds: Seconds, usual: Seconds| {
            if seconds != usual {
                self.put(name, &[seconds.earliest, seconds.likely, seconds.latest]);
            }
        };
        put("scheduling", cluster.scheduling, usual.scheduling);
        put("boot", cluster.boot, usual.boot);
        put("shutdown", cluster.shutdown, usual.shutdown);
        put("propagation", cluster.propagation, usual.propagation);
        put("reattach", cluster.reattach, usual.reattach);
        self.put("placement", &cluster.placement);
        self.put(
            "kubernetes",
            &(cluster.kubernetes != usual.kubernetes).then_some(cluster.kubernetes),
        );
    }

    fn take_cluster(&mut self) -> Cluster {
        let usual = Cluster::default();
        Cluster {
            scheduling: self.take_seconds("scheduling", usual.scheduling),
            boot: self.take_seconds("boot", usual.boot),
            shutdown: self.take_seconds("shutdown", usual.shutdown),
            propagation: self.take_seconds("propagation", usual.propagation),
            reattach: self.take_seconds("reattach", usual.reattach),
            placement: self.take("placement"),
            kubernetes: self.take::<Option<_>>("kubernetes").unwrap_or(usual.kubernetes),
        }
    }

    /// At best, usually, at worst, if they are a duration as [`Seconds`] describes it.
    fn take_seconds(&mut self, name: &str, usual: Seconds) -> Seconds {
        match self.take::<Option<[f64; 3]>>(name) {
            Some(figures @ [earliest, likely, latest])
                if figures.iter().all(|figure| (0.0..=86_400.0).contains(figure)) && figures.is_sorted() =>
            {
                Seconds::new(earliest, likely, latest)
            }
            _ => usual,
        }
    }
}

/// Names and texts.
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

#[cfg(test)]
mod tests {
    use rollcast_core::HelmLine;

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
