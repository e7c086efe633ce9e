//! 16 (breakpoints), 44 (drain).

use graph_core::Error;
use graph_core::prelude::*;
use graph_core::run::{DrainHandle, Run};
use graph_tests::golden::Golden;
use serde_json::{Value, json};

mod breakpoints {
    use super::*;

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

    fn line(text: &str) -> Line {
        Line { log: vec![text.to_owned()] }
    }

    #[node]
    fn a(_: &Log) -> Line {
        line("a")
    }

    #[node]
    fn b(_: &Log) -> Line {
        line("b")
    }

    #[node]
    fn c(_: &Log) -> Line {
        line("c")
    }

    graph! {
        Stops<Log> {
            START -> a -> b -> c -> END;
        }
    }

    #[tokio::test]
    async fn golden_16_interrupt_before_after() {
        let golden = Golden::read("16_interrupt_before_after");
        let app = || {
            let app = Stops::new().checkpointer(MemorySaver::new());
            app.interrupt_before([StopsNode::B]).interrupt_after([StopsNode::B])
        };
        golden.assert_same(app).await;

        // And the thread's state after each of the three runs.
        let thread = app().thread("t1");
        for step in golden.value()["modes"]["values"].as_array().unwrap() {
            let run = match &step["input"] {
                Value::Null => thread.continue_run(),
                _ => thread.run(LogInput { x: 1, log: vec![] }),
            };
            run.outcome().await.unwrap();
            let (saved, after) = (thread.state().await.unwrap(), &step["state_after"]);
            assert_eq!(json!(*saved.values), after["values"]);
            assert_eq!(
                (json!(saved.next), json!(saved.step)),
                (after["next"].clone(), after["metadata"]["step"].clone())
            );
        }
    }
}

mod drain {
    use super::*;
    use std::sync::{Arc, OnceLock};

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

    type Switch = Arc<OnceLock<DrainHandle>>;

    #[node]
    fn a(_: &Log, cx: &Context<Drains>) -> Line {
        if let Some(handle) = cx.deps().get() {
            handle.drain();
        }
        Line { log: vec!["a".into()] }
    }

    #[node]
    fn b(_: &Log) -> Line {
        Line { log: vec!["b".into()] }
    }

    graph! {
        Drains<Log, Switch> {
            START -> a -> b -> END;
        }
    }

    async fn events<On>(run: Run<Drains, On>) -> (Vec<Value>, Option<Error>) {
        let mut parts = run.stream(Mode::VALUES | Mode::UPDATES);
        let mut events = Vec::new();
        while let Some(part) = parts.next().await {
            match part {
                Ok(part) => {
                    let part = json!(part);
                    events.push(json!([part["type"], part["data"]]));
                }
                Err(error) => return (events, Some(error)),
            }
        }
        (events, None)
    }

    #[tokio::test]
    async fn golden_44_drain() {
        let golden = Golden::read("44_drain");
        let golden = golden.value();
        let switch = Switch::default();
        let thread = Drains::new(switch.clone()).checkpointer(MemorySaver::new()).thread("t1");
        let mut run = thread.run(LogInput { log: vec![] });
        switch.set(run.drain_handle()).unwrap();
        let (streamed, error) = events(run).await;
        assert_eq!(json!(streamed), golden["events"]);
        assert!(matches!(error, Some(Error::Drained { .. })), "{error:?}");

        let saved = thread.state().await.unwrap();
        assert_eq!(json!(*saved.values), golden["state"]["values"]);
        assert_eq!(json!(saved.next), golden["state"]["next"]);
        let (streamed, error) = events(thread.continue_run()).await;
        assert!(error.is_none());
        assert_eq!(json!(streamed), golden["resume_events"]);
    }
}
