//! Tasks of a `for` edge.

use super::*;

#[derive(State, Clone, Debug, Default)]
struct Squares {
    #[state(input, reduce = Overwrite)]
    numbers: Vec<i64>,
    #[state(input)]
    unit: String,
    #[state(reduce = Append)]
    squares: Vec<String>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Squares)]
struct Squared {
    squares: Vec<String>,
}

enum Way {
    On,
}

fn squared(runs: &Runs, number: i64, unit: &str) -> Squared {
    runs.fetch_add(1, Ordering::SeqCst);
    Squared { squares: vec![format!("{}{unit}", number * number)] }
}

/// Its input and a field of the state are the key. The state itself need not be `Serialize`.
#[node(cache)]
async fn square(number: i64, Squares { unit, .. }: &Squares, cx: &Context<Squaring>) -> Squared {
    squared(cx.deps(), number, unit)
}

#[node(cache(key = |number: &i64| number.abs()))]
async fn absolute(number: i64, cx: &Context<Squaring>) -> Squared {
    squared(cx.deps(), number, "")
}

#[node(cache(key = |number: &i64, Squares { unit, .. }: &Squares| (number % 2, unit.len())))]
async fn parity(number: i64, state: &Squares, cx: &Context<Squaring>) -> Squared {
    squared(cx.deps(), number, &state.unit)
}

graph! {
    Squaring<Squares, Runs> {
        START -> |Squares { numbers, .. }| [
            for number in numbers { square(*number) },
            for number in numbers { absolute(*number) },
            for number in numbers { parity(*number) },
        ];
        [square, absolute, parity] -> done -> END;
    }
}

#[node]
fn done(_: &Squares) -> SquaresUpdate {
    let Way::On = Way::On;
    SquaresUpdate::default()
}

#[tokio::test]
async fn tasks_are_cached_by_their_own_input() {
    let app = Squaring::new(Runs::default()).cache(MemoryCache::new()).max_concurrency(1);
    let run = |unit: &str| app.run(SquaresInput { numbers: vec![1, 2, -1], unit: unit.into() });
    let state = run("m").await.unwrap();
    assert_eq!(state.squares, ["1m", "4m", "1m", "1", "4", "1", "1m", "4m", "1m"]);
    // 3 squares, 2 absolutes, 3 remainders.
    assert_eq!(app.deps().load(Ordering::SeqCst), 8);
    run("m").await.unwrap();
    assert_eq!(app.deps().load(Ordering::SeqCst), 8);
    run("s").await.unwrap();
    assert_eq!(app.deps().load(Ordering::SeqCst), 11);
}
