//! Pending writes of a failed step: its finished tasks do not run again when the thread continues.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use graph_core::prelude::*;

use crate::kit::{Line, Log, given, items, line, nothing, read};

/// How often each node has run, and how often the failing one will still fail.
#[derive(Clone, Default)]
struct Counts {
    quick: Arc<AtomicUsize>,
    decides: Arc<AtomicUsize>,
    failures: Arc<AtomicUsize>,
}

fn count(counter: &AtomicUsize) -> usize {
    counter.fetch_add(1, Ordering::SeqCst) + 1
}

#[node]
fn quick(cx: &Context<Fails>) -> Line {
    line(format!("quick {}", count(&cx.deps().quick)))
}

#[node]
async fn fails(cx: &Context<Fails>) -> NodeResult<Line> {
    tokio::task::yield_now().await;
    if cx.deps().failures.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() {
        return Err(NodeError::msg("not yet"));
    }
    Ok(line("fails no more"))
}

#[node]
fn decides(cx: &Context<Fails>) -> Command<Line, bool> {
    Command::new(line(format!("decides {}", count(&cx.deps().decides))), true)
}

#[node]
fn after(Log { log }: &Log) -> Line {
    line(format!("after {}", log.len()))
}

graph! {
    Fails<Log, Counts> {
        START -> [quick, fails, decides];
        quick -> END;
        fails -> END;
        decides -> |_, decided| if decided { after } else { END };
        after -> END;
    }
}

fn failing(times: usize) -> Counts {
    let counts = Counts::default();
    counts.failures.store(times, Ordering::SeqCst);
    counts
}

#[tokio::test]
async fn what_had_ended_does_not_run_again() {
    let counts = failing(2);
    let thread = Fails::new(counts.clone()).checkpointer(MemorySaver::new()).thread("t");
    thread.run(nothing()).await.unwrap_err();
    let state = thread.state().await.unwrap();
    assert_eq!((state.values.log.len(), &*state.next), (0, &[FailsNode::Fails][..]), "nothing of the step is applied");
    thread.continue_run().await.unwrap_err();
    assert_eq!(thread.state().await.unwrap().next, [FailsNode::Fails], "what had ended is still kept");
    // By node name, whenever they ran; the node that chose its own route is followed by it.
    let log = thread.continue_run().await.unwrap().log;
    assert_eq!(log, ["decides 1", "fails no more", "quick 1", "after 3"]);
    assert_eq!((counts.quick.load(Ordering::SeqCst), counts.decides.load(Ordering::SeqCst)), (1, 1));
    assert!(thread.state().await.unwrap().next.is_empty());
}

#[tokio::test]
async fn a_run_that_goes_on_tells_of_the_tasks_that_run() {
    let thread = Fails::new(failing(1)).checkpointer(MemorySaver::new()).thread("t");
    thread.run(nothing()).await.unwrap_err();
    let updates = items(thread.continue_run().updates()).await;
    let nodes: Vec<_> = updates.iter().map(|update| update.node().name()).collect();
    assert_eq!(nodes, ["fails", "after"]);
    let values = items(thread.run(nothing()).values()).await;
    assert_eq!(values.first().unwrap().log.len(), 4, "what was kept is in the state, once");
}

#[tokio::test]
async fn a_new_input_forgets_what_was_kept() {
    let counts = failing(1);
    let thread = Fails::new(counts.clone()).checkpointer(MemorySaver::new()).thread("t");
    thread.run(nothing()).await.unwrap_err();
    let log = thread.run(given("again")).await.unwrap().log;
    assert_eq!(log, ["again", "decides 2", "fails no more", "quick 2", "after 4"]);
    assert_eq!(thread.state().await.unwrap().values.log.len(), 5);
}

#[tokio::test]
async fn a_task_keeps_its_id_when_it_runs_again() {
    let thread = Fails::new(failing(1)).checkpointer(MemorySaver::new()).thread("t");
    let ids = |tasks: Vec<graph_core::run::TaskPart<Fails>>| {
        let mut ids: Vec<_> = tasks.iter().filter(|task| task.node == FailsNode::Fails).map(|task| task.id).collect();
        ids.dedup();
        ids
    };
    let (first, _) = read(thread.run(nothing()).tasks()).await;
    let second = items(thread.continue_run().tasks()).await;
    assert_eq!(ids(first), ids(second), "an idempotency key");
}

#[tokio::test]
async fn isolated_tasks_are_all_kept() {
    let counts = failing(1);
    let thread = Fails::new(counts.clone()).checkpointer(MemorySaver::new()).thread("t");
    thread.run(nothing()).isolate().max_concurrency(1).await.unwrap_err();
    let log = thread.continue_run().max_concurrency(1).await.unwrap().log;
    assert_eq!(log, ["decides 1", "fails no more", "quick 1", "after 3"]);
}

mod pushed {
    use super::*;

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    struct Chat {
        #[state(input, reduce = AddMessages)]
        messages: Vec<Message>,
    }

    /// What a node decides with: a type of its own.
    #[derive(Clone, Debug, Serialize, Deserialize)]
    enum Verdict {
        Again { times: u8 },
        Enough(String),
    }

    #[node]
    fn talks(cx: &Context<Talk>) -> Command<ChatUpdate, Verdict> {
        let runs = count(&cx.deps().decides);
        cx.push_message(Message::assistant(format!("pushed {runs}")));
        let update = ChatUpdate::default().messages(Message::assistant(format!("said {runs}")).into());
        let verdict = if runs > 1 { Verdict::Again { times: 1 } } else { Verdict::Enough("it is".into()) };
        Command::new(update, verdict)
    }

    #[node]
    async fn fails(cx: &Context<Talk>) -> NodeResult<ChatUpdate> {
        tokio::task::yield_now().await;
        if cx.deps().failures.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() {
            return Err(NodeError::msg("not yet"));
        }
        Ok(ChatUpdate::default())
    }

    #[node]
    fn sums_up(_: &Chat) -> ChatUpdate {
        ChatUpdate::default().messages(Message::assistant("enough").into())
    }

    graph! {
        Talk<Chat, Counts> {
            START -> [talks, fails];
            fails -> END;
            talks -> |_, verdict| match verdict {
                Verdict::Again { times } => if times > 9 { END } else { talks },
                Verdict::Enough(text) => if text == "it is" { sums_up } else { END },
            };
            sums_up -> END;
        }
    }

    #[tokio::test]
    async fn what_a_finished_task_pushed_and_decided_is_kept() {
        let counts = failing(2);
        let thread = Talk::new(counts.clone()).checkpointer(MemorySaver::new()).thread("t");
        thread.run(ChatInput { messages: Message::user("hello").into() }).await.unwrap_err();
        assert_eq!(thread.state().await.unwrap().next, [TalkNode::Fails]);
        thread.continue_run().await.unwrap_err();
        let chat = thread.continue_run().await.unwrap();
        let texts: Vec<_> = chat.messages.iter().map(Message::text).collect();
        assert_eq!(texts, ["hello", "pushed 1", "said 1", "enough"]);
        assert_eq!(counts.decides.load(Ordering::SeqCst), 1, "it has not run again");
        assert_eq!(thread.state().await.unwrap().values.messages, chat.messages, "with the same ids");
    }
}
