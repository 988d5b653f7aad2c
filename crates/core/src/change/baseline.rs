//! Today's side: from files and flags like any other, or from what `helm get values` printed.

use rollcast_values::{Effective, Map};

use crate::side::{Side, effective, release};
use crate::{Failure, Request, ValuesFile};

/// Today as a request of its own.
pub(super) struct Today {
    pub(super) request: Request,
    /// Whether the values are complete, with the defaults of the release in them.
    computed: bool,
}

/// The line `helm get values` prints first: what the user set, or with `--all` everything.
const HEADS: [(&str, bool); 2] = [("USER-SUPPLIED VALUES:", false), ("COMPUTED VALUES:", true)];

/// The baseline of a request; `None` where it has none.
pub(super) fn request(request: &Request) -> Option<Today> {
    let baseline = request.baseline.as_ref()?;
    let mut computed = false;
    let (values, set) = match (&baseline.values, &baseline.set) {
        (None, None) => (request.values.clone(), request.set.clone()),
        (values, set) => (values.clone().unwrap_or_default(), set.clone().unwrap_or_default()),
    };
    let values = values
        .into_iter()
        .map(|file| match without_head(&file.text) {
            Some((text, all)) => {
                computed |= all;
                ValuesFile { name: file.name, text }
            }
            None => file,
        })
        .collect();
    Some(Today {
        request: Request {
            chart: baseline.chart.clone().unwrap_or_else(|| request.chart.clone()),
            app: baseline.app.clone(),
            values,
            set,
            helm: baseline.helm.unwrap_or(request.helm),
            cluster: request.cluster.clone(),
            confirmed: request.confirmed.clone(),
            baseline: None,
            reuse: None,
            applier: None,
        },
        computed,
    })
}

/// A pasted text with the head's line blanked, so that places stay true; and whether the head says "computed".
fn without_head(text: &str) -> Option<(String, bool)> {
    let start = text.len() - text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']).len();
    let rest = text.get(start..)?;
    let (head, computed) = HEADS.iter().find(|(head, _)| rest.starts_with(head))?;
    let behind = rest.get(head.len()..)?;
    // Behind the head only the end of its line, or it is a key of somebody's.
    behind
        .split(['\r', '\n'])
        .next()
        .is_some_and(|line| line.trim().is_empty())
        .then(|| {
            let blank = " ".repeat(head.len());
            (
                format!("{}{blank}{behind}", text.get(..start).unwrap_or_default()),
                *computed,
            )
        })
}

/// What Helm and the API server made of it.
pub(super) fn side(today: &Today) -> Result<Side, Failure> {
    let release = release(&today.request.chart)?;
    let none = Map::new();
    let defaults = if today.computed { &none } else { release.defaults() };
    Side::new(&today.request, release, effective(&today.request, defaults)?)
}

/// The values of the last release, for an upgrade that takes them over.
///
/// # Errors
/// There is no baseline, Helm cannot read it, or it does not tell what was set from the defaults.
pub(crate) fn last_release(asked: &Request) -> Result<Effective, Failure> {
    let today = request(asked).ok_or_else(|| {
        Failure::request(
            "The upgrade takes over the values of the last release, and nothing says what they are.",
            "Give what runs today as the baseline, or set all values anew with --reset-values.",
        )
    })?;
    if today.computed {
        return Err(Failure::request(
            "The upgrade takes over what was set in the last release, and computed values do not tell that from the defaults.",
            "Give as the baseline what `helm get values` prints without --all.",
        ));
    }
    let release = release(&today.request.chart)?;
    effective(&today.request, release.defaults()).map_err(|failure| {
        Failure::request(
            format!(
                "What runs today, which the upgrade takes over, cannot be read. {}",
                failure.what
            ),
            failure.action,
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Baseline;

    fn today(text: &str) -> Today {
        request(&Request {
            baseline: Some(Baseline {
                values: Some(vec![ValuesFile {
                    name: "today.yaml".to_owned(),
                    text: text.to_owned(),
                }]),
                ..Baseline::default()
            }),
            ..Request::default()
        })
        .unwrap()
    }

    #[test]
    fn what_helm_get_values_prints_can_be_pasted() {
        for (text, computed, expected) in [
            ("app:\n  replicaCount: 2\n", false, "2"),
            ("USER-SUPPLIED VALUES:\napp:\n  replicaCount: 3\n", false, "3"),
            ("\nUSER-SUPPLIED VALUES:\r\napp:\r\n  replicaCount: 4\r\n", false, "4"),
            ("USER-SUPPLIED VALUES:\nnull\n", false, "1"),
            ("USER-SUPPLIED VALUES: {}\napp: {replicaCount: 5}\n", false, "5"),
        ] {
            let today = today(text);
            assert_eq!(today.computed, computed);
            assert_eq!(
                side(&today)
                    .map_err(|failure| failure.what)
                    .unwrap()
                    .rendered
                    .app
                    .replicas,
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn computed_values_are_complete() {
        let defaults = release("7.1.0").unwrap().defaults_text();
        let text = format!(
            "COMPUTED VALUES:\n{}",
            defaults.replace("replicaCount: 1", "replicaCount: 6")
        );
        let today = today(&text);
        assert!(today.computed);
        let side = side(&today).map_err(|failure| failure.what).unwrap();
        assert_eq!(side.rendered.app.replicas, "6");
        // What a null deleted stays deleted.
        let without = text.replace("  preStopDelaySeconds: 0\n", "");
        let today = self::today(&without);
        let side = self::side(&today).map_err(|failure| failure.what).unwrap();
        assert!(side.effective.values.at("app.preStopDelaySeconds").is_none());
    }

    #[test]
    fn left_out_it_is_the_same_values() {
        let mut asked = Request {
            values: vec![ValuesFile {
                name: "v.yaml".to_owned(),
                text: "app: {replicaCount: 2}".to_owned(),
            }],
            ..Request::default()
        };
        assert!(request(&asked).is_none());
        asked.baseline = Some(Baseline {
            chart: Some("7.0.0".to_owned()),
            ..Baseline::default()
        });
        let today = request(&asked).unwrap();
        assert_eq!(
            (today.request.chart.as_str(), today.request.values),
            ("7.0.0", asked.values)
        );
    }
}
