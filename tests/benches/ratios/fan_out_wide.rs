//! A hundred tasks of one node side by side, round after round, against `FuturesUnordered`.

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use graph_core::prelude::*;
use tokio::task::yield_now;

use crate::table::{Budget, On, Table};

const ROUNDS: u64 = 200;
const WIDTH: u64 = 100;

/// The wait of a node that does not wait.
async fn at_once() {}

/// What the hundred tasks write: a number that is added, or a line of text in a list; at once, or after a wait.
macro_rules! hundred {
    ($mod:ident, $field:ty, $reduce:ty, |$round:ident, $item:ident| $work:expr, |$seen:ident| $digest:expr, $wait:expr) => {
        mod $mod {
            use super::*;

            #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
            pub(super) struct Fan {
                #[state(input)]
                pub round: u64,
                #[state(reduce = $reduce)]
                pub found: $field,
                #[state(reduce = Sum)]
                pub sum: u64,
            }

            #[derive(Update, Clone, Debug, Serialize, Deserialize)]
            #[update(Fan)]
            pub(super) struct Ticked {
                round: u64,
                #[update(replace)]
                found: $field,
                sum: u64,
            }

            #[derive(Update, Clone, Debug, Serialize, Deserialize)]
            #[update(Fan)]
            pub(super) struct Found {
                found: $field,
            }

            #[allow(clippy::ptr_arg)] // It is given the field, whatever its type.
            fn digest($seen: &$field) -> u64 {
                $digest
            }

            #[node]
            async fn tick(Fan { round, found, .. }: &Fan) -> Ticked {
                Ticked { round: round + 1, found: <$field>::default(), sum: digest(found) }
            }

            #[node]
            async fn find($item: u64, Fan { round, .. }: &Fan) -> Found {
                $wait;
                let $round = *round;
                Found { found: $work }
            }

            graph! {
                FanOut<Fan> {
                    START -> tick;
                    tick -> |Fan { round, .. }| if *round < ROUNDS {
                        for item in 0..WIDTH { find(item) }
                    } else {
                        END
                    };
                    find -> tick;
                }
            }

            pub(super) async fn ours() -> u64 {
                let state = FanOut::new().recursion_limit(usize::MAX).run(FanInput { round: 0 }).await;
                state.expect("no node fails").sum
            }

            pub(super) async fn by_hand() -> u64 {
                let mut state = Fan::default();
                let mut updates = Vec::new();
                loop {
                    let ticked = tick(&state).await;
                    (state.round, state.found) = (ticked.round, ticked.found);
                    state.sum += ticked.sum;
                    if state.round >= ROUNDS {
                        return state.sum;
                    }
                    // Updates are merged in the order of the items, not in that of the ends.
                    updates.resize_with(WIDTH as usize, || None);
                    let read = &state;
                    let tasks = (0..WIDTH).map(|item| async move { (item, find(item, read).await) });
                    let mut tasks: FuturesUnordered<_> = tasks.collect();
                    while let Some((item, update)) = tasks.next().await {
                        updates[item as usize] = Some(update);
                    }
                    drop(tasks);
                    for update in updates.drain(..).flatten() {
                        <$reduce as graph_core::state::Reducer<$field>>::reduce(&mut state.found, update.found);
                    }
                }
            }
        }
    };
}

hundred!(number, u64, Sum, |round, item| round * item, |found| *found, at_once().await);
hundred!(number_later, u64, Sum, |round, item| round * item, |found| *found, yield_now().await);
hundred!(
    text,
    Vec<String>,
    Append,
    |round, item| vec![format!("item {item} of round {round}")],
    |found| found.iter().map(|text| text.len() as u64).sum(),
    at_once().await
);
hundred!(
    text_later,
    Vec<String>,
    Append,
    |round, item| vec![format!("item {item} of round {round}")],
    |found| found.iter().map(|text| text.len() as u64).sum(),
    yield_now().await
);

pub(crate) fn cases(table: &mut Table) {
    let (tasks, budget) = ((ROUNDS * WIDTH) as usize, Budget::Ratio(1.3));
    for on in On::BOTH {
        table.compare("b fan-out of 100, text, ready", on, budget, tasks, text::ours, text::by_hand);
        table.compare("b fan-out of 100, text, yield", on, budget, tasks, text_later::ours, text_later::by_hand);
        table.compare("b fan-out of 100, number, ready", on, budget, tasks, number::ours, number::by_hand);
        table.compare("b fan-out of 100, number, yield", on, budget, tasks, number_later::ours, number_later::by_hand);
    }
}
