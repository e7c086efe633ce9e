//! What a tool is.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use serde_json::Value;

use super::{ToolError, ToolOutput};
use crate::context::{Context, RunContext};
use crate::graph::Graph;
use crate::model::ToolSpec;
use crate::node::Retry;

/// The call of a tool. Dropping it cancels the call.
pub type ToolFuture<'a> = Pin<Box<dyn Future<Output = Result<ToolOutput, ToolError>> + Send + 'a>>;

/// A tool: what a model may call. [`#[tool]`](macro@crate::tool) implements it, [`DynamicTool`](super::DynamicTool) is one
/// whose schema is known at run time only.
///
/// `G` is the graph whose nodes call it; a tool of any graph implements it for all `G`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a tool",
    label = "not a tool",
    note = "a tool is a function under `#[tool]`"
)]
pub trait Tool<G: ToolGraph = AnyGraph>: Send + Sync + 'static {
    /// Its name, description and parameters, as a model sees them.
    fn spec(&self) -> ToolSpec;

    /// Its retries and time limits.
    fn policy(&self) -> ToolPolicy {
        ToolPolicy::default()
    }

    /// Runs one attempt. The arguments are a JSON object.
    fn call<'a>(&'a self, arguments: Value, cx: &'a G::Context) -> ToolFuture<'a>;
}

/// A tool whose name is known at compile time: [`#[tool]`](macro@crate::tool) implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a tool",
    label = "not a tool",
    note = "a tool is a function under `#[tool]`; one that is known at run time only is added with `ToolSet::with`"
)]
#[doc(hidden)]
pub trait NamedTool {
    const NAME: &'static str;
}

/// The retries and the time limit of a tool: `#[tool(retry(max_attempts = 3), timeout = "10s")]`. Both need tokio's timer.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct ToolPolicy {
    /// The retry policy. Arguments that do not fit are never retried.
    pub retry: Option<Retry>,
    /// The time limit of one attempt.
    pub timeout: Option<Duration>,
}

impl ToolPolicy {
    #[doc(hidden)]
    #[must_use]
    pub const fn __new(retry: Option<Retry>, timeout: Option<Duration>) -> Self {
        Self { retry, timeout }
    }

    /// With this retry policy.
    #[must_use]
    pub fn with_retry(mut self, retry: Retry) -> Self {
        self.retry = Some(retry);
        self
    }

    /// With this limit for each attempt.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }
}

/// The scope of tools that nodes of any graph can call. They take a [`RunContext`].
#[derive(Clone, Copy, Debug)]
pub enum AnyGraph {}

/// Whose nodes call the tools of a set: [`AnyGraph`], or a graph. Sealed.
pub trait ToolGraph: sealed::Sealed + 'static {
    /// The context that the tools are called with.
    type Context: Clone + Send + Sync + 'static;

    #[doc(hidden)]
    fn __run(cx: &Self::Context) -> &RunContext;

    /// A context for the inside of a call.
    #[doc(hidden)]
    fn __inside(run: RunContext) -> Self::Context;
}

mod sealed {
    pub trait Sealed {}
}

impl sealed::Sealed for AnyGraph {}

impl<G: Graph> sealed::Sealed for G {}

impl ToolGraph for AnyGraph {
    type Context = RunContext;

    fn __run(cx: &RunContext) -> &RunContext {
        cx
    }

    fn __inside(run: RunContext) -> RunContext {
        run
    }
}

impl<G: Graph> ToolGraph for G {
    type Context = Context<G>;

    fn __run(cx: &Context<G>) -> &RunContext {
        cx
    }

    fn __inside(run: RunContext) -> Context<G> {
        Context::new(run)
    }
}
