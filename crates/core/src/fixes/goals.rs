//! What an operator may want of a rollout, and the smallest set of edits that brings it about in one release: searched for
//! breadth first over a small table of edits, each set tried by rendering and simulating it.

use rollcast_chart::Rendered;
use rollcast_rollout::WindowKind;
use rollcast_values::Value;

use super::offer::offer;
use super::proposals::rolling;
use super::wish::{Wish, fulfilled, table, text, texts};
use super::{Goal, GoalState};
use crate::Request;
use crate::findings::Releases;
use crate::side::Side;
use crate::steps::end_of_step;

/// The most edits that are combined.
const MOST: usize = 3;

/// A goal that one side reaches or not.
struct Aim {
    id: &'static str,
    title: &'static str,
    reached: fn(&Side) -> bool,
    /// Why nothing reaches it.
    out_of_reach: &'static str,
    /// Why it is reached.
    is_reached: &'static str,
}

const AIMS: [Aim; 2] = [
    Aim {
        id: "no-gap",
        title: "Somebody serves all the time",
        reached: |side| without(side, WindowKind::NoReadyEndpoint) && without(side, WindowKind::Deadlock),
        is_reached: "An endpoint is ready at every moment of the rollout.",
        out_of_reach: "No values of this release reach it with what is known of the cluster.",
    },
    Aim {
        id: "no-overlap",
        title: "One version runs at a time",
        reached: |side| without(side, WindowKind::Overlap) && without(side, WindowKind::Deadlock),
        is_reached: "Every old pod is gone before the first new one starts.",
        out_of_reach: "No values of this release reach it with what is known of the cluster.",
    },
];

/// Whether the rollout runs and has no window of a kind.
fn without(side: &Side, kind: WindowKind) -> bool {
    let has = |outlook: &crate::Outlook| outlook.forecast.lengths.iter().any(|length| length.kind == kind);
    side.manifest.spec.replicas > 0 && !side.outlooks.is_empty() && !side.outlooks.iter().any(has)
}

/// An edit that may be part of a way to a goal.
struct Candidate {
    wish: Wish,
    /// What it costs or asks for, in a sentence.
    cost: &'static str,
}

/// The edits that can matter in a release, the mildest first.
fn candidates(side: &Side) -> Vec<Candidate> {
    let release = side.release;
    let candidate = |wish, cost| Candidate { wish, cost };
    let mut found = Vec::new();
    if release.reads("app.allowMultiReplica") {
        found.push(candidate(Wish::set("app.allowMultiReplica", Value::Bool(true)), ""));
        found.push(candidate(Wish::set("app.allowMultiReplica", Value::Bool(false)), ""));
    }
    if release.reads("app.workspaces.accessModes") {
        found.push(candidate(
            Wish::set("app.workspaces.accessModes", texts(&["ReadWriteMany"])),
            "The storage class must be able to share the volume, and a claim that exists keeps its modes: it has to be made \
             anew.",
        ));
    }
    found.push(candidate(Wish::unset("app.strategy"), ""));
    found.push(candidate(
        Wish::set("app.workspaces.enabled", Value::Bool(false)),
        if Releases::from("main-871").contains(release.id) {
            "Helm deletes the claim of an installation that has one, unless it is annotated to be kept."
        } else {
            "The agents' memory then lives in the pod and goes with it, and Helm deletes the claim of an installation that \
             has one."
        },
    ));
    found.push(candidate(
        Wish::set("app.strategy", table(&[("type", text("Recreate"))])),
        "",
    ));
    found.push(candidate(
        Wish::set("app.strategy", rolling(1, 0)),
        "This passes over the chart's own check of the claim.",
    ));
    found
}

/// Every goal of a request that renders.
pub(super) async fn goals(request: &Request, side: &Side) -> Vec<Goal> {
    let mut goals = Vec::with_capacity(AIMS.len());
    for aim in &AIMS {
        goals.push(goal(aim, request, side).await);
    }
    goals
}

async fn goal(aim: &Aim, request: &Request, side: &Side) -> Goal {
    let goal = |state, fix, why: String| Goal {
        id: aim.id,
        title: aim.title,
        state,
        fix,
        why,
    };
    if (aim.reached)(side) {
        return goal(GoalState::Reached, None, aim.is_reached.to_owned());
    }
    let candidates = candidates(side);
    let mut known = Vec::new();
    for size in 1..=MOST.min(candidates.len()) {
        let mut chosen: Vec<usize> = (0..size).collect();
        loop {
            end_of_step().await;
            let picked: Vec<&Candidate> = chosen.iter().filter_map(|index| candidates.get(*index)).collect();
            if let Some(found) = tried(aim, request, side, &picked, &mut known) {
                return goal(GoalState::Reachable, Some(found), cost(&picked));
            }
            if !advance(&mut chosen, candidates.len()) {
                break;
            }
        }
    }
    goal(GoalState::OutOfReach, None, aim.out_of_reach.to_owned())
}

/// The next combination in order; `false` behind the last.
fn advance(chosen: &mut [usize], count: usize) -> bool {
    let size = chosen.len();
    for at in (0..size).rev() {
        let Some(index) = chosen.get(at).copied() else { continue };
        if index < count - (size - at) {
            for (offset, slot) in chosen.iter_mut().skip(at).enumerate() {
                *slot = index + 1 + offset;
            }
            return true;
        }
    }
    false
}

/// The edits as a fix, if they reach the goal and each of them is needed: smaller sets were tried before.
fn tried(
    aim: &Aim,
    request: &Request,
    side: &Side,
    picked: &[&Candidate],
    known: &mut Vec<Rendered>,
) -> Option<super::Fix> {
    let wishes: Vec<Wish> = picked.iter().map(|candidate| candidate.wish.clone()).collect();
    let paths = || wishes.iter().map(|wish| &wish.path);
    if paths()
        .enumerate()
        .any(|(at, path)| paths().skip(at + 1).any(|other| other == path))
    {
        return None;
    }
    let defaults = side.release.defaults();
    let wanted = fulfilled(&side.effective.values, defaults, &wishes)?;
    // Each edit must change something by itself.
    if wishes.len() > 1
        && wishes
            .iter()
            .any(|wish| fulfilled(&side.effective.values, defaults, std::slice::from_ref(wish)).is_none())
    {
        return None;
    }
    // Most sets render what another has rendered, and that did not reach the goal.
    let rendered = side.release.render(&wanted).ok()?;
    if rendered == side.rendered || known.contains(&rendered) {
        return None;
    }
    known.push(rendered);
    let mut values = side.effective.clone();
    values.values = wanted;
    let trial = Side::new(request, side.release, values).ok()?;
    if !(aim.reached)(&trial) {
        return None;
    }
    let offer = offer(request, side.release, &side.effective.values, &wishes)?;
    // The last word has the edited request, read from its own text.
    let first = offer.forms.into_iter().next()?;
    let proven = Side::new(&first.request, side.release, first.effective).ok()?;
    (aim.reached)(&proven).then_some(super::Fix {
        resolves: vec![aim.id],
        ..offer.fix
    })
}

fn cost(picked: &[&Candidate]) -> String {
    let costs: Vec<&str> = picked
        .iter()
        .map(|candidate| candidate.cost)
        .filter(|cost| !cost.is_empty())
        .collect();
    if costs.is_empty() {
        "It costs nothing but what it says.".to_owned()
    } else {
        costs.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn combinations_come_in_order_and_end() {
        let mut chosen = vec![0, 1];
        let mut seen = vec![chosen.clone()];
        while advance(&mut chosen, 4) {
            seen.push(chosen.clone());
        }
        assert_eq!(seen, [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]);
    }
}
