//! Time limits of a node's attempts.

use std::fmt;
use std::time::Duration;

/// The time limits of one attempt of a node: `#[node(timeout = "30s")]`, `#[node(timeout(run = "30s", idle = "5s"))]`.
///
/// Each attempt has the full time. An attempt that exceeds it is dropped at its current `.await` and fails with a
/// [`NodeTimeout`], which a retry policy retries. Needs tokio's timer.
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
/// /// May take ten minutes, but not ten seconds without a sign of progress.
/// #[node(timeout(run = "10m", idle = "10s"))]
/// async fn count(Report { pages, .. }: &Report, cx: &RunContext) -> ReportUpdate {
///     for _ in 0..*pages {
///         // Long work without events.
///         tokio::task::yield_now().await;
///         cx.heartbeat();
///     }
///     ReportUpdate::default()
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeout {
    /// The limit of the whole attempt.
    pub run: Option<Duration>,
    /// The limit between two signs of progress: a custom event, a pushed message, a token or another chunk of a model's
    /// reply, the start, a chunk or the end of a span, or [`heartbeat`](crate::context::RunContext::heartbeat). They
    /// count whether or not they are streamed.
    pub idle: Option<Duration>,
}

impl Timeout {
    /// No limit.
    pub const NONE: Self = Self { run: None, idle: None };

    pub(crate) const fn is_none(&self) -> bool {
        self.run.is_none() && self.idle.is_none()
    }
}

/// An attempt of a node exceeded a time limit and was cancelled. A retry policy retries it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("node `{node}` {kind} {after:?}")]
#[non_exhaustive]
pub struct NodeTimeout {
    /// The name of the node.
    pub node: &'static str,
    /// Which limit was exceeded.
    pub kind: TimeoutKind,
    /// The limit.
    pub after: Duration,
}

/// The kinds of time limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeoutKind {
    /// The limit of the whole attempt.
    Attempt,
    /// The limit between two signs of progress.
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
