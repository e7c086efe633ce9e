//! The starts and ends of tasks: every start has exactly one end.

use std::collections::HashMap;
use std::time::Duration;

use graph_core::Error;
use graph_core::prelude::*;
use graph_core::run::{DebugKind, TaskInput, TaskPart, TaskState};
use tokio::time::sleep;

use crate::kit::{Line, Log, given, items, line, read};

#[node]
fn first(_: &Log) -> Line {
    line("first")
}

#[node]
async fn work(item: u64) -> NodeResult<Line> {
    sleep(Duration::from_millis(item)).await;
    if item == 20 { Err(NodeError::msg("twenty is too much")) } else { Ok(line(item.to_string())) }
}

graph! {
    Works<Log> {
        START -> first -> |Log { log, .. }| for item in numbers(log) { work(item) };
        work -> END;
    }
}

fn numbers(log: &[String]) -> Vec<u64> {
    log[0].split(' ').filter_map(|word| word.parse().ok()).collect()
}

fn name(state: &TaskState<Works>) -> String {
    match state {
        TaskState::Started { .. } => "started".to_owned(),
        TaskState::Done(WorksUpdate::First(line) | WorksUpdate::Work(line)) => format!("done {}", line.log[0]),
        TaskState::Failed { error } => format!("failed: {error}"),
        TaskState::Cancelled => "cancelled".to_owned(),
        _ => unreachable!("all ends are known"),
    }
}

/// The states of each task, by the order of its first appearance in the whole run.
fn told(parts: &[TaskPart<Works>]) -> Vec<(usize, String)> {
    let mut known = HashMap::new();
    let number = |part: &TaskPart<Works>, known: &mut HashMap<_, usize>| {
        let next = known.len();
        *known.entry(part.id).or_insert(next)
    };
    parts.iter().map(|part| (number(part, &mut known), name(&part.state))).collect()
}

fn owned(told: &[(usize, &str)]) -> Vec<(usize, String)> {
    told.iter().map(|(task, what)| (*task, (*what).to_owned())).collect()
}

#[tokio::test(start_paused = true)]
async fn all_tasks_of_a_step_start_before_any_ends_and_end_as_they_are_done() {
    let parts = items(Works::new().run(given("30 10")).tasks()).await;
    let expected = [(0, "started"), (0, "done first"), (1, "started"), (2, "started"), (2, "done 10"), (1, "done 30")];
    assert_eq!(told(&parts), owned(&expected));
    assert!(matches!(&parts[0].state, TaskState::Started { input: TaskInput::State(state) } if state.log == ["30 10"]));
    assert!(matches!(&parts[2].state, TaskState::Started { input: TaskInput::Sent(_) }));
    assert_eq!(parts.iter().map(|part| part.step).collect::<Vec<_>>(), [1, 1, 2, 2, 2, 2]);
}

const FAILED: [(usize, &str); 8] = [
    (0, "started"),
    (0, "done first"),
    (1, "started"),
    (2, "started"),
    (3, "started"),
    (2, "done 10"),
    (3, "failed: node `work` of `Works` failed in step 2: twenty is too much"),
    (1, "cancelled"),
];

#[tokio::test(start_paused = true)]
async fn a_failed_task_and_the_siblings_that_it_stops_end_once() {
    let (parts, error) = read(Works::new().run(given("30 10 20")).tasks()).await;
    assert!(matches!(error, Some(Error::Node { .. })));
    assert_eq!(told(&parts), owned(&FAILED));
}

#[tokio::test(start_paused = true)]
async fn debug_tells_the_same_of_tasks() {
    let (parts, _) = read(Works::new().run(given("30 10 20")).debug()).await;
    assert!(parts.iter().zip(parts.iter().skip(1)).all(|(one, next)| one.at <= next.at && one.step <= next.step));
    let tasks = parts.into_iter().filter_map(|part| match part.kind {
        DebugKind::Task(task) => Some(task),
        _ => None,
    });
    assert_eq!(told(&tasks.collect::<Vec<_>>()), owned(&FAILED));
}

#[tokio::test(start_paused = true)]
async fn tasks_that_wait_for_their_turn_are_cancelled_with_the_others() {
    let (parts, _) = read(Works::new().run(given("20 30 40")).max_concurrency(1).tasks()).await;
    let ends: Vec<_> = told(&parts).into_iter().skip(5).map(|(task, end)| (task, end.starts_with("failed"))).collect();
    assert_eq!(ends, [(1, true), (2, false), (3, false)]);
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_stopped_from_outside_ends_its_tasks() {
    for inputs in ["50", "50 60"] {
        let run = Works::new().run(given(inputs)).deadline(Duration::from_millis(25));
        let (parts, error) = read(run.tasks()).await;
        assert!(matches!(error, Some(Error::Deadline { .. })));
        let tasks = inputs.split(' ').count();
        let ends = &told(&parts)[2 + tasks..];
        let expected: Vec<_> = (1..=tasks).map(|task| (task, "cancelled")).collect();
        assert_eq!(ends, owned(&expected));
    }
    let mut run = Works::new().run(given("50 60"));
    let handle = run.cancel_handle();
    tokio::spawn(async move {
        sleep(Duration::from_millis(25)).await;
        handle.cancel();
    });
    let (parts, error) = read(run.tasks()).await;
    assert!(matches!(error, Some(Error::Cancelled { .. })));
    assert_eq!(told(&parts)[4..], owned(&[(1, "cancelled"), (2, "cancelled")]));
}

mod ids {
    use super::*;
    use graph_core::context::TaskId;

    #[tokio::test]
    async fn ids_are_stable_over_continued_runs_and_differ_over_threads_and_turns() {
        let ids = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
        let app = Keeping::new(ids.clone()).checkpointer(MemorySaver::new());
        let thread = app.thread("t");
        thread.run(given("fail")).await.unwrap_err();
        thread.continue_run().await.unwrap_err();
        thread.run(given("fail")).await.unwrap_err();
        app.thread("other").run(given("fail")).await.unwrap_err();
        let ids = ids.lock().unwrap().clone();
        // The first task's update was saved: only the failed task runs again.
        let [one, two, again_two, turn_one, turn_two, other_one, other_two] = ids.as_slice() else {
            panic!("{ids:?}");
        };
        assert_eq!(two, again_two);
        let distinct: std::collections::HashSet<_> =
            [one, two, turn_one, turn_two, other_one, other_two].into_iter().collect();
        assert_eq!(distinct.len(), 6);
    }

    #[node]
    fn keeps(item: u64, cx: &Context<Keeping>) -> NodeResult<Line> {
        cx.deps().lock().unwrap().push(cx.task_id());
        if item == 1 { Err(NodeError::msg("told to")) } else { Ok(line("kept")) }
    }

    graph! {
        Keeping<Log, std::sync::Arc<std::sync::Mutex<Vec<TaskId>>>> {
            START -> |_state| for item in 0..2 { keeps(item) };
            keeps -> END;
        }
    }
}
