//! Threads: runs that continue one another, each thread independent of the others.

use std::time::Duration;

use graph_core::Error;
use graph_core::checkpoint::{CheckpointError, Source};
use graph_core::prelude::*;
use tokio::sync::Semaphore;
use tokio::time::sleep;

use crate::kit::{Line, Log, RecordingSaver, given, items, line, nothing, read};

#[node]
async fn remembers(Log { log, .. }: &Log) -> Line {
    sleep(Duration::from_millis(1)).await;
    line(format!("heard {}", log.len()))
}

graph! {
    Memory<Log> {
        START -> remembers -> END;
    }
}

#[tokio::test(start_paused = true)]
async fn a_thread_remembers_and_knows_nothing_of_others() {
    let app = Memory::new().checkpointer(MemorySaver::new());
    let (one, other) = (app.thread("one"), app.thread("other"));
    one.run(given("a")).await.unwrap();
    other.run(given("x")).await.unwrap();
    let state = one.run(given("b")).await.unwrap();
    assert_eq!(state.log, ["a", "heard 1", "b", "heard 3"]);
    assert_eq!(other.state().await.unwrap().values.log, ["x", "heard 1"]);
    assert_eq!(app.run(given("c")).await.unwrap().log, ["c", "heard 1"], "a run without a thread");
    // A thread is identified by its id: another handle is the same thread.
    assert_eq!(app.clone().thread("one").state().await.unwrap().values.log.len(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_thread_that_has_ended_gives_its_state_when_it_is_continued() {
    let thread = Memory::new().checkpointer(MemorySaver::new()).thread("t");
    thread.run(given("a")).await.unwrap();
    let before = thread.state().await.unwrap();
    let values = items(thread.continue_run().values()).await;
    assert_eq!(values.iter().map(|state| state.log.len()).collect::<Vec<_>>(), [2]);
    let after = thread.state().await.unwrap();
    assert_eq!((after.id, after.step, after.next.len()), (before.id, before.step, 0), "nothing more was saved");
}

#[tokio::test(start_paused = true)]
async fn continuing_a_thread_that_is_not_there_runs_nothing_and_saves_nothing() {
    let thread = Memory::new().checkpointer(MemorySaver::new()).thread("t");
    let parts =
        items(thread.continue_run().stream(Mode::TASKS | Mode::CHECKPOINTS | Mode::UPDATES | Mode::DEBUG)).await;
    assert_eq!(parts.len(), 0);
    assert!(thread.state().await.unwrap().id.is_none());
}

#[tokio::test(start_paused = true)]
async fn checkpoints_in_the_stream_are_those_that_are_saved() {
    let thread = Memory::new().checkpointer(MemorySaver::new()).thread("t");
    let told = items(thread.run(given("a")).checkpoints()).await;
    let seen: Vec<_> = told.iter().map(|saved| (saved.step, saved.source, saved.next.clone())).collect();
    let expected =
        [(-1, Source::Input, vec![]), (0, Source::Loop, vec![MemoryNode::Remembers]), (1, Source::Loop, vec![])];
    assert_eq!(seen, expected);
    assert_eq!(told.iter().map(|saved| saved.parent).collect::<Vec<_>>(), [None, told[0].id, told[1].id]);
    let saved = thread.state().await.unwrap();
    let last = &told[2];
    assert_eq!((saved.id, saved.parent, saved.at, saved.source), (last.id, last.parent, last.at, last.source));
    assert_eq!(saved.values, last.values);
    let told = items(thread.run(given("b")).checkpoints()).await;
    assert_eq!((told[0].parent, told[1].parent), (saved.id, told[0].id));
}

#[tokio::test(start_paused = true)]
async fn an_input_makes_two_checkpoints_and_one_record() {
    let saver = RecordingSaver::default();
    let thread = Memory::new().checkpointer(saver.clone()).thread("t");
    let mut before = Log::default();
    for (turn, step) in [("a", -1), ("b", 2)] {
        let told = items(thread.run(given(turn)).checkpoints()).await;
        let (input, applied) = (&told[0], &told[1]);
        assert_eq!((input.step, input.source, &*input.values), (step, Source::Input, &before), "the state before it");
        assert_eq!((applied.step, applied.source), (step + 1, Source::Loop));
        assert_eq!(applied.values.log.last().map(String::as_str), Some(turn));
        assert!(input.id < applied.id && input.at == applied.at);
        before = thread.state().await.unwrap().values.as_ref().clone();

        let records = saver.records();
        let [.., record, last] = records.as_slice() else { panic!("{records:?}") };
        let (made, after) = (record.as_step().unwrap(), last.as_step().unwrap());
        assert_eq!((made.input, made.parent, made.step, made.source), (input.id, input.parent, step + 1, Source::Loop));
        assert_eq!((Some(record.id), made.writes.len()), (applied.id, 1), "a fork of the input has what it applies");
        assert_eq!((after.input, after.parent), (None, applied.id));
    }
    assert_eq!(saver.records().len(), 4, "two for each turn");
    let json = serde_json::to_value(&items(thread.run(given("c")).stream(Mode::CHECKPOINTS)).await[0]).unwrap();
    assert_eq!((&json["data"]["next"][0], &json["data"]["values"]["log"][0]), (&"__start__".into(), &"a".into()));
}

#[tokio::test(start_paused = true)]
async fn a_deleted_thread_begins_again() {
    let app = Memory::new().checkpointer(MemorySaver::new());
    let thread = app.thread("t");
    thread.run(given("a")).await.unwrap();
    app.thread("kept").run(given("k")).await.unwrap();
    app.delete_thread("t").await.unwrap();
    app.delete_thread("never there").await.unwrap();
    assert!(thread.state().await.unwrap().id.is_none());
    assert_eq!(thread.run(given("b")).await.unwrap().log, ["b", "heard 1"]);
    assert_eq!(app.thread("kept").state().await.unwrap().values.log.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn deleting_a_thread_under_a_run_ends_the_run() {
    let app = Memory::new().checkpointer(MemorySaver::new());
    let thread = app.thread("t");
    let mut checkpoints = thread.run(given("a")).checkpoints();
    for step in [-1, 0] {
        assert_eq!(checkpoints.next().await.unwrap().unwrap().step, step);
    }
    app.delete_thread("t").await.unwrap();
    let error = checkpoints.next().await.unwrap().err();
    assert!(matches!(error, Some(Error::Checkpoint(CheckpointError::Conflict { .. }))), "{error:?}");
    assert!(thread.state().await.unwrap().id.is_none(), "the rest of a run is no thread");
}

mod racing {
    use super::*;

    struct Gate {
        open: Semaphore,
    }

    /// The run with the input `first` waits at the gate.
    #[node]
    async fn waits(Log { log, .. }: &Log, cx: &Context<Race>) -> Line {
        if log.last().is_some_and(|line| line == "first") {
            cx.deps().open.acquire().await.unwrap().forget();
        }
        tokio::task::yield_now().await;
        line("waited")
    }

    #[node]
    fn after(_: &Log) -> Line {
        line("after")
    }

    graph! {
        Race<Log, Gate> {
            START -> waits -> after -> END;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn of_two_runs_on_one_thread_one_is_told_of_the_conflict() {
        let app = Race::new(Gate { open: Semaphore::new(0) });
        let thread = app.clone().checkpointer(MemorySaver::new()).thread("t");
        let mut first = thread.run(given("first")).updates();
        assert!(tokio::time::timeout(Duration::from_secs(1), first.next()).await.is_err());
        // The second run continues the thread while the first waits.
        assert_eq!(thread.run(given("second")).await.unwrap().log, ["first", "second", "waited", "after"]);
        let before = thread.state().await.unwrap();

        app.deps().open.add_permits(1);
        let (updates, error) = read(first).await;
        let Some(Error::Checkpoint(CheckpointError::Conflict { thread: id, step })) = error else {
            panic!("{error:?}");
        };
        assert_eq!((id.as_str(), step, updates.len()), ("t", 1, 1));
        let after = thread.state().await.unwrap();
        assert_eq!((after.id, &after.values), (before.id, &before.values), "nothing more of the loser was saved");

        // The input of the loser had been saved: the winner took it up, and given again it is there twice.
        assert_eq!(thread.continue_run().await.unwrap().log, before.values.log);
        app.deps().open.add_permits(1);
        let again = thread.run(given("first")).await.unwrap().log;
        assert_eq!(again, ["first", "second", "waited", "after", "first", "waited", "after"]);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn however_many_race_one_wins_each_turn_and_the_log_stays_whole() {
        let app = Race::new(Gate { open: Semaphore::new(0) }).checkpointer(MemorySaver::new());
        let runs: Vec<_> = (0..32).map(|run| app.thread("t").run(given(&run.to_string())).spawn()).collect();
        let mut won = 0;
        for run in runs {
            match run.await {
                Ok(_) => won += 1,
                Err(Error::Checkpoint(CheckpointError::Conflict { .. })) => {}
                Err(error) => panic!("{error}"),
            }
        }
        assert!(won >= 1);
        let log = app.thread("t").state().await.unwrap().values.log.clone();
        assert_eq!(log.iter().filter(|line| *line == "after").count(), won, "{log:?}");
        assert!(log.iter().filter(|line| *line == "waited").count() >= won);
    }
}

mod middle {
    use super::*;

    #[node]
    fn one(_: &Log) -> Line {
        line("one")
    }

    #[node]
    fn many(item: u64) -> Line {
        line(format!("many {item}"))
    }

    graph! {
        Middle<Log> {
            START -> one -> |_state| for item in 0..3 { many(item) };
            many -> END;
        }
    }

    #[tokio::test]
    async fn tasks_that_were_sent_are_saved_with_their_inputs() {
        let thread = Middle::new().checkpointer(MemorySaver::new()).thread("t");
        thread.run(nothing()).recursion_limit(1).await.unwrap_err();
        assert_eq!(thread.state().await.unwrap().next, [MiddleNode::Many; 3], "one for each task");
        let state = thread.continue_run().await.unwrap();
        assert_eq!(state.log, ["one", "many 0", "many 1", "many 2"]);
    }

    #[tokio::test]
    async fn a_new_turn_gives_up_what_was_left_of_the_last() {
        let thread = Middle::new().checkpointer(MemorySaver::new()).thread("t");
        thread.run(nothing()).recursion_limit(1).await.unwrap_err();
        let state = thread.run(given("again")).await.unwrap();
        assert_eq!(state.log, ["one", "again", "one", "many 0", "many 1", "many 2"]);
    }
}
