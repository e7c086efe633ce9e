//! 10 (the recursion limit).

use graph_core::Error;
use graph_core::prelude::*;
use graph_tests::golden::Golden;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Log {
    #[state(input)]
    n: u64,
    #[state(input, reduce = Append)]
    log: Vec<String>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Log)]
struct N {
    n: u64,
}

#[node]
fn inc(Log { n, .. }: &Log) -> N {
    N { n: n + 1 }
}

graph! {
    Forever<Log> {
        START -> inc;
        // An endless loop does not compile; this one has an exit that it never takes.
        inc -> |Log { n, .. }| if *n == u64::MAX { END } else { inc };
    }
}

/// The recording runs four steps under a limit of 2: LangGraph allows two more steps on a continued run. Here a limit
/// of N is always N steps; everything else is the same.
#[tokio::test]
async fn golden_10_recursion_limit() {
    let app = || Forever::new().checkpointer(MemorySaver::new());
    for mut recorded in Golden::read("10_recursion_limit").replay(app).await {
        let limit = match recorded.step.as_str() {
            "limit3" => 3,
            _ => {
                recorded.events.truncate(recorded.events.len() - 2);
                2
            }
        };
        recorded.assert_same();
        match &recorded.error {
            Some(Error::RecursionLimit { graph: "Forever", limit: ours, active }) => {
                assert_eq!((*ours, active.as_slice()), (limit, ["inc"].as_slice()));
            }
            other => panic!("{} {}: {other:?}", recorded.label, recorded.step),
        }
    }
}
