use gloo::render::{AnimationFrame, request_animation_frame};
use gloo::timers::callback::Timeout;
use rollcast_core::Report;
use rollcast_rollout::{PodState, Run};
use std::{cell::RefCell, rc::Rc};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::outlook;
use super::plot::{Axis, STEP, moments, percent, state_at};
use super::timeline::Timeline;
use crate::browser;
use crate::state::Shared;
use crate::view::icon::Icon;
use crate::words;

/// How long the whole run plays, in milliseconds.
const PLAYS: u64 = 12_000;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct PlaybackProps {
    pub(crate) report: Shared<Report>,
    pub(crate) outlook: usize,
}

/// The timeline with a playhead that plays, pauses and can be moved.
#[component]
pub(crate) fn Playback(props: &PlaybackProps) -> Html {
    let time = use_state(|| 0_u64);
    let playing = use_state(|| false);
    let Some((_, outlook)) = outlook(&props.report, props.outlook) else {
        return Html::default();
    };
    let run = &outlook.forecast.likely;
    let end = Axis::of(run).end;
    let now = (*time).min(end);
    let moments = moments(run);
    use_playing(*playing, now, end, moments.clone(), {
        let (time, playing) = (time.clone(), playing.clone());
        Callback::from(move |next: u64| {
            time.set(next);
            if next >= end {
                playing.set(false);
            }
        })
    });

    let play = {
        let (time, playing) = (time.clone(), playing.clone());
        move |_: MouseEvent| {
            if !*playing && now >= end {
                time.set(0);
            }
            playing.set(!*playing);
        }
    };
    let jump = |to: Option<u64>| {
        let (time, playing) = (time.clone(), playing.clone());
        let onclick = move |_: MouseEvent| {
            if let Some(to) = to {
                time.set(to);
            }
            playing.set(false);
        };
        (onclick, to.is_none())
    };
    let (previous, first) = jump(moments.iter().rev().copied().find(|moment| *moment < now));
    let (next, last) = jump(moments.iter().copied().find(|moment| *moment > now));
    let scrub = {
        let (time, playing) = (time.clone(), playing.clone());
        move |event: InputEvent| {
            if let Ok(at) = event.target_unchecked_into::<HtmlInputElement>().value().parse() {
                time.set(at);
                playing.set(false);
            }
        }
    };
    let point = {
        let (time, playing) = (time.clone(), playing.clone());
        move |event: MouseEvent| {
            let width = event.target_unchecked_into::<web_sys::Element>().client_width();
            if let (Ok(width @ 1..), Ok(x)) = (u64::try_from(width), u64::try_from(event.offset_x().max(0))) {
                time.set((end * x / width).min(end));
                playing.set(false);
            }
        }
    };
    let words = situation(run, now);
    html! {
        <div class="playback">
            <div class="timeline-stack">
                <Timeline report={props.report.clone()} outlook={props.outlook} described_by="forecast-story" />
                <div class="timeline-over" onclick={point}>
                    <svg width="100%" height="100%" aria-hidden="true">
                        <line class="playhead" x1={position(now, end)} x2={position(now, end)} y1="18" y2="100%" />
                        <circle class="playhead-grip" cx={position(now, end)} cy="18" r="5" />
                    </svg>
                </div>
            </div>
            <div class="playback-controls">
                <button type="button" class="icon-button" aria-label="Previous event" onclick={previous} disabled={first}>
                    { Icon::Previous.html() }
                </button>
                <button type="button" class="icon-button" aria-label={if *playing { "Pause" } else { "Play" }} onclick={play}>
                    { if *playing { Icon::Pause.html() } else { Icon::Play.html() } }
                </button>
                <button type="button" class="icon-button" aria-label="Next event" onclick={next} disabled={last}>
                    { Icon::Next.html() }
                </button>
                <input
                    type="range" class="scrubber" aria-label="Time" min="0" max={end.to_string()} step={STEP.to_string()}
                    value={now.to_string()} oninput={scrub} aria-valuetext={format!("{}: {words}", words::time(now))}
                />
            </div>
            <p class="situation"><strong>{ words::time(now) }</strong>{ " " }{ words }</p>
        </div>
    }
}

fn position(now: u64, end: u64) -> String {
    percent(Axis { end }.share(now))
}

/// Moves the time on while playing: with every frame, or from event to event for those who asked for less motion.
#[hook]
fn use_playing(playing: bool, now: u64, end: u64, moments: Vec<u64>, advance: Callback<u64>) {
    let frame = use_mut_ref(|| None::<AnimationFrame>);
    let last = use_mut_ref(|| None::<f64>);
    use_effect_with((playing, now, end), move |&(playing, now, end)| {
        let mut timer = None;
        if !playing {
            *last.borrow_mut() = None;
        } else if browser::prefers_reduced_motion() {
            let next = moments.into_iter().find(|moment| *moment > now).unwrap_or(end);
            timer = Some(Timeout::new(1_200, move || advance.emit(next)));
        } else {
            *frame.borrow_mut() = Some(request_animation_frame(step(last, now, end, advance)));
        }
        move || {
            drop(timer);
            frame.borrow_mut().take();
        }
    });
}

fn step(last: Rc<RefCell<Option<f64>>>, now: u64, end: u64, advance: Callback<u64>) -> impl FnOnce(f64) + 'static {
    move |timestamp| {
        let before = last.borrow_mut().replace(timestamp).unwrap_or(timestamp);
        // A tab that was in the background does not jump.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
        let passed = (timestamp - before).clamp(0.0, 100.0) as u64;
        // At least a millisecond, so that the next frame is asked for.
        advance.emit((now + (end * passed / PLAYS).max(1)).min(end));
    }
}

/// What is the case at a time, in a sentence.
fn situation(run: &Run, now: u64) -> String {
    let pods: Vec<PodState> = run
        .pods
        .iter()
        .filter_map(|pod| state_at(pod, now))
        .filter(|state| !matches!(state, PodState::Gone { .. }))
        .collect();
    let count = |state: fn(&PodState) -> bool, word: &str| {
        let number = pods.iter().filter(|pod| state(pod)).count();
        (number > 0).then(|| format!("{number} {word}"))
    };
    let states: Vec<String> = [
        count(|state| matches!(state, PodState::Ready { .. }), "ready"),
        count(|state| matches!(state, PodState::Waiting { .. }), "waiting"),
        count(|state| matches!(state, PodState::Starting { .. }), "starting"),
        count(|state| matches!(state, PodState::Draining { .. }), "draining"),
        count(|state| matches!(state, PodState::Stopping { .. }), "stopping"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let pods = match pods.len() {
        0 => "no pod".to_owned(),
        1 => format!("1 pod: {}", states.join(", ")),
        number => format!("{number} pods: {}", states.join(", ")),
    };
    let known = run.endpoints.iter().rev().find(|known| known.at <= now);
    let endpoints = known.map_or_else(String::new, |known| {
        let ready = known.old + known.new;
        match (ready, known.usable) {
            (0, 0) => "; nobody answers".to_owned(),
            (0, usable) => format!("; no ready endpoint, {usable} still serves"),
            (1, _) => "; 1 ready endpoint".to_owned(),
            (ready, _) => format!("; {ready} ready endpoints"),
        }
    });
    format!("{pods}{endpoints}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rollcast_rollout::{Endpoints, Pod, Version};

    #[test]
    fn a_moment_in_words() {
        let pod = |states| Pod {
            name: String::new(),
            version: Version::Old,
            states,
        };
        let run = Run {
            pods: vec![
                pod(vec![
                    PodState::Ready { at: 0 },
                    PodState::Draining { at: 5 },
                    PodState::Gone { at: 9, killed: false },
                ]),
                pod(vec![PodState::Starting { at: 2 }]),
            ],
            endpoints: vec![
                Endpoints {
                    at: 0,
                    old: 1,
                    new: 0,
                    usable: 1,
                },
                Endpoints {
                    at: 5,
                    old: 0,
                    new: 0,
                    usable: 1,
                },
                Endpoints {
                    at: 9,
                    old: 0,
                    new: 0,
                    usable: 0,
                },
            ],
            ..Run::default()
        };
        assert_eq!(situation(&run, 0), "1 pod: 1 ready; 1 ready endpoint");
        assert_eq!(
            situation(&run, 6),
            "2 pods: 1 starting, 1 draining; no ready endpoint, 1 still serves"
        );
        assert_eq!(situation(&run, 9), "1 pod: 1 starting; nobody answers");
    }
}
