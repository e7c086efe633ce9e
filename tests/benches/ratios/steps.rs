//! A streamed super-step that does next to nothing, against a task that sends what it did over a channel.

use graph_core::prelude::*;
use tokio::sync::mpsc;

use crate::table::{Budget, On, Table};

const STEPS: u64 = 200_000;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Count {
    #[state(input)]
    n: u64,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Count)]
struct Counted {
    n: u64,
}

#[node]
async fn count(Count { n, .. }: &Count) -> Counted {
    Counted { n: n + 1 }
}

graph! {
    Loop<Count> {
        START -> count;
        count -> |Count { n, .. }| if *n < STEPS { count } else { END };
    }
}

async fn ours() -> u64 {
    let mut sum = 0;
    let mut updates = Loop::new().recursion_limit(usize::MAX).run(CountInput { n: 0 }).updates();
    while let Some(update) = updates.next().await {
        let LoopUpdate::Count(Counted { n }) = update.expect("no node fails");
        sum += n;
    }
    sum
}

async fn by_hand() -> u64 {
    let (sender, mut receiver) = mpsc::channel(64);
    let task = tokio::spawn(async move {
        let mut state = Count::default();
        while state.n < STEPS {
            let update = count(&state).await;
            if sender.send(LoopUpdate::Count(update.clone())).await.is_err() {
                break;
            }
            state.n = update.n;
        }
        state
    });
    let mut sum = 0;
    while let Some(LoopUpdate::Count(Counted { n })) = receiver.recv().await {
        sum += n;
    }
    task.await.expect("the task does not panic");
    sum
}

pub(crate) fn cases(table: &mut Table) {
    for on in On::BOTH {
        table.compare("a streamed no-op step", on, Budget::Ratio(1.0), STEPS as usize, ours, by_hand);
    }
}
