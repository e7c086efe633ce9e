//! Prompts.
use std::sync::Arc;

use serde_json::Value;

use super::options::{ModelOptions, ResponseFormat, ToolChoice};
use super::tool_spec::ToolSpec;
use crate::message::{Message, Messages};

/// The input of a model: messages, the tools it may call, and options.
///
/// ```
/// use graph_core::message::Message;
/// use graph_core::model::Prompt;
///
/// let messages = vec![Message::system("Be brief."), Message::user("hi")];
/// let prompt = Prompt::new(&messages).temperature(0.0).max_tokens(40).tag("greeting");
/// assert_eq!(prompt.messages.len(), 2);
/// assert_eq!(Prompt::new("hi").messages, [Message::user("hi")]);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Prompt {
    /// The conversation so far.
    pub messages: Vec<Message>,
    /// The tools the model may call.
    pub tools: Arc<[ToolSpec]>,
    /// The options.
    pub options: ModelOptions,
    /// Labels of the call, to tell its events and tokens from others. They are not sent to the provider.
    pub tags: Vec<String>,
}

impl Prompt {
    /// A prompt of these messages; a text is a user message.
    pub fn new(messages: impl Into<Prompt>) -> Self {
        messages.into()
    }

    /// Prepends a system message.
    #[must_use]
    pub fn system(mut self, text: impl Into<String>) -> Self {
        self.messages.insert(0, Message::system(text.into()));
        self
    }

    /// Adds these tools.
    #[must_use]
    pub fn tools<I>(mut self, tools: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<ToolSpec>,
    {
        self.tools = self.tools.iter().cloned().chain(tools.into_iter().map(Into::into)).collect();
        self
    }

    /// Sets which tools to call.
    #[must_use]
    pub fn tool_choice(mut self, choice: ToolChoice) -> Self {
        self.options.tool_choice = Some(choice);
        self
    }

    /// Sets the temperature: 0 is nearly deterministic, 1 is common.
    #[must_use]
    pub fn temperature(mut self, temperature: f32) -> Self {
        self.options.temperature = Some(temperature);
        self
    }

    /// Sets the maximum length of the reply, in tokens.
    #[must_use]
    pub fn max_tokens(mut self, tokens: u32) -> Self {
        self.options.max_tokens = Some(tokens);
        self
    }

    /// Adds a text at which the reply ends.
    #[must_use]
    pub fn stop(mut self, text: impl Into<String>) -> Self {
        self.options.stop.push(text.into());
        self
    }

    /// Sets the random seed.
    #[must_use]
    pub fn seed(mut self, seed: i64) -> Self {
        self.options.seed = Some(seed);
        self
    }

    /// Sets the format of the text.
    #[must_use]
    pub fn response_format(mut self, format: ResponseFormat) -> Self {
        self.options.response_format = Some(format);
        self
    }

    /// Asks for JSON of this schema, enforced if the provider can.
    #[must_use]
    pub fn json_schema(self, name: impl Into<String>, schema: Value) -> Self {
        self.response_format(ResponseFormat::JsonSchema { name: name.into(), schema, strict: true })
    }

    /// Adds a field of the provider's request, verbatim.
    #[must_use]
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.options.extra.insert(key.into(), value.into());
        self
    }

    /// Replaces the options.
    #[must_use]
    pub fn options(mut self, options: ModelOptions) -> Self {
        self.options = options;
        self
    }

    /// Adds a tag.
    #[must_use]
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.tags.push(tag.into());
        self
    }

    /// Does not stream the reply: [`Mode::MESSAGES`](crate::run::Mode::MESSAGES) then has no chunks of it, only the
    /// whole message if a node writes it. The same as LangGraph's tag `nostream`.
    #[must_use]
    pub fn nostream(self) -> Self {
        self.tag(NOSTREAM)
    }
}

/// The tag of a prompt whose reply is not streamed.
pub(super) const NOSTREAM: &str = "nostream";

impl From<Vec<Message>> for Prompt {
    fn from(messages: Vec<Message>) -> Self {
        Prompt { messages, ..Prompt::default() }
    }
}

impl From<&Vec<Message>> for Prompt {
    fn from(messages: &Vec<Message>) -> Self {
        messages.clone().into()
    }
}

impl From<&[Message]> for Prompt {
    fn from(messages: &[Message]) -> Self {
        messages.to_vec().into()
    }
}

impl<const N: usize> From<[Message; N]> for Prompt {
    fn from(messages: [Message; N]) -> Self {
        Vec::from(messages).into()
    }
}

impl<const N: usize> From<&[Message; N]> for Prompt {
    fn from(messages: &[Message; N]) -> Self {
        messages.to_vec().into()
    }
}

impl From<Messages> for Prompt {
    fn from(messages: Messages) -> Self {
        messages.into_vec().into()
    }
}

impl From<&Messages> for Prompt {
    fn from(messages: &Messages) -> Self {
        messages.to_vec().into()
    }
}

impl From<Message> for Prompt {
    fn from(message: Message) -> Self {
        vec![message].into()
    }
}

impl From<&Message> for Prompt {
    fn from(message: &Message) -> Self {
        message.clone().into()
    }
}

impl From<&str> for Prompt {
    fn from(text: &str) -> Self {
        Message::user(text).into()
    }
}

impl From<String> for Prompt {
    fn from(text: String) -> Self {
        Message::user(text).into()
    }
}

impl From<&String> for Prompt {
    fn from(text: &String) -> Self {
        Message::user(text).into()
    }
}
