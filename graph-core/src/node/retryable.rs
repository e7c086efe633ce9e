//! Which errors to retry.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use super::NodeTimeout;
use crate::error::Error;
use crate::model::ModelError;

/// An error that decides itself whether to retry: the default of the [`retry`](macro@crate::node) policy.
///
/// A node function that returns `Result<Update, YourError>` uses this trait if `YourError` implements it. In a function
/// that returns a [`NodeResult`](super::NodeResult), `?` erases the type; write `.map_err(NodeError::retryable)?`
/// there.
///
/// [`ModelError`], [`NodeTimeout`] and [`std::io::Error`] are recognised everywhere, also as the source of another
/// error. Unknown errors are retried: whoever writes `retry` on a node expects it to fail now and then.
///
/// ```
/// use graph_core::prelude::*;
///
/// #[derive(Debug)]
/// enum ShopError {
///     Busy,
///     SoldOut,
/// }
///
/// impl std::fmt::Display for ShopError {
///     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
///         write!(f, "{self:?}")
///     }
/// }
///
/// impl std::error::Error for ShopError {}
///
/// impl Retryable for ShopError {
///     fn is_retryable(&self) -> bool {
///         matches!(self, Self::Busy)
///     }
/// }
///
/// assert!(NodeError::retryable(ShopError::Busy).is_transient());
/// assert!(!NodeError::retryable(ShopError::SoldOut).is_transient());
/// ```
pub trait Retryable: StdError + Send + Sync + 'static {
    /// Whether the same call may succeed if it is repeated.
    fn is_retryable(&self) -> bool;

    /// The minimum wait before the next attempt, if the server names one. If it is longer than the policy's longest
    /// pause, there is no further attempt.
    fn retry_after(&self) -> Option<Duration> {
        None
    }
}

impl Retryable for ModelError {
    fn is_retryable(&self) -> bool {
        Self::is_retryable(self)
    }

    fn retry_after(&self) -> Option<Duration> {
        Self::retry_after(self)
    }
}

impl Retryable for NodeTimeout {
    fn is_retryable(&self) -> bool {
        true
    }
}

/// Network errors may pass; a missing file stays missing.
impl Retryable for io::Error {
    fn is_retryable(&self) -> bool {
        use io::ErrorKind as Kind;
        matches!(
            self.kind(),
            Kind::ConnectionRefused
                | Kind::ConnectionReset
                | Kind::ConnectionAborted
                | Kind::NotConnected
                | Kind::BrokenPipe
                | Kind::HostUnreachable
                | Kind::NetworkUnreachable
                | Kind::NetworkDown
                | Kind::AddrInUse
                | Kind::TimedOut
                | Kind::Interrupted
                | Kind::WouldBlock
                | Kind::UnexpectedEof
                | Kind::ResourceBusy
        )
    }
}

/// An error's answer about another attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Advice {
    pub retry: bool,
    pub after: Option<Duration>,
}

impl Advice {
    pub(super) const NEVER: Self = Self { retry: false, after: None };
    const UNKNOWN: Self = Self { retry: true, after: None };

    fn of(error: &impl Retryable) -> Self {
        Self { retry: error.is_retryable(), after: error.retry_after() }
    }
}

/// A function that gets the advice out of an erased error.
pub(super) type Classify = fn(&(dyn StdError + 'static)) -> Advice;

/// The advice of the first known error, from the outermost to the last source.
pub(super) fn classify_known(error: &(dyn StdError + 'static)) -> Advice {
    std::iter::successors(Some(error), |&error| error.source()).find_map(advice_of).unwrap_or(Advice::UNKNOWN)
}

fn advice_of(error: &(dyn StdError + 'static)) -> Option<Advice> {
    let model = || error.downcast_ref::<ModelError>().map(Advice::of);
    let timeout = || error.downcast_ref::<NodeTimeout>().map(Advice::of);
    // An `io::Error` made by a library is no system error and counts as unknown.
    let io = || error.downcast_ref::<io::Error>().filter(|error| error.kind() != io::ErrorKind::Other).map(Advice::of);
    // A node that called another graph, or an error that was wrapped already.
    let failure = || error.downcast_ref::<crate::Failure>().map(|failure| failure.node_error().advice());
    // A panic inside a subgraph is never retried either.
    let panic =
        || error.downcast_ref::<Error>().filter(|error| matches!(error, Error::Panic { .. })).map(|_| Advice::NEVER);
    model().or_else(timeout).or_else(io).or_else(failure).or_else(panic)
}

/// The advice of an error of type `E`.
pub(super) fn classify<E: Retryable>(error: &(dyn StdError + 'static)) -> Advice {
    error.downcast_ref::<E>().map_or_else(|| classify_known(error), Advice::of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::node::NodeError;

    #[derive(Debug, thiserror::Error)]
    #[error("wrapped")]
    struct Wrapped<E: StdError + 'static>(#[source] E);

    fn io(kind: io::ErrorKind) -> io::Error {
        io::Error::new(kind, "simulated")
    }

    #[test]
    fn known_errors_are_recognised_as_sources_too() {
        let is_transient = |error: NodeError| error.is_transient();
        assert!(is_transient(io(io::ErrorKind::ConnectionReset).into()));
        assert!(!is_transient(io(io::ErrorKind::NotFound).into()));
        assert!(!is_transient(Wrapped(io(io::ErrorKind::PermissionDenied)).into()));
        assert!(!is_transient(Wrapped(Wrapped(ModelError::Cancelled)).into()));
        assert!(is_transient(Wrapped(Wrapped(ModelError::Truncated { problem: String::new() })).into()));
        assert!(is_transient(NodeError::msg("unknown")));
        assert!(is_transient(io::Error::other("from a library").into()));
        assert!(!is_transient(NodeError::permanent(io(io::ErrorKind::ConnectionReset))));
    }

    #[test]
    fn the_outermost_known_error_decides() {
        let outer = io::Error::new(io::ErrorKind::TimedOut, ModelError::Cancelled);
        assert!(NodeError::from(outer).is_transient());
        let nested = crate::Failure::new(NodeError::permanent(NodeError::msg("never")));
        assert!(!NodeError::from(Wrapped(nested)).is_transient());
    }
}
