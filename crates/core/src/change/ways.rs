//! Ways out that change values, tried: one is offered with its fix only if the item is gone after it.

use rollcast_chart::Object;
use rollcast_values::Value;

use super::rule::Way;
use super::upgrade::Upgrade;
use super::{ChangeItem, ChangeKind, Procedure, Step, items, rules};
use crate::evaluate::Search;
use crate::fixes::offer::{Form, offer};
use crate::fixes::wish::Wish;
use crate::side::{Side, effective};
use crate::steps::end_of_step;
use crate::{Failure, Fix, Goal, GoalState, Request, Severity, Stage};

/// An item with ways out that were not tried.
type Untried = (ChangeItem, Vec<Way>);

/// Both sides' requests and today's side, to try changes of the proposed one on.
pub(super) struct Trials<'a> {
    pub(super) request: &'a Request,
    pub(super) today: &'a Request,
    pub(super) before: &'a Side,
    /// Today's objects.
    pub(super) old: &'a [Object],
    /// Whether anything is tried at all.
    pub(super) search: Search,
}

/// An item, told apart from others with the same id by what it is about.
fn key(item: &ChangeItem) -> (&'static str, Option<&str>) {
    (item.id, item.after.first().map(|evidence| evidence.path.as_str()))
}

impl Trials<'_> {
    /// The item with its ways; a way that is nothing but values that do not help is left out.
    pub(super) fn with_ways(&self, after: &Side, item: ChangeItem, ways: Vec<Way>) -> ChangeItem {
        // What the values ask for needs no way out of it.
        let asked = item.kind == ChangeKind::Asked;
        let offered = ways
            .into_iter()
            .filter(|way| !asked || way.sets.is_empty())
            .filter_map(|way| {
                let fix = self.fix(after, &item, &way);
                if fix.is_none() && way.steps.is_empty() {
                    return None;
                }
                Some(Procedure {
                    title: way.title,
                    steps: way.steps,
                    fix,
                })
            });
        let ways = offered.collect();
        ChangeItem { ways, ..item }
    }

    fn fix(&self, after: &Side, item: &ChangeItem, way: &Way) -> Option<Fix> {
        if way.sets.is_empty() {
            return None;
        }
        let (fix, request, edited) = self.tried(after, &way.sets)?;
        let upgrade = Upgrade::new(&request, self.today, self.before, self.old, &edited);
        let rule = rules::REGISTRY.iter().find(|rule| rule.id == item.id)?;
        let left = rule.find(&upgrade);
        let gone = left
            .iter()
            .all(|(left, _)| key(left) != key(item) || left.kind == ChangeKind::Asked);
        gone.then_some(Fix {
            resolves: vec![item.id],
            ..fix
        })
    }

    fn tried(&self, after: &Side, wishes: &[Wish]) -> Option<(Fix, Request, Side)> {
        if self.search == Search::None {
            return None;
        }
        let offer = offer(self.request, after.release, &after.effective.values, wishes)?;
        let first = offer.forms.into_iter().next()?;
        let edited = Side::new(&first.request, after.release, first.effective).ok()?;
        Some((offer.fix, first.request, edited))
    }

    /// What makes values render that the chart itself refuses: it names a replica count and a cache.
    pub(super) fn renders(&self, release: &'static rollcast_chart::Release, failure: &Failure) -> Vec<Procedure> {
        if failure.stage != Stage::Render || self.search == Search::None {
            return Vec::new();
        }
        let Ok(values) = effective(self.request, release.defaults()) else {
            return Vec::new();
        };
        let mut ways = Vec::new();
        for workload in ["worker", "embeddings"] {
            for (title, path, value) in [
                ("Do without its cache", "cache.enabled", Value::Bool(false)),
                ("Run one pod", "replicaCount", Value::Int(1)),
            ] {
                let wish = Wish::set(&format!("{workload}.{path}"), value);
                let Some(offer) = offer(self.request, release, &values.values, &[wish]) else {
                    continue;
                };
                let renders = |form: Form| Side::new(&form.request, release, form.effective).is_ok();
                if offer.forms.into_iter().next().is_some_and(renders) {
                    ways.push(Procedure {
                        title: format!("{title} ({workload})"),
                        steps: vec![Step {
                            what: "The values render then.".to_owned(),
                            command: None,
                        }],
                        fix: Some(Fix {
                            resolves: vec!["helm-refuses"],
                            ..offer.fix
                        }),
                    });
                }
            }
        }
        ways
    }

    /// The goal "keep what I have": the smallest set of the ways' values after which the upgrade refuses, deletes and
    /// silently changes nothing that matters.
    pub(super) async fn keep(&self, after: &Side, found: &[Untried]) -> Option<Goal> {
        match self.search {
            Search::Whole => Some(self.kept(after, found).await),
            Search::None => None,
        }
    }

    async fn kept(&self, after: &Side, found: &[Untried]) -> Goal {
        let goal = |state, fix, why: String| Goal {
            id: "keep-what-i-have",
            title: "The upgrade changes nothing behind your back",
            state,
            fix,
            why,
        };
        let losses = |found: &[Untried]| found.iter().filter(|(item, _)| is_loss(item)).count();
        if losses(found) == 0 {
            return goal(
                GoalState::Reached,
                None,
                "Nothing is refused, deleted or silently changed.".to_owned(),
            );
        }
        let mut wanted: Vec<Wish> = Vec::new();
        add(&mut wanted, found);
        let mut best = None;
        // What is kept can bring up something else to keep.
        for _ in 0..3 {
            end_of_step().await;
            let Some((_, left)) = self.after(after, &wanted) else {
                break;
            };
            let before = wanted.len();
            add(&mut wanted, &left);
            if wanted.len() == before {
                best = Some(losses(&left));
                break;
            }
        }
        let Some(mut best) = best.filter(|best| *best < losses(found)) else {
            return goal(GoalState::OutOfReach, None, left_over(found));
        };
        let mut at = wanted.len();
        while at > 0 {
            at -= 1;
            let mut fewer = wanted.clone();
            fewer.remove(at);
            end_of_step().await;
            if let Some((_, left)) = self.after(after, &fewer)
                && losses(&left) <= best
            {
                best = losses(&left);
                wanted = fewer;
            }
        }
        let Some((fix, left)) = self.after(after, &wanted) else {
            return goal(GoalState::OutOfReach, None, left_over(found));
        };
        if losses(&left) == 0 {
            goal(GoalState::Reachable, Some(fix), "All of it is kept.".to_owned())
        } else {
            let why = format!("This keeps as much as values can. {}", left_over(&left));
            goal(GoalState::OutOfReach, Some(fix), why)
        }
    }

    fn after(&self, after: &Side, wishes: &[Wish]) -> Option<(Fix, Vec<Untried>)> {
        let (fix, request, edited) = self.tried(after, wishes)?;
        let left = items(&Upgrade::new(&request, self.today, self.before, self.old, &edited));
        Some((fix, left))
    }
}

/// Whether an item is something to lose.
fn is_loss(item: &ChangeItem) -> bool {
    matches!(
        item.kind,
        ChangeKind::Refused | ChangeKind::Deleted | ChangeKind::Silent
    ) && item.severity != Severity::Info
}

/// The values of the first way of every loss that has some; what is wanted already stays.
fn add(wanted: &mut Vec<Wish>, found: &[Untried]) {
    for (_, ways) in found.iter().filter(|(item, _)| is_loss(item)) {
        let Some(way) = ways.iter().find(|way| !way.sets.is_empty()) else {
            continue;
        };
        for wish in &way.sets {
            if wanted.iter().all(|known| known.path != wish.path) {
                wanted.push(wish.clone());
            }
        }
    }
}

fn left_over(found: &[Untried]) -> String {
    let mut titles: Vec<&str> = Vec::new();
    for (item, _) in found.iter().filter(|(item, _)| is_loss(item)) {
        if !titles.contains(&item.title.as_str()) {
            titles.push(&item.title);
        }
    }
    format!("Left: {}.", titles.join("; "))
}
