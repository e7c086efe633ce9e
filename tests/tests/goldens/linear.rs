//! 01 (a line), 02 (a router), 03 (a loop), 11 (custom events).

use graph_core::prelude::*;
use graph_tests::golden::Golden;
use serde_json::{Value, json};

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Numbers {
    #[state(input)]
    x: i64,
    y: Late<String>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Numbers)]
struct X {
    x: i64,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Numbers)]
struct Y {
    y: String,
}

mod line {
    use super::*;

    #[node]
    fn a(Numbers { x, .. }: &Numbers) -> X {
        X { x: x + 1 }
    }

    #[node]
    async fn b(Numbers { x, .. }: &Numbers) -> Y {
        Y { y: format!("got {x}") }
    }

    graph! {
        Line<Numbers> {
            START -> a -> b -> END;
        }
    }

    #[tokio::test]
    async fn golden_01_linear() {
        Golden::read("01_linear").assert_same(|| Line::new().checkpointer(MemorySaver::new())).await;
    }
}

mod parity {
    use super::*;

    #[node]
    fn first(Numbers { x, .. }: &Numbers) -> X {
        X { x: x + 1 }
    }

    #[node]
    fn even(_: &Numbers) -> Y {
        Y { y: "even".into() }
    }

    #[node]
    fn odd(_: &Numbers) -> Y {
        Y { y: "odd".into() }
    }

    graph! {
        Parity<Numbers> {
            START -> first;
            first -> |Numbers { x, .. }| if x % 2 == 0 { even } else { odd };
            even -> END;
            odd -> END;
        }
    }

    #[tokio::test]
    async fn golden_02_conditional() {
        Golden::read("02_conditional").assert_same(|| Parity::new().checkpointer(MemorySaver::new())).await;
    }
}

mod count {
    use super::*;

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    struct Log {
        #[state(input)]
        n: u64,
        #[state(input, reduce = Append)]
        log: Vec<String>,
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Log)]
    struct Counted {
        n: u64,
        log: Vec<String>,
    }

    #[node]
    fn inc(Log { n, .. }: &Log) -> Counted {
        Counted { n: n + 1, log: vec![format!("n={}", n + 1)] }
    }

    graph! {
        Count<Log> {
            START -> inc;
            inc -> |Log { n, .. }| match n {
                0..3 => inc,
                _ => END,
            };
        }
    }

    #[tokio::test]
    async fn golden_03_loop() {
        Golden::read("03_loop").assert_same(|| Count::new().checkpointer(MemorySaver::new())).await;
    }
}

mod custom {
    use super::*;

    #[node]
    async fn a(Numbers { x, .. }: &Numbers, cx: &Context<Writers>) -> X {
        cx.emit(json!({"progress": 1}));
        cx.emit(json!("plain string"));
        cx.emit(json!(42));
        X { x: x + 1 }
    }

    #[node]
    fn b(_: &Numbers, cx: &Context<Writers>) -> Y {
        cx.emit(json!({"from": "b"}));
        Y { y: "done".into() }
    }

    graph! {
        Writers<Numbers> {
            custom Value;

            START -> a -> b -> END;
        }
    }

    #[tokio::test]
    async fn golden_11_custom_writer() {
        Golden::read("11_custom_writer").assert_same(|| Writers::new().checkpointer(MemorySaver::new())).await;
    }
}
