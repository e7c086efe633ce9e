//! Errors of nodes.

use std::error::Error as StdError;
use std::fmt;

use super::retryable::{Advice, Classify, Retryable, classify, classify_known};

/// The return type of a node function that can fail.
pub type NodeResult<T> = Result<T, NodeError>;

/// The error of a node: wraps any error.
///
/// `?` converts every `std::error::Error` into one. It is itself no `std::error::Error` (which makes that conversion
/// possible); a failed run ends with an [`Error`](crate::Error), which keeps this one as its source.
///
/// ```
/// use graph_core::prelude::*;
///
/// fn parse(text: &str) -> NodeResult<u32> {
///     Ok(text.parse()?)
/// }
///
/// let error = parse("seven").unwrap_err();
/// assert!(error.downcast_ref::<std::num::ParseIntError>().is_some());
/// assert_eq!(NodeError::msg("no seats left").to_string(), "no seats left");
/// ```
pub struct NodeError {
    error: Box<dyn StdError + Send + Sync + 'static>,
    classify: Classify,
}

impl NodeError {
    /// An error from a message.
    pub fn msg(text: impl fmt::Display) -> Self {
        Self { error: text.to_string().into(), classify: classify_known }
    }

    /// A permanent error: a retry policy does not retry it.
    pub fn permanent(error: impl Into<Self>) -> Self {
        Self { error: error.into().error, classify: |_| Advice::NEVER }
    }

    /// An error that decides itself whether to retry: for `.map_err(NodeError::retryable)?`.
    pub fn retryable<E: Retryable>(error: E) -> Self {
        Self::from(error).asking::<E>()
    }

    /// The same error, classified as an `E`.
    pub(crate) fn asking<E: Retryable>(self) -> Self {
        Self { error: self.error, classify: classify::<E> }
    }

    /// Whether a retry may help: the default of a retry policy without `when`.
    ///
    /// A [`Retryable`] error decides itself. A [`permanent`](Self::permanent) error and a panic are never retried.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        self.advice().retry
    }

    /// The minimum wait before the next attempt, if the error names one ([`Retryable::retry_after`]).
    #[must_use]
    pub fn retry_after(&self) -> Option<std::time::Duration> {
        self.advice().after
    }

    pub(super) fn advice(&self) -> Advice {
        (self.classify)(&*self.error)
    }

    /// The original error, if it is an `E`.
    #[must_use]
    pub fn downcast_ref<E: StdError + 'static>(&self) -> Option<&E> {
        self.error.downcast_ref()
    }

    /// The original error.
    #[must_use]
    pub fn as_dyn(&self) -> &(dyn StdError + 'static) {
        &*self.error
    }
}

/// Error types of a node's `Result`: all that `?` converts to a [`NodeError`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the error of a node",
    label = "not an error that `?` turns into a `NodeError`",
    note = "a node's error is a `NodeError`, or a type that implements `std::error::Error + Send + Sync`",
    note = "return a `NodeResult`: its `?` takes such errors, and `NodeError::msg(error)` makes one of a `Box<dyn Error>`, an `anyhow::Error` or a text"
)]
pub trait IntoNodeError {
    /// Converts the error.
    fn into_node_error(self) -> NodeError;
}

#[diagnostic::do_not_recommend]
impl<E: Into<NodeError>> IntoNodeError for E {
    fn into_node_error(self) -> NodeError {
        self.into()
    }
}

impl<E: StdError + Send + Sync + 'static> From<E> for NodeError {
    fn from(error: E) -> Self {
        Self { error: Box::new(error), classify: classify_known }
    }
}

impl fmt::Debug for NodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl fmt::Display for NodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}
