//! What happens to a node that fails or takes too long.

use std::fmt;
use std::time::Duration;

use super::{Handler, NodeError, Timeout};

/// What happens to a node that fails or takes too long: `#[node(retry(..), timeout(..))]`.
///
/// A graph can have policies for those of its nodes that have none of their own: `defaults(..)`. A node's own policy of
/// a kind counts instead of the graph's (`retry(max_attempts = 1)` is one attempt). A default timeout is none for a node
/// that is not async: it never waits, so nothing could stop it. The nodes inside a subgraph have that graph's defaults.
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
/// let policy = |node: OrderGraphNode| OrderGraph::TOPOLOGY.nodes[node.index()].info.policy;
/// assert_eq!(policy(OrderGraphNode::Reserve).retry.map(|retry| retry.max_attempts), Some(3));
/// assert_eq!(policy(OrderGraphNode::Reserve).timeout.run, Some(Duration::from_secs(5)));
/// assert_eq!(policy(OrderGraphNode::Pay).retry.map(|retry| retry.max_attempts), Some(1));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// Whether and how it is tried again.
    pub retry: Option<Retry>,
    /// How long one attempt may take.
    pub timeout: Timeout,
    /// Whether and how long what it writes is kept.
    pub cache: Option<Cache>,
    /// What handles its errors.
    pub on_error: Option<Handler>,
}

/// How long what a node writes is kept in the app's [cache](mod@crate::cache): `#[node(cache(ttl = "5m", key = ..))]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cache {
    /// For how long it counts; as long as the cache keeps it, where there is no limit.
    pub ttl: Option<Duration>,
}

impl Policy {
    /// One attempt, as long as it takes.
    pub const NONE: Self = Self { retry: None, timeout: Timeout::NONE, cache: None, on_error: None };

    /// What a node does whose graph has defaults. Nothing can stop a node that never waits: it has no timeout.
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
        self.retry.is_none() && self.timeout.is_none() && self.cache.is_none() && self.on_error.is_none()
    }
}

/// How a node is tried again: LangGraph's `RetryPolicy`, with its defaults.
#[derive(Clone, Copy)]
pub struct Retry {
    /// How often it is tried at the most, the first time included.
    pub max_attempts: u32,
    /// The pause before the second attempt.
    pub initial: Duration,
    /// What each further pause is longer by.
    pub factor: f64,
    /// The longest pause.
    pub max: Duration,
    /// Whether up to a second, at random, is added to each pause.
    pub jitter: bool,
    /// Which errors are tried again.
    pub when: fn(&NodeError) -> bool,
}

impl Retry {
    /// Three attempts, half a second apart at first, then twice as long each time; see [`NodeError::is_transient`].
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
        // A factor that is no number, or a pause beyond what a duration holds, becomes the longest pause.
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
