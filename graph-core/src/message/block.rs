//! The content blocks of a message.
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::tool_call::ToolCall;

/// A block of a message's content, in the form of LangChain's standard content blocks.
///
/// A block of an unknown type or an unexpected form is [`ContentBlock::Unknown`] and keeps its JSON as it is; unknown
/// keys of known blocks are kept in `extra`. So reading and writing a block loses nothing.
///
/// ```
/// use graph_core::message::ContentBlock;
/// use serde_json::json;
///
/// let block: ContentBlock = serde_json::from_value(json!({"type": "text", "text": "hi"})).unwrap();
/// assert_eq!(block, ContentBlock::text("hi"));
///
/// let odd = json!({"type": "hologram", "depth": 3});
/// let block: ContentBlock = serde_json::from_value(odd.clone()).unwrap();
/// assert_eq!(block, ContentBlock::Unknown(odd));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ContentBlock {
    /// Text.
    Text(TextBlock),
    /// The model's reasoning before its answer.
    Reasoning(ReasoningBlock),
    /// An image.
    Image(ImageBlock),
    /// A document.
    File(FileBlock),
    /// A tool call, in its position among the blocks.
    ToolCall(ToolCall),
    /// Anything else, verbatim.
    Unknown(Value),
}

/// A block of text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TextBlock {
    /// The text.
    pub text: String,
    /// All other keys of the block, such as `annotations`.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// A block of reasoning.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReasoningBlock {
    /// The text of the reasoning.
    #[serde(default)]
    pub reasoning: String,
    /// An opaque signature of the provider, to be sent back unchanged with the block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// All other keys of the block.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// An image.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImageBlock {
    /// Where its bytes are.
    #[serde(flatten)]
    pub source: MediaSource,
    /// The media type, such as `image/png`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mime_type: Option<String>,
    /// All other keys of the block.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// A document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileBlock {
    /// Where its bytes are.
    #[serde(flatten)]
    pub source: MediaSource,
    /// The media type, such as `application/pdf`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mime_type: Option<String>,
    /// All other keys of the block, such as `filename`.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Where the bytes of an image or a file are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MediaSource {
    /// At an address the provider can fetch, or in a `data:` URL.
    Url(String),
    /// Here, in base64.
    Base64(String),
    /// Uploaded to the provider earlier, under this id.
    FileId(String),
}

impl ContentBlock {
    /// A block of text.
    pub fn text(text: impl Into<String>) -> Self {
        ContentBlock::Text(TextBlock { text: text.into(), extra: Map::new() })
    }

    /// A block of reasoning without a signature.
    pub fn reasoning(reasoning: impl Into<String>) -> Self {
        ContentBlock::Reasoning(ReasoningBlock { reasoning: reasoning.into(), ..ReasoningBlock::default() })
    }

    /// An image at a URL.
    pub fn image_url(url: impl Into<String>) -> Self {
        let source = MediaSource::Url(url.into());
        ContentBlock::Image(ImageBlock { source, mime_type: None, extra: Map::new() })
    }

    /// An image in base64, with its media type.
    pub fn image_base64(data: impl Into<String>, mime_type: impl Into<String>) -> Self {
        let source = MediaSource::Base64(data.into());
        ContentBlock::Image(ImageBlock { source, mime_type: Some(mime_type.into()), extra: Map::new() })
    }

    /// The text, if this is a text block.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            ContentBlock::Text(block) => Some(&block.text),
            _ => None,
        }
    }

    /// Reads a block from JSON. Never fails: an unknown form is [`ContentBlock::Unknown`].
    pub(super) fn from_json(value: Value) -> Self {
        if let Value::String(text) = value {
            return ContentBlock::text(text);
        }
        let Some(object) = value.as_object() else { return ContentBlock::Unknown(value) };
        let mut fields = object.clone();
        let Some(Value::String(kind)) = fields.remove("type") else { return ContentBlock::Unknown(value) };
        let fields = Value::Object(fields);
        let known = match kind.as_str() {
            "text" => serde_json::from_value(fields).ok().map(ContentBlock::Text),
            "reasoning" => serde_json::from_value(fields).ok().map(ContentBlock::Reasoning),
            "image" => serde_json::from_value(fields).ok().map(ContentBlock::Image),
            "file" => serde_json::from_value(fields).ok().map(ContentBlock::File),
            "tool_call" => plain_tool_call(object).map(ContentBlock::ToolCall),
            _ => None,
        };
        known.unwrap_or(ContentBlock::Unknown(value))
    }
}

/// A tool call block without further keys; one with more is kept verbatim.
fn plain_tool_call(object: &Map<String, Value>) -> Option<ToolCall> {
    let plain = object.keys().all(|key| matches!(key.as_str(), "type" | "name" | "args" | "id"));
    if plain { serde_json::from_value(Value::Object(object.clone())).ok() } else { None }
}

/// Adds the `type` key to the fields of a block.
#[derive(Serialize)]
struct Tagged<'a, T> {
    #[serde(rename = "type")]
    kind: &'a str,
    #[serde(flatten)]
    block: &'a T,
}

impl Serialize for ContentBlock {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            ContentBlock::Text(block) => Tagged { kind: "text", block }.serialize(serializer),
            ContentBlock::Reasoning(block) => Tagged { kind: "reasoning", block }.serialize(serializer),
            ContentBlock::Image(block) => Tagged { kind: "image", block }.serialize(serializer),
            ContentBlock::File(block) => Tagged { kind: "file", block }.serialize(serializer),
            ContentBlock::ToolCall(call) => call.serialize(serializer),
            ContentBlock::Unknown(value) => value.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for ContentBlock {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(ContentBlock::from_json(Value::deserialize(deserializer)?))
    }
}
