//! What the tests of all providers need to know of each: its client, and its words for the same reply.
mod anthropic;
mod gemini;
mod ollama;
mod openai;
mod responses;

pub use anthropic::typed;
pub use gemini::{event as gemini_event, reply as gemini_reply};

use std::sync::Arc;
use std::time::Duration;

use graph_core::model::ChatModel;

use crate::server::{Answer, Server};

/// The key in every request.
pub const KEY: &str = "sk-the-secret-key";

/// The settings of a client that tests vary.
#[derive(Clone, Copy)]
pub struct Options {
    pub retries: u32,
    pub first_token: Duration,
    pub idle: Duration,
    pub total: Option<Duration>,
}

impl Default for Options {
    fn default() -> Self {
        let long = Duration::from_secs(30);
        Options { retries: 0, first_token: long, idle: long, total: None }
    }
}

/// A call of a tool: its id, name and arguments in pieces.
pub type CallOf = (&'static str, &'static str, &'static [&'static str]);

/// A provider: its client, and its events. The last event of a stream is the one that completes it.
pub struct Provider {
    pub name: &'static str,
    pub client: fn(&Server, Options) -> Arc<dyn ChatModel>,
    /// A head of a streamed response whose body ends with the connection.
    pub head: &'static str,
    /// The events of a reply with these pieces of text, its usage (7 and 5 tokens) and the reason.
    pub text: fn(&[&str], Reason) -> Vec<String>,
    /// The events of a reply that is calls of tools.
    pub calls: fn(&[CallOf]) -> Vec<String>,
    /// A whole reply, not streamed, with this text.
    pub whole: fn(&str) -> String,
    /// An event that reports an overload.
    pub overloaded: &'static str,
    /// An event that is not of the protocol.
    pub unparsable: &'static str,
    /// What keeps a connection alive.
    pub ping: &'static str,
    /// The bodies of errors: cause, status, body.
    pub errors: &'static [(Cause, u16, &'static str)],
}

/// Why a reply ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    Stop,
    Length,
}

/// Why a request fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    Authentication,
    RateLimit,
    Quota,
    Context,
    Filter,
    Overload,
    Other,
}

pub const ALL: &[Provider] = &[openai::CHAT, anthropic::MESSAGES, ollama::CHAT, responses::RESPONSES, gemini::GENERATE];

impl Provider {
    pub fn answer(&self, events: &[String]) -> Answer {
        Answer::whole(format!("{}{}", self.head, events.concat()))
    }

    /// A complete reply with this text.
    pub fn good(&self, text: &str) -> Answer {
        self.answer(&(self.text)(&[text], Reason::Stop))
    }

    /// The beginning of a reply, with this text.
    pub fn begun(&self, text: &str) -> Vec<String> {
        let mut events = (self.text)(&[text], Reason::Stop);
        let last = events.iter().position(|event| event.contains(&format!("\"{text}\""))).unwrap();
        events.truncate(last + 1);
        events
    }
}

/// The head of an event stream.
pub const SSE: &str = crate::server::HEAD;

/// An event of this type.
pub fn event(kind: &str, data: &serde_json::Value) -> String {
    format!("event: {kind}\ndata: {data}\n\n")
}

/// An event without a type.
pub fn data(data: &serde_json::Value) -> String {
    format!("data: {data}\n\n")
}
