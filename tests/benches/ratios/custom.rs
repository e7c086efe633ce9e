//! A hundred thousand custom events from one node, against a channel.

use graph_core::prelude::*;
use tokio::sync::mpsc;

use crate::table::{Budget, On, Table};

const EVENTS: u64 = 100_000;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Work {
    #[state(input)]
    n: u64,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Work)]
struct Worked {
    n: u64,
}

#[derive(Clone, Debug, Serialize)]
struct Progress {
    done: u64,
}

#[node]
async fn piling(Work { n, .. }: &Work, cx: &Context<Piling>) -> Worked {
    for done in 0..*n {
        cx.emit(Progress { done });
    }
    Worked { n: 0 }
}

/// The documented way to say much without waiting for anything.
#[node]
async fn flushing(Work { n, .. }: &Work, cx: &Context<Flushing>) -> Worked {
    for done in 0..*n {
        cx.emit(Progress { done });
        if done.is_multiple_of(64) {
            cx.flush().await;
        }
    }
    Worked { n: 0 }
}

graph! {
    Piling<Work> {
        custom Progress;
        START -> piling -> END;
    }
}

graph! {
    Flushing<Work> {
        custom Progress;
        START -> flushing -> END;
    }
}

async fn piled() -> u64 {
    let mut sum = 0;
    let mut events = Piling::new().run(WorkInput { n: EVENTS }).custom();
    while let Some(event) = events.next().await {
        sum += event.expect("no node fails").done;
    }
    sum
}

async fn flushed() -> u64 {
    let mut sum = 0;
    let mut events = Flushing::new().run(WorkInput { n: EVENTS }).custom();
    while let Some(event) = events.next().await {
        sum += event.expect("no node fails").done;
    }
    sum
}

async fn by_hand() -> u64 {
    let (sender, mut receiver) = mpsc::channel(64);
    let task = tokio::spawn(async move {
        for done in 0..EVENTS {
            if sender.send(Progress { done }).await.is_err() {
                break;
            }
        }
    });
    let mut sum = 0;
    while let Some(Progress { done }) = receiver.recv().await {
        sum += done;
    }
    task.await.expect("the task does not panic");
    sum
}

pub(crate) fn cases(table: &mut Table) {
    let (events, budget) = (EVENTS as usize, Budget::Ratio(1.5));
    for on in On::BOTH {
        table.compare("c custom events", on, budget, events, piled, by_hand);
        table.compare("c custom events, flushed", on, budget, events, flushed, by_hand);
    }
}
