//! A message, in one shared pointer.
use std::borrow::Cow;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::block::ContentBlock;
use super::content::Content;
use super::role::Role;
use super::tool_call::{InvalidToolCall, ToolCall, ToolStatus};
use super::usage::Usage;

/// The id of [`Message::remove_all`]. LangGraph's `REMOVE_ALL_MESSAGES`.
const REMOVE_ALL: &str = "__remove_all__";

/// A message of a conversation.
///
/// Cloning costs one reference count, so states with a thousand messages are cheap to copy. The `with_..` methods
/// modify a message in place unless it is shared; then they copy it once.
///
/// ```
/// use graph_core::message::{Message, Role, ToolCall};
///
/// let ask = Message::user("Multiply 2 and 3").with_id("m1");
/// assert_eq!((ask.role(), ask.id(), ask.text().as_str()), (Role::User, "m1", "Multiply 2 and 3"));
///
/// let call = ToolCall::new("call_1", "multiply", serde_json::json!({"a": 2, "b": 3}));
/// let reply = Message::assistant("").with_tool_calls([call]);
/// let result = Message::tool(&reply.tool_calls()[0].id, "6");
/// assert_eq!(result.tool_call_id(), "call_1");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Message(pub(super) Arc<Inner>);

/// The fields of a message.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Inner {
    pub(super) role: Role,
    pub(super) content: Content,
    pub(super) id: Option<Arc<str>>,
    pub(super) name: Option<String>,
    pub(super) tool_calls: Vec<ToolCall>,
    pub(super) invalid_tool_calls: Vec<InvalidToolCall>,
    pub(super) usage: Option<Usage>,
    pub(super) response_metadata: Map<String, Value>,
    pub(super) additional_kwargs: Map<String, Value>,
    pub(super) tool_call_id: String,
    pub(super) status: ToolStatus,
    pub(super) artifact: Option<Value>,
}

impl Message {
    /// A message of `role` with this content.
    pub(super) fn of(role: Role, content: Content) -> Self {
        let mut inner = Inner {
            role,
            content,
            id: None,
            name: None,
            tool_calls: Vec::new(),
            invalid_tool_calls: Vec::new(),
            usage: None,
            response_metadata: Map::new(),
            additional_kwargs: Map::new(),
            tool_call_id: String::new(),
            status: ToolStatus::Success,
            artifact: None,
        };
        inner.lift_tool_calls();
        Message(Arc::new(inner))
    }

    /// A system message: instructions to the model.
    pub fn system(content: impl Into<Content>) -> Self {
        Message::of(Role::System, content.into())
    }

    /// A message of the user.
    pub fn user(content: impl Into<Content>) -> Self {
        Message::of(Role::User, content.into())
    }

    /// A message of the model.
    pub fn assistant(content: impl Into<Content>) -> Self {
        Message::of(Role::Assistant, content.into())
    }

    /// The result of the tool call `tool_call_id`.
    pub fn tool(tool_call_id: impl Into<String>, content: impl Into<Content>) -> Self {
        let mut message = Message::of(Role::Tool, content.into());
        message.inner_mut().tool_call_id = tool_call_id.into();
        message
    }

    /// The marker that deletes the message `id`, see [`AddMessages`](super::AddMessages).
    pub fn remove(id: impl AsRef<str>) -> Self {
        Message::of(Role::Remove, Content::default()).with_id(id)
    }

    /// The marker that deletes every message, those before it in the same write included.
    pub fn remove_all() -> Self {
        Message::remove(REMOVE_ALL)
    }

    /// The role.
    pub fn role(&self) -> Role {
        self.0.role
    }

    /// The id; empty while the message has none. [`AddMessages`](super::AddMessages) gives ids.
    pub fn id(&self) -> &str {
        self.0.id.as_deref().unwrap_or_default()
    }

    /// The text of all text blocks, concatenated.
    pub fn text(&self) -> String {
        self.0.content.text()
    }

    /// Like [`text`](Message::text), but borrowed if there is at most one text block.
    pub fn text_str(&self) -> Cow<'_, str> {
        let mut texts = self.blocks().iter().filter_map(ContentBlock::as_text);
        match (texts.next(), texts.next()) {
            (None, _) => Cow::Borrowed(""),
            (Some(only), None) => Cow::Borrowed(only),
            (Some(_), Some(_)) => Cow::Owned(self.text()),
        }
    }

    /// The content.
    pub fn content(&self) -> &Content {
        &self.0.content
    }

    /// The content blocks; plain text is one block, empty text none.
    pub fn blocks(&self) -> &[ContentBlock] {
        self.0.content.blocks()
    }

    /// The tool calls of an assistant message.
    pub fn tool_calls(&self) -> &[ToolCall] {
        &self.0.tool_calls
    }

    /// The calls whose arguments are not a JSON object.
    pub fn invalid_tool_calls(&self) -> &[InvalidToolCall] {
        &self.0.invalid_tool_calls
    }

    /// The token usage of the model call, if known.
    pub fn usage(&self) -> Option<&Usage> {
        self.0.usage.as_ref()
    }

    /// The provider's metadata, such as `finish_reason` and `model_name`.
    pub fn response_metadata(&self) -> &Map<String, Value> {
        &self.0.response_metadata
    }

    /// Provider-specific fields that are sent back to the provider: LangChain's `additional_kwargs`.
    pub fn additional_kwargs(&self) -> &Map<String, Value> {
        &self.0.additional_kwargs
    }

    /// The name of the participant or of the tool, if given.
    pub fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// The id of the call that a tool message answers; empty for other messages.
    pub fn tool_call_id(&self) -> &str {
        &self.0.tool_call_id
    }

    /// The status of the tool call that a tool message answers.
    pub fn status(&self) -> ToolStatus {
        self.0.status
    }

    /// A tool's artifact: data for the program, not for the model.
    pub fn artifact(&self) -> Option<&Value> {
        self.0.artifact.as_ref()
    }

    /// Whether this is [`Message::remove_all`].
    pub fn is_remove_all(&self) -> bool {
        self.0.role == Role::Remove && self.id() == REMOVE_ALL
    }
}
