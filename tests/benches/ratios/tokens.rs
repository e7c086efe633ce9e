//! A hundred thousand tokens of a model that never waits, against a channel.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as Poller, Poll};

use futures_util::Stream;
use graph_core::message::{MessageAccumulator, MessageChunk};
use graph_core::model::{ChunkStream, ModelError, Prompt};
use graph_core::prelude::*;
use tokio::sync::mpsc;

use crate::table::{Budget, On, Table};

const TOKENS: usize = 100_000;

/// Says the same word again and again.
struct Parrot;

struct Words {
    id: Arc<str>,
    left: usize,
}

impl Words {
    fn new() -> Self {
        Self { id: "run-1".into(), left: TOKENS }
    }
}

impl Iterator for Words {
    type Item = MessageChunk;

    fn next(&mut self) -> Option<MessageChunk> {
        self.left = self.left.checked_sub(1)?;
        Some(MessageChunk::new("word ").with_id(self.id.clone()))
    }
}

impl Stream for Words {
    type Item = Result<MessageChunk, ModelError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Poller<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.next().map(Ok))
    }
}

#[async_trait::async_trait]
impl ChatModel for Parrot {
    fn provider(&self) -> &'static str {
        "parrot"
    }

    fn model(&self) -> &'static str {
        "parrot"
    }

    async fn generate(&self, _: Prompt) -> Result<ChunkStream, ModelError> {
        Ok(Box::pin(Words::new()))
    }
}

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Chat {
    #[state(input)]
    topic: String,
    said: Option<Message>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Chat)]
struct Said {
    said: Option<Message>,
}

#[node]
async fn speak(Chat { topic, .. }: &Chat, cx: &Context<Speech>) -> NodeResult<Said> {
    Ok(Said { said: Some(cx.deps().invoke(topic.as_str(), cx).await?) })
}

graph! {
    Speech<Chat, Parrot> {
        START -> speak -> END;
    }
}

async fn pieces() -> u64 {
    let mut text = String::new();
    let mut pieces = Speech::new(Parrot).run(ChatInput { topic: "words".into() }).messages();
    while let Some(piece) = pieces.next().await {
        text.push_str(&piece.expect("no node fails").text());
    }
    let whole = pieces.output().and_then(|state| state.said.as_ref()).map_or(0, |said| said.text_str().len());
    (text.len() + whole) as u64
}

async fn tokens() -> u64 {
    let mut text = String::new();
    let mut tokens = Speech::new(Parrot).run(ChatInput { topic: "words".into() }).tokens();
    while let Some(token) = tokens.next().await {
        text.push_str(&token.expect("no node fails"));
    }
    let whole = tokens.output().and_then(|state| state.said.as_ref()).map_or(0, |said| said.text_str().len());
    (text.len() + whole) as u64
}

async fn by_hand() -> u64 {
    let (sender, mut receiver) = mpsc::channel(64);
    let task = tokio::spawn(async move {
        let mut whole = MessageAccumulator::new();
        for chunk in Words::new() {
            whole.push(&chunk);
            if sender.send(chunk).await.is_err() {
                break;
            }
        }
        whole.finish()
    });
    let mut text = String::new();
    while let Some(chunk) = receiver.recv().await {
        text.push_str(chunk.text());
    }
    let whole = task.await.expect("the task does not panic");
    (text.len() + whole.text_str().len()) as u64
}

pub(crate) fn cases(table: &mut Table) {
    let budget = Budget::Ratio(1.5);
    for on in On::BOTH {
        table.compare("c model tokens", on, budget, TOKENS, tokens, by_hand);
        table.compare("c model chunks", on, budget, TOKENS, pieces, by_hand);
    }
}
