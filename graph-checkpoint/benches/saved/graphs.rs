//! The two loads: a counter, and a conversation of messages of 1 KiB.

use std::sync::atomic::{AtomicU64, Ordering};

use graph_core::checkpoint::Checkpointer;
use graph_core::prelude::*;

pub(crate) const COUNT_STEPS: u64 = 1_000;
pub(crate) const TALK_STEPS: u64 = 1_000;
/// The bytes of a message's text.
pub(crate) const MESSAGE: usize = 1_024;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Count {
    #[state(input)]
    n: u64,
    #[state(input)]
    end: u64,
}

#[node]
async fn add(Count { n, .. }: &Count) -> CountWrite::N {
    CountWrite::N(n + 1)
}

graph! {
    Counting<Count> {
        START -> add;
        add -> |Count { n, end }| if n < end { add } else { END };
    }
}

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Talk {
    #[state(input, reduce = AddMessages)]
    messages: Vec<Message>,
    #[state(input)]
    end: u64,
}

#[node]
async fn say(_: &Talk) -> TalkWrite::Messages {
    TalkWrite::Messages(Message::assistant("x".repeat(MESSAGE)).into())
}

graph! {
    Talking<Talk> {
        START -> say;
        say -> |Talk { messages, end }| if (messages.len() as u64) < *end { say } else { END };
    }
}

/// A thread that is new in this process and in the database.
pub(crate) fn thread() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("bench-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Runs so many steps on a new thread.
pub(crate) async fn count(saver: impl Checkpointer, steps: u64) {
    let app = Counting::new().recursion_limit(usize::MAX).checkpointer(saver);
    let state = app.thread(thread()).run(CountInput { n: 0, end: steps }).await.expect("no node fails");
    assert_eq!(state.n, steps);
}

/// The same with messages; returns the bytes of their texts.
pub(crate) async fn talk(saver: impl Checkpointer, steps: u64) -> u64 {
    let app = Talking::new().recursion_limit(usize::MAX).checkpointer(saver);
    let input = TalkInput { messages: Vec::<Message>::new().into(), end: steps };
    let state = app.thread(thread()).run(input).await.expect("no node fails");
    assert_eq!(state.messages.len() as u64, steps);
    steps * MESSAGE as u64
}
