//! Whether a node's own error type decides about retries.

use std::marker::PhantomData;

use super::No;
use crate::node::{NodeError, Retryable};

/// Whether `E` is [`Retryable`].
pub struct ErrorProbe<E>(PhantomData<E>);

impl<E> No for ErrorProbe<E> {}

impl<E: Retryable> ErrorProbe<E> {
    pub const YES: bool = true;
}

/// Marks a node's error, which was an `E`, with what `E` says about retries, if it does.
pub trait ClassifyError<const YES: bool> {
    fn classify(error: NodeError) -> NodeError;
}

impl<E: Retryable> ClassifyError<true> for ErrorProbe<E> {
    fn classify(error: NodeError) -> NodeError {
        error.asking::<E>()
    }
}

impl<E> ClassifyError<false> for ErrorProbe<E> {
    fn classify(error: NodeError) -> NodeError {
        error
    }
}
