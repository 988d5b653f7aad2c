//! One side of a change: a request as far as Helm and the API server decide it. What is said about it comes afterwards.

use rollcast_chart::{Decision, Release, Rendered};
use rollcast_rollout::validate::ApiServer;
use rollcast_rollout::{Strategy, TooLarge};
use rollcast_values::{Effective, Map, Value};

use crate::app::{App, Version};
use crate::findings::Situation;
use crate::manifest::Manifest;
use crate::outlooks::outlooks;
use crate::plan::{self, Drain};
use crate::story::{Part, told};
use crate::workloads::{Setting, Workload, workloads};
use crate::{Failure, Hook, Outlook, Request, change, hooks, words};

/// See the module's text.
pub(crate) struct Side {
    pub(crate) release: &'static Release,
    pub(crate) app: App,
    pub(crate) effective: Effective,
    pub(crate) rendered: Rendered,
    pub(crate) decision: Decision,
    pub(crate) manifest: Manifest,
    pub(crate) drain: Drain,
    /// What the API server makes of the strategy; `None` where it refuses the Deployment.
    pub(crate) strategy: Option<Strategy>,
    pub(crate) outlooks: Vec<Outlook>,
    /// Why there is no outlook, where the numbers are too large to simulate.
    pub(crate) too_large: Option<TooLarge>,
    /// Worker and embeddings, where they are rendered.
    pub(crate) workloads: Vec<Workload>,
    /// The Jobs around the upgrade.
    pub(crate) hooks: Vec<Hook>,
}

/// The release a request names.
pub(crate) fn release(chart: &str) -> Result<&'static Release, Failure> {
    Release::find(chart).map_err(|error| Failure::request(words::sentence(&error.to_string()), error.action()))
}

/// The parts of a request that are Rollcast's own.
pub(crate) fn check(request: &Request) -> Result<(), Failure> {
    if let Some((name, problem)) = request.cluster.problem() {
        return Err(Failure::request(
            format!("cluster.{name} {problem}."),
            "Give three figures in seconds: at best, usually, at worst.",
        ));
    }
    Ok(())
}

/// The effective values of a request, over these defaults or over what it takes over from the last release.
pub(crate) fn effective(request: &Request, defaults: &Map) -> Result<Effective, Failure> {
    let effective = match request.takes_over() {
        None => request.effective(defaults),
        Some(how) => request.reusing(how, &change::last_release(request)?, defaults),
    };
    effective.map_err(Failure::reading)
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

impl Side {
    /// What Helm and the API server make of effective values.
    ///
    /// # Errors
    /// The request is wrong, or Helm refuses to render.
    pub(crate) fn new(request: &Request, release: &'static Release, effective: Effective) -> Result<Self, Failure> {
        let mut side = Self::of_app(request, release, effective)?;
        if let Some(strategy) = side.strategy {
            let rollout = plan::rollout(&side.manifest, strategy, side.drain, &request.cluster);
            side.outlooks = told(Part::App, &rollout, side.outlooks);
        }
        side.workloads = workloads(&Setting {
            release,
            app: side.app,
            rendered: &side.rendered,
            values: &side.effective.values,
            cluster: &request.cluster,
            server: ApiServer::minor(request.cluster.kubernetes),
            of_app: &side.outlooks,
        });
        side.hooks = hooks::hooks(&hooks::Setting {
            release: release.id,
            values: &side.effective.values,
            migration_job: side.rendered.migration_job,
            strategy: side.strategy,
            cluster: &request.cluster,
            of_app: &side.outlooks,
        });
        Ok(side)
    }

    /// The same of the app alone, whose outlooks have no story then: without worker, embeddings and Jobs.
    ///
    /// # Errors
    /// As for [`Self::new`].
    pub(crate) fn of_app(request: &Request, release: &'static Release, effective: Effective) -> Result<Self, Failure> {
        let app = app(request, &effective.values)?;
        let failure = |error| Failure::rendering(error, &effective);
        let rendered = release.render(&effective.values).map_err(failure)?;
        let decision = release.decide(&effective.values);
        let server = ApiServer::minor(request.cluster.kubernetes);
        let manifest = Manifest::read(&rendered, &effective.values, server);
        let drain = Drain::of(&manifest, release, app);
        let strategy = manifest.strategy();
        let forecast = strategy.map_or(Ok(Vec::new()), |strategy| {
            let rollout = plan::rollout(&manifest, strategy, drain, &request.cluster);
            outlooks(&rollout, plan::cases(manifest.sharing(), strategy, &request.cluster))
        });
        let (outlooks, too_large) = match forecast {
            Ok(outlooks) => (outlooks, None),
            Err(too_large) => (Vec::new(), Some(too_large)),
        };
        Ok(Self {
            release,
            app,
            effective,
            rendered,
            decision,
            manifest,
            drain,
            strategy,
            outlooks,
            too_large,
            workloads: Vec::new(),
            hooks: Vec::new(),
        })
    }

    /// What the checks of findings look at.
    pub(crate) fn situation<'a>(&'a self, request: &'a Request) -> Situation<'a> {
        Situation {
            request,
            release: self.release,
            app: self.app,
            effective: &self.effective,
            rendered: &self.rendered,
            decision: &self.decision,
            manifest: &self.manifest,
            drain: self.drain,
            strategy: self.strategy,
            outlooks: &self.outlooks,
            workloads: &self.workloads,
            hooks: &self.hooks,
        }
    }
}
