//! The message forms of other libraries.
use serde::Deserialize;
use serde_json::{Map, Value};

use super::assemble::read_arguments;
use super::content::Content;
use super::role::Role;
use super::single::Message;
use super::tool_call::{InvalidToolCall, ToolCall, ToolStatus, null_as_default};
use super::usage::Usage;

/// All keys of all forms.
#[derive(Deserialize)]
struct Fields {
    #[serde(default)]
    content: Content,
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    tool_calls: Vec<Value>,
    #[serde(default, deserialize_with = "null_as_default")]
    invalid_tool_calls: Vec<InvalidToolCall>,
    #[serde(default)]
    usage_metadata: Option<Usage>,
    #[serde(default, deserialize_with = "null_as_default")]
    response_metadata: Map<String, Value>,
    #[serde(default, deserialize_with = "null_as_default")]
    additional_kwargs: Map<String, Value>,
    #[serde(default, deserialize_with = "null_as_default")]
    tool_call_id: String,
    #[serde(default, deserialize_with = "null_as_default")]
    status: ToolStatus,
    #[serde(default)]
    artifact: Option<Value>,
}

/// Whether a list is one message written as `["role", "text"]`, not two messages.
pub(super) fn is_pair(items: &[Value]) -> bool {
    matches!(items, [Value::String(role), Value::String(_)] if role.parse::<Role>().is_ok())
}

/// Reads one message in any of the forms; the error says what is wrong.
pub(super) fn read_message(value: Value) -> Result<Message, String> {
    match value {
        Value::String(text) => Ok(Message::user(text)),
        Value::Object(object) => read_object(object),
        Value::Array(pair) => match <[Value; 2]>::try_from(pair) {
            Ok([Value::String(role), content]) => {
                let role: Role = role.parse().map_err(|error| format!("{error}"))?;
                let content = Content::deserialize(content).map_err(|error| error.to_string())?;
                Ok(Message::of(role, content))
            }
            _ => Err("expected a message, found a list that is not a pair `[\"role\", \"text\"]`".to_owned()),
        },
        other => Err(format!("expected a message, found `{other}`")),
    }
}

fn read_object(object: Map<String, Value>) -> Result<Message, String> {
    let named = |key: &str| object.get(key).and_then(Value::as_str);
    // A chunk of the tool role has `type: "tool"`; some clients send both keys, and then `type` may be `"message"`.
    let kind = match (named("type"), named("role")) {
        (Some(kind), None) => kind,
        (Some(kind), Some(role)) => {
            if kind.parse::<Role>().is_ok() {
                kind
            } else {
                role
            }
        }
        (None, Some(role)) => role,
        (None, None) => return Err("a message needs a `type` or a `role`, such as `human` or `user`".to_owned()),
    };
    let role: Role = kind.parse().map_err(|error| format!("{error}"))?;
    let developer = kind == "developer";
    let fields: Fields = serde_json::from_value(Value::Object(object)).map_err(|error| format!("message: {error}"))?;

    let mut message = Message::of(role, fields.content);
    let inner = message.inner_mut();
    inner.id = fields.id.filter(|id| !id.is_empty()).map(Into::into);
    inner.name = fields.name;
    if !fields.tool_calls.is_empty() {
        inner.tool_calls.clear();
    }
    inner.invalid_tool_calls = fields.invalid_tool_calls;
    for call in fields.tool_calls {
        match read_tool_call(call)? {
            Ok(call) => inner.tool_calls.push(call),
            Err(invalid) => inner.invalid_tool_calls.push(invalid),
        }
    }
    inner.lift_tool_calls();
    inner.usage = fields.usage_metadata;
    inner.response_metadata = fields.response_metadata;
    inner.additional_kwargs = fields.additional_kwargs;
    if developer {
        // As LangChain does, so that the role can be sent back to OpenAI.
        inner.additional_kwargs.entry("__openai_role__").or_insert_with(|| "developer".into());
    }
    inner.tool_call_id = fields.tool_call_id;
    inner.status = fields.status;
    inner.artifact = fields.artifact;
    Ok(message)
}

/// Reads a tool call in LangChain's form, or in OpenAI's, whose arguments are JSON in a string.
fn read_tool_call(call: Value) -> Result<Result<ToolCall, InvalidToolCall>, String> {
    let text = |key: &Value| key.as_str().unwrap_or_default().to_owned();
    let Some(function) = call.get("function") else {
        return plain_tool_call(call).map(Ok);
    };
    let (id, name) = (text(&call["id"]), text(&function["name"]));
    let arguments = match &function["arguments"] {
        Value::String(arguments) => read_arguments(arguments),
        Value::Null => Ok(Value::Object(Map::new())),
        other => Ok(other.clone()),
    };
    Ok(match arguments {
        Ok(args) => Ok(ToolCall { name, args, id }),
        Err(error) => Err(InvalidToolCall { name, args: text(&function["arguments"]), id, error: Some(error.clone()) }),
    })
}

/// LangChain's form; its `type` may be missing.
fn plain_tool_call(mut call: Value) -> Result<ToolCall, String> {
    if let Some(object) = call.as_object_mut() {
        object.insert("type".to_owned(), "tool_call".into());
    }
    serde_json::from_value(call).map_err(|error| format!("message `tool_calls`: {error}"))
}
