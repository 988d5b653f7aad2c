//! main-775 with `app.allowMultiReplica` (Lobu pull request 776), the rule Rollcast started from. Never published; labelled 7.0.0.

use crate::Release;
use crate::release::{Cache, StrategyForm, Templates};

pub(super) const TEMPLATES: Templates = Templates {
    strategy: StrategyForm::OptIn { comment: 25 },
    ..super::main_775::TEMPLATES
};

static CACHE: Cache = Cache::new();

pub(super) const fn release() -> Release {
    Release {
        id: "main-776",
        summary: "main-775 with `app.allowMultiReplica` (Lobu pull request 776), the rule Rollcast started from. Never published; labelled 7.0.0.",
        label: "7.0.0",
        commit: "e98e1eab",
        published: &[],
        tell: "its values have `app.allowMultiReplica`, but not `service.sessionAffinity`",
        changes: &[
            "`app.allowMultiReplica` with workspaces off or ReadWriteMany gives RollingUpdate 1 / 0.",
            "Everything else keeps to Recreate: with workspaces off a strategy was left out before.",
            "An `app.workspaces.accessModes` that is no list is refused.",
        ],
        templates: TEMPLATES,
        defaults: include_str!("defaults.yaml"),
        cache: &CACHE,
    }
}
