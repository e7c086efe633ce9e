//! The error that a node's function returns, asked whether it is tried again.

use std::marker::PhantomData;

use super::No;
use crate::node::{NodeError, Retryable};

/// Whether `E` says itself if it is tried again.
pub struct ErrorProbe<E>(PhantomData<E>);

impl<E> No for ErrorProbe<E> {}

impl<E: Retryable> ErrorProbe<E> {
    pub const YES: bool = true;
}

/// A node's error, which was an `E`: asked as one where that is possible.
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
