//! Converts a whole message into a single chunk.
use super::block::ContentBlock;
use super::chunk::MessageChunk;
use super::single::Message;
use super::tool_call_chunk::ToolCallChunk;

/// A message that was not streamed, as its first and last chunk. In JSON it stays a message, of whatever type, as in
/// LangGraph's `messages` mode.
///
/// ```
/// use graph_core::message::{Message, MessageChunk};
/// let chunk = MessageChunk::from(Message::tool("call_1", "6"));
/// assert_eq!((chunk.text(), chunk.is_last()), ("6", true));
/// assert_eq!(serde_json::to_value(&chunk).unwrap()["type"], "tool");
/// ```
impl From<Message> for MessageChunk {
    fn from(message: Message) -> Self {
        let mut chunk = MessageChunk::new(message.text()).into_last();
        if let Some(id) = &message.0.id {
            chunk = chunk.with_id(id.clone());
        }
        for block in message.blocks() {
            if let ContentBlock::Reasoning(block) = block {
                chunk = chunk.with_reasoning(&block.reasoning);
                if let Some(signature) = &block.signature {
                    chunk = chunk.with_reasoning_signature(signature);
                }
            }
        }
        let valid = message.tool_calls().iter().map(|call| (&call.id, &call.name, call.args.to_string()));
        let invalid = message.invalid_tool_calls().iter().map(|call| (&call.id, &call.name, call.args.clone()));
        for (index, (id, name, args)) in valid.chain(invalid).enumerate() {
            let call = ToolCallChunk::new(index).with_id(id).with_name(name).with_args(args);
            chunk = chunk.with_tool_call_chunk(call);
        }
        if let Some(usage) = message.usage() {
            chunk = chunk.with_usage(usage.clone());
        }
        for (key, value) in message.response_metadata() {
            chunk = match (key.as_str(), value.as_str()) {
                ("finish_reason", Some(reason)) => chunk.with_finish_reason(reason),
                _ => chunk.with_response_metadata(key, value.clone()),
            };
        }
        for (key, value) in message.additional_kwargs() {
            chunk = chunk.with_additional_kwarg(key, value.clone());
        }
        chunk.with_whole(message)
    }
}
