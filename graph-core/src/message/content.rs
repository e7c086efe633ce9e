//! The content of a message: text, or blocks.
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::block::ContentBlock;

/// The content of a message: text, or a list of blocks.
///
/// Text is stored as one block, so that code that handles blocks needs no second case; in JSON it is a string again.
///
/// ```
/// use graph_core::message::{Content, ContentBlock};
/// let text = Content::from("hi");
/// assert_eq!(text.blocks().len(), 1);
/// assert_eq!(serde_json::to_string(&text).unwrap(), r#""hi""#);
///
/// let blocks = Content::from(vec![ContentBlock::text("what is this?"), ContentBlock::image_url("https://x/y.png")]);
/// assert_eq!(blocks.text(), "what is this?");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    blocks: Vec<ContentBlock>,
    /// Serialized as a string: made from text, with at most one bare text block.
    plain: bool,
}

impl Content {
    /// The blocks; text is one block, empty text is none.
    pub fn blocks(&self) -> &[ContentBlock] {
        &self.blocks
    }

    /// The text of all text blocks, concatenated.
    pub fn text(&self) -> String {
        let mut texts = self.blocks.iter().filter_map(ContentBlock::as_text);
        let mut text = texts.next().unwrap_or_default().to_owned();
        text.extend(texts);
        text
    }

    /// Whether there is no block at all.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Adds a block at the end; the content becomes a list of blocks.
    pub fn push(&mut self, block: ContentBlock) {
        self.blocks.push(block);
        self.plain = false;
    }

    /// The text of plain content.
    fn as_plain(&self) -> Option<&str> {
        self.plain.then(|| self.blocks.first().and_then(ContentBlock::as_text).unwrap_or_default())
    }
}

impl Default for Content {
    fn default() -> Self {
        Content { blocks: Vec::new(), plain: true }
    }
}

impl From<String> for Content {
    fn from(text: String) -> Self {
        if text.is_empty() {
            return Content::default();
        }
        Content { blocks: vec![ContentBlock::text(text)], plain: true }
    }
}

impl From<&str> for Content {
    fn from(text: &str) -> Self {
        Content::from(text.to_owned())
    }
}

impl From<&String> for Content {
    fn from(text: &String) -> Self {
        Content::from(text.clone())
    }
}

impl From<Vec<ContentBlock>> for Content {
    fn from(blocks: Vec<ContentBlock>) -> Self {
        Content { blocks, plain: false }
    }
}

impl From<ContentBlock> for Content {
    fn from(block: ContentBlock) -> Self {
        Content::from(vec![block])
    }
}

impl Serialize for Content {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.as_plain() {
            Some(text) => serializer.serialize_str(text),
            None => self.blocks.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Content {
    /// Accepts a string, a list of blocks (a string among them is a text block), one block, or `null` for no content.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Null => Ok(Content::default()),
            Value::String(text) => Ok(Content::from(text)),
            Value::Array(items) => {
                Ok(Content::from(items.into_iter().map(ContentBlock::from_json).collect::<Vec<_>>()))
            }
            block @ Value::Object(_) => Ok(Content::from(ContentBlock::from_json(block))),
            other => Err(serde::de::Error::custom(format_args!(
                "message `content` is `{other}`, expected a string or a list of content blocks"
            ))),
        }
    }
}
