//! Tools that run elsewhere: in a browser, behind a queue, by hand.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ToolError, ToolOutput};
use crate::Interrupt;
use crate::context::Context;
use crate::interrupt::Asks;
use crate::node::NodeError;

/// A call of a tool that runs elsewhere: what a `#[tool(external)]` asks. The graph declares it with
/// `interrupt ExternalCall;`.
///
/// It is answered by the id of the call, [`Answers::to_call`](crate::interrupt::Answers::to_call), with a [`ToolReply`].
///
/// ```
/// use graph_core::interrupt::Answers;
/// use graph_core::model::{ScriptedModel, Turn};
/// use graph_core::prelude::*;
/// use graph_core::tool::ExternalCall;
///
/// /// Clicks on an element of the user's page.
/// #[tool(external)]
/// fn click(
///     /// A CSS selector.
///     selector: String,
/// ) -> bool;
///
/// struct Deps {
///     model: ScriptedModel,
///     tools: ToolSet<Browser>,
/// }
///
/// #[node]
/// async fn agent(state: &MessagesState, cx: &Context<Browser>) -> NodeResult<NewMessages> {
///     let Deps { model, tools } = cx.deps();
///     Ok(model.invoke(Prompt::new(&state.messages).tools(tools), cx).await?.into())
/// }
///
/// #[node]
/// async fn tools(state: &MessagesState, cx: &Context<Browser>) -> NodeResult<NewMessages> {
///     Ok(cx.deps().tools.call_all(state.pending_tool_calls(), cx).await?.into())
/// }
///
/// graph! {
///     Browser<MessagesState, Deps> {
///         interrupt ExternalCall;
///
///         START -> agent;
///         agent -> |state| if state.has_pending_tool_calls() { tools } else { END };
///         tools -> agent;
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> graph_core::Result<()> {
/// # let asks = Turn::new().call("c1", "click", &serde_json::json!({"selector": "#buy"}));
/// # let model = ScriptedModel::new().turn(asks).reply("bought");
/// let app = Browser::new(Deps { model, tools: tools![click] }).checkpointer(MemorySaver::new());
/// let thread = app.thread("t");
/// let Outcome::Interrupted(interrupted) = thread.run(MessagesState::input(Message::user("buy it"))).outcome().await? else {
///     panic!("the page has not clicked yet")
/// };
/// for waiting in &interrupted {
///     let BrowserInterrupt::ExternalCall(call) = &waiting.value;
///     assert_eq!((call.id.as_str(), call.name.as_str()), ("c1", "click"));
/// }
/// let state = thread.resume_with(Answers::new().to_call("c1", click::reply(true))).await?;
/// assert_eq!(state.messages[2].text(), "true");
/// # Ok(())
/// # }
/// ```
#[derive(Interrupt, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[interrupt(resume = ToolReply, crate = crate)]
pub struct ExternalCall {
    /// The id of the call.
    pub id: String,
    /// The name of the tool.
    pub name: String,
    /// The arguments, which fit the tool's parameters.
    pub args: Value,
}

/// What a tool that runs elsewhere has returned. A `#[tool(external)]` makes it of the value that its function declares:
/// `click::reply(true)`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ToolReply {
    /// It has returned this.
    Success(ToolOutput),
    /// It has failed.
    Error {
        /// Why, for the model.
        error: String,
    },
}

impl ToolReply {
    /// The tool has failed.
    pub fn failed(error: impl Into<String>) -> Self {
        Self::Error { error: error.into() }
    }
}

impl From<Result<ToolOutput, ToolError>> for ToolReply {
    fn from(result: Result<ToolOutput, ToolError>) -> Self {
        match result {
            Ok(output) => Self::Success(output),
            Err(error) => Self::failed(error.to_string()),
        }
    }
}

/// Graphs whose nodes can call tools that run elsewhere.
#[diagnostic::on_unimplemented(
    message = "this tool runs elsewhere, and the graph of this set does not declare such calls",
    label = "its calls could not be answered",
    note = "add `interrupt ExternalCall;` to the `graph!`, and put the tool into a set of that graph, a `ToolSet<MyGraph>`"
)]
#[doc(hidden)]
pub trait CallsElsewhere: Asks<ExternalCall> {}

#[diagnostic::do_not_recommend]
impl<G: Asks<ExternalCall>> CallsElsewhere for G {}

/// Asks for a call that is executed elsewhere: what `#[tool(external)]` expands to.
#[doc(hidden)]
pub async fn call_elsewhere<G: CallsElsewhere>(
    name: &str,
    args: Value,
    cx: &Context<G>,
) -> Result<ToolOutput, ToolError> {
    let id = cx.tool_call_id().unwrap_or_default().to_owned();
    match cx.interrupt(ExternalCall { id, name: name.to_owned(), args }).await? {
        ToolReply::Success(output) => Ok(output),
        ToolReply::Error { error } => Err(ToolError::Failed(NodeError::msg(error))),
    }
}
