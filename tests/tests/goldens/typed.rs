//! 38 (a state validated by Pydantic).

use graph_core::Error;
use graph_core::prelude::*;
use graph_tests::golden::Golden;
use serde_json::{Value, json};

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Ps {
    #[state(input)]
    x: i64,
    y: Late<String>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Ps)]
struct X {
    x: i64,
}

#[node]
fn a(Ps { x, .. }: &Ps) -> X {
    X { x: x + 1 }
}

/// Where the recorded node returns the text, this one has to parse it as a number.
#[node]
fn bad(_: &Ps) -> NodeResult<X> {
    Ok(X { x: "not-int".parse()? })
}

#[node]
fn c(Ps { x, .. }: &Ps) -> X {
    X { x: *x }
}

graph! {
    Typed<Ps> {
        START -> a -> bad -> c -> END;
    }
}

/// In LangGraph, the wrong value is saved, and found by the next node that reads it: the thread is poisoned. Here it
/// cannot be returned (`types/text_for_a_number`); a node that reads a text fails itself, and its update is not saved.
/// Up to there everything is the same; here the failed task has its end. An input that does not fit cannot be
/// constructed.
#[tokio::test]
async fn golden_38_pydantic_state() {
    let golden = Golden::read("38_pydantic_state").step("good input, bad node");
    let app = || Typed::new().checkpointer(MemorySaver::new());
    for mut recorded in golden.replay(app).await {
        assert!(matches!(&recorded.error, Some(Error::Node { node: "bad", .. })), "{:?}", recorded.error);
        recorded.events.iter_mut().for_each(without_model);
        if recorded.label == "tasks" {
            let end = recorded.ours.pop().unwrap();
            assert_eq!((&end["name"], end["error"].as_str().is_some()), (&json!("bad"), true));
        }
        recorded.assert_same();
    }

    let thread = app().thread("t");
    thread.run(PsInput { x: 1 }).await.unwrap_err();
    let saved = thread.state().await.unwrap();
    assert_eq!((saved.values.x, saved.next.as_slice()), (2, [TypedNode::Bad].as_slice()));

    let error = serde_json::from_value::<PsInput>(json!({ "x": "zzz" })).unwrap_err();
    assert!(error.to_string().contains("expected i64"), "{error}");
}

/// A state is an object here, not an instance of a class.
fn without_model(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(without_model),
        Value::Object(object) => {
            object.retain(|key, value| key != "__type__" || value != "PS");
            object.values_mut().for_each(without_model);
        }
        _ => {}
    }
}
