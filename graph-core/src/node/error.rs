//! Why a node failed.

use std::error::Error as StdError;
use std::fmt;

use super::retryable::{Advice, Ask, Retryable, ask, ask_known};

/// What a node's function returns when it can fail.
pub type NodeResult<T> = Result<T, NodeError>;

/// Why a node failed: any error, kept whole.
///
/// `?` turns every `std::error::Error` into one. It is not itself a `std::error::Error` (which is what makes that
/// possible); the error that a run ends with is [`Error`](crate::Error), and keeps this one as its source.
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
    ask: Ask,
}

impl NodeError {
    /// An error that is only a text.
    pub fn msg(text: impl fmt::Display) -> Self {
        Self { error: text.to_string().into(), ask: ask_known }
    }

    /// An error that stays one however often the node is tried: a retry policy leaves it alone.
    pub fn permanent(error: impl Into<Self>) -> Self {
        Self { error: error.into().error, ask: |_| Advice::NEVER }
    }

    /// An error that says itself whether it is tried again: for `.map_err(NodeError::retryable)?`.
    pub fn retryable<E: Retryable>(error: E) -> Self {
        Self::from(error).asking::<E>()
    }

    /// The same error, which is asked as an `E` whether it is tried again.
    pub(crate) fn asking<E: Retryable>(self) -> Self {
        Self { error: self.error, ask: ask::<E> }
    }

    /// Whether trying again may help: what a retry policy asks that has no `when` of its own.
    ///
    /// The error says so itself where it can: see [`Retryable`]. A [`permanent`](Self::permanent) one is never tried
    /// again, and neither is a panic.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        self.advice().helps
    }

    /// How long to wait at least before another attempt, where the error says so ([`Retryable::retry_after`]).
    #[must_use]
    pub fn retry_after(&self) -> Option<std::time::Duration> {
        self.advice().after
    }

    pub(super) fn advice(&self) -> Advice {
        (self.ask)(&*self.error)
    }

    /// The error as the type that it was before `?`.
    #[must_use]
    pub fn downcast_ref<E: StdError + 'static>(&self) -> Option<&E> {
        self.error.downcast_ref()
    }

    /// The error itself.
    #[must_use]
    pub fn as_dyn(&self) -> &(dyn StdError + 'static) {
        &*self.error
    }
}

/// What can be the error of a node's `Result`: whatever `?` turns into a [`NodeError`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the error of a node",
    label = "not an error that `?` turns into a `NodeError`",
    note = "a node's error is a `NodeError`, or a type that implements `std::error::Error + Send + Sync`",
    note = "return a `NodeResult`: its `?` takes such errors, and `NodeError::msg(error)` makes one of a `Box<dyn Error>`, an `anyhow::Error` or a text"
)]
pub trait IntoNodeError {
    /// The error as a node's.
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
        Self { error: Box::new(error), ask: ask_known }
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
