//! 14.0.0 with Recreate as the default of `app.strategy` (Lobu pull request 1838). Never published; labelled 14.0.0.

use crate::Release;
use crate::release::{Cache, Templates};

pub(super) const TEMPLATES: Templates = super::v14_0_0::TEMPLATES;

static CACHE: Cache = Cache::new();

pub(super) const fn release() -> Release {
    Release {
        id: "main-1838",
        summary: "14.0.0 with Recreate as the default of `app.strategy` (Lobu pull request 1838). Never published; labelled 14.0.0.",
        label: "14.0.0",
        commit: "0e595bfd",
        published: &[],
        tell: "its values have `app.strategy.type: Recreate`",
        changes: &[
            "`app.strategy` is `type: Recreate` by default, so the app no longer rolls unless the values say so.",
            "A `rollingUpdate` without a `type` is merged into it, and Kubernetes refuses the result.",
        ],
        templates: TEMPLATES,
        defaults: include_str!("defaults.yaml"),
        cache: &CACHE,
    }
}
