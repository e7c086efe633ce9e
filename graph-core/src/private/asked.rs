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
pub trait Asked<const YES: bool> {
    fn asked(error: NodeError) -> NodeError;
}

impl<E: Retryable> Asked<true> for ErrorProbe<E> {
    fn asked(error: NodeError) -> NodeError {
        error.asking::<E>()
    }
}

impl<E> Asked<false> for ErrorProbe<E> {
    fn asked(error: NodeError) -> NodeError {
        error
    }
}
