//! 07 (two nodes of one step write one field), 07b (a replacement beside a write).

use graph_core::prelude::*;
use graph_tests::golden::Golden;
use serde_json::json;

mod two_writers {
    use super::*;

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    struct Xy {
        #[state(input)]
        x: i64,
        #[state(reduce = last)]
        y: Option<String>,
    }

    /// Of several writes in one step the last counts: that of the node mentioned last.
    #[reducer]
    fn last(current: &mut Option<String>, new: String) {
        *current = Some(new);
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Xy)]
    struct Y {
        y: String,
    }

    #[node]
    fn p(_: &Xy) -> Y {
        Y { y: "p".into() }
    }

    #[node]
    fn q(_: &Xy) -> Y {
        Y { y: "q".into() }
    }

    graph! {
        TwoWriters<Xy> {
            START -> [p, q];
            p -> END;
            q -> END;
        }
    }

    /// In LangGraph, the second write fails the step after both were streamed, and the thread raises the same error for
    /// ever. Here that does not compile (`flow/race_at_start`); with a reducer, the same tasks write the same updates,
    /// and the run succeeds.
    #[tokio::test]
    async fn golden_07_concurrent_write_conflict() {
        let app = || TwoWriters::new().checkpointer(MemorySaver::new());
        for mut recorded in Golden::read("07_concurrent_write_conflict").step("run").replay(app).await {
            assert!(recorded.error.is_none(), "{:?}", recorded.error);
            if recorded.label == "values" {
                assert_eq!(recorded.ours.pop(), Some(json!({ "x": 1, "y": "q" })));
            }
            if recorded.label == "checkpoints" {
                let last = recorded.ours.pop().unwrap();
                assert_eq!((&last["metadata"]["step"], &last["values"]), (&json!(1), &json!({ "x": 1, "y": "q" })));
            }
            recorded.assert_same();
        }
    }
}

mod replacing {
    use super::*;

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    struct Log {
        #[state(input, reduce = Append)]
        log: Vec<String>,
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Log)]
    struct Line {
        log: Vec<String>,
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Log)]
    struct Fresh {
        #[update(replace)]
        log: Vec<String>,
    }

    #[node]
    fn a(_: &Log) -> Line {
        Line { log: vec!["a".into()] }
    }

    #[node]
    fn o(_: &Log) -> Fresh {
        Fresh { log: vec!["fresh".into()] }
    }

    graph! {
        Replacing<Log> {
            START -> a -> o -> END;
        }
    }

    /// The recorded graph has a node `z` beside `o`, whose write is lost. Here a replacement beside another write does
    /// not compile (`flow/race_with_a_replacement`). Without `z` everything is the same, except that the replacement is
    /// declared by the type of the update, and the update is shown in the form of that type.
    #[tokio::test]
    async fn golden_07b_overwrite() {
        let app = || Replacing::new().checkpointer(MemorySaver::new());
        for mut recorded in Golden::read("07b_overwrite").replay(app).await {
            if recorded.label == "updates" {
                assert_eq!(recorded.events.pop(), Some(json!({ "z": { "log": ["z"] } })));
                let replacement = recorded.events[1]["o"]["log"]["value"].take();
                recorded.events[1] = json!({ "o": { "log": replacement } });
            }
            recorded.assert_same();
        }
    }
}
