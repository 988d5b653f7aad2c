//! The Lobu app: its versions, and what each of them brought.

use std::fmt;

use rollcast_chart::Release;

use crate::findings::position;

/// A published version of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version(u16, u16, u16);

impl Version {
    /// Reads "12.0.0" or "v12.0.0".
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.strip_prefix('v').unwrap_or(text).split('.');
        let mut next = || {
            let digits = parts.next()?;
            digits
                .bytes()
                .all(|byte| byte.is_ascii_digit())
                .then(|| digits.parse().ok())?
        };
        let version = Self(next()?, next()?, next()?);
        parts.next().is_none().then_some(version)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

/// Something one pull request of Lobu brought to the app: a fix or a change of behaviour.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fact {
    /// The pull request.
    pub(crate) pull: u16,
    /// The first published version with it, by git ancestry of the release commits.
    pub(crate) version: Version,
    /// The first chart release whose every published version came with an app that has it; of releases that were never
    /// published, the first one whose commit has it.
    pub(crate) release: &'static str,
}

const fn fact(pull: u16, version: (u16, u16, u16), release: &'static str) -> Fact {
    Fact {
        pull,
        version: Version(version.0, version.1, version.2),
        release,
    }
}

/// The app refuses to boot on a schema older than it needs.
pub(crate) const SCHEMA_GATE: Fact = fact(767, (7, 1, 0), "main-775");
/// Questions to users are kept in Postgres.
pub(crate) const QUESTIONS_IN_POSTGRES: Fact = fact(834, (7, 1, 0), "7.1.0");
/// Questions need a connection id, which API sessions do not have.
pub(crate) const QUESTIONS_NEED_CONNECTION: Fact = fact(847, (7, 1, 0), "7.1.0");
/// Transcripts are kept in Postgres, and a lock guards each conversation.
pub(crate) const TRANSCRIPTS_IN_POSTGRES: Fact = fact(871, (7, 2, 0), "main-871");
/// The last message of an answer waits for the pod that has the client's stream.
pub(crate) const TERMINAL_MESSAGES: Fact = fact(971, (9, 0, 0), "11.0.0");
/// Transcripts can no longer be kept in files instead.
pub(crate) const NO_FILE_STORE: Fact = fact(1124, (11, 0, 0), "11.1.0");
/// Slack settings no longer need an instance that this pod has started.
pub(crate) const SLACK_FROM_ENV: Fact = fact(1065, (10, 0, 0), "11.0.0");
/// Slack answers are posted whole.
pub(crate) const SLACK_FINAL_TEXT: Fact = fact(1087, (10, 0, 0), "11.0.0");
/// Webhooks load connections that another pod created.
pub(crate) const WEBHOOK_HYDRATION: Fact = fact(1098, (10, 1, 0), "11.1.0");
/// Readiness turns red on SIGTERM and the app drains before it stops; scheduled jobs are guarded.
pub(crate) const READINESS_DRAIN: Fact = fact(1191, (11, 1, 0), "11.1.0");
/// Rate limits are counted in Postgres.
pub(crate) const SHARED_RATE_LIMITS: Fact = fact(1205, (11, 2, 0), "14.0.0");
/// The images of worker and embeddings name their user by number.
pub(crate) const NUMERIC_USER: Fact = fact(1228, (11, 3, 0), "14.0.0");
/// A Telegram connection is held by one pod at a time.
pub(crate) const CONNECTION_LEASES: Fact = fact(1231, (12, 0, 0), "main-1838");
/// Events reach the streams of every pod.
pub(crate) const STREAM_FAN_OUT: Fact = fact(1236, (12, 0, 0), "main-1838");
/// A pod that loses the race for a conversation stays quiet.
pub(crate) const QUIET_LOSER: Fact = fact(1257, (12, 0, 0), "main-1838");
/// Refreshing an OAuth token is locked across pods.
pub(crate) const REFRESH_LOCK: Fact = fact(1272, (12, 0, 0), "main-1838");

/// What is known of the app version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum App {
    /// The request says it.
    Told(Version),
    /// `image.tag` says it.
    Tag(Version),
    /// Nobody says it.
    Unknown,
}

impl App {
    /// Whether the app has something. An app of unknown version is taken to be as old as the chart release allows,
    /// which is the worst case for every fix.
    pub(crate) fn has(self, release: &Release, fact: &Fact) -> bool {
        match self {
            Self::Told(version) | Self::Tag(version) => version >= fact.version,
            Self::Unknown => position(release.id) >= position(fact.release),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACTS: [Fact; 16] = [
        SCHEMA_GATE,
        QUESTIONS_IN_POSTGRES,
        QUESTIONS_NEED_CONNECTION,
        TRANSCRIPTS_IN_POSTGRES,
        TERMINAL_MESSAGES,
        NO_FILE_STORE,
        SLACK_FROM_ENV,
        SLACK_FINAL_TEXT,
        WEBHOOK_HYDRATION,
        READINESS_DRAIN,
        SHARED_RATE_LIMITS,
        NUMERIC_USER,
        CONNECTION_LEASES,
        STREAM_FAN_OUT,
        QUIET_LOSER,
        REFRESH_LOCK,
    ];

    /// An app of unknown version has what the oldest version published with its chart has.
    #[test]
    fn unknown_means_the_oldest_published_with_the_chart() {
        for fact in &FACTS {
            for release in Release::all() {
                let Some(oldest) = release.published.first().and_then(|text| Version::parse(text)) else {
                    continue;
                };
                assert_eq!(
                    App::Unknown.has(release, fact),
                    oldest >= fact.version,
                    "pull request {} and chart {}",
                    fact.pull,
                    release.id
                );
            }
        }
    }

    #[test]
    fn versions_are_three_numbers() {
        assert_eq!(Version::parse("12.0.0"), Some(Version(12, 0, 0)));
        assert_eq!(
            Version::parse("v9.4.1").map(|version| version.to_string()),
            Some("9.4.1".to_owned())
        );
        for text in [
            "",
            "latest",
            "12",
            "12.0",
            "12.0.0.1",
            "12.0.x",
            "+1.0.0",
            "1.2.99999",
            "1..2",
            " 1.2.3",
        ] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
        assert!(Version(9, 4, 1) < Version(10, 0, 0));
    }
}
