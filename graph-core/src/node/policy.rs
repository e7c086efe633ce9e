//! Policies: retries, timeouts, caching and error handlers of nodes.

use std::fmt;
use std::time::Duration;

use super::{Handler, NodeError, Timeout};

/// The policies of a node: `#[node(retry(..), timeout(..))]`.
///
/// `defaults(..)` of a graph applies to nodes without a policy of that kind. A node's own policy overrides it
/// (`retry(max_attempts = 1)` means one attempt). A default timeout does not apply to sync nodes, because nothing can
/// cancel a function that never waits. Nodes inside a subgraph have that graph's defaults. The
/// subgraph is itself a node of its parent: the parent's default timeout bounds its whole run, and a default retry repeats
/// it from its START.
///
/// ```
/// use std::time::Duration;
///
/// use graph_core::prelude::*;
///
/// #[derive(State, Clone, Debug, Default)]
/// struct Order {
///     #[state(input)]
///     item: String,
///     #[state(reduce = Append)]
///     log: Vec<String>,
/// }
///
/// #[node(timeout = "5s")]
/// async fn reserve(Order { item, .. }: &Order) -> OrderUpdate {
///     OrderUpdate::default().log(vec![format!("reserved {item}")])
/// }
///
/// #[node(retry(max_attempts = 1))]
/// async fn pay(_: &Order) -> OrderUpdate {
///     OrderUpdate::default().log(vec!["paid".into()])
/// }
///
/// graph! {
///     OrderGraph<Order> {
///         defaults(retry(max_attempts = 3, initial = "100ms"), timeout = "30s");
///
///         START -> reserve -> pay -> END;
///     }
/// }
///
/// let policy = |node: OrderGraphNode| OrderGraph::TOPOLOGY.nodes[node.index()].policy();
/// assert_eq!(policy(OrderGraphNode::Reserve).retry.map(|retry| retry.max_attempts), Some(3));
/// assert_eq!(policy(OrderGraphNode::Reserve).timeout.run, Some(Duration::from_secs(5)));
/// assert_eq!(policy(OrderGraphNode::Pay).retry.map(|retry| retry.max_attempts), Some(1));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// The retry policy.
    pub retry: Option<Retry>,
    /// The time limits of one attempt.
    pub timeout: Timeout,
    /// The cache policy.
    pub cache: Option<Cache>,
    /// Whether it runs on tokio's blocking pool, beside the other tasks of its super-step: for a node that is not async and
    /// takes long. Cancelling cannot interrupt it; it then runs to its end, and its result is dropped.
    pub blocking: bool,
    /// The error handler: see [`handler`](Self::handler).
    #[doc(hidden)]
    pub on_error: Option<Handler>,
}

/// The cache policy of a node, `#[node(cache(ttl = "5m", key = ..))]`: how long its updates stay in the app's
/// [cache](mod@crate::cache).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cache {
    /// The time to live; `None` leaves it to the cache.
    pub ttl: Option<Duration>,
}

impl Policy {
    /// One attempt without a time limit.
    pub const NONE: Self = Self { retry: None, timeout: Timeout::NONE, cache: None, blocking: false, on_error: None };

    /// The name of the function that handles the node's errors.
    #[must_use]
    pub const fn handler(&self) -> Option<&'static str> {
        match self.on_error {
            Some(Handler { name, .. }) => Some(name),
            None => None,
        }
    }

    /// This policy with a graph's defaults. Sync nodes cannot be cancelled, so they get no default timeout.
    pub(crate) const fn or(mut self, defaults: Self, is_async: bool) -> Self {
        if self.retry.is_none() {
            self.retry = defaults.retry;
        }
        if self.timeout.is_none() && is_async {
            self.timeout = defaults.timeout;
        }
        self
    }

    pub(crate) const fn is_none(&self) -> bool {
        self.retry.is_none()
            && self.timeout.is_none()
            && self.cache.is_none()
            && !self.blocking
            && self.on_error.is_none()
    }
}

/// The retry policy of a node: LangGraph's `RetryPolicy`, with its defaults.
#[derive(Clone, Copy)]
pub struct Retry {
    /// The maximum number of attempts, including the first.
    pub max_attempts: u32,
    /// The pause before the second attempt.
    pub initial: Duration,
    /// The factor by which each further pause grows.
    pub factor: f64,
    /// The longest pause.
    pub max: Duration,
    /// Whether each pause gets up to a second of random jitter.
    pub jitter: bool,
    /// Which errors to retry.
    pub when: fn(&NodeError) -> bool,
}

impl Retry {
    /// Three attempts, with pauses from half a second, doubling; retries what [`NodeError::is_transient`] allows.
    pub const DEFAULT: Self = Self {
        max_attempts: 3,
        initial: Duration::from_millis(500),
        factor: 2.0,
        max: Duration::from_secs(128),
        jitter: true,
        when: NodeError::is_transient,
    };

    /// The pause after this attempt, counted from 1; `random` is in 0..1.
    pub(crate) fn pause(&self, attempt: u32, random: f64) -> Duration {
        let exponent = i32::try_from(attempt.saturating_sub(1)).unwrap_or(i32::MAX);
        let pause = self.initial.as_secs_f64() * self.factor.powi(exponent);
        let pause = pause.min(self.max.as_secs_f64()) + if self.jitter { random } else { 0.0 };
        // A NaN factor or a pause beyond the range of `Duration` gives the longest pause.
        Duration::try_from_secs_f64(pause).unwrap_or(self.max)
    }
}

impl fmt::Debug for Retry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { max_attempts, initial, factor, max, jitter, when: _ } = self;
        let mut out = f.debug_struct("Retry");
        out.field("max_attempts", max_attempts).field("initial", initial).field("factor", factor);
        out.field("max", max).field("jitter", jitter).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::Retry;
    use std::time::Duration;

    #[test]
    fn pauses_grow_up_to_the_longest() {
        let retry = Retry { jitter: false, max: Duration::from_secs(3), ..Retry::DEFAULT };
        let pauses: Vec<_> = (1..=5).map(|attempt| retry.pause(attempt, 0.9).as_secs_f64()).collect();
        assert_eq!(pauses, [0.5, 1.0, 2.0, 3.0, 3.0]);
        assert_eq!(Retry::DEFAULT.pause(1, 0.25), Duration::from_millis(750));
        assert_eq!(Retry { factor: f64::NAN, ..retry }.pause(2, 0.0), Duration::from_secs(3));
        assert_eq!(Retry { factor: f64::INFINITY, ..retry }.pause(u32::MAX, 0.0), Duration::from_secs(3));
    }
}
