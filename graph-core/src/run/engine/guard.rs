//! Running user code: reducers and routers.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::Error;
use crate::graph::Graph;
use crate::panic::panic_text;

/// Runs user code. A panic becomes an error of the run; a half-changed state is dropped with the run.
#[inline]
pub(super) fn guard<G: Graph, T>(
    step: i64,
    what: impl FnOnce() -> String,
    run: impl FnOnce() -> Result<T, Box<Error>>,
) -> Result<T, Box<Error>> {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(result) => result,
        Err(panic) => Err(panicked(G::NAME, what(), step, &*panic)),
    }
}

#[cold]
fn panicked(graph: &'static str, what: String, step: i64, panic: &(dyn Any + Send)) -> Box<Error> {
    Box::new(Error::Panic { graph, what, step, message: panic_text(panic) })
}
