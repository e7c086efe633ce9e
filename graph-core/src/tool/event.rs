//! What happens to a call, as `tools` mode shows it.

use serde_json::Value;

use crate::message::Message;

/// What has happened to a call.
///
/// A call that is executed starts, and finishes or fails. One that is not executed, because the set has no such tool or the
/// call is invalid, only fails. A call that is interrupted, or cancelled with its node, has no end; it starts again when
/// the thread goes on.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ToolEvent {
    /// The tool is called with these arguments.
    Started {
        /// The arguments, a JSON object.
        input: Value,
    },
    /// The tool has emitted a part of its output: see
    /// [`RunContext::emit_output`](crate::context::RunContext::emit_output).
    OutputDelta(Value),
    /// The tool has returned: the answer to the call.
    Finished(Message),
    /// The call has no result. The model is told the same, in a tool message.
    Failed {
        /// Why.
        error: String,
    },
}
