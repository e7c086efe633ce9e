//! A step of a warm run does not allocate.
use std::future::{IntoFuture as _, poll_fn};
use std::task::Poll;

use allocation_counter::measure;
use graph_core::prelude::*;
use tokio::runtime::{Builder, Runtime};

fn runtime() -> Runtime {
    Builder::new_current_thread().build().expect("a runtime starts")
}

const WARM_UP: usize = 100;
const STEPS: usize = 1_000;

mod line {
    use super::*;

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    struct Count {
        #[state(input)]
        n: usize,
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Count)]
    struct Counted {
        n: usize,
    }

    #[node]
    async fn count(Count { n, .. }: &Count) -> Counted {
        Counted { n: n + 1 }
    }

    graph! {
        Loop<Count> {
            START -> count;
            count -> |Count { n, .. }| if *n < usize::MAX { count } else { END };
        }
    }

    /// Reads this many updates; returns the last.
    async fn read(updates: &mut graph_core::run::UpdateStream<Loop>, steps: usize) -> usize {
        let mut last = 0;
        for _ in 0..steps {
            let LoopUpdate::Count(Counted { n }) =
                updates.next().await.expect("the loop has no end").expect("no node fails");
            last = n;
        }
        last
    }

    #[test]
    fn a_streamed_step_of_one_task_allocates_nothing() {
        let runtime = runtime();
        let mut updates = Loop::new().run(CountInput { n: 0 }).updates();
        runtime.block_on(read(&mut updates, WARM_UP));
        let mut last = 0;
        let counted = measure(|| last = runtime.block_on(read(&mut updates, STEPS)));
        assert_eq!((last, counted.count_total), (WARM_UP + STEPS, 0));
    }
}

mod managed {
    use super::*;

    #[derive(State, Clone, Debug, Default)]
    struct Count {
        #[state(input)]
        n: usize,
        #[state(managed)]
        remaining: RemainingSteps,
    }

    #[node]
    async fn count(Count { n, .. }: &Count) -> CountWrite::N {
        CountWrite::N(n + 1)
    }

    graph! {
        Loop<Count> {
            START -> count;
            count -> |Count { remaining, .. }| if *remaining > 0 { count } else { END };
        }
    }

    /// Reads this many updates; returns the last.
    async fn read(updates: &mut graph_core::run::UpdateStream<Loop>, steps: usize) -> usize {
        let mut last = 0;
        for _ in 0..steps {
            let LoopUpdate::Count(CountWrite::N(n)) =
                updates.next().await.expect("the loop goes on").expect("no node fails");
            last = n;
        }
        last
    }

    #[test]
    fn a_step_that_sets_a_managed_field_allocates_nothing() {
        let runtime = runtime();
        let mut updates = Loop::new().run(CountInput { n: 0 }).updates();
        runtime.block_on(read(&mut updates, WARM_UP));
        let mut last = 0;
        let counted = measure(|| last = runtime.block_on(read(&mut updates, STEPS)));
        assert_eq!((last, counted.count_total), (WARM_UP + STEPS, 0));
    }
}

mod fan_out {
    use super::*;

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    struct Fan {
        #[state(input)]
        round: usize,
        left: usize,
        middle: usize,
        right: usize,
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Fan)]
    struct Left {
        round: usize,
        left: usize,
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Fan)]
    struct Middle {
        middle: usize,
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Fan)]
    struct Right {
        right: usize,
    }

    #[node]
    async fn left(Fan { round, .. }: &Fan) -> Left {
        Left { round: round + 1, left: *round }
    }

    /// One of the three waits, so that it is polled again. (tokio's own `yield_now` allocates once for each `block_on`.)
    #[node]
    async fn middle(Fan { round, .. }: &Fan) -> Middle {
        let mut waited = false;
        poll_fn(|cx| {
            if std::mem::replace(&mut waited, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
        Middle { middle: *round }
    }

    #[node]
    async fn right(Fan { round, .. }: &Fan) -> Right {
        Right { right: *round }
    }

    graph! {
        FanOut<Fan> {
            START -> [left, middle, right];
            left -> |Fan { round, .. }| if *round < usize::MAX { [left, middle, right] } else { END };
            middle -> END;
            right -> END;
            each middle, right;
        }
    }

    /// Reads the updates of this many rounds; returns their sum.
    async fn read(updates: &mut graph_core::run::UpdateStream<FanOut>, rounds: usize) -> usize {
        let mut sum = 0;
        for _ in 0..rounds * 3 {
            sum += match updates.next().await.expect("the loop has no end").expect("no node fails") {
                FanOutUpdate::Left(Left { left, .. }) => left,
                FanOutUpdate::Middle(Middle { middle }) => middle,
                FanOutUpdate::Right(Right { right }) => right,
            };
        }
        sum
    }

    #[test]
    fn a_step_of_three_tasks_allocates_nothing() {
        let runtime = runtime();
        let mut updates = FanOut::new().run(FanInput { round: 0 }).updates();
        runtime.block_on(read(&mut updates, WARM_UP));
        let mut sum = 0;
        let counted = measure(|| sum = runtime.block_on(read(&mut updates, STEPS)));
        let all = (WARM_UP..WARM_UP + STEPS).map(|round| 3 * round).sum();
        assert_eq!((sum, counted.count_total), (all, 0));
    }
}

/// The counter works: if it were not linked in, the other tests would pass vacuously.
#[test]
fn an_allocation_is_counted() {
    let counted = measure(|| drop(std::hint::black_box(Box::new(7))));
    assert_eq!(counted.count_total, 1);
}

mod whole_runs {
    use super::*;

    #[derive(State, Clone, Debug, Default)]
    struct Count {
        #[state(input)]
        n: usize,
    }

    #[derive(Update, Clone, Debug)]
    #[update(Count)]
    struct Counted {
        n: usize,
    }

    #[node]
    async fn count(Count { n, .. }: &Count) -> Counted {
        Counted { n: n + 1 }
    }

    graph! {
        Ten<Count> {
            START -> count;
            count -> |Count { n, .. }| if *n < 10 { count } else { END };
        }
    }

    /// The budget of a run of one-task steps: what its parts share, the state, the lease, the engine, the future of its
    /// task, and two lists, of tasks and of their slots. (The list of places has one and is counted with the future.)
    const BUDGET: u64 = 7;

    #[test]
    fn a_run_keeps_to_its_budget_of_allocations() {
        let (runtime, app) = (runtime(), Ten::new());
        let run = || runtime.block_on(app.run(CountInput { n: 0 }).into_future()).unwrap().n;
        assert_eq!(run(), 10, "what is made once a thread is made");
        let counted = measure(|| assert_eq!(run(), 10));
        assert_eq!((counted.count_total, counted.count_current), (BUDGET, 0), "{} bytes", counted.bytes_total);
    }
}
