//! What a thread keeps of a subgraph between its calls: `per_thread`, `unsaved`, or neither.

use graph_core::checkpoint::Retention;
use graph_core::prelude::*;
use graph_tests::kit::{RecordingSaver, read};

use crate::kit::{Line, Log, given, line};

#[derive(Interrupt, Clone, Debug, Serialize, Deserialize)]
#[interrupt(resume = String)]
struct Ask;

/// It shares the log, and counts its calls by itself.
#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
#[state(parent = Log)]
struct Notes {
    #[state(shared, reduce = Append)]
    log: Vec<String>,
    calls: u64,
    #[state(reduce = Append)]
    heard: Vec<String>,
}

type Noted = (NotesWrite::Calls, NotesWrite::Heard, NotesWrite::Log);

#[node]
async fn note(Notes { log, calls, heard }: &Notes) -> Noted {
    let last = log.last().cloned().unwrap_or_default();
    let text = format!("call {} after {}", calls + 1, heard.join("+"));
    (NotesWrite::Calls(calls + 1), NotesWrite::Heard(vec![last]), NotesWrite::Log(vec![text]))
}

#[node]
async fn ask(Notes { calls, .. }: &Notes, cx: &Context<Helper>) -> NodeResult<NotesWrite::Log> {
    if *calls < 2 {
        return Ok(NotesWrite::Log(Vec::new()));
    }
    let answer = cx.interrupt(Ask).await?;
    Ok(NotesWrite::Log(vec![answer]))
}

graph! {
    Helper<Notes> {
        interrupt Ask;

        START -> note -> ask -> END;
    }
}

graph! {
    Keeping<Log> {
        interrupt Ask;
        per_thread helper;

        START -> Helper as helper -> END;
    }
}

graph! {
    Forgetting<Log> {
        interrupt Ask;

        START -> Helper as helper -> END;
    }
}

fn last(state: &Log) -> &str {
    state.log.last().map_or("", String::as_str)
}

#[tokio::test]
async fn the_next_call_begins_with_what_the_last_one_has_left() {
    for saver in [RecordingSaver::default(), RecordingSaver::slow()] {
        let thread = Keeping::new().checkpointer(saver.clone()).thread("t");
        assert_eq!(last(&thread.run(given("a")).await.unwrap()), "call 1 after ");
        // In another process, and with an interrupt in the second call.
        let thread = Keeping::new().checkpointer(saver.clone()).thread("t");
        let outcome = thread.run(given("b")).outcome().await.unwrap();
        assert!(matches!(outcome, Outcome::Interrupted(_)));
        let state = thread.resume("yes".to_owned()).await.unwrap();
        assert_eq!(state.log[2..], ["b", "call 2 after a", "yes"]);
        thread.run(given("c")).outcome().await.unwrap();
        let state = thread.resume("again".to_owned()).await.unwrap();
        assert_eq!(state.log[5..], ["c", "call 3 after a+b", "again"]);
    }
}

#[tokio::test]
async fn without_the_mark_each_call_starts_anew() {
    let thread = Forgetting::new().checkpointer(MemorySaver::new()).thread("t");
    for input in ["a", "b", "c"] {
        assert_eq!(last(&thread.run(given(input)).await.unwrap()), "call 1 after ");
    }
}

#[tokio::test]
async fn a_call_that_is_abandoned_leaves_nothing() {
    let thread = Keeping::new().checkpointer(MemorySaver::new()).thread("t");
    thread.run(given("a")).await.unwrap();
    thread.run(given("b")).outcome().await.unwrap();
    // The second call waits; a new input abandons it.
    thread.run(given("c")).outcome().await.unwrap();
    let state = thread.resume("yes".to_owned()).await.unwrap();
    assert!(state.log.contains(&"call 2 after a".to_owned()), "{:?}", state.log);
    assert!(!state.log.iter().any(|line| line.contains("a+b")), "{:?}", state.log);
}

#[tokio::test]
async fn a_branch_has_the_memory_of_its_checkpoint() {
    let app = Keeping::new().checkpointer(MemorySaver::new());
    let thread = app.thread("t");
    thread.run(given("a")).await.unwrap();
    let after_first = thread.state().await.unwrap().id.unwrap();
    thread.run(given("b")).outcome().await.unwrap();
    thread.resume("yes".to_owned()).await.unwrap();
    let fork = thread.at(after_first);
    fork.run(given("x")).outcome().await.unwrap();
    let state = thread.resume("no".to_owned()).await.unwrap();
    assert_eq!(state.log[2..], ["x", "call 2 after a", "no"]);
}

#[tokio::test]
async fn what_is_kept_outlives_many_snapshots() {
    let saver = RecordingSaver::default();
    let thread = Many::new().checkpointer(saver).thread("t");
    thread.run(given("a")).await.unwrap();
    // More steps than lie between two snapshots, none of which calls the subgraph.
    thread.run(given("long")).await.unwrap();
    thread.run(given("b")).await.unwrap();
    let state = thread.state().await.unwrap();
    assert_eq!(last(&state.values), "call 2 after a");
}

#[tokio::test]
async fn pruning_keeps_it() {
    let thread = Keeping::new().checkpointer(MemorySaver::new()).thread("t");
    thread.run(given("a")).await.unwrap();
    assert!(thread.prune(Retention::last(1)).await.unwrap().checkpoints > 0);
    thread.run(given("b")).outcome().await.unwrap();
    assert!(thread.prune(Retention::last(1)).await.unwrap().checkpoints > 0);
    let state = thread.resume("yes".to_owned()).await.unwrap();
    assert_eq!(state.log[2..], ["b", "call 2 after a", "yes"]);
}

#[node]
async fn step(_: &Log) -> Line {
    line("step")
}

graph! {
    Many<Log> {
        interrupt Ask;
        per_thread helper;

        START -> |Log { log, .. }| if log.last().is_some_and(|line| line == "long") { step } else { Quiet as helper };
        step -> |Log { log, .. }| if log.iter().filter(|line| *line == "step").count() < 80 { step } else { END };
        helper -> END;
    }
}

graph! {
    Quiet<Notes> {
        START -> note -> END;
    }
}

graph! {
    /// A subgraph with a memory inside one without.
    Middle<Log> {
        per_thread notes;

        START -> Quiet as notes -> END;
    }
}

graph! {
    Outermost<Log> {
        START -> Middle as first -> Middle as second -> END;
    }
}

#[tokio::test]
async fn each_place_in_the_graph_has_a_memory_of_its_own() {
    let thread = Outermost::new().checkpointer(MemorySaver::new()).thread("t");
    let first = thread.run(given("a")).await.unwrap();
    assert_eq!(first.log[1..], ["call 1 after ", "call 1 after "]);
    let second = thread.run(given("b")).await.unwrap();
    assert_eq!(second.log[4..], ["call 2 after a", "call 2 after call 1 after "]);
}

#[tokio::test]
async fn without_a_thread_nothing_is_kept() {
    let app = Middle::new();
    for _ in 0..2 {
        assert_eq!(last(&app.run(given("a")).await.unwrap()), "call 1 after ");
    }
}

#[node]
async fn first(_: &Notes, cx: &Context<Unsaved>) -> NotesWrite::Calls {
    cx.deps().0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    NotesWrite::Calls(1)
}

#[node]
async fn fails_once(_: &Notes, cx: &Context<Unsaved>) -> NodeResult<NotesWrite::Log> {
    let count = cx.deps().0.fetch_add(10, std::sync::atomic::Ordering::Relaxed);
    if count < 10 { Err(NodeError::msg("not yet")) } else { Ok(NotesWrite::Log(vec!["done".to_owned()])) }
}

#[derive(Clone, Default)]
struct Counter(std::sync::Arc<std::sync::atomic::AtomicUsize>);

graph! {
    Unsaved<Notes, Counter> {
        START -> first -> fails_once -> END;
    }
}

graph! {
    Around<Log, Counter> {
        unsaved helper;

        START -> self::Unsaved as helper -> END;
    }
}

graph! {
    AroundSaved<Log, Counter> {
        START -> self::Unsaved as helper -> END;
    }
}

#[tokio::test]
async fn an_unsaved_subgraph_starts_again_with_its_task() {
    let counter = Counter::default();
    let thread = Around::new(counter.clone()).checkpointer(MemorySaver::new()).thread("t");
    thread.run(given("a")).await.unwrap_err();
    assert_eq!(last(&thread.continue_run().await.unwrap()), "done");
    // `first` twice, `fails_once` twice.
    assert_eq!(counter.0.load(std::sync::atomic::Ordering::Relaxed), 22);

    let counter = Counter::default();
    let thread = AroundSaved::new(counter.clone()).checkpointer(MemorySaver::new()).thread("t");
    thread.run(given("a")).await.unwrap_err();
    assert_eq!(last(&thread.continue_run().await.unwrap()), "done");
    assert_eq!(counter.0.load(std::sync::atomic::Ordering::Relaxed), 21);
}

#[tokio::test]
async fn a_run_saved_at_its_end_keeps_it_too() {
    let app = Keeping::new().checkpointer(MemorySaver::new()).durability(graph_core::thread::Durability::Exit);
    let thread = app.thread("t");
    thread.run(given("a")).await.unwrap();
    let (_, error) = read(thread.run(given("b")).updates()).await;
    assert!(error.is_none());
    let state = thread.resume("yes".to_owned()).await.unwrap();
    assert_eq!(state.log[2..], ["b", "call 2 after a", "yes"]);
}
