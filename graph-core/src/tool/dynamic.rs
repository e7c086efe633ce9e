//! Tools whose schema is known at run time only.

use std::fmt;
use std::future::Future;

use serde::Serialize;
use serde_json::Value;

use super::{AnyGraph, Tool, ToolError, ToolFuture, ToolGraph, ToolOutput, ToolPolicy};
use crate::model::ToolSpec;
use crate::node::IntoNodeError;

type Run<G> = Box<dyn Fn(Value, <G as ToolGraph>::Context) -> ToolFuture<'static> + Send + Sync>;

/// A tool made of a schema and a closure, for tools that are known at run time only.
///
/// The closure gets the arguments as the model wrote them, a JSON object. It checks them: the schema is for the model.
///
/// ```
/// use graph_core::message::ToolCall;
/// use graph_core::model::ToolSpec;
/// use graph_core::prelude::*;
/// use graph_core::tool::DynamicTool;
/// use serde_json::{Value, json};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> NodeResult<()> {
/// let schema = json!({"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]});
/// let shout = DynamicTool::new(ToolSpec::new("shout", "Writes in capitals.", schema), |arguments: Value, _cx| async move {
///     let text = arguments["text"].as_str().ok_or_else(|| NodeError::msg("`text` is missing"))?;
///     Ok::<_, NodeError>(text.to_uppercase())
/// });
/// let tools: ToolSet = ToolSet::new().with(shout)?;
/// let call = ToolCall::new("c1", "shout", json!({"text": "hi"}));
/// assert_eq!(tools.call(call, &RunContext::detached()).await?.text(), "HI");
/// # Ok(())
/// # }
/// ```
pub struct DynamicTool<G: ToolGraph = AnyGraph> {
    spec: ToolSpec,
    policy: ToolPolicy,
    run: Run<G>,
}

impl<G: ToolGraph> DynamicTool<G> {
    /// A tool that runs `call`.
    pub fn new<F, Fut, T, E>(spec: ToolSpec, call: F) -> Self
    where
        F: Fn(Value, G::Context) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<T, E>> + Send + 'static,
        T: Serialize + 'static,
        E: IntoNodeError,
    {
        let run = move |arguments: Value, cx: G::Context| -> ToolFuture<'static> {
            let called = call(arguments, cx);
            Box::pin(async move {
                let output = called.await.map_err(|error| ToolError::Failed(error.into_node_error()))?;
                ToolOutput::of(output)
            })
        };
        Self { spec, policy: ToolPolicy::default(), run: Box::new(run) }
    }

    /// With these retries and this time limit.
    #[must_use]
    pub fn policy(mut self, policy: ToolPolicy) -> Self {
        self.policy = policy;
        self
    }
}

impl<G: ToolGraph> Tool<G> for DynamicTool<G> {
    fn spec(&self) -> ToolSpec {
        self.spec.clone()
    }

    fn policy(&self) -> ToolPolicy {
        self.policy
    }

    fn call<'a>(&'a self, arguments: Value, cx: &'a G::Context) -> ToolFuture<'a> {
        (self.run)(arguments, cx.clone())
    }
}

impl<G: ToolGraph> fmt::Debug for DynamicTool<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DynamicTool").field("spec", &self.spec).finish_non_exhaustive()
    }
}
