//! Streams for code without async.

use std::future::Future;

use super::RunStream;
use crate::error::{Error, Result};
use crate::graph::Graph;

/// An iterator over the items of a run's stream, for code without async.
///
/// It has its own single-threaded tokio runtime; nodes run on the calling thread, in `next`.
#[derive(Debug)]
pub struct Blocking<S> {
    stream: S,
    /// `None` before the first item, and if the runtime could not be built.
    runtime: Option<tokio::runtime::Runtime>,
    failed: bool,
}

impl<S> Blocking<S> {
    pub(crate) fn new(stream: S) -> Self {
        Self { stream, runtime: None, failed: false }
    }

    /// The stream.
    pub fn get_ref(&self) -> &S {
        &self.stream
    }
}

impl<G: Graph, T> Iterator for Blocking<RunStream<G, T>> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        if self.runtime.is_none() {
            match runtime() {
                Ok(runtime) => self.runtime = Some(runtime),
                Err(error) => {
                    self.failed = true;
                    return Some(Err(error));
                }
            }
        }
        self.runtime.as_ref()?.block_on(self.stream.next())
    }
}

/// Runs a future to completion on this thread.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> Result<T> {
    Ok(runtime()?.block_on(future))
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    if tokio::runtime::Handle::try_current().is_ok() {
        let text = "`blocking` was called inside a tokio runtime, which it would block: use `next().await` there";
        return Err(Error::Runtime(text.to_owned()));
    }
    let built = tokio::runtime::Builder::new_current_thread().enable_all().build();
    built.map_err(|error| Error::Runtime(format!("no runtime for `blocking` could be had: {error}")))
}
