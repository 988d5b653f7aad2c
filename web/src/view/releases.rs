use std::rc::Rc;

use gloo::timers::callback::Timeout;
use rollcast_chart::Release;
use rollcast_core::{AcrossAnswer, AcrossOutcome, AcrossRow, Stop, UpgradePath, VerdictState, across, upgrade_path};
use web_sys::{Element, HtmlSelectElement};
use yew::prelude::*;

use crate::state::{Action, Draft};
use crate::view::change::items;
use crate::view::copy::Copy;
use crate::view::origin::Origins;
use crate::view::table::table;
use crate::view::why::code_spans;
use crate::words;

/// Where a way begins and ends, as far as it was chosen.
type Ends = (Option<AttrValue>, Option<AttrValue>);

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ReleasesProps {
    pub(crate) draft: Draft,
    pub(crate) origins: Origins,
    pub(crate) send: Callback<Action>,
}

/// The same values on every chart release, and the way from one to another. Each is looked at only while it is open.
#[component]
pub(crate) fn Releases(props: &ReleasesProps) -> Html {
    let ReleasesProps { draft, origins, send } = props;
    let chosen = use_state_eq(Ends::default);
    let (from, to) = way(draft, &chosen);
    let (toggle_rows, rows) = use_while_open(draft.clone(), |draft| across(&draft.request()));
    let (toggle_path, path) = use_while_open((draft.clone(), from.clone(), to.clone()), |(draft, from, to)| {
        upgrade_path(&draft.request(), from, to)
    });
    let pick = |edit: fn(Ends, AttrValue) -> Ends| {
        let chosen = chosen.clone();
        move |event: Event| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            chosen.set(edit((*chosen).clone(), value.into()));
        }
    };
    html! {
        <section class="section releases" aria-labelledby="releases">
            <h2 id="releases" tabindex="-1">{ "Across releases" }</h2>
            <details class="other" ontoggle={toggle_rows}>
                <summary><span class="other-title">{ "The same values on every chart release" }</span></summary>
                { for rows.iter().map(|rows| all(rows, &draft.chart)) }
            </details>
            <details class="other" ontoggle={toggle_path}>
                <summary><span class="other-title">{ "The way from one release to another" }</span></summary>
                <div class="pickers">
                    { picker("From", &from, pick(|(_, to), from| (Some(from), to))) }
                    { picker("To", &to, pick(|(from, _), to| (from, Some(to)))) }
                </div>
                { for path.iter().map(|path| match &**path {
                    Ok(path) => stops(path, origins, send),
                    Err(failure) => html! { <p class="empty">{ code_spans(&failure.what) }{ " " }{ code_spans(&failure.action) }</p> },
                }) }
            </details>
        </section>
    }
}

/// So long after the last change an open part is looked at again, in milliseconds.
const REST: u32 = 250;

/// What is computed from `key` while a part of the page is open, and what its `details` calls when it is opened or closed.
#[hook]
fn use_while_open<K, T>(key: K, compute: fn(&K) -> T) -> (Callback<Event>, Option<Rc<T>>)
where
    K: PartialEq + Clone + 'static,
    T: 'static,
{
    let open = use_state_eq(|| false);
    let found = use_state(|| None::<Rc<T>>);
    {
        let found = found.clone();
        use_effect_with((*open, key), move |(open, key)| {
            let wait = if found.is_some() { REST } else { 0 };
            let key = key.clone();
            let later = open.then(|| Timeout::new(wait, move || found.set(Some(Rc::new(compute(&key))))));
            move || drop(later)
        });
    }
    let toggle = {
        let open = open.setter();
        Callback::from(move |event: Event| open.set(event.target_unchecked_into::<Element>().has_attribute("open")))
    };
    ((toggle), (*found).clone().filter(|_| *open))
}

fn picker(name: &'static str, chosen: &str, onchange: impl Fn(Event) + 'static) -> Html {
    html! {
        <label>
            <span>{ name }</span>
            <select {onchange}>
                { for Release::all().iter().map(|release| html! {
                    <option value={release.id} selected={chosen == release.id}>{ release.id }</option>
                }) }
            </select>
        </label>
    }
}

/// Where the way begins and ends, unless it was chosen: from what runs today, or from the chosen release, to the chosen
/// release, or to the last that was published.
fn way(draft: &Draft, (from, to): &Ends) -> (AttrValue, AttrValue) {
    let place = |chart: &str| Release::all().iter().position(|release| release.id == chart);
    let from = from.clone().unwrap_or_else(|| match &draft.today {
        Some(today) => today.chart.clone(),
        None => draft.chart.clone(),
    });
    let published = Release::all()
        .iter()
        .rev()
        .find(|release| !release.published.is_empty());
    let later = [&*draft.chart, published.map_or("", |release| release.id)]
        .into_iter()
        .find(|chart| place(chart) > place(&from));
    let last = || Release::all().last().map_or("", |release| release.id);
    let to = to
        .clone()
        .unwrap_or_else(|| later.unwrap_or_else(last).to_owned().into());
    (from, to)
}

const HEAD: [&str; 7] = ["Release", "State", "Strategy", "Claim", "Grace", "preStop", "Also open"];

fn all(rows: &[AcrossRow], chosen: &str) -> Html {
    let everywhere = everywhere(rows);
    let cells: Vec<Vec<String>> = rows.iter().map(|row| cells(row, chosen, &everywhere)).collect();
    html! {
        <>
            if !everywhere.is_empty() {
                <p class="section-lead">{ format!("Open wherever Helm renders: {}.", everywhere.join(", ")) }</p>
            }
            <Copy text={markdown(&cells)} label="Copy as Markdown" what="the table of all releases" />
            { table("The values as they are entered now, on every chart release, the oldest first", &HEAD, cells.into_iter()) }
        </>
    }
}

/// The findings that are open on every release that renders.
fn everywhere(rows: &[AcrossRow]) -> Vec<&'static str> {
    let mut answers = rows.iter().filter_map(|row| match &row.outcome {
        AcrossOutcome::Rendered(answer) => Some(&answer.findings),
        AcrossOutcome::Refused(_) => None,
    });
    let mut shared = answers.next().cloned().unwrap_or_default();
    for findings in answers {
        shared.retain(|id| findings.contains(id));
    }
    shared
}

fn cells(row: &AcrossRow, chosen: &str, everywhere: &[&str]) -> Vec<String> {
    let mut release = row.release.id.clone();
    if release == chosen {
        release.push_str(" (chosen)");
    }
    match &row.outcome {
        AcrossOutcome::Rendered(answer) => {
            let AcrossAnswer {
                verdict,
                claim_modes,
                claim_size,
                ..
            } = &**answer;
            let claim = match (claim_modes, claim_size) {
                (Some(modes), Some(size)) => format!("{}, {size}", modes.join(" and ")),
                _ => "none".to_owned(),
            };
            let own: Vec<&str> = answer
                .findings
                .iter()
                .copied()
                .filter(|id| !everywhere.contains(id))
                .collect();
            vec![
                release,
                verdict.state.word().to_owned(),
                verdict.headline.clone(),
                claim,
                format!("{} s", answer.grace_seconds),
                format!("{} s", answer.pre_stop_seconds),
                own.join(", "),
            ]
        }
        AcrossOutcome::Refused(failure) => {
            let mut cells = vec![release, VerdictState::Refused.word().to_owned(), failure.what.clone()];
            cells.resize(HEAD.len(), String::new());
            cells
        }
    }
}

/// A table as GitHub shows it.
fn markdown(rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let head = HEAD.map(str::to_owned);
    let rule = HEAD.map(|_| "---".to_owned());
    let rows = rows.iter().map(|row| {
        let cells: Vec<String> = row
            .iter()
            .map(|cell| cell.replace('|', "\\|").replace('\n', " "))
            .collect();
        line(&cells)
    });
    line(&head) + &line(&rule) + &rows.collect::<String>()
}

fn stops(path: &UpgradePath, origins: &Origins, send: &Callback<Action>) -> Html {
    let direct = path.stops.len() > 1;
    html! {
        <>
            <Copy text={plan(path)} label="Copy as Markdown" what="the way from one release to another" />
            if direct {
                <p class="section-lead">{ "With the values as they are entered now, one release after the other:" }</p>
            }
            <ol class="stops">{ for path.stops.iter().map(|each| stop(each, "stop", origins, send)) }</ol>
            if direct {
                <p class="section-lead">{ "Or all in one step:" }</p>
                <ul class="stops">{ stop(&path.direct, "direct", origins, send) }</ul>
            }
        </>
    }
}

fn stop(stop: &Stop, list: &str, origins: &Origins, send: &Callback<Action>) -> Html {
    let id = format!("{list}-{}", stop.to.id);
    html! {
        <li>
            <div class="finding-head">
                <h3>{ leg(stop) }</h3>
                <span class="finding-word" data-first={stop.first.to_string()}>{ duty(stop) }</span>
            </div>
            { items(&stop.items, &id, |_| false, origins, send) }
        </li>
    }
}

fn leg(stop: &Stop) -> String {
    format!("{} to {}", stop.from.id, stop.to.id)
}

fn duty(stop: &Stop) -> &'static str {
    match (stop.first, stop.items.is_empty()) {
        (true, _) => "First something must be done",
        (false, false) => "Goes through, and changes something silently",
        (false, true) => "Goes through",
    }
}

/// The way as a list for a pull request.
fn plan(path: &UpgradePath) -> String {
    let stop = |stop: &Stop| {
        let items = stop
            .items
            .iter()
            .map(|item| format!("  - {}: {}\n", words::change(item.kind), item.title));
        format!(
            "- {}: {}\n{}",
            leg(stop),
            duty(stop).to_lowercase(),
            items.collect::<String>()
        )
    };
    path.stops.iter().map(stop).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Today;

    #[test]
    fn the_way_leads_onwards_from_what_runs() {
        let mut draft = Draft::new(String::new());
        let mut ends = |today: Option<&'static str>, chart: &'static str, chosen: Ends| {
            draft.chart = chart.into();
            draft.today = today.map(|chart| Today {
                chart: chart.into(),
                ..Today::default()
            });
            let (from, to) = way(&draft, &chosen);
            format!("{from} {to}")
        };
        assert_eq!(ends(None, "7.1.0", (None, None)), "7.1.0 14.0.0");
        assert_eq!(ends(Some("7.0.0"), "11.0.0", (None, None)), "7.0.0 11.0.0");
        assert_eq!(ends(Some("14.0.0"), "7.1.0", (None, None)), "14.0.0 main-1838");
        assert_eq!(ends(None, "7.1.0", (Some("main-776".into()), None)), "main-776 7.1.0");
        assert_eq!(ends(None, "7.1.0", (None, Some("7.2.0".into()))), "7.1.0 7.2.0");
    }

    #[test]
    fn a_row_has_a_cell_for_every_column_whether_helm_renders_or_not() {
        let rows = |text: &str| across(&Draft::new(text.to_owned()).request());
        let rows_of_defaults = rows("");
        let everywhere = everywhere(&rows_of_defaults);
        assert!(
            everywhere.contains(&"latest-tag") && !everywhere.contains(&"ingress-without-rules"),
            "{everywhere:?}"
        );
        let rendered = cells(&rows_of_defaults[3], "7.1.0", &everywhere);
        let own = |at: usize| cells(&rows_of_defaults[at], "7.1.0", &everywhere)[6].clone();
        assert!(
            own(5).contains("ingress-without-rules") && !own(5).contains("latest-tag"),
            "{}",
            own(5)
        );
        assert_eq!(
            rendered[..6],
            [
                "7.1.0 (chosen)",
                "Outage",
                "Recreate",
                "ReadWriteOnce, 20Gi",
                "45 s",
                "0 s"
            ]
        );
        let refused = cells(&rows("worker: {replicaCount: 2}\n")[9], "7.1.0", &[]);
        assert_eq!((refused.len(), refused[1].as_str()), (HEAD.len(), "Refused"));
        let table = markdown(&[rendered, vec!["a|b\nc".to_owned()]]);
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines[1], "| --- | --- | --- | --- | --- | --- | --- |");
        assert!(lines[2].starts_with("| 7.1.0 (chosen) | Outage |"), "{table}");
        assert_eq!(lines[3], "| a\\|b c |");
    }

    #[test]
    fn the_plan_says_where_something_comes_first() {
        let path = upgrade_path(&Draft::new(String::new()).request(), "7.0.0", "7.2.0").map_err(|failure| failure.what);
        let plan = plan(&path.unwrap());
        assert!(plan.starts_with("- 7.0.0 to 7.1.0: goes through\n"), "{plan}");
        assert!(
            plan.contains("- 7.1.0 to 7.2.0: first something must be done\n"),
            "{plan}"
        );
    }
}
