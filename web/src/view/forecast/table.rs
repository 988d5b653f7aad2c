use rollcast_core::Outlook;
use rollcast_rollout::{Pod, PodState};
use yew::prelude::*;

use crate::view::table::table;
use crate::words;

/// What the timeline shows, as tables.
pub(super) fn tables(outlook: &Outlook) -> Html {
    let forecast = &outlook.forecast;
    let run = &forecast.likely;
    let windows = run.windows.iter().map(|window| {
        let length = forecast.lengths.iter().find(|length| length.kind == window.kind);
        vec![
            window.kind.words().to_owned(),
            words::time(window.from),
            window.to.map_or_else(|| "never".to_owned(), words::time),
            length.map_or_else(String::new, |length| words::span(&length.milliseconds)),
        ]
    });
    let endpoints = run.endpoints.iter().map(|known| {
        vec![
            words::time(known.at),
            known.old.to_string(),
            known.new.to_string(),
            known.usable.to_string(),
        ]
    });
    let waits = [
        ("helm upgrade --wait, Helm 3", run.waits.helm3),
        ("helm upgrade --wait, Helm 4", run.waits.helm4),
        ("kubectl rollout status", run.waits.rollout_status),
    ];
    html! {
        <details class="tables">
            <summary>{ "The same as tables" }</summary>
            { table(
                "Windows of the likely run, and how long each kind is in all",
                &["Window", "From", "To", "In all, at best to at worst"],
                windows,
            ) }
            { table("Pods of the likely run, and when each state begins", &POD_HEAD, run.pods.iter().map(pod)) }
            { table(
                "Endpoints of the Service, as the proxies know them",
                &["From", "Ready, old", "Ready, new", "Usable"],
                endpoints,
            ) }
            { table(
                "What the commands that wait for it say",
                &["Command", "Result"],
                waits.into_iter().map(|(command, wait)| vec![command.to_owned(), words::wait(wait)]),
            ) }
        </details>
    }
}

const POD_HEAD: [&str; 7] = ["Pod", "Waiting", "Starting", "Ready", "Draining", "Stopping", "Gone"];

fn pod(pod: &Pod) -> Vec<String> {
    let mut cells = vec![String::new(); POD_HEAD.len()];
    cells[0].clone_from(&pod.name);
    for state in &pod.states {
        let column = match state {
            PodState::Waiting { .. } => 1,
            PodState::Starting { .. } => 2,
            PodState::Ready { .. } => 3,
            PodState::Draining { .. } => 4,
            PodState::Stopping { .. } => 5,
            PodState::Gone { .. } => 6,
        };
        cells[column] = words::time(state.at());
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use rollcast_rollout::Version;

    #[test]
    fn a_pods_row_has_the_beginning_of_every_state() {
        let row = pod(&Pod {
            name: "new 1".to_owned(),
            version: Version::New,
            states: vec![PodState::Starting { at: 0 }, PodState::Ready { at: 12_000 }],
        });
        assert_eq!(row, ["new 1", "", "0 s", "12 s", "", "", ""]);
    }
}
