//! How servers deviate from OpenAI's protocol in requests.
use std::borrow::Cow;

use super::servers::SERVERS;

/// What a server needs in requests.
///
/// ```
/// use graph_models::openai::{MaxTokensField, Quirks};
///
/// assert_eq!(Quirks::of_host("api.openai.com").max_tokens_field, MaxTokensField::MaxCompletionTokens);
/// let old = Quirks { stream_options: false, ..Quirks::of_host("127.0.0.1") };
/// assert_eq!(old.max_tokens_field, MaxTokensField::MaxTokens);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quirks {
    /// The name of the field that limits the reply.
    pub max_tokens_field: MaxTokensField,
    /// The name of the field of the random seed.
    pub seed_field: Cow<'static, str>,
    /// The `tool_choice` that demands a call.
    pub required_tool_choice: Cow<'static, str>,
    /// Whether `stream_options` is sent, which asks for the usage of streams.
    pub stream_options: bool,
    /// Whether the reasoning of assistant messages with tool calls is sent back as `reasoning_content`: some servers
    /// require it between a call and its result, others refuse it.
    pub echo_reasoning: bool,
    /// Whether the schemas of tools are sent as `strict`, where they can be and nothing else is
    /// [said](graph_core::model::Strict).
    pub strict_tools: bool,
    /// Whether the `reasoning_details` of assistant messages, which `OpenRouter` sends, are sent back.
    pub echo_reasoning_details: bool,
}

/// The name of the request field that limits the reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MaxTokensField {
    /// `max_tokens`, for compatible servers.
    MaxTokens,
    /// `max_completion_tokens`, for OpenAI, whose reasoning models require it.
    MaxCompletionTokens,
}

impl Quirks {
    /// Those of a compatible server of which nothing else is known.
    pub const COMPATIBLE: Quirks = Quirks {
        max_tokens_field: MaxTokensField::MaxTokens,
        seed_field: Cow::Borrowed("seed"),
        required_tool_choice: Cow::Borrowed("required"),
        stream_options: true,
        echo_reasoning: false,
        strict_tools: false,
        echo_reasoning_details: true,
    };

    /// Those of the server at a host: what [`SERVERS`] says, or [`Quirks::COMPATIBLE`].
    pub fn of_host(host: &str) -> Self {
        let known = SERVERS.iter().find(|server| server.host() == host);
        known.map_or(Quirks::COMPATIBLE, |server| server.quirks.clone())
    }
}
