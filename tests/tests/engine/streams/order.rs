//! The order of parts and of log records is a contract; and the checkers of it see planted bugs.

use graph_core::checkpoint::{Record, RecordKind};
use graph_core::prelude::*;
use graph_core::run::{Part, TaskState};
use graph_tests::{log_order, part_order};
use tokio::task::yield_now;
use uuid::Uuid;

use crate::kit::{Line, Log, RecordingSaver, items, line, nothing};

#[node]
async fn waits(cx: &Context<Fan>) -> Line {
    yield_now().await;
    cx.emit("waited".into());
    line("waits")
}

#[node]
fn at_once(cx: &Context<Fan>) -> Line {
    cx.emit("at once".into());
    line("at once")
}

#[node]
async fn write(item: u64, cx: &Context<Fan>) -> Line {
    for _ in 0..item {
        yield_now().await;
    }
    cx.emit(format!("wrote {item}"));
    line(format!("write {item}"))
}

graph! {
    Fan<Log> {
        custom String;
        START -> [waits, at_once];
        waits -> |_| for item in 0..5 { write(item) };
        at_once -> END;
        write -> END;
    }
}

fn modes() -> Mode {
    Mode::UPDATES | Mode::TASKS | Mode::CUSTOM | Mode::VALUES | Mode::CHECKPOINTS
}

async fn parts() -> Vec<Part<Fan>> {
    let thread = Fan::new().checkpointer(MemorySaver::new()).thread("t");
    items(thread.run(nothing()).stream(modes())).await
}

#[tokio::test]
async fn parts_come_in_the_order_of_the_contract() {
    part_order::check(&parts().await).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn parts_of_parallel_tasks_come_in_the_same_order() {
    for _ in 0..20 {
        part_order::check(&items(Fan::new().run(nothing()).parallel().stream(modes())).await).unwrap();
    }
}

fn is_update(part: &Part<Fan>) -> bool {
    matches!(part, Part::Update(_))
}

fn is_end(part: &Part<Fan>) -> bool {
    matches!(part, Part::Task(task) if matches!(task.state, TaskState::Done(_)))
}

#[tokio::test]
async fn an_update_behind_the_end_of_its_task_is_seen() {
    let mut parts = parts().await;
    let update = parts.iter().position(is_update).unwrap();
    assert!(is_end(&parts[update + 1]), "an update and its end are neighbours");
    parts.swap(update, update + 1);
    let broken = part_order::check(&parts).unwrap_err();
    assert!(broken.contains("ends before its update"), "{broken}");
}

#[tokio::test]
async fn a_task_that_ends_twice_is_seen() {
    let mut parts = parts().await;
    let end = parts.iter().position(is_end).unwrap();
    let Part::Task(task) = &parts[end] else { unreachable!("it is the end of a task") };
    let again = Part::Task(task.clone());
    parts.insert(end + 1, again);
    let broken = part_order::check(&parts).unwrap_err();
    assert!(broken.contains("ends twice"), "{broken}");
}

#[tokio::test]
async fn a_part_behind_the_end_of_its_task_and_a_missing_end_are_seen() {
    let mut late = parts().await;
    let custom = late.iter().position(|part| matches!(part, Part::Custom(_))).unwrap();
    let end = custom + late[custom..].iter().position(is_end).unwrap();
    let part = late.remove(custom);
    late.insert(end, part);
    let broken = part_order::check(&late).unwrap_err();
    assert!(broken.contains("has ended, and emits"), "{broken}");

    let mut missing = parts().await;
    let update = missing.iter().position(is_update).unwrap();
    missing.drain(update..=update + 1);
    let broken = part_order::check(&missing).unwrap_err();
    assert!(broken.contains("have no end"), "{broken}");
}

mod pending {
    use super::*;

    #[node]
    async fn fails() -> NodeResult<Line> {
        for _ in 0..3 {
            yield_now().await;
        }
        Err(NodeError::msg("no"))
    }

    #[node]
    fn quick() -> Line {
        line("quick")
    }

    #[node]
    async fn slower() -> Line {
        yield_now().await;
        line("slower")
    }

    graph! {
        Fails<Log> {
            START -> [fails, quick, slower];
            fails -> END;
            quick -> END;
            slower -> END;
        }
    }

    async fn records() -> Vec<Record> {
        let saver = RecordingSaver::default();
        let thread = Fails::new().checkpointer(saver.clone()).thread("t");
        thread.run(nothing()).await.unwrap_err();
        thread.continue_run().await.unwrap_err();
        saver.records()
    }

    #[tokio::test]
    async fn pending_writes_are_saved_once_and_while_other_tasks_run() {
        let records = records().await;
        log_order::check(&records).unwrap();
        let tasks = records.iter().filter_map(|record| match &record.kind {
            RecordKind::Pending(pending) => Some(pending.writes.iter().map(|write| write.task).collect::<Vec<_>>()),
            _ => None,
        });
        // Others have the error of the task that failed.
        let tasks = tasks.filter(|tasks| !tasks.is_empty());
        assert_eq!(tasks.collect::<Vec<_>>(), [[1], [2]], "each as it finished; none again when the step failed again");
    }

    #[tokio::test]
    async fn a_pending_write_behind_its_step_is_seen() {
        let saver = RecordingSaver::default();
        let thread = Fan::new().checkpointer(saver.clone()).thread("t");
        items(thread.run(nothing()).updates()).await;
        let mut records = saver.records();
        log_order::check(&records).unwrap();
        let pending = records.iter().position(|record| matches!(record.kind, RecordKind::Pending(_))).unwrap();
        let mut late = records[pending].clone();
        let last = records.last().unwrap().id;
        (late.after, late.id) = (Some(last), Uuid::from_u128(last.as_u128() + 1));
        records.push(late);
        let broken = log_order::check(&records).unwrap_err();
        assert!(broken.contains("of a step that is complete"), "{broken}");
    }
}
