//! Results of tools.

use std::any::Any;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ToolError;
use crate::message::{Content, ContentBlock};
use crate::node::NodeError;

/// The result of a tool: what the model sees, and an artifact that only the program sees.
///
/// ```
/// use graph_core::tool::ToolOutput;
///
/// let output = ToolOutput::from("3 rows").with_artifact(vec![1, 2, 3]);
/// assert_eq!(output.content().text(), "3 rows");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ToolOutput {
    content: Content,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    artifact: Option<Value>,
}

impl ToolOutput {
    /// Any value: text and content blocks as they are, everything else as JSON.
    ///
    /// # Errors
    /// Those of serde.
    pub fn of<T: Serialize + 'static>(value: T) -> Result<Self, ToolError> {
        let mut value = Some(value);
        // The types decide, so an alias of `String` is text too.
        if let Some(output) = take::<T, Self>(&mut value) {
            return Ok(output);
        }
        let content = take::<T, String>(&mut value).map(Content::from);
        let content = content.or_else(|| take::<T, &'static str>(&mut value).map(Content::from));
        let content = content.or_else(|| take::<T, Content>(&mut value));
        let content = content.or_else(|| take::<T, ContentBlock>(&mut value).map(Content::from));
        let content = content.or_else(|| take::<T, Vec<ContentBlock>>(&mut value).map(Content::from));
        let content = match content {
            Some(content) => content,
            None => match serde_json::to_value(&value).map_err(|error| ToolError::Failed(NodeError::from(error)))? {
                Value::String(text) => text.into(),
                json => json.to_string().into(),
            },
        };
        Ok(Self { content, artifact: None })
    }

    /// With an artifact: data for the program, in [`Message::artifact`](crate::message::Message::artifact).
    #[must_use]
    pub fn with_artifact(mut self, artifact: impl Into<Value>) -> Self {
        self.artifact = Some(artifact.into());
        self
    }

    /// What the model sees.
    #[must_use]
    pub fn content(&self) -> &Content {
        &self.content
    }

    pub(super) fn into_parts(self) -> (Content, Option<Value>) {
        (self.content, self.artifact)
    }
}

/// The value, if it is of type `O`.
fn take<T: 'static, O: 'static>(value: &mut Option<T>) -> Option<O> {
    (value as &mut dyn Any).downcast_mut::<Option<O>>().and_then(Option::take)
}

impl<T: Into<Content>> From<T> for ToolOutput {
    fn from(content: T) -> Self {
        Self { content: content.into(), artifact: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(output: Result<ToolOutput, ToolError>) -> String {
        output.unwrap().content().text()
    }

    #[test]
    fn text_is_text_and_everything_else_is_json() {
        type Name = String;
        assert_eq!(text(ToolOutput::of(Name::from("a \"b\""))), "a \"b\"");
        assert_eq!(text(ToolOutput::of("a")), "a");
        assert_eq!(text(ToolOutput::of(Value::from("a"))), "a");
        assert_eq!(text(ToolOutput::of(6)), "6");
        assert_eq!(text(ToolOutput::of(Some(vec!["a"]))), r#"["a"]"#);
        assert_eq!(text(ToolOutput::of(())), "null");
    }

    #[test]
    fn blocks_and_outputs_stay_what_they_are() {
        let block = ContentBlock::image_url("https://x/y.png");
        for output in [ToolOutput::of(block.clone()), ToolOutput::of(vec![block.clone()])] {
            assert_eq!(output.unwrap().content().blocks(), std::slice::from_ref(&block));
        }
        let output = ToolOutput::from("a").with_artifact(1);
        assert_eq!(ToolOutput::of(output.clone()).unwrap(), output);
    }

    #[test]
    fn a_value_that_serde_refuses_is_an_error() {
        let map = std::collections::HashMap::from([(vec![1], 1)]);
        assert!(ToolOutput::of(map).unwrap_err().to_string().contains("key must be a string"));
    }
}
