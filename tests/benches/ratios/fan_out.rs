//! Three nodes side by side, round after round, against `join!`.

use graph_core::prelude::*;
use serde_json::Value;
use tokio::join;
use tokio::task::yield_now;

use crate::table::{Budget, On, Table};

const ROUNDS: u64 = 5_000;

/// The wait of a node that does not wait.
async fn at_once() {}

/// What the three nodes do, at once or after a wait: count; write a line of text; or write some JSON and read it again,
/// which is about the least that a node that calls a tool does.
macro_rules! three {
    ($mod:ident, $field:ty, |$round:ident| $work:expr, |$seen:ident| $digest:expr, $wait:expr) => {
        mod $mod {
            use super::*;

            #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
            pub(super) struct Fan {
                #[state(input)]
                pub round: u64,
                pub left: $field,
                pub middle: $field,
                pub right: $field,
                #[state(reduce = Sum)]
                pub sum: u64,
            }

            #[derive(Update, Clone, Debug, Serialize, Deserialize)]
            #[update(Fan)]
            pub(super) struct Left {
                round: u64,
                left: $field,
                sum: u64,
            }

            #[derive(Update, Clone, Debug, Serialize, Deserialize)]
            #[update(Fan)]
            pub(super) struct Middle {
                middle: $field,
            }

            #[derive(Update, Clone, Debug, Serialize, Deserialize)]
            #[update(Fan)]
            pub(super) struct Right {
                right: $field,
            }

            async fn work($round: u64) -> $field {
                $wait;
                $work
            }

            #[allow(clippy::ptr_arg)] // It is given the field, whatever its type.
            fn digest($seen: &$field) -> u64 {
                $digest
            }

            #[node]
            async fn left(Fan { round, left, middle, right, .. }: &Fan) -> Left {
                let sum = digest(left) + digest(middle) + digest(right);
                Left { round: round + 1, left: work(*round).await, sum }
            }

            #[node]
            async fn middle(Fan { round, .. }: &Fan) -> Middle {
                Middle { middle: work(*round + 1).await }
            }

            #[node]
            async fn right(Fan { round, .. }: &Fan) -> Right {
                Right { right: work(*round + 2).await }
            }

            graph! {
                FanOut<Fan> {
                    // Each round runs all of them again.
                    each middle, right;

                    START -> [left, middle, right];
                    left -> |Fan { round, .. }| if *round < ROUNDS { [left, middle, right] } else { END };
                    middle -> END;
                    right -> END;
                }
            }

            pub(super) async fn ours() -> u64 {
                let state = FanOut::new().recursion_limit(usize::MAX).run(FanInput { round: 0 }).await;
                state.expect("no node fails").sum
            }

            pub(super) async fn by_hand() -> u64 {
                let mut state = Fan::default();
                while state.round < ROUNDS {
                    let (wrote_left, wrote_middle, wrote_right) = join!(left(&state), middle(&state), right(&state));
                    state.round = wrote_left.round;
                    state.left = wrote_left.left;
                    state.sum += wrote_left.sum;
                    state.middle = wrote_middle.middle;
                    state.right = wrote_right.right;
                }
                state.sum
            }
        }
    };
}

three!(json, Value, |round| call(round), |seen| seen["arguments"]["round"].as_u64().unwrap_or(0), at_once().await);
three!(
    json_later,
    Value,
    |round| call(round),
    |seen| seen["arguments"]["round"].as_u64().unwrap_or(0),
    yield_now().await
);
three!(text, String, |round| format!("round {round} of the loop"), |seen| seen.len() as u64, at_once().await);
three!(text_later, String, |round| format!("round {round} of the loop"), |seen| seen.len() as u64, yield_now().await);
three!(number, u64, |round| round * 3, |seen| *seen, at_once().await);
three!(number_later, u64, |round| round * 3, |seen| *seen, yield_now().await);

fn call(round: u64) -> Value {
    let text =
        format!(r#"{{"name": "lookup", "id": "call_{round}", "arguments": {{"round": {round}, "unit": "ns"}}}}"#);
    serde_json::from_str(&text).expect("it is JSON")
}

pub(crate) fn cases(table: &mut Table) {
    let (rounds, budget) = (ROUNDS as usize, Budget::Ratio(1.3));
    for on in On::BOTH {
        table.compare("b fan-out of 3, json, ready", on, budget, rounds, json::ours, json::by_hand);
        table.compare("b fan-out of 3, json, yield", on, budget, rounds, json_later::ours, json_later::by_hand);
        // `join!` of nodes that do nothing is inlined into nothing: what is left is what three tasks cost us.
        let budget = Budget::Shown;
        table.compare("b fan-out of 3, text, ready", on, budget, rounds, text::ours, text::by_hand);
        table.compare("b fan-out of 3, text, yield", on, budget, rounds, text_later::ours, text_later::by_hand);
        table.compare("b fan-out of 3, number, ready", on, budget, rounds, number::ours, number::by_hand);
        table.compare("b fan-out of 3, number, yield", on, budget, rounds, number_later::ours, number_later::by_hand);
    }
}
