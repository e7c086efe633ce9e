//! Reading messages from JSON: LangChain's form, the form of chat APIs, pairs and bare strings.
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::foreign;
use super::single::Message;

/// Accepts
/// - LangChain's form: `{"type": "human", "content": "hi", "id": "m1", ..}`;
/// - the form of chat APIs: `{"role": "user", "content": "hi"}`, with OpenAI's `tool_calls`;
/// - a pair: `["user", "hi"]`;
/// - a bare string, as a user's message.
///
/// Unknown keys are ignored. An unknown `type` or `role` is an error that names it.
impl<'de> Deserialize<'de> for Message {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        foreign::read_message(Value::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}
