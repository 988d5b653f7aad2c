//! What the forecast assumes, in sentences.

use rollcast_rollout::TooLarge;

use crate::app::App;
use crate::findings::{self, Situation};
use crate::manifest::{PreStop, Sharing};
use crate::words::seconds;
use crate::{Placement, Seconds};

pub(crate) fn assumptions(situation: &Situation<'_>, too_large: Option<TooLarge>) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(too_large) = too_large {
        sentences.push(format!("There is no forecast: {too_large}."));
    }
    sentences.push(match situation.app {
        App::Told(version) => format!("The image is app version {version}."),
        App::Tag(version) => format!("The image is app version {version}, as image.tag says."),
        App::Unknown => format!(
            "The app version is not known, so the worst case counts: an app as old as chart release {}.",
            situation.release.id
        ),
    });
    for id in &situation.request.confirmed {
        if !findings::prerequisites().any(|known| known == id) {
            sentences.push(format!(
                "There is no prerequisite \"{id}\", so confirming it has no effect."
            ));
        }
    }
    if situation.outlooks.is_empty() {
        return sentences;
    }
    let cluster = situation.cluster();
    sentences.push(
        "The rollout replaces a settled Deployment with the same values by a new image; controllers take no time."
            .to_owned(),
    );
    let range = |duration: Seconds| {
        let mut text = seconds(duration.milliseconds());
        if duration.earliest < duration.latest {
            text.push_str(&format!(" (usually {})", plain(duration.likely)));
        }
        text
    };
    sentences.push(format!(
        "A new pod's container starts {} after the pod is created.",
        range(cluster.scheduling)
    ));
    let probe = situation.manifest.readiness();
    sentences.push(format!(
        "The app answers its readiness path {} after its container's start; the first probe comes {} s after that start, \
         then one every {} s.",
        range(cluster.boot),
        probe.initial_delay_seconds,
        if probe.period_seconds == 0 { 10 } else { probe.period_seconds },
    ));
    sentences.push(format!(
        "The app exits by itself {} after {}.",
        range(cluster.shutdown),
        match situation.drain.milliseconds.latest {
            0 => "SIGTERM".to_owned(),
            _ => format!(
                "SIGTERM and {} of readiness drain",
                seconds(situation.drain.milliseconds)
            ),
        }
    ));
    sentences.push(format!(
        "Every proxy knows of a ready or deleted pod after {}.",
        range(cluster.propagation)
    ));
    if let PreStop::Sleep(_) = situation.manifest.pre_stop {
        sentences.push("The image has a shell and `sleep`, as Lobu's own has; the preStop hook needs both.".to_owned());
    }
    if situation.sharing() != Some(Sharing::ManyNodes) && situation.manifest.claim.is_some() {
        sentences.push(match cluster.placement {
            Placement::SameNode => "All pods land on the same node.".to_owned(),
            Placement::OtherNode => format!(
                "The new pods land together on another node; the volume follows in {}.",
                range(cluster.reattach)
            ),
            Placement::Unknown => format!(
                "On which node the new pods land is not known; where the volume has to move, that takes {}.",
                range(cluster.reattach)
            ),
        });
    }
    sentences
}

/// "8 s", "0.5 s".
fn plain(seconds: f64) -> String {
    format!("{} s", rollcast_go::json(seconds))
}
