//! Servers of OpenAI's protocol.
use std::borrow::Cow;

use super::quirks::{MaxTokensField, Quirks};

/// A server of OpenAI's protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Server {
    /// Its name in [`model`](crate::model), such as `deepseek`.
    pub name: &'static str,
    /// The base URL.
    pub base_url: &'static str,
    /// The environment variable of the key.
    pub key_variable: &'static str,
    /// What it needs in requests.
    pub quirks: Quirks,
}

impl Server {
    const fn new(name: &'static str, base_url: &'static str, key_variable: &'static str, quirks: Quirks) -> Self {
        Server { name, base_url, key_variable, quirks }
    }

    /// The host of the base URL.
    pub(super) fn host(&self) -> &str {
        let rest = self.base_url.split_once("://").map_or(self.base_url, |(_, rest)| rest);
        rest.split('/').next().unwrap_or(rest)
    }
}

const OPENAI: Quirks = Quirks {
    max_tokens_field: MaxTokensField::MaxCompletionTokens,
    echo_reasoning_details: false,
    strict_tools: true,
    ..Quirks::COMPATIBLE
};

/// Its thinking mode refuses a call that comes back without the reasoning before it.
const DEEPSEEK: Quirks = Quirks { echo_reasoning: true, ..Quirks::COMPATIBLE };

/// It refuses unknown fields; the last chunk of its streams has the usage.
const MISTRAL: Quirks = Quirks {
    max_tokens_field: MaxTokensField::MaxTokens,
    seed_field: Cow::Borrowed("random_seed"),
    required_tool_choice: Cow::Borrowed("any"),
    stream_options: false,
    echo_reasoning: false,
    strict_tools: false,
    echo_reasoning_details: false,
};

/// The servers known by name. Their quirks are taken from their documentation, and not tested against the servers.
pub const SERVERS: &[Server] = &[
    Server::new("openai", "https://api.openai.com/v1", "OPENAI_API_KEY", OPENAI),
    Server::new("deepseek", "https://api.deepseek.com/v1", "DEEPSEEK_API_KEY", DEEPSEEK),
    Server::new("mistral", "https://api.mistral.ai/v1", "MISTRAL_API_KEY", MISTRAL),
    Server::new("openrouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY", Quirks::COMPATIBLE),
    Server::new("groq", "https://api.groq.com/openai/v1", "GROQ_API_KEY", Quirks::COMPATIBLE),
    Server::new("together", "https://api.together.xyz/v1", "TOGETHER_API_KEY", Quirks::COMPATIBLE),
    Server::new("fireworks", "https://api.fireworks.ai/inference/v1", "FIREWORKS_API_KEY", Quirks::COMPATIBLE),
    Server::new("xai", "https://api.x.ai/v1", "XAI_API_KEY", Quirks::COMPATIBLE),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_those_of_the_urls_and_names_are_unique() {
        let hosts: Vec<&str> = SERVERS.iter().map(Server::host).collect();
        assert_eq!(hosts[..2], ["api.openai.com", "api.deepseek.com"]);
        let mut names: Vec<&str> = SERVERS.iter().map(|server| server.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), SERVERS.len());
        assert!(Quirks::of_host("api.deepseek.com").echo_reasoning && !Quirks::of_host("localhost").echo_reasoning);
    }
}
