//! How long an attempt of a node may take.

use std::fmt;
use std::time::Duration;

/// How long one attempt of a node may take: `#[node(timeout = "30s")]`, `#[node(timeout(run = "30s", idle = "5s"))]`.
///
/// Each attempt has all of the time. An attempt that has run out of it is dropped where it waits, and fails with a
/// [`NodeTimeout`], which a retry policy tries again. Needs tokio's timer.
///
/// ```
/// use graph_core::prelude::*;
///
/// #[derive(State, Clone, Debug, Default)]
/// struct Report {
///     #[state(input)]
///     pages: u64,
/// }
///
/// /// May take ten minutes, but not ten seconds without a sign of life.
/// #[node(timeout(run = "10m", idle = "10s"))]
/// async fn count(Report { pages, .. }: &Report, cx: &RunContext) -> ReportUpdate {
///     for _ in 0..*pages {
///         // What takes its time, and tells nobody.
///         tokio::task::yield_now().await;
///         cx.heartbeat();
///     }
///     ReportUpdate::default()
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeout {
    /// How long it may take in all.
    pub run: Option<Duration>,
    /// How long it may take without a sign of life: a custom event, a pushed message, a token or another piece of a
    /// model's reply, the start, a piece or the end of a span, or
    /// [`heartbeat`](crate::context::RunContext::heartbeat). Whether anybody listens to these does not matter.
    pub idle: Option<Duration>,
}

impl Timeout {
    /// As long as it takes.
    pub const NONE: Self = Self { run: None, idle: None };

    pub(crate) const fn is_none(&self) -> bool {
        self.run.is_none() && self.idle.is_none()
    }
}

/// An attempt of a node took too long, and was stopped. It is tried again, where the node has a retry policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("node `{node}` {kind} {after:?}")]
#[non_exhaustive]
pub struct NodeTimeout {
    /// The node.
    pub node: &'static str,
    /// Which time was over.
    pub kind: TimeoutKind,
    /// How long that is.
    pub after: Duration,
}

/// Which of a node's times was over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeoutKind {
    /// That of a whole attempt.
    Attempt,
    /// That without a sign of life.
    Idle,
}

impl fmt::Display for TimeoutKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Attempt => "took longer than",
            Self::Idle => "gave no sign of life for",
        })
    }
}
