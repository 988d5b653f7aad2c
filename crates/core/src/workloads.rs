//! The other two Deployments: the worker that feeds connectors in, and the embeddings service.

use rollcast_chart::{Release, Rendered};
use rollcast_rollout::validate::{self, ApiServer, DeploymentSpec, Rejection};
use rollcast_rollout::{PodTimes, Range, Rollout, WindowKind, time_to_ready};
use rollcast_values::Value;
use serde_json::{Value as Json, json};

use crate::app::{self, App};
use crate::findings::Releases;
use crate::manifest::{Sharing, assembled, json as sent, labels, typed};
use crate::outlooks::outlooks;
use crate::plan;
use crate::story::{Part, told};
use crate::words::{likely, open_seconds, seconds, sentence};
use crate::{Cluster, Component, Outlook, WorkloadForecast};

/// The releases that print the caches' access modes; later ones print ReadWriteOnce whatever the values say.
const CACHE_MODES_ARE_PRINTED: Releases = Releases::to("main-871");
/// The releases in which the embeddings have probe numbers of their own.
const OWN_PROBES: Releases = Releases::from("11.0.0");
/// The release whose worker and embeddings must not run as root and do not say as whom (Lobu pull request 1228 mended it).
const NAMELESS_USER: Releases = Releases::between("11.1.0", "11.1.0");

/// One of the two, as the API server takes it.
pub(crate) struct Workload {
    pub(crate) component: Component,
    /// Why the server refuses the Deployment or its cache claim.
    pub(crate) rejections: Vec<Rejection>,
    pub(crate) spec: Option<DeploymentSpec>,
    /// Who may mount the cache; `None` without one.
    pub(crate) sharing: Option<Sharing>,
    /// The kubelet refuses its containers: they must not run as root, and nothing says as whom they run.
    pub(crate) cannot_start: bool,
    pub(crate) outlooks: Vec<Outlook>,
}

impl Component {
    /// The table of its values.
    pub(crate) const fn table(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::Embeddings => "embeddings",
        }
    }

    const fn part(self) -> Part {
        match self {
            Self::Worker => Part::Worker,
            Self::Embeddings => Part::Embeddings,
        }
    }
}

/// What the two are told apart by.
pub(crate) struct Setting<'a> {
    pub(crate) release: &'static Release,
    pub(crate) app: App,
    pub(crate) rendered: &'a Rendered,
    pub(crate) values: &'a Value,
    pub(crate) cluster: &'a Cluster,
    pub(crate) server: ApiServer,
    /// The app's own outlooks: the worker waits for the app.
    pub(crate) of_app: &'a [Outlook],
}

/// The workloads that are rendered.
pub(crate) fn workloads(setting: &Setting<'_>) -> Vec<Workload> {
    let Rendered { worker, embeddings, .. } = setting.rendered;
    let both = [(Component::Worker, worker), (Component::Embeddings, embeddings)];
    both.into_iter()
        .filter_map(|(component, texts)| Some(setting.workload(component, texts.as_ref()?)))
        .collect()
}

impl Setting<'_> {
    fn value(&self, component: Component, path: &str) -> Option<&Value> {
        self.values.at(component.table())?.at(path)
    }

    fn truthy(&self, component: Component, path: &str) -> bool {
        self.value(component, path).is_some_and(Value::truthy)
    }

    fn workload(&self, component: Component, texts: &rollcast_chart::Workload) -> Workload {
        let mut rejections = Vec::new();
        let name = format!("lobu-{}", component.table());
        let sharing = self.truthy(component, "cache.enabled").then(|| {
            let modes = match self.value(component, "cache.accessModes") {
                Some(modes) if CACHE_MODES_ARE_PRINTED.contains(self.release.id) => sent(modes),
                _ => json!(["ReadWriteOnce"]),
            };
            let claim = json!({"accessModes": modes, "resources": {"requests": {"storage": "5Gi"}}});
            validate::claim(&format!("{name}-cache"), &claim, self.server)
        });
        let sharing = match sharing.transpose() {
            Ok(accepted) => accepted.map(|accepted| Sharing::of(&accepted.spec)),
            Err(rejection) => {
                rejections.push(rejection);
                None
            }
        };
        let spec = match validate::deployment(&name, &self.deployment(component, texts), self.server) {
            Ok(accepted) => Some(accepted.spec),
            Err(rejection) => {
                rejections.push(rejection);
                None
            }
        };
        let mut workload = Workload {
            component,
            cannot_start: self.cannot_start(component),
            rejections,
            spec,
            sharing,
            outlooks: Vec::new(),
        };
        workload.outlooks = self.outlooks(&workload);
        workload
    }

    fn deployment(&self, component: Component, texts: &rollcast_chart::Workload) -> Json {
        let mut container = json!({"name": component.table()});
        if component == Component::Embeddings {
            let probes = if OWN_PROBES.contains(self.release.id) {
                self.value(component, "healthCheck.readinessProbe")
            } else {
                self.values.at("healthCheck.readinessProbe")
            };
            let mut probe = json!({"httpGet": {"path": "/health", "port": 8790}});
            for name in [
                "initialDelaySeconds",
                "periodSeconds",
                "timeoutSeconds",
                "failureThreshold",
            ] {
                let number = probes.and_then(|probes| probes.at(name));
                probe[name] = number.map_or(Json::Null, |number| sent(&typed(&number.print())));
            }
            container["readinessProbe"] = probe;
        }
        let mut pod = json!({"containers": [container]});
        // Only the worker has the key, from release 11.1.0 on; before, nothing reads it.
        if component == Component::Worker && self.release.reads("worker.terminationGracePeriodSeconds") {
            let grace = self.value(component, "terminationGracePeriodSeconds");
            if let Some(grace) = grace.filter(|grace| grace.truthy()) {
                pod["terminationGracePeriodSeconds"] = sent(&typed(&grace.print()));
            }
        }
        let mut fields = vec![
            ("replicas", sent(&typed(&texts.replicas))),
            ("template", json!({"metadata": {"labels": labels()}, "spec": pod})),
        ];
        if let Some(strategy) = &texts.strategy {
            fields.push(("strategy", sent(&typed(strategy))));
        }
        assembled(&fields)
    }

    /// Whether the kubelet refuses to start the containers: the pod must not run as root, and neither the pod nor the
    /// image says in numbers as whom it runs.
    fn cannot_start(&self, component: Component) -> bool {
        let has_user = ["containerSecurityContext.runAsUser", "podSecurityContext.runAsUser"]
            .iter()
            .any(|path| self.value(component, path).is_some_and(|user| *user != Value::Null));
        NAMELESS_USER.contains(self.release.id)
            && self.value(component, "containerSecurityContext.runAsNonRoot") == Some(&Value::Bool(true))
            && !has_user
            && !self.app.has(self.release, &app::NUMERIC_USER)
    }

    fn outlooks(&self, workload: &Workload) -> Vec<Outlook> {
        let Some(spec) = workload.spec.as_ref().filter(|_| workload.rejections.is_empty()) else {
            return Vec::new();
        };
        let ready = time_to_ready(self.cluster.boot.milliseconds(), None, spec.readiness.as_ref());
        let shutdown = self.cluster.shutdown.milliseconds();
        let times = PodTimes {
            scheduling: match workload.component {
                Component::Worker => self.worker_scheduling(spec, shutdown),
                Component::Embeddings => self.cluster.scheduling.milliseconds(),
            },
            ready,
            grace: spec.grace_seconds.saturating_mul(1_000),
            pre_stop: 0,
            shutdown,
            accepts: shutdown,
            unready: None,
        };
        let propagation = self.cluster.propagation.milliseconds();
        let rollout = Rollout {
            new_never_ready: workload.cannot_start,
            ..Rollout::new(spec.replicas, spec.strategy, times, propagation)
        };
        let cases = plan::cases(workload.sharing, spec.strategy, self.cluster);
        // What is too large to simulate is said of the app; here it is left out.
        told(
            workload.component.part(),
            &rollout,
            outlooks(&rollout, cases).unwrap_or_default(),
        )
    }

    /// The worker's init container waits until the app answers, so its container does not start before.
    fn worker_scheduling(&self, spec: &DeploymentSpec, shutdown: Range<u64>) -> Range<u64> {
        let own = self.cluster.scheduling.milliseconds();
        let Some(app) = self.of_app.first() else { return own };
        let back = |run: &rollcast_rollout::Run| {
            run.windows
                .iter()
                .filter(|window| window.kind == WindowKind::NoUsableEndpoint)
                .filter_map(|window| window.to)
                .max()
                .unwrap_or(0)
        };
        // Under Recreate the new worker is created when the old one is gone.
        let created = |shutdown: u64| match spec.strategy {
            rollcast_rollout::Strategy::Recreate => shutdown.min(spec.grace_seconds.saturating_mul(1_000)),
            rollcast_rollout::Strategy::RollingUpdate { .. } => 0,
        };
        let waits = |own: u64, run, shutdown| own.max(back(run).saturating_sub(created(shutdown)));
        let forecast = &app.forecast;
        let earliest = waits(own.earliest, &forecast.earliest, shutdown.earliest);
        let likely = waits(own.likely, &forecast.likely, shutdown.likely).max(earliest);
        Range {
            earliest,
            likely,
            latest: waits(own.latest, &forecast.latest, shutdown.latest).max(likely),
        }
    }
}

impl Workload {
    /// For the report.
    pub(crate) fn forecast(self) -> WorkloadForecast {
        let headline = match (&self.spec, self.rejections.is_empty()) {
            (Some(spec), true) => match spec.strategy.limits(spec.replicas) {
                None => "Recreate".to_owned(),
                Some(limits) => format!(
                    "RollingUpdate, maxSurge {}, maxUnavailable {}",
                    limits.surge, limits.unavailable
                ),
            },
            _ => "The API server refuses it".to_owned(),
        };
        let consequence = match (self.rejections.first(), self.outlooks.first()) {
            (Some(rejection), _) => format!("The upgrade fails: {rejection}."),
            (None, Some(worst)) => self.consequence(worst),
            (None, None) => "There is no forecast.".to_owned(),
        };
        WorkloadForecast {
            component: self.component,
            headline,
            consequence,
            outlooks: self.outlooks,
        }
    }

    fn consequence(&self, worst: &Outlook) -> String {
        let length = |kind| crate::outlooks::length(&worst.forecast, kind);
        let down = match self.component {
            Component::Worker => "connectors feed nothing in",
            Component::Embeddings => "nothing is embedded",
        };
        if self.cannot_start {
            return sentence(&format!("the new pod cannot start, and {down} from then on"));
        }
        let text = match (length(WindowKind::Deadlock), length(WindowKind::NoReadyEndpoint)) {
            (Some(_), _) if worst.title.is_empty() => "the rollout never finishes".to_owned(),
            (Some(_), _) => format!("if {}, the rollout never finishes", worst.title),
            (None, Some(gap)) => format!("{down} for {}{}", open_seconds(gap), likely(gap)),
            (None, None) => match length(WindowKind::Overlap) {
                Some(overlap) => format!("old and new pods overlap for {}; no gap", open_seconds(overlap)),
                None => "no gap".to_owned(),
            },
        };
        sentence(&text)
    }
}

/// What the workloads' forecasts assume beside the app's.
pub(crate) fn assumptions(workloads: &[Workload]) -> Vec<String> {
    let has = |component| workloads.iter().any(|workload| workload.component == component);
    let mut sentences = Vec::new();
    if has(Component::Worker) {
        sentences.push(
            "Worker and embeddings boot and stop as fast as the app. The worker has no readiness probe: it counts as ready \
             when its container runs, and that waits until the app answers, for four minutes at most."
                .to_owned(),
        );
    } else if has(Component::Embeddings) {
        sentences.push("The embeddings boot and stop as fast as the app.".to_owned());
    }
    sentences
}

/// "300 s".
pub(crate) fn exactly(milliseconds: u64) -> String {
    seconds(Range {
        earliest: milliseconds,
        likely: milliseconds,
        latest: milliseconds,
    })
}
