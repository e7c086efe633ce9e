//! Which errors to retry.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use super::NodeTimeout;
use crate::checkpoint::CheckpointError;
use crate::error::Error;
use crate::model::ModelError;
use crate::store::StoreError;

/// An error that decides itself whether to retry: the default of the [`retry`](macro@crate::node) policy.
///
/// A node function that returns `Result<Update, YourError>` uses this trait if `YourError` implements it. In a function
/// that returns a [`NodeResult`](super::NodeResult), `?` erases the type; write `.map_err(NodeError::retryable)?`
/// there.
///
/// These are recognised everywhere, also as the source of another error; the outermost one decides:
///
/// - [`ModelError`]: connections, rate limits and HTTP status 5xx are retried;
/// - [`NodeTimeout`] is retried;
/// - [`std::io::Error`]: network errors are retried, others (a missing file) are not;
/// - errors of a value, which the next attempt would have again, are not retried: those of parsing and converting in the
///   standard library, of [`serde_json`] and [`uuid`], and missing environment variables;
/// - the error of another graph's run: that of its node, if a node failed; a timeout of the run is retried, any other
///   error is not.
///
/// Any other error is retried, as in LangGraph: whoever writes `retry` on a node expects it to fail now and then, and only
/// its author knows the errors of a database or an HTTP client. If some of them are permanent, implement this trait,
/// or write `when`.
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
    const AGAIN: Self = Self { retry: true, after: None };
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
    // The backend's own error may say more than "again".
    let store = || error.downcast_ref::<StoreError>().filter(|error| !error.is_retryable()).map(Advice::of);
    let timeout = || error.downcast_ref::<NodeTimeout>().map(Advice::of);
    // An `io::Error` made by a library is no system error and counts as unknown.
    let io = || error.downcast_ref::<io::Error>().filter(|error| error.kind() != io::ErrorKind::Other).map(Advice::of);
    // A node that called another graph, or an error that was wrapped already.
    let failure = || error.downcast_ref::<crate::Failure>().map(|failure| failure.node_error().advice());
    let run = || error.downcast_ref::<Error>().and_then(advice_of_run);
    let value = || is_of_a_value(error).then_some(Advice::NEVER);
    model().or_else(store).or_else(timeout).or_else(io).or_else(failure).or_else(run).or_else(value)
}

/// The advice of the error of another graph's run; `None` if its source decides.
fn advice_of_run(error: &Error) -> Option<Advice> {
    match error {
        Error::Node { .. } | Error::Model(_) => None,
        Error::Deadline { .. } => Some(Advice::AGAIN),
        // The saver's own error may be a network error.
        Error::Checkpoint(CheckpointError::Saver(_)) => None,
        _ => Some(Advice::NEVER),
    }
}

/// Whether the error is one of a value: the same call fails again. LangGraph's list has the built-in exceptions of Python
/// for the same (`ValueError`, `LookupError`, `ArithmeticError`).
fn is_of_a_value(error: &(dyn StdError + 'static)) -> bool {
    macro_rules! is_any {
        ($($ty:ty)*) => { false $(|| error.is::<$ty>())* };
    }
    // A JSON text that ends early, or cannot be read, may be whole the next time.
    let json = || error.downcast_ref::<serde_json::Error>().is_some_and(|error| error.is_syntax() || error.is_data());
    let known = is_any! {
        std::num::ParseIntError std::num::ParseFloatError std::num::TryFromIntError std::str::ParseBoolError
        std::str::Utf8Error std::string::FromUtf8Error std::string::FromUtf16Error std::char::ParseCharError
        std::char::CharTryFromError std::char::DecodeUtf16Error std::net::AddrParseError
        std::array::TryFromSliceError std::time::SystemTimeError std::time::TryFromFloatSecsError
        std::ffi::NulError std::ffi::FromBytesWithNulError std::ffi::IntoStringError std::env::VarError std::fmt::Error
        std::cell::BorrowError std::cell::BorrowMutError uuid::Error
    };
    known || json()
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
    fn an_error_of_a_value_stays() {
        let json = |text: &str| serde_json::from_str::<u8>(text).unwrap_err();
        let errors: [NodeError; 8] = [
            "seven".parse::<u8>().unwrap_err().into(),
            "x".parse::<f64>().unwrap_err().into(),
            u8::try_from(300_u16).unwrap_err().into(),
            String::from_utf8(vec![0xff]).unwrap_err().into(),
            "here".parse::<std::net::IpAddr>().unwrap_err().into(),
            std::env::VarError::NotPresent.into(),
            json("\"a\"").into(),
            Wrapped(Wrapped(json("?"))).into(),
        ];
        for error in errors {
            assert!(!error.is_transient(), "{error}");
        }
        assert!(NodeError::from(json("")).is_transient(), "a text that was cut off");
    }

    #[test]
    fn the_run_of_another_graph_is_tried_again_if_it_was_late_or_its_node_would_be() {
        let node = |source: NodeError| {
            let source = crate::Failure::new(source);
            NodeError::from(Error::Node { graph: "Inner", node: "a", step: 1, attempt: 1, source })
        };
        assert!(node(NodeError::msg("unknown")).is_transient());
        assert!(!node("seven".parse::<u8>().unwrap_err().into()).is_transient());
        assert!(NodeError::from(Error::Deadline { graph: "Inner", after: Duration::from_secs(1) }).is_transient());
        let never = [
            Error::RecursionLimit { graph: "Inner", limit: 1, active: vec![] },
            Error::Cancelled { graph: "Inner" },
            Error::Checkpoint(CheckpointError::NoSnapshot { thread: String::new(), step: 0 }),
            Error::Panic { graph: "Inner", what: String::new(), step: 1, message: String::new() },
        ];
        for error in never {
            assert!(!NodeError::from(error).is_transient());
        }
        let saver = |source: io::ErrorKind| Error::Checkpoint(CheckpointError::Saver(io(source).into()));
        assert!(NodeError::from(saver(io::ErrorKind::ConnectionReset)).is_transient());
        assert!(!NodeError::from(saver(io::ErrorKind::PermissionDenied)).is_transient());
    }

    #[test]
    fn the_outermost_known_error_decides() {
        let outer = io::Error::new(io::ErrorKind::TimedOut, ModelError::Cancelled);
        assert!(NodeError::from(outer).is_transient());
        let nested = crate::Failure::new(NodeError::permanent(NodeError::msg("never")));
        assert!(!NodeError::from(Wrapped(nested)).is_transient());
    }
}
