//! 20 (a failure among other tasks), 23 (an error handler), 24 (cache), 25 (timeouts).

use std::time::Duration;

use graph_core::prelude::*;
use graph_tests::golden::{Golden, Recorded};
use serde_json::{Value, json};
use tokio::time::sleep;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Log {
    #[state(input)]
    x: i64,
    #[state(input, reduce = Append)]
    log: Vec<String>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Log)]
struct Line {
    log: Vec<String>,
}

fn line(text: impl Into<String>) -> Line {
    Line { log: vec![text.into()] }
}

/// The same events, except for the text of an error, and for the result of a failed task: it has none.
fn assert_same_but_for_words(mut recorded: Recorded) {
    for event in recorded.events.iter_mut().chain(&mut recorded.ours) {
        if event["error"].as_str().is_some() || event["error"].is_object() {
            event["error"] = json!("failed");
            event["result"] = Value::Null;
        }
    }
    recorded.assert_same();
}

mod handler {
    use super::*;

    #[node(on_error = handled)]
    async fn bad(_: &Log) -> NodeResult<Line> {
        Err(NodeError::msg("RuntimeError('kaput')"))
    }

    #[node]
    async fn par(_: &Log) -> Line {
        line("par")
    }

    #[node]
    async fn handled(NodeFailure { node, error, .. }: NodeFailure) -> Line {
        // In LangGraph, it is started once the others have ended.
        sleep(Duration::from_millis(1)).await;
        line(format!("handled {node}: {error}"))
    }

    #[node]
    async fn after(_: &Log) -> Line {
        line("after")
    }

    graph! {
        Handles<Log> {
            START -> [bad, par];
            bad -> after;
            par -> after;
            after -> END;
        }
    }

    /// Two intended differences: a handler's update is an update of its node, and its task has a start.
    #[tokio::test(start_paused = true)]
    async fn golden_23_node_error_handler() {
        let recorded =
            Golden::read("23_node_error_handler").replay(|| Handles::new().checkpointer(MemorySaver::new())).await;
        assert_eq!(recorded.len(), 4);
        for mut recorded in recorded {
            assert!(recorded.error.is_none());
            let name = "__error_handler__bad";
            for event in &mut recorded.events {
                if let Some(update) = event.as_object_mut().and_then(|event| event.remove(name)) {
                    *event = json!({"bad": update});
                }
            }
            let starts = recorded.ours.len();
            recorded.ours.retain(|event| event["name"] != name || event.get("input").is_none());
            assert_eq!(starts - recorded.ours.len(), usize::from(recorded.label == "tasks"));
            assert_same_but_for_words(recorded);
        }
    }
}

mod beside {
    use super::*;

    #[node]
    async fn ok(_: &Log) -> Line {
        line("ok#1")
    }

    #[node]
    async fn bad(_: &Log) -> NodeResult<Line> {
        sleep(Duration::from_millis(50)).await;
        Err(NodeError::msg("KeyError('boom')"))
    }

    #[node]
    async fn slow(_: &Log) -> Line {
        sleep(Duration::from_millis(200)).await;
        line("slow#1")
    }

    #[node]
    async fn j(_: &Log) -> Line {
        line("j")
    }

    graph! {
        Beside<Log> {
            START -> [bad, ok, slow];
            [ok, bad, slow] -> j -> END;
        }
    }

    /// The first run, which fails. One intended difference: the cancelled task has an end.
    #[tokio::test(start_paused = true)]
    async fn golden_20_exception_parallel_branch() {
        let golden = Golden::read("20_exception_parallel_branch").step("run");
        let failed = golden.replay(|| Beside::new().checkpointer(MemorySaver::new())).await;
        assert_eq!(failed.len(), 5);
        for mut recorded in failed {
            assert!(recorded.error.is_some());
            let ends = recorded.ours.len();
            recorded.ours.retain(|event| event["error"] != "cancelled");
            assert_eq!(ends - recorded.ours.len(), usize::from(recorded.label == "tasks"));
            assert_same_but_for_words(recorded);
        }
    }
}

mod cache {
    use super::*;
    use graph_core::cache::MemoryCache;

    #[node(cache(ttl = "60s", key = |Log { x, .. }| x))]
    async fn exp(Log { x, .. }: &Log) -> Line {
        line(format!("computed {x}"))
    }

    graph! {
        Exp<Log> {
            START -> exp -> END;
        }
    }

    /// One intended difference: in LangGraph, a cached task has a start and no end.
    #[tokio::test]
    async fn golden_24_cache_policy() {
        let golden = Golden::read("24_cache_policy");
        let app = Exp::new().cache(MemoryCache::new());
        let runs = golden.value()["runs"].as_array().unwrap();
        for (run, hit) in runs.iter().zip([false, true, false]) {
            let input: LogInput = serde_json::from_value(run["input"].clone()).unwrap();
            let mut parts = app.run(input).stream(Mode::VALUES | Mode::UPDATES | Mode::TASKS);
            let mut ours = Vec::new();
            while let Some(part) = parts.next().await {
                let mut part = serde_json::to_value(part.unwrap()).unwrap();
                if part["type"] == "tasks" {
                    part["data"]["id"] = json!("id");
                }
                ours.push(json!([part["type"], part["data"]]));
            }
            if hit {
                let end = json!(["tasks", {"id": "id", "name": "exp", "error": null, "result": {"log": ["computed 1"]}, "interrupts": []}]);
                assert_eq!(ours.remove(3), end);
            }
            let mut events = run["events"].as_array().unwrap().clone();
            events.iter_mut().filter(|event| event[0] == "tasks").for_each(|event| event[1]["id"] = json!("id"));
            assert_eq!(ours, events);
        }
        assert_eq!(runs.len(), 3);
    }
}

mod timeout {
    use super::*;

    #[node(timeout = "100ms")]
    async fn slow(_: &Log, cx: &Context<Slow>) -> Line {
        cx.emit("started".to_owned());
        sleep(Duration::from_secs(5)).await;
        line("slow")
    }

    graph! {
        Slow<Log> {
            custom String;

            START -> slow -> END;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn golden_25_node_timeout_async() {
        let recorded =
            Golden::read("25_node_timeout_async").replay(|| Slow::new().checkpointer(MemorySaver::new())).await;
        assert_eq!(recorded.len(), 3);
        for recorded in recorded {
            let error = recorded.error.as_ref().map(ToString::to_string).unwrap_or_default();
            assert_eq!(error, "node `slow` of `Slow` failed in step 1: node `slow` took longer than 100ms");
            assert_same_but_for_words(recorded);
        }
    }
}
