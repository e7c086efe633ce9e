//! 12 (what nodes return; 12b, a node that returns a text, does not compile: `ui/node/returns_a_result_of_no_update.rs`), 28 (input, output and private fields).

use graph_core::prelude::*;
use graph_tests::golden::Golden;
use serde_json::{Value, json};

mod private {
    use super::*;

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    struct Full {
        #[state(input)]
        q: String,
        #[state(output)]
        a: Late<String>,
        extra: Late<u32>,
        secret: Late<String>,
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Full)]
    struct Found {
        secret: String,
        extra: u32,
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Full)]
    struct Answered {
        a: String,
    }

    #[node]
    fn n1(_: &Full) -> Found {
        Found { secret: "s3".into(), extra: 7 }
    }

    /// Reads the private field only: its pattern says what the recorded node's input schema said.
    #[node]
    fn n2(Full { secret, .. }: &Full) -> Answered {
        Answered { a: format!("answer uses {} keys=['secret']", *secret) }
    }

    graph! {
        Schemas<Full> {
            START -> n1 -> n2 -> END;
        }
    }

    /// LangGraph's `values` show private fields, too; only the result of `invoke` is narrowed. Here the output type
    /// narrows both, so the recorded events are compared without private fields, and without those that then repeat the
    /// previous event. The input holds a key that is no input, which LangGraph ignores; here it is an error of the
    /// JSON, and in code it does not compile.
    #[tokio::test]
    async fn golden_28_input_output_private_schema() {
        let golden = Golden::read("28_input_output_private_schema");
        let input = golden.value()["modes"]["values"][0]["input"].clone();
        let error = serde_json::from_value::<FullInput>(input).unwrap_err().to_string();
        assert_eq!(error, "unknown field `a`, expected `q`");
        let golden = golden.without_input("a");
        for recorded in golden.replay(|| Schemas::new().checkpointer(MemorySaver::new())).await {
            assert!(recorded.error.is_none());
            if recorded.label != "values" {
                recorded.assert_same();
                continue;
            }
            let mut shown: Vec<Value> = recorded.events.iter().map(|state| only(state, "a")).collect();
            shown.dedup();
            assert_eq!(shown, [json!({}), json!({"a": "answer uses s3 keys=['secret']"})]);
            assert_eq!(recorded.ours, shown);
            recorded.compared_by_hand();
        }

        let after = &golden.value()["modes"]["values"][0]["state_after"]["values"];
        let thread = Schemas::new().checkpointer(MemorySaver::new()).thread("t1");
        let output = thread.run(FullInput { q: "hi".into() }).await.unwrap();
        assert_eq!(json!(output), only(after, "a"));
        assert_eq!(&json!(*thread.state().await.unwrap().values), after, "the thread holds it all");
    }

    fn only(state: &Value, key: &str) -> Value {
        let pairs = state.as_object().into_iter().flatten().filter(|(name, _)| *name == key);
        Value::Object(pairs.map(|(name, value)| (name.clone(), value.clone())).collect())
    }
}

mod returned {
    use super::*;

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    struct Number {
        #[state(input)]
        x: i64,
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Number)]
    struct X {
        x: i64,
    }

    /// A node that returns `None` or `{}`: here an update that writes nothing.
    #[node]
    fn none(_: &Number) -> NumberUpdate {
        NumberUpdate::default()
    }

    #[node]
    fn empty(_: &Number) -> NumberUpdate {
        NumberUpdate::default()
    }

    /// The recorded node also returned a key that the state does not have, which LangGraph ignores; here it does not
    /// compile.
    #[node]
    fn unk(_: &Number) -> X {
        X { x: 5 }
    }

    graph! {
        Shapes<Number> {
            START -> none -> empty -> unk -> END;
        }
    }

    /// An empty update is `null` in LangGraph's `updates`, and `{}` here.
    #[tokio::test]
    async fn golden_12_node_return_shapes() {
        for mut recorded in
            Golden::read("12_node_return_shapes").replay(|| Shapes::new().checkpointer(MemorySaver::new())).await
        {
            assert!(recorded.error.is_none());
            if recorded.label == "updates" {
                assert_eq!(recorded.ours[0], json!({"none": {}}));
                assert_eq!(recorded.ours[1], json!({"empty": {}}));
                // The harness treats a key that is `null` as a channel that was never written.
                recorded.ours[0] = json!({});
                recorded.ours[1] = json!({});
            }
            recorded.assert_same();
        }
    }
}
