//! Keys that JSON cannot hold, or holds in one form.

use super::*;

#[derive(State, Clone, Debug, Default)]
struct Sample {
    #[state(input)]
    value: f64,
    #[state(input)]
    wide: u128,
    #[state(input, reduce = Overwrite)]
    cells: HashMap<(i32, i32), BTreeMap<u8, String>>,
    sum: Late<f64>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Sample)]
struct Summed {
    sum: f64,
}

/// Returns what JSON cannot hold either.
#[node(cache)]
fn sum(Sample { value, wide, cells, .. }: &Sample, cx: &Context<Sampled>) -> Summed {
    cx.deps().fetch_add(1, Ordering::SeqCst);
    let _ = (wide, cells);
    Summed { sum: value * f64::INFINITY }
}

graph! { Sampled<Sample, Runs> { START -> sum -> END; } }

fn sample(value: f64, wide: u128, cells: &[(i32, &str)]) -> SampleInput {
    let cell = |(x, text): &(i32, &str)| ((*x, -*x), BTreeMap::from([(7, (*text).to_owned())]));
    SampleInput { value, wide, cells: cells.iter().map(cell).collect() }
}

#[tokio::test]
async fn values_that_json_confuses_or_refuses_are_keys() {
    let app = Sampled::new(Runs::default()).cache(MemoryCache::new());
    let cells = [(1, "a"), (2, "b"), (3, "c"), (4, "d"), (5, "e")];
    let turned: Vec<_> = cells.into_iter().rev().collect();
    for (input, runs) in [
        (sample(f64::NAN, 1, &cells), 1),
        (sample(f64::INFINITY, 1, &cells), 2),
        (sample(f64::NEG_INFINITY, 1, &cells), 3),
        (sample(f64::NAN, u128::MAX, &cells), 4),
        (sample(f64::NAN, u128::MAX - 1, &cells), 5),
        (sample(f64::NAN, u128::MAX, &cells[1..]), 6),
        // Each again, with its map filled in another order.
        (sample(f64::NAN, 1, &turned), 6),
        (sample(f64::INFINITY, 1, &turned), 6),
        (sample(f64::NAN, u128::MAX, &turned), 6),
    ] {
        let (value, text) = (input.value, format!("{input:?}"));
        let sum = app.run(input).await.unwrap().sum.into_option().unwrap();
        assert_eq!(app.deps().load(Ordering::SeqCst), runs, "{text}");
        assert_eq!(sum.to_bits(), (value * f64::INFINITY).to_bits(), "the kept update is the one that was written");
    }
}
