//! A process that runs one thread: twenty steps that append to a list, three tasks at once in every fourth.

use std::path::PathBuf;
use std::time::Duration;

use graph_checkpoint::SqliteSaver;
use graph_core::prelude::*;
use graph_core::run::Part;
use graph_core::thread::DurableApp;

use super::early::Early;
use super::files::{Files, append};

pub(crate) const FOLDER: &str = "CRASH_FOLDER";
pub(crate) const THREAD: &str = "CRASH_THREAD";
pub(crate) const BUG: &str = "CRASH_BUG";

/// The number of steps of a thread.
pub(crate) const STEPS: u64 = 20;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Steps {
    #[state(input)]
    pub(crate) number: u64,
    #[state(reduce = Append)]
    pub(crate) log: Vec<String>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Steps)]
pub(crate) struct Step {
    number: u64,
    log: Vec<String>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Steps)]
pub(crate) struct Line {
    log: Vec<String>,
}

/// Works for a moment, and records that it did.
async fn work(name: &str, number: u64, cx: &Context<Crash>) -> Vec<String> {
    tokio::time::sleep(Duration::from_micros(300)).await;
    let line = format!("{name}:{number}");
    let thread = cx.run().thread_id.clone().unwrap();
    append(&cx.deps().executions, &format!("{thread} {line}"));
    vec![line]
}

#[node]
async fn one(Steps { number, .. }: &Steps, cx: &Context<Crash>) -> Step {
    Step { number: number + 1, log: work("one", *number, cx).await }
}

#[node]
async fn left(Steps { number, .. }: &Steps, cx: &Context<Crash>) -> Line {
    Line { log: work("left", *number, cx).await }
}

#[node]
async fn middle(Steps { number, .. }: &Steps, cx: &Context<Crash>) -> Line {
    Line { log: work("middle", *number, cx).await }
}

#[node]
async fn right(Steps { number, .. }: &Steps, cx: &Context<Crash>) -> Line {
    Line { log: work("right", *number, cx).await }
}

graph! {
    pub(crate) Crash<Steps, Files> {
        START -> one;
        one -> |Steps { number, .. }| if *number >= STEPS {
            END
        } else if number % 4 == 3 {
            [left, middle, right]
        } else {
            one
        };
        [left, middle, right] -> one;
    }
}

/// What a thread has written at its end.
pub(crate) fn expected() -> Vec<String> {
    let mut log = Vec::new();
    for number in 0..STEPS {
        log.push(format!("one:{number}"));
        let done = number + 1;
        if done < STEPS && done % 4 == 3 {
            log.extend(["left", "middle", "right"].map(|node| format!("{node}:{done}")));
        }
    }
    log
}

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn run() {
    let files = Files::of(&PathBuf::from(std::env::var_os(FOLDER).unwrap()));
    let thread = std::env::var(THREAD).unwrap();
    let saver = SqliteSaver::open(&files.database).await.unwrap();
    if std::env::var_os(BUG).is_some() {
        let early = Early::new(saver);
        run_thread(Crash::new(files.clone()).checkpointer(early.clone()), &thread, &files).await;
        early.flush().await;
    } else {
        run_thread(Crash::new(files.clone()).checkpointer(saver), &thread, &files).await;
    }
}

async fn run_thread(app: DurableApp<Crash>, id: &str, files: &Files) {
    let thread = app.thread(id);
    let is_new = thread.state().await.unwrap().id.is_none();
    let run = if is_new { thread.run(StepsInput { number: 0 }) } else { thread.continue_run() };
    let mut parts = run.stream(Mode::CHECKPOINTS);
    while let Some(part) = parts.next().await {
        if let Part::Checkpoint(snapshot) = part.unwrap() {
            append(&files.acknowledged, &format!("{id} {}", snapshot.id.unwrap()));
        }
    }
}
