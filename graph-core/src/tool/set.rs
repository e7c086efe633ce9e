//! Sets of tools.

use std::fmt;
use std::sync::Arc;

use super::dispatch::Place;
use super::side_by_side::{Call, all};
use super::{AnyGraph, DuplicateTool, PendingCall, Tool, ToolFuture, ToolGraph, ToolScope};
use crate::message::{Message, Messages};
use crate::model::ToolSpec;
use crate::node::NodeResult;

/// The tools that a model may call: [`tools!`](macro@crate::tools) makes it.
///
/// `ToolSet` is for nodes of any graph, and its tools take a [`RunContext`](crate::context::RunContext); those of a
/// `ToolSet<MyGraph>` may take a `&Context<MyGraph>` too. A clone shares the tools.
///
/// ```
/// use graph_core::message::ToolCall;
/// use graph_core::prelude::*;
///
/// /// Multiplies two integers.
/// #[tool]
/// fn multiply(a: i64, b: i64) -> i64 {
///     a * b
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> NodeResult<()> {
/// let tools: ToolSet = tools![multiply];
/// let calls = [
///     ToolCall::new("c1", "multiply", serde_json::json!({"a": 2, "b": 3})),
///     ToolCall::new("c2", "multiply", serde_json::json!({"a": 2})),
/// ];
/// let answers = tools.call_all(&calls, &RunContext::detached()).await?;
/// assert_eq!(answers[0].text(), "6");
/// assert_eq!(answers[1].text(), "Error: invalid arguments: `b`: is missing");
/// # Ok(())
/// # }
/// ```
pub struct ToolSet<G: ToolGraph = AnyGraph> {
    tools: Arc<[Arc<dyn Tool<G>>]>,
    specs: Arc<[ToolSpec]>,
    max_concurrency: usize,
}

impl<G: ToolGraph> ToolSet<G> {
    /// No tools.
    #[must_use]
    pub fn new() -> Self {
        Self { tools: Arc::new([]), specs: Arc::new([]), max_concurrency: usize::MAX }
    }

    /// Adds a tool, such as a [`DynamicTool`](super::DynamicTool).
    ///
    /// # Errors
    /// A tool of the set has its name.
    pub fn with(self, tool: impl Tool<G>) -> Result<Self, DuplicateTool> {
        self.with_shared(Arc::new(tool))
    }

    /// Adds all tools of another set.
    ///
    /// # Errors
    /// The two have tools of one name.
    pub fn with_all(self, other: &Self) -> Result<Self, DuplicateTool> {
        other.tools.iter().cloned().try_fold(self, Self::with_shared)
    }

    fn with_shared(self, tool: Arc<dyn Tool<G>>) -> Result<Self, DuplicateTool> {
        let spec = tool.spec();
        if self.get(&spec.name).is_some() {
            return Err(DuplicateTool { name: spec.name });
        }
        Ok(self.added(tool, spec))
    }

    fn added(self, tool: Arc<dyn Tool<G>>, spec: ToolSpec) -> Self {
        let Self { tools, specs, max_concurrency } = self;
        let tools = tools.iter().cloned().chain([tool]).collect();
        let specs = specs.iter().cloned().chain([spec]).collect();
        Self { tools, specs, max_concurrency }
    }

    /// Adds a tool whose name was compared while the program was compiled.
    #[doc(hidden)]
    #[must_use]
    pub fn __with(self, tool: impl Tool<G>) -> Self {
        let spec = tool.spec();
        self.added(Arc::new(tool), spec)
    }

    /// At most this many calls of one [`call_all`](Self::call_all) run at once; without it, all do.
    #[must_use]
    pub fn max_concurrency(mut self, calls: usize) -> Self {
        self.max_concurrency = calls.max(1);
        self
    }

    /// What a model is told about the tools. `prompt.tools(&tools)` gives it to one.
    #[must_use]
    pub fn specs(&self) -> &[ToolSpec] {
        &self.specs
    }

    /// The same, as an iterator.
    pub fn iter(&self) -> std::slice::Iter<'_, ToolSpec> {
        self.specs.iter()
    }

    /// The number of tools.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tools.len()
    }

    /// Whether there is no tool.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tools.is_empty()
    }

    /// The tool of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&dyn Tool<G>> {
        let position = self.specs.iter().position(|spec| spec.name == name)?;
        Some(&*self.tools[position])
    }

    /// Executes one call, as [`call_all`](Self::call_all) does.
    ///
    /// # Errors
    /// Those of [`call_all`](Self::call_all).
    pub async fn call(&self, call: impl Into<PendingCall> + Send, cx: &G::Context) -> NodeResult<Message> {
        let answers = self.answers(vec![call.into()], cx).await?;
        // One call has one answer.
        answers.into_iter().next().ok_or_else(|| crate::node::NodeError::msg("the call has no answer"))
    }

    /// Executes calls side by side, and answers each with a tool message, in the order of the calls.
    ///
    /// What goes wrong with a call is its answer, which the model can read: a tool that fails or takes too long, arguments
    /// that do not fit, a tool that the set does not have. An invalid call, such as one that was cut off in the middle of its
    /// arguments, is never executed.
    ///
    /// On a thread, each answer is saved before the node goes on: a node that runs again, because another tool was
    /// interrupted or the process died, does not execute the call again. A tool that asks a human ends the task once the
    /// other calls have been executed.
    ///
    /// # Errors
    /// A tool has retries or a time limit, and there is no tokio runtime.
    pub fn call_all<'a, C: Into<PendingCall>>(
        &'a self,
        calls: impl IntoIterator<Item = C>,
        cx: &'a G::Context,
    ) -> Answers<'a> {
        let calls = calls.into_iter().map(Into::into).collect();
        Box::pin(async move { Ok(self.answers(calls, cx).await?.into()) })
    }

    async fn answers(&self, calls: Vec<PendingCall>, cx: &G::Context) -> NodeResult<Vec<Message>> {
        let run = G::__run(cx);
        let calls = calls.into_iter().map(|call| {
            let (scope, place) = (ToolScope::new(call.id(), call.name()), Place::next(run, &call));
            Call { scope: scope.clone(), answer: Box::pin(self.answer(call, scope, place, run)) }
        });
        all(calls.collect(), self.max_concurrency, run).await
    }
}

/// The future of [`ToolSet::call_all`].
type Answers<'a> = std::pin::Pin<Box<dyn Future<Output = NodeResult<Messages>> + Send + 'a>>;

impl<G: ToolGraph> Default for ToolSet<G> {
    fn default() -> Self {
        Self::new()
    }
}

impl<G: ToolGraph> Clone for ToolSet<G> {
    fn clone(&self) -> Self {
        let Self { tools, specs, max_concurrency } = self;
        Self { tools: tools.clone(), specs: specs.clone(), max_concurrency: *max_concurrency }
    }
}

impl<G: ToolGraph> fmt::Debug for ToolSet<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.specs.iter().map(|spec| &spec.name)).finish()
    }
}

impl<'a, G: ToolGraph> IntoIterator for &'a ToolSet<G> {
    type Item = &'a ToolSpec;
    type IntoIter = std::slice::Iter<'a, ToolSpec>;

    fn into_iter(self) -> Self::IntoIter {
        self.specs.iter()
    }
}

/// A shared tool is a tool.
impl<G: ToolGraph> Tool<G> for Arc<dyn Tool<G>> {
    fn spec(&self) -> ToolSpec {
        (**self).spec()
    }

    fn policy(&self) -> super::ToolPolicy {
        (**self).policy()
    }

    fn call<'a>(&'a self, arguments: serde_json::Value, cx: &'a G::Context) -> ToolFuture<'a> {
        (**self).call(arguments, cx)
    }
}

/// A set of tools whose names are known at compile time: `tools![multiply, search]`.
///
/// Each is the name of a [`#[tool]`](macro@crate::tool) function, as a path if it is in another module; behind it stand the
/// values that it is given, `lookup(database)`, in the order of its `#[inject]` parameters. Two tools of one name do not
/// compile.
#[macro_export]
macro_rules! tools {
    ($($tools:tt)*) => {
        $crate::__private::tools_impl! { [$crate] $($tools)* }
    };
}
