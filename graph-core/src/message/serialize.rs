//! Serializes messages in the JSON form of LangChain's `model_dump()`, which the Agent Server sends.
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::role::Role;
use super::single::Message;

/// Like LangChain, always writes `content`, `additional_kwargs`, `response_metadata`, `type`, `name`, `id`; for `ai`
/// also `tool_calls`, `invalid_tool_calls`, `usage_metadata`; for `tool` also `tool_call_id`, `artifact`, `status`.
/// (langchain-core 1.7, `langchain_core.messages`.)
impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let message = &*self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("content", &message.content)?;
        map.serialize_entry("additional_kwargs", &message.additional_kwargs)?;
        map.serialize_entry("response_metadata", &message.response_metadata)?;
        map.serialize_entry("type", message.role.type_name())?;
        map.serialize_entry("name", &message.name)?;
        map.serialize_entry("id", &message.id)?;
        match message.role {
            Role::Assistant => {
                map.serialize_entry("tool_calls", &message.tool_calls)?;
                map.serialize_entry("invalid_tool_calls", &message.invalid_tool_calls)?;
                map.serialize_entry("usage_metadata", &message.usage)?;
            }
            Role::Tool => {
                map.serialize_entry("tool_call_id", &message.tool_call_id)?;
                map.serialize_entry("artifact", &message.artifact)?;
                map.serialize_entry("status", &message.status)?;
            }
            Role::System | Role::User | Role::Remove => {}
        }
        map.end()
    }
}
