//! The offline model: from a prompt to a reply.
use async_trait::async_trait;

use super::super::chat_model::{ChatModel, ChunkStream};
use super::super::error::ModelError;
use super::super::options::{ResponseFormat, ToolChoice};
use super::super::prompt::Prompt;
use super::super::scripted::{Turn, play};
use super::plan::PlannedCall;
use super::request::Request;
use super::{chat, schema, summary, tools};

/// The notice in its first answer of a conversation.
const NOTICE: &str = "(I am the built-in offline model: no language model is connected; set OPENAI_API_KEY or \
                      OPENAI_BASE_URL to use a real one.) ";

/// The built-in model that needs no key: a set of rules, as its first answer of a conversation says.
///
/// It remembers a name, does arithmetic, counts, writes jokes and lists, summarises the conversation, calls tools whose
/// names and arguments fit the request, and fills JSON schemas. The same prompt always gives the same text; each word
/// is one token, also in the usage.
///
/// ```
/// use graph_core::message::Message;
/// use graph_core::model::{ChatModel, OfflineModel};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), graph_core::model::ModelError> {
/// let model = OfflineModel::new();
/// let hello = model.complete("hi! I'm Lance".into()).await?;
/// assert!(hello.text().contains("offline model"));
/// let messages = [Message::user("hi! I'm Lance"), hello, Message::user("what's my name?")];
/// assert_eq!(model.complete(messages.into()).await?.text(), "Your name is Lance.");
/// # Ok(()) }
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct OfflineModel {
    _private: (),
}

impl OfflineModel {
    /// The model; it has no settings.
    pub fn new() -> Self {
        OfflineModel::default()
    }
}

#[async_trait]
impl ChatModel for OfflineModel {
    fn provider(&self) -> &'static str {
        "offline"
    }

    fn model(&self) -> &'static str {
        "offline-rules"
    }

    fn name(&self) -> &'static str {
        "OfflineModel"
    }

    async fn generate(&self, prompt: Prompt) -> Result<ChunkStream, ModelError> {
        play(reply(&prompt))
    }
}

/// The reply, as a script.
fn reply(prompt: &Prompt) -> Turn {
    let request = Request::of(prompt);
    let calls = match prompt.options.tool_choice {
        Some(ToolChoice::None) => Vec::new(),
        _ => tools::next_calls(prompt, &request),
    };
    let (turn, said) = if calls.is_empty() {
        let text = text(prompt, &request);
        (Turn::words(&text), text.split_whitespace().count())
    } else {
        (call_turn(&calls), calls.iter().map(PlannedCall::words).sum())
    };
    let read: usize = prompt.messages.iter().map(|message| message.text_str().split_whitespace().count()).sum();
    let reason = if calls.is_empty() { "stop" } else { "tool_calls" };
    turn.finish_reason(reason).usage(read as u64, said as u64)
}

fn text(prompt: &Prompt, request: &Request) -> String {
    match &prompt.options.response_format {
        Some(ResponseFormat::JsonSchema { schema, .. }) => return schema::fill(schema, request).to_string(),
        Some(ResponseFormat::JsonObject) => {
            return serde_json::json!({"reply": chat::answer(request).text}).to_string();
        }
        None => {}
    }
    if let Some(summary) = summary::answer(request) {
        return summary;
    }
    let answer = match tools::report(request) {
        Some(report) => chat::Answer::for_people(report),
        None => chat::answer(request),
    };
    if request.answered_before || !answer.for_people { answer.text } else { format!("{NOTICE}{}", answer.text) }
}

/// Splits the calls into fragments of a few characters, as real models do.
fn call_turn(calls: &[PlannedCall]) -> Turn {
    const PIECE: usize = 8;
    let mut turn = Turn::new();
    for call in calls {
        turn = turn.tool_call(call.id.clone(), call.name.clone(), "");
        let args: Vec<char> = call.args.to_string().chars().collect();
        for piece in args.chunks(PIECE) {
            turn = turn.fragment(piece.iter().collect::<String>());
        }
    }
    turn
}
