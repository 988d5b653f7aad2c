use rollcast_chart::Release;
use rollcast_rollout::TooLarge;
use rollcast_rollout::validate::ApiServer;
use rollcast_values::{File, Flag, Given, Value};

use crate::app::{App, Version};
use crate::findings::{self, Situation};
use crate::manifest::Manifest;
use crate::outlooks::outlooks;
use crate::plan::{self, Drain};
use crate::{Answer, Failure, Outcome, ReleaseInfo, Report, Request, assumptions, verdict, words};

/// The chart's name; Helm's messages repeat it.
const CHART: &str = "lobu";

/// Answers a request: what Helm makes of the values, which strategy the release resolves and why, what the rollout will
/// look like, and every statement there is to make about it.
///
/// A pure function of the request. It never panics; whatever cannot be answered is an [`Outcome::Refused`] that says
/// what is wrong, where, and what to change.
#[must_use]
pub fn evaluate(request: &Request) -> Report {
    let release = match release(&request.chart) {
        Ok(release) => release,
        Err(failure) => {
            return Report {
                release: None,
                outcome: Outcome::Refused(failure),
                warnings: Vec::new(),
            };
        }
    };
    let mut warnings = Vec::new();
    let outcome = match answer(request, release, &mut warnings) {
        Ok(answer) => Outcome::Rendered(Box::new(answer)),
        Err(failure) => Outcome::Refused(failure),
    };
    Report {
        release: Some(ReleaseInfo {
            id: release.id.to_owned(),
            summary: release.summary.to_owned(),
        }),
        outcome,
        warnings,
    }
}

fn release(chart: &str) -> Result<&'static Release, Failure> {
    Release::find(chart).map_err(|error| Failure::request(words::sentence(&error.to_string()), error.action()))
}

/// The parts of a request that are Rollcast's own.
fn check(request: &Request) -> Result<(), Failure> {
    if let Some((name, problem)) = request.cluster.problem() {
        return Err(Failure::request(
            format!("cluster.{name} {problem}."),
            "Give three figures in seconds: at best, usually, at worst.",
        ));
    }
    Ok(())
}

fn app(request: &Request, values: &Value) -> Result<App, Failure> {
    match (&request.app, values.at("image.tag")) {
        (Some(told), _) => Version::parse(told).map(App::Told).ok_or_else(|| {
            Failure::request(
                format!("\"{told}\" is no version of the app."),
                "Give a published version such as \"12.0.0\", or leave it out if it is not known.",
            )
        }),
        (None, Some(Value::Str(tag))) => Ok(Version::parse(tag).map_or(App::Unknown, App::Tag)),
        (None, _) => Ok(App::Unknown),
    }
}

fn answer(request: &Request, release: &'static Release, warnings: &mut Vec<String>) -> Result<Answer, Failure> {
    check(request)?;
    let files: Vec<File<'_>> = request
        .values
        .iter()
        .map(|file| File {
            name: &file.name,
            text: &file.text,
        })
        .collect();
    let flags: Vec<Flag<'_>> = request
        .set
        .iter()
        .map(|flag| Flag {
            kind: flag.kind,
            arg: &flag.arg,
            content: flag.content.as_deref(),
        })
        .collect();
    let given = Given {
        files: &files,
        flags: &flags,
        helm: request.helm,
    };
    let effective = rollcast_values::effective(release.defaults(), CHART, &given).map_err(Failure::reading)?;
    warnings.clone_from(&effective.warnings);
    let app = app(request, &effective.values)?;
    let rendered = release
        .render(&effective.values)
        .map_err(|error| Failure::rendering(error, &effective))?;
    let decision = release.decide(&effective.values);

    let server = ApiServer::minor(request.cluster.kubernetes);
    let manifest = Manifest::read(&rendered, &effective.values, server);
    let drain = Drain::of(&rendered, release, app);
    let strategy = manifest.strategy();
    let forecast = strategy.map_or(Ok(Vec::new()), |strategy| {
        let times = plan::pod_times(&manifest, drain, &request.cluster);
        let cases = plan::cases(&manifest, strategy, &request.cluster);
        outlooks(manifest.spec.replicas, strategy, &times, cases, &request.cluster)
    });
    let (outlooks, too_large): (_, Option<TooLarge>) = match forecast {
        Ok(outlooks) => (outlooks, None),
        Err(too_large) => (Vec::new(), Some(too_large)),
    };
    let situation = Situation {
        request,
        release,
        app,
        effective: &effective,
        rendered: &rendered,
        decision: &decision,
        manifest: &manifest,
        drain,
        strategy,
        outlooks: &outlooks,
    };
    let findings = findings::all(&situation);
    let verdict = verdict::verdict(&situation, &findings);
    let assumptions = assumptions::assumptions(&situation, too_large);
    Ok(Answer {
        verdict,
        findings,
        assumptions,
        rendered,
        decision,
        outlooks,
    })
}
