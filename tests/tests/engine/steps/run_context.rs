//! The context of a run: given to it, read by its nodes, never saved.

use futures_util::future::join_all;
use graph_core::graph::Provide;
use graph_core::prelude::*;

use crate::kit::{Line, Log, line, nothing};

/// Without a default.
#[derive(Clone, Debug)]
struct User {
    name: &'static str,
    locale: Locale,
}

/// With one.
#[derive(Clone, Debug, Default)]
struct Locale(&'static str);

impl Provide<Locale> for User {
    fn provide(&self) -> &Locale {
        &self.locale
    }
}

fn user(name: &'static str) -> User {
    User { name, locale: Locale("fr") }
}

#[node]
fn translate(_: &Log, cx: &Context<Translate>) -> Line {
    line(format!("in {:?}", cx.context().0))
}

graph! {
    Translate<Log> {
        context Locale;

        START -> translate -> END;
    }
}

#[node]
fn plain(_: &Log) -> Line {
    line("plain")
}

graph! { Plain<Log> { START -> plain -> END; } }

#[node]
fn greet(_: &Log, cx: &Context<Greet>) -> Line {
    line(cx.context().name)
}

#[node]
async fn call(_: &Log, cx: &Context<Greet>) -> NodeResult<Line> {
    let inside = Translate::new().run(nothing()).context(Locale("de")).as_child_of(cx).await?;
    Ok(line(format!("called {}", inside.log[0])))
}

graph! {
    Greet<Log> {
        context User;
        calls Translate;

        START -> greet -> Translate as translated -> Plain as simply -> call -> END;
    }
}

#[tokio::test]
async fn a_run_is_given_its_context_and_its_subgraphs_what_it_provides() {
    let app = Greet::new();
    let state = app.run(nothing()).context(user("Ada")).await.unwrap();
    assert_eq!(state.log, ["Ada", "in \"fr\"", "plain", "called in \"de\""]);
    // Each run has its own.
    let state = app.run(nothing()).context(user("Bob")).recursion_limit(9).await.unwrap();
    assert_eq!(state.log[0], "Bob");
}

#[tokio::test]
async fn a_context_with_a_default_can_be_left_out() {
    let app = Translate::new();
    assert_eq!(app.run(nothing()).await.unwrap().log, ["in \"\""]);
    assert_eq!(app.run(nothing()).context(Locale("it")).await.unwrap().log, ["in \"it\""]);
}

#[tokio::test]
async fn a_run_that_continues_a_thread_is_given_its_own_context() {
    let app = Greet::new().checkpointer(MemorySaver::new());
    let thread = app.thread("1");
    let first = thread.run(nothing()).context(user("Ada")).interrupt_before([GreetNode::Translated]);
    assert!(matches!(first.outcome().await.unwrap(), Outcome::Interrupted(_)));
    let other = User { name: "Bob", locale: Locale("ja") };
    let state = thread.continue_run().context(other).await.unwrap();
    assert_eq!(state.log, ["Ada", "in \"ja\"", "plain", "called in \"de\""]);
}

#[tokio::test]
async fn a_run_is_a_future_that_others_take_as_it_is() {
    let app = Translate::new();
    let spawned = tokio::spawn(app.run(nothing()).context(Locale("es"))).await.unwrap();
    assert_eq!(spawned.unwrap().log, ["in \"es\""]);
    let all = join_all([app.run(nothing()), app.run(nothing())]).await;
    assert!(all.iter().all(|state| state.as_ref().unwrap().log == ["in \"\""]));
}

#[tokio::test]
async fn a_run_that_was_polled_has_started_once() {
    let mut run = Plain::new().run(nothing());
    assert_eq!((&mut run).await.unwrap().log, ["plain"]);
    assert!(matches!((&mut run).await, Err(graph_core::Error::NotEnded { graph: "Plain" })));
    assert_eq!(run.updates().next().await.map(|item| item.is_ok()), None);
}
