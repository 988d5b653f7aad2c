use std::ffi::OsString;

use clap::ValueEnum;
use rollcast_core::{
    Applier, ArgoCdSync, Baseline, Helm4ServerSide, HelmLine, InstalledBy, LiveClaim, ReclaimPolicy, Reuse, ValuesFile,
};

use super::helm::helm_line;
use crate::error::Error;
use crate::input::Inputs;

const HEADING: &str = "What runs today";

/// What runs today. What is not given is as in the change, so `--baseline-chart` alone is "the same values, an older
/// release".
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct BaselineArgs {
    /// Values files of today, or what `helm get values` printed (--all, too); can be repeated
    #[arg(long, value_name = "FILE", help_heading = HEADING)]
    baseline: Vec<OsString>,

    /// The chart release that runs
    #[arg(long, value_name = "RELEASE", help_heading = HEADING)]
    baseline_chart: Option<String>,

    /// The Lobu app version that runs
    #[arg(long, value_name = "VERSION", help_heading = HEADING)]
    baseline_app: Option<String>,

    /// The Helm that rendered it
    #[arg(long, value_name = "VERSION", value_parser = helm_line, help_heading = HEADING)]
    baseline_helm: Option<HelmLine>,

    /// Take over today's values and the defaults of today's chart, as helm upgrade does with this option
    #[arg(long, requires = "baseline", help_heading = HEADING)]
    reuse_values: bool,

    /// Take over today's values, as helm upgrade does with this option
    #[arg(long, requires = "baseline", help_heading = HEADING)]
    reset_then_reuse_values: bool,

    /// What brings the change to the cluster; without it, the Helm of --helm
    #[arg(long, value_name = "APPLIER", value_enum, help_heading = HEADING)]
    applier: Option<ApplierArg>,

    /// The workspaces claim carries helm.sh/resource-policy: keep
    #[arg(long, help_heading = HEADING)]
    claim_keep: bool,

    /// The reclaim policy of the claim's volume
    #[arg(long, value_name = "POLICY", value_enum, help_heading = HEADING)]
    claim_reclaim: Option<ReclaimArg>,

    /// The claim's class may expand volumes
    #[arg(long, help_heading = HEADING)]
    claim_expandable: bool,

    /// The storage class that was filled in where the values name none
    #[arg(long, value_name = "CLASS", help_heading = HEADING)]
    claim_class: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ReclaimArg {
    /// The volume and its data go with the claim
    Delete,
    /// The volume stays
    Retain,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "kebab-case")]
enum ApplierArg {
    /// helm upgrade of Helm 3
    Helm3,
    /// helm upgrade --force of Helm 3
    Helm3Force,
    /// helm upgrade of Helm 4, for a release that Helm 4 installed
    Helm4,
    /// helm upgrade of Helm 4, for a release that Helm 3 installed
    Helm4AfterHelm3,
    /// helm upgrade --server-side=false of Helm 4
    Helm4ClientSide,
    /// helm upgrade --force-replace of Helm 4
    Helm4ForceReplace,
    /// kubectl apply
    Kubectl,
    /// kubectl apply --server-side
    KubectlServerSide,
    /// kubectl replace
    KubectlReplace,
    /// Argo CD
    ArgoCd,
    /// Argo CD with ServerSideApply=true
    ArgoCdServerSide,
    /// Argo CD with Replace=true
    ArgoCdReplace,
    /// Flux
    Flux,
    /// Flux with its force setting
    FluxForce,
    /// Pulumi
    Pulumi,
}

impl BaselineArgs {
    /// Whether anything about today is given.
    pub(crate) fn is_given(&self) -> bool {
        !self.baseline.is_empty()
            || self.baseline_chart.is_some()
            || self.baseline_app.is_some()
            || self.baseline_helm.is_some()
    }

    /// What runs today, with the texts of its files; `None` where nothing is given.
    pub(crate) fn baseline(&self, inputs: &mut Inputs) -> Result<Option<Baseline>, Error> {
        if !self.is_given() {
            return Ok(None);
        }
        let values: Vec<ValuesFile> = self
            .baseline
            .iter()
            .map(|name| inputs.values_file(name))
            .collect::<Result<_, _>>()?;
        Ok(Some(Baseline {
            chart: self.baseline_chart.clone(),
            app: self.baseline_app.clone(),
            values: Some(values).filter(|values| !values.is_empty()),
            set: None,
            helm: self.baseline_helm,
            claim: LiveClaim {
                keep: self.claim_keep.then_some(true),
                reclaim: self.claim_reclaim.map(|policy| match policy {
                    ReclaimArg::Delete => ReclaimPolicy::Delete,
                    ReclaimArg::Retain => ReclaimPolicy::Retain,
                }),
                expandable: self.claim_expandable.then_some(true),
                class: self.claim_class.clone(),
            },
        }))
    }

    /// What the change takes over.
    pub(crate) fn reuse(&self) -> Option<Reuse> {
        Reuse::by_options(self.reuse_values, self.reset_then_reuse_values)
    }

    pub(crate) fn applier(&self) -> Option<Applier> {
        let helm4 = |server_side, installed_by, force_replace| Applier::Helm4 {
            server_side,
            installed_by,
            force_replace,
        };
        Some(match self.applier? {
            ApplierArg::Helm3 => Applier::Helm3 { force: false },
            ApplierArg::Helm3Force => Applier::Helm3 { force: true },
            ApplierArg::Helm4 => helm4(Helm4ServerSide::Auto, InstalledBy::Helm4, false),
            ApplierArg::Helm4AfterHelm3 => helm4(Helm4ServerSide::Auto, InstalledBy::Helm3, false),
            ApplierArg::Helm4ClientSide => helm4(Helm4ServerSide::Off, InstalledBy::Helm3, false),
            ApplierArg::Helm4ForceReplace => helm4(Helm4ServerSide::Off, InstalledBy::Helm3, true),
            ApplierArg::Kubectl => Applier::KubectlApply,
            ApplierArg::KubectlServerSide => Applier::KubectlServerSide {
                force_conflicts: false,
                after_client_side: false,
            },
            ApplierArg::KubectlReplace => Applier::KubectlReplace,
            ApplierArg::ArgoCd => Applier::ArgoCd {
                sync: ArgoCdSync::Apply,
            },
            ApplierArg::ArgoCdServerSide => Applier::ArgoCd {
                sync: ArgoCdSync::ServerSideApply,
            },
            ApplierArg::ArgoCdReplace => Applier::ArgoCd {
                sync: ArgoCdSync::Replace,
            },
            ApplierArg::Flux => Applier::Flux { force: false },
            ApplierArg::FluxForce => Applier::Flux { force: true },
            ApplierArg::Pulumi => Applier::Pulumi,
        })
    }
}
