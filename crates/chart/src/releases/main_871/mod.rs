//! 7.1.0 with workspaces off by default (Lobu pull request 871). Never published; labelled 7.1.0.

use crate::Release;
use crate::release::{Cache, StrategyForm, Templates};

pub(super) const TEMPLATES: Templates = Templates {
    strategy: StrategyForm::OptIn { comment: 31 },
    ..super::v7_1_0::TEMPLATES
};

static CACHE: Cache = Cache::new();

pub(super) const fn release() -> Release {
    Release {
        id: "main-871",
        summary: "7.1.0 with workspaces off by default (Lobu pull request 871). Never published; labelled 7.1.0.",
        label: "7.1.0",
        commit: "9484be39",
        published: &[],
        tell: "its values have `app.allowMultiReplica`, and `app.workspaces.enabled` is false",
        changes: &[
            "`app.workspaces.enabled` is false by default: where it was not set, the workspaces claim leaves the manifest, and Helm deletes it.",
            "So `app.allowMultiReplica: true` alone gives RollingUpdate 1 / 0.",
        ],
        templates: TEMPLATES,
        defaults: include_str!("defaults.yaml"),
        cache: &CACHE,
    }
}
