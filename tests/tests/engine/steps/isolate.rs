//! The effect of a failure on the other tasks of its step: they are cancelled, or isolated from it.

use std::time::Duration;

use graph_core::Error;
use graph_core::prelude::*;
use graph_core::run::TaskState;
use tokio::time::{Instant, sleep};

use crate::kit::{Gauge, Line, Log, given, line, read};

/// Sleeps for the given time; fails for times that end in 1, panics for those that end in 2.
#[node]
async fn work(millis: u64, cx: &Context<Works>) -> NodeResult<Line> {
    let _inside = cx.deps().enter();
    sleep(Duration::from_millis(millis)).await;
    match millis % 10 {
        1 => Err(NodeError::msg(format!("failed at {millis}"))),
        2 => panic!("panicked at {millis}"),
        _ => Ok(line(millis.to_string())),
    }
}

graph! {
    Works<Log, Gauge> {
        START -> |Log { log, .. }| for millis in log[0].split(' ') { work(millis.parse().unwrap_or(0)) };
        work -> END;
    }
}

/// The ends of a step's tasks in their order, its updates, its error, and how long it took.
async fn run(works: &str, app: App<Works>) -> (Vec<String>, usize, String, u128) {
    let begun = Instant::now();
    let (parts, error) = read(app.run(given(works)).stream(Mode::TASKS | Mode::UPDATES)).await;
    let updates = parts.iter().filter(|part| matches!(part, Part::Update(_))).count();
    let ends = parts.into_iter().filter_map(|part| match part {
        Part::Task(task) => match task.state {
            TaskState::Done(WorksUpdate::Work(line)) => Some(line.log[0].clone()),
            TaskState::Failed { error } => Some(error.rsplit(' ').next().unwrap_or_default().to_owned()),
            TaskState::Cancelled => Some("cancelled".to_owned()),
            _ => None,
        },
        _ => None,
    });
    (ends.collect(), updates, error.unwrap().to_string(), begun.elapsed().as_millis())
}

#[tokio::test(start_paused = true)]
async fn by_default_the_first_failure_stops_the_others() {
    let (ends, updates, error, took) = run("10 21 30 41", Works::new(Gauge::default())).await;
    assert_eq!(ends, ["10", "21", "cancelled", "cancelled"]);
    assert_eq!((updates, took), (1, 21));
    assert!(error.ends_with("failed at 21"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn isolated_failures_leave_the_others_alone_and_the_first_is_the_error() {
    let app = Works::new(Gauge::default()).isolate();
    let (ends, updates, error, took) = run("10 21 30 42 31", app.clone()).await;
    assert_eq!(ends, ["10", "21", "30", "31", "42"]);
    assert_eq!((updates, took), (2, 42));
    assert!(error.ends_with("failed at 21"), "{error}");
    assert_eq!(app.deps().inside(), 0);
}

#[tokio::test(start_paused = true)]
async fn tasks_that_wait_for_their_turn_have_it_after_a_failure() {
    let app = Works::new(Gauge::default()).isolate().max_concurrency(2);
    let (ends, updates, error, _) = run("11 20 30 41 50", app.clone()).await;
    assert_eq!(ends, ["11", "20", "30", "41", "50"]);
    assert_eq!((updates, app.deps().entered(), app.deps().most()), (3, 5, 2));
    assert!(error.ends_with("failed at 11"), "{error}");
    let stopped = Works::new(Gauge::default()).max_concurrency(2);
    run("11 20 30 41 50", stopped.clone()).await;
    assert_eq!(stopped.deps().entered(), 2);
}

#[tokio::test(start_paused = true)]
async fn more_tasks_than_are_polled_at_every_wake_are_isolated_too() {
    let works: Vec<_> = (0..20).map(|task| (10 + task * 10 + u64::from(task == 3)).to_string()).collect();
    let (ends, updates, error, _) = run(&works.join(" "), Works::new(Gauge::default()).isolate()).await;
    assert_eq!((ends.len(), updates), (20, 19));
    assert!(error.ends_with("failed at 41"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn one_that_failed_is_not_cancelled_by_what_stops_the_run_afterwards() {
    let run = Works::new(Gauge::default()).run(given("11 500")).isolate().deadline(Duration::from_millis(100));
    let (parts, error) = read(run.tasks()).await;
    assert!(matches!(error, Some(Error::Deadline { .. })));
    let ends: Vec<_> = parts.into_iter().filter(|part| !matches!(part.state, TaskState::Started { .. })).collect();
    assert!(matches!(&ends[0].state, TaskState::Failed { .. }) && matches!(&ends[1].state, TaskState::Cancelled));
    assert_eq!(ends.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn nothing_of_an_isolated_step_is_applied() {
    let thread = Works::new(Gauge::default()).isolate().checkpointer(MemorySaver::new()).thread("t");
    thread.run(given("10 11")).await.unwrap_err();
    let state = thread.state().await.unwrap();
    assert_eq!((state.values.log.len(), state.next.len()), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn a_step_of_one_task_fails_as_it_does() {
    let (ends, _, error, _) = run("11", Works::new(Gauge::default()).isolate()).await;
    assert_eq!(ends, ["11"]);
    assert!(error.ends_with("failed at 11"), "{error}");
}
