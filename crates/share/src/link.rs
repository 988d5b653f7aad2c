use rollcast_core::{Applier, Cluster, HelmLine, LiveClaim, ValuesFile};

use crate::error::LinkError;
use crate::{pack, payload};

/// From this length in characters on, some mail and chat programs cut a link off.
pub const LONG: usize = 2_000;

/// A longer fragment in characters is not made; some browsers would refuse the address.
pub const LIMIT: usize = 32_000;

/// What a link carries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Link {
    /// What is asked about.
    pub proposed: Side,
    /// The contents of the files that flags of either side name (`--set-file`), by the paths that stand there.
    pub contents: Vec<ValuesFile>,
    /// What runs today, where the question is about a change.
    pub baseline: Option<Before>,
    /// What brings the objects to the cluster, if it is not the Helm that renders.
    pub applier: Option<Applier>,
    /// Assumptions about the cluster and the running app.
    pub cluster: Cluster,
    /// Ids of prerequisites the operator vouches for.
    pub confirmed: Vec<String>,
}

/// One set of values, and what reads them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// A chart release or a published chart version.
    pub chart: String,
    /// The Lobu app version, if it is known.
    pub app: Option<String>,
    /// Which Helm renders.
    pub helm: HelmLine,
    /// Values files in `-f` order.
    pub files: Vec<ValuesFile>,
    /// Flags, as they stand on a command line.
    pub flags: String,
}

/// What runs today, as far as it differs from what is asked about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Before {
    /// The chart release or published chart version that runs.
    pub chart: Option<String>,
    /// The Lobu app version that runs.
    pub app: Option<String>,
    /// Which Helm rendered it.
    pub helm: Option<HelmLine>,
    /// Its values files; left out together with the flags, both are those that are asked about.
    pub files: Option<Vec<ValuesFile>>,
    /// Its flags, as they stand on a command line.
    pub flags: Option<String>,
    /// What is known of the workspaces claim in the cluster.
    pub claim: LiveClaim,
}

impl Link {
    /// The data of the fragment's parameter `v1`: letters, digits, `-` and `_`.
    ///
    /// # Errors
    /// [`LinkError::TooLarge`]: it would be longer than [`LIMIT`].
    pub fn encode(&self) -> Result<String, LinkError> {
        let text = pack::pack(payload::write(self).as_bytes());
        if text.len() > LIMIT {
            return Err(LinkError::TooLarge);
        }
        Ok(text)
    }

    /// What [`Self::encode`] wrote. Whatever a later or a broken Rollcast put there that makes no sense here is taken as
    /// absent.
    ///
    /// # Errors
    /// [`LinkError::Damaged`] or [`LinkError::TooLarge`].
    pub fn decode(text: &str) -> Result<Self, LinkError> {
        if text.len() > LIMIT {
            return Err(LinkError::TooLarge);
        }
        payload::read(&pack::unpack(text)?)
    }

    /// The same as JSON, for places that need not be short.
    #[must_use]
    pub fn to_json(&self) -> String {
        payload::write(self)
    }

    /// What [`Self::to_json`] wrote, read as tolerantly as a link.
    ///
    /// # Errors
    /// [`LinkError::Damaged`]: it is no JSON object.
    pub fn from_json(text: &str) -> Result<Self, LinkError> {
        payload::read(text.as_bytes())
    }
}
