//! What `#[task]` implements, and what it requires.

use serde::Serialize;

use crate::__private::{AskedOrStub, Readable};
use crate::context::{Context, RunContext};
use crate::graph::Graph;
use crate::node::{NodeError, Retry, Timeout};

/// A task: `#[task]` implements it for the type beside the function.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a task",
    label = "not a task",
    note = "a task is a function under `#[task]`"
)]
pub trait TaskFn: 'static {
    /// Its name, under which results are saved.
    const NAME: &'static str;
    /// Its retries and timeouts.
    #[doc(hidden)]
    const OPTIONS: TaskOptions;
    /// What it returns.
    type Output: Send + Sync + 'static;

    #[doc(hidden)]
    type Form: AskedOrStub<Self::Output>;
    /// What the function returns.
    #[doc(hidden)]
    type Returned;

    #[doc(hidden)]
    fn __into_result(returned: Self::Returned) -> Result<Self::Output, NodeError>;
}

/// The options of `#[task(..)]`.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct TaskOptions {
    pub retry: Option<Retry>,
    pub timeout: Timeout,
}

/// Graphs whose nodes can call `T`: those that declare `task T;`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not declare the task `{T}`",
    label = "`{Self}` does not declare it",
    note = "add `tasks({T})` to the `#[workflow(..)]`, or `task {T};` to the `graph!`, of `{Self}`"
)]
pub trait RunsTask<T>: Graph {
    /// What the task returns.
    #[doc(hidden)]
    type Output;

    #[doc(hidden)]
    fn __result(output: Self::Output) -> Self::TaskResult;
}

/// The results of a task: they are saved, and both returned and streamed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` must be `Clone + Serialize + Deserialize` to be the result of a task",
    label = "it is saved, so that the task does not run again",
    note = "add `#[derive(Clone, Serialize, Deserialize)]` to `{Self}`"
)]
pub trait TaskValue: Clone + Serialize + Readable + Send + Sync + 'static {}

#[diagnostic::do_not_recommend]
impl<T: Clone + Serialize + Readable + Send + Sync + 'static> TaskValue for T {}

/// The return types of tasks: a `Result` whose error `?` converts to a [`NodeError`].
#[diagnostic::on_unimplemented(
    message = "a task cannot return `{Self}`",
    label = "not a `Result`",
    note = "write `NodeResult<..>`: a task may fail, and `?` passes its error on"
)]
pub trait TaskReturn {
    /// What it contains.
    type Output;

    #[doc(hidden)]
    fn __into_result(self) -> Result<Self::Output, NodeError>;
}

impl<T, E: Into<NodeError>> TaskReturn for Result<T, E> {
    type Output = T;

    fn __into_result(self) -> Result<T, NodeError> {
        self.map_err(Into::into)
    }
}

/// The contexts that a task may take: `&RunContext`, for tasks of any graph, or `&Context<Graph>`.
#[diagnostic::on_unimplemented(
    message = "the last parameter of a task is the context, and `&{Self}` is none",
    label = "not a context",
    note = "write `cx: &RunContext`, or `cx: &Context<MyGraph>` for a task of one graph"
)]
pub trait IsContext {}

impl IsContext for RunContext {}

impl<G: Graph> IsContext for Context<G> {}

/// A context of a graph as what a task takes.
#[diagnostic::on_unimplemented(
    message = "this task is one of another graph",
    label = "it takes a `&{C}`, and this is a `&{Self}`",
    note = "a task that takes `&RunContext` can be called by the nodes of any graph that declares it"
)]
pub trait AsContext<C: ?Sized> {
    #[doc(hidden)]
    fn __as_context(&self) -> &C;
}

impl<G: Graph> AsContext<RunContext> for Context<G> {
    fn __as_context(&self) -> &RunContext {
        self
    }
}

impl<G: Graph> AsContext<Self> for Context<G> {
    fn __as_context(&self) -> &Self {
        self
    }
}
