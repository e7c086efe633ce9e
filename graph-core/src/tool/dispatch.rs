//! One call: found, tried, answered, remembered.

use std::sync::Arc;

use serde_json::Value;
use uuid::Uuid;

use super::{PendingCall, Tool, ToolError, ToolEvent, ToolGraph, ToolOutput, ToolPolicy, ToolScope, ToolSet};
use crate::checkpoint::format::{read_value, write_value};
use crate::context::{Payload, RunContext, Scope, SpanKind};
use crate::message::{Message, ToolStatus};
use crate::model::ToolSpec;
use crate::node::{NodeError, NodeResult};
use crate::run::memory::{save, unreadable};
use crate::run::policy::attempts::pause;

/// The place of a call in the memory of its node's task; `None` without a thread.
#[derive(Clone, Copy)]
pub(super) struct Place(Option<Uuid>);

impl Place {
    /// Taken before the calls run, in their order.
    pub(super) fn next(cx: &RunContext, call: &PendingCall) -> Self {
        let name = || format!("tool {} {}", call.name(), call.id());
        Self(cx.run().memory.as_ref().map(|memory| memory.next_key(cx, &name())))
    }

    /// The answer that an earlier run of the task has remembered.
    fn answer(self, cx: &RunContext, name: &str) -> NodeResult<Option<Message>> {
        let known = self.0.and_then(|key| cx.run().memory.as_ref()?.result(key));
        known.map(|bytes| read_value(&bytes).map_err(|error| unreadable(name, &error))).transpose()
    }
}

impl<G: ToolGraph> ToolSet<G> {
    /// The answer to a call.
    pub(super) async fn answer(
        &self,
        call: PendingCall,
        scope: Arc<ToolScope>,
        place: Place,
        cx: &RunContext,
    ) -> NodeResult<Message> {
        if let Some(answer) = place.answer(cx, &scope.name)? {
            return Ok(answer);
        }
        let result = match call {
            PendingCall::Valid(call) => match self.get(&call.name) {
                Some(tool) => {
                    let span = cx.span(SpanKind::Tool, scope.name.clone(), Payload::Json(call.args.clone()));
                    cx.emit_tool(&scope, || ToolEvent::Started { input: call.args.clone() });
                    let inside = RunContext { tool: Some(scope.clone()), ..span.context() };
                    let result = tried(tool, call.args, &inside, place).await?;
                    (result, Some(span))
                }
                None => (Err(self.unknown(call.name)), None),
            },
            PendingCall::Invalid(call) => {
                let problem = call.error.unwrap_or_else(|| "its arguments are not a JSON object".to_owned());
                (Err(ToolError::InvalidCall { problem }), None)
            }
        };
        let (result, span) = result;
        let answer = message(&scope, &result);
        if let Some(key) = place.0 {
            save(cx, key, scope.name.to_string(), write_value(&answer)).await?;
        }
        match &result {
            Ok(_) => cx.emit_tool(&scope, || ToolEvent::Finished(answer.clone())),
            Err(error) => cx.emit_tool(&scope, || ToolEvent::Failed { error: error.to_string() }),
        }
        match (span, &result) {
            (Some(span), Ok(_)) => span.end(Payload::Message(answer.clone())),
            (Some(span), Err(error)) => span.fail(error),
            (None, _) => {}
        }
        Ok(answer)
    }

    /// Executes a call, unless it is refused.
    pub(crate) async fn call_unless(
        &self,
        refused: Option<ToolError>,
        call: PendingCall,
        cx: &G::Context,
    ) -> NodeResult<Message> {
        let Some(error) = refused else { return self.call(call, cx).await };
        let scope = ToolScope::new(call.id(), call.name());
        G::__run(cx).emit_tool(&scope, || ToolEvent::Failed { error: error.to_string() });
        Ok(message(&scope, &Err(error)))
    }

    fn unknown(&self, name: String) -> ToolError {
        ToolError::Unknown { name, known: self.specs().iter().map(|ToolSpec { name, .. }| name.clone()).collect() }
    }
}

/// What the model reads.
fn message(scope: &ToolScope, result: &Result<ToolOutput, ToolError>) -> Message {
    let message = match result {
        Ok(output) => {
            let (content, artifact) = output.clone().into_parts();
            let message = Message::tool(&*scope.id, content);
            artifact.into_iter().fold(message, Message::with_artifact)
        }
        Err(error) => Message::tool(&*scope.id, format!("Error: {error}")).with_status(ToolStatus::Error),
    };
    let mut message = message.with_name(&*scope.name);
    // The event has the id that the history has.
    message.ensure_id();
    message
}

/// Runs a tool until it succeeds or is out of attempts.
async fn tried<G: ToolGraph>(
    tool: &dyn Tool<G>,
    arguments: Value,
    cx: &RunContext,
    place: Place,
) -> NodeResult<Result<ToolOutput, ToolError>> {
    let ToolPolicy { retry, timeout } = tool.policy();
    if (retry.is_some() || timeout.is_some()) && tokio::runtime::Handle::try_current().is_err() {
        let name = tool.spec().name;
        let text = format!("the options of the tool `{name}` need tokio's timer: run the graph inside a tokio runtime");
        return Err(NodeError::permanent(NodeError::msg(text)));
    }
    let mut attempt = 1;
    loop {
        let scope = place.0.map(|call| Scope { call, attempt });
        let inside = G::__inside(RunContext { scope, ..cx.clone() });
        let run = tool.call(arguments.clone(), &inside);
        let result = match timeout {
            None => run.await,
            Some(after) => tokio::time::timeout(after, run).await.unwrap_or(Err(ToolError::Timeout { after })),
        };
        let again = match (&result, retry) {
            (Err(ToolError::Failed(error)), Some(retry)) => pause(error, &retry, attempt),
            (Err(error @ ToolError::Timeout { .. }), Some(retry)) => pause(&NodeError::msg(error), &retry, attempt),
            _ => None,
        };
        match again {
            Some(pause) => tokio::time::sleep(pause).await,
            None => return Ok(result),
        }
        attempt += 1;
    }
}
