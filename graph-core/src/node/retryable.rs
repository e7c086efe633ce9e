//! Which errors are tried again.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use super::NodeTimeout;
use crate::error::Error;
use crate::model::ModelError;

/// An error that says itself whether trying again may help: what [`retry`](macro@crate::node) asks by default.
///
/// A node whose function returns `Result<Update, YourError>` is asked through it. In a function that returns a
/// [`NodeResult`](super::NodeResult), `?` takes errors of any type and cannot ask; write
/// `.map_err(NodeError::retryable)?` there.
///
/// [`ModelError`], [`NodeTimeout`] and [`std::io::Error`] are asked wherever they stand, also as the source of another
/// error. Of an error that nothing is known of, it is supposed that trying again may help: whoever writes `retry` on a
/// node says that it fails now and then.
///
/// ```
/// use graph_core::prelude::*;
/// use graph_core::node::Retryable;
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
    /// Whether the same call may succeed if it is made again.
    fn is_retryable(&self) -> bool;

    /// How long to wait at least before the next attempt, where the one who refused has said so. An error that asks for
    /// more than the longest pause of the policy is not tried again.
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

/// The network may be better the next time; a file that is not there is not.
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

/// What an error says about another attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Advice {
    pub helps: bool,
    pub after: Option<Duration>,
}

impl Advice {
    pub(super) const NEVER: Self = Self { helps: false, after: None };
    const UNKNOWN: Self = Self { helps: true, after: None };

    fn of(error: &impl Retryable) -> Self {
        Self { helps: error.is_retryable(), after: error.retry_after() }
    }
}

/// What knows whether another attempt helps.
pub(super) type Ask = fn(&(dyn StdError + 'static)) -> Advice;

/// Asks the first error that says something, from the outermost to its last source.
pub(super) fn ask_known(error: &(dyn StdError + 'static)) -> Advice {
    std::iter::successors(Some(error), |&error| error.source()).find_map(advice_of).unwrap_or(Advice::UNKNOWN)
}

fn advice_of(error: &(dyn StdError + 'static)) -> Option<Advice> {
    let model = || error.downcast_ref::<ModelError>().map(Advice::of);
    let timeout = || error.downcast_ref::<NodeTimeout>().map(Advice::of);
    // What a library puts into an `io::Error` of its own is not of the system, and nothing is known of it.
    let io = || error.downcast_ref::<io::Error>().filter(|error| error.kind() != io::ErrorKind::Other).map(Advice::of);
    // A node that called another graph, or failed before it was wrapped.
    let failure = || error.downcast_ref::<crate::Failure>().map(|failure| failure.node_error().advice());
    // A panic inside a subgraph is one still.
    let panic =
        || error.downcast_ref::<Error>().filter(|error| matches!(error, Error::Panic { .. })).map(|_| Advice::NEVER);
    model().or_else(timeout).or_else(io).or_else(failure).or_else(panic)
}

/// Asks an error of this type.
pub(super) fn ask<E: Retryable>(error: &(dyn StdError + 'static)) -> Advice {
    error.downcast_ref::<E>().map_or_else(|| ask_known(error), Advice::of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::node::NodeError;

    #[derive(Debug, thiserror::Error)]
    #[error("wrapped")]
    struct ChildPart<E: StdError + 'static>(#[source] E);

    fn io(kind: io::ErrorKind) -> io::Error {
        io::Error::new(kind, "told to")
    }

    #[test]
    fn known_errors_are_asked_wherever_they_stand() {
        let is_transient = |error: NodeError| error.is_transient();
        assert!(is_transient(io(io::ErrorKind::ConnectionReset).into()));
        assert!(!is_transient(io(io::ErrorKind::NotFound).into()));
        assert!(!is_transient(ChildPart(io(io::ErrorKind::PermissionDenied)).into()));
        assert!(!is_transient(ChildPart(ChildPart(ModelError::Cancelled)).into()));
        assert!(is_transient(ChildPart(ChildPart(ModelError::Truncated { problem: String::new() })).into()));
        assert!(is_transient(NodeError::msg("nothing is known of it")));
        assert!(is_transient(io::Error::other("a library's own").into()));
        assert!(!is_transient(NodeError::permanent(io(io::ErrorKind::ConnectionReset))));
    }

    #[test]
    fn the_outermost_that_says_something_is_heard() {
        let outer = io::Error::new(io::ErrorKind::TimedOut, ModelError::Cancelled);
        assert!(NodeError::from(outer).is_transient());
        let nested = crate::Failure::new(NodeError::permanent(NodeError::msg("never")));
        assert!(!NodeError::from(ChildPart(nested)).is_transient());
    }
}
