//! Interrupts in unusual places: joined futures, loops, error handlers, children of `for` edges, recursive graphs.

use graph_core::interrupt::{Answers, Waiting};
use graph_core::prelude::*;

use crate::kit::{Line, Log, LogInput, line, nothing};

#[derive(Interrupt, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[interrupt(resume = String)]
struct Ask {
    what: String,
}

fn ask(what: impl Into<String>) -> Ask {
    Ask { what: what.into() }
}

#[node]
async fn both(_: &Log, cx: &Context<Joined>) -> NodeResult<Line> {
    let (one, other) = tokio::join!(cx.interrupt(ask("one")), cx.interrupt(ask("other")));
    Ok(line(format!("{} {}", one?, other?)))
}

graph! {
    Joined<Log> {
        interrupt Ask;

        START -> both -> END;
    }
}

#[tokio::test]
async fn a_node_asks_two_things_at_once_and_runs_again_when_both_are_answered() {
    let thread = Joined::new().checkpointer(MemorySaver::new()).thread("t");
    let pending = thread.run(nothing()).outcome().await.unwrap().interrupted().unwrap();
    let waiting: Vec<Waiting<Joined>> = pending.iter().cloned().collect();
    let whats: Vec<_> = waiting.iter().map(|waiting| waiting.value.clone()).collect();
    // Whichever future is polled first, the questions are told apart by their order in the node.
    assert!(whats.contains(&JoinedInterrupt::Ask(ask("one"))) && whats.contains(&JoinedInterrupt::Ask(ask("other"))));
    let of = |what: &str| waiting.iter().find(|waiting| waiting.value == JoinedInterrupt::Ask(ask(what))).unwrap().id;
    let left = thread.resume_with(Answers::new().to(of("other"), "2".to_owned())).outcome().await.unwrap();
    assert_eq!(left.interrupted().unwrap().iter().count(), 1);
    assert_eq!(thread.resume("1".to_owned()).await.unwrap().log, ["1 2"]);
}

#[node]
async fn until_done(_: &Log, cx: &Context<Looped>) -> NodeResult<Line> {
    let mut answers = Vec::new();
    loop {
        let answer = cx.interrupt(ask(format!("number {}", answers.len()))).await?;
        if answer == "done" {
            return Ok(Line { log: answers });
        }
        answers.push(answer);
    }
}

graph! {
    Looped<Log> {
        interrupt Ask;

        START -> until_done -> END;
    }
}

#[tokio::test]
async fn a_node_asks_until_it_has_enough() {
    let thread = Looped::new().checkpointer(MemorySaver::new()).thread("t");
    let mut outcome = thread.run(nothing()).outcome().await.unwrap();
    for (number, answer) in ["a", "b", "done"].into_iter().enumerate() {
        let pending = outcome.interrupted().unwrap();
        let waiting = pending.iter().next().unwrap();
        assert_eq!(waiting.value, LoopedInterrupt::Ask(ask(format!("number {number}"))));
        outcome = thread.resume(answer.to_owned()).outcome().await.unwrap();
    }
    assert_eq!(outcome.done().unwrap().log, ["a", "b"]);
}

#[node(on_error = mend)]
async fn breaks(_: &Log, _: &Context<Mended>) -> NodeResult<Line> {
    Err(NodeError::msg("broken"))
}

#[node]
async fn mend(failure: NodeFailure, _: &Log, cx: &Context<Mended>) -> NodeResult<Line> {
    Ok(line(cx.interrupt(ask(failure.error.to_string())).await?))
}

graph! {
    Mended<Log> {
        interrupt Ask;

        START -> breaks -> END;
    }
}

#[tokio::test]
async fn an_error_handler_asks_what_to_do() {
    let thread = Mended::new().checkpointer(MemorySaver::new()).thread("t");
    let pending = thread.run(nothing()).outcome().await.unwrap().interrupted().unwrap();
    assert_eq!(pending.iter().next().unwrap().value, MendedInterrupt::Ask(ask("broken")));
    assert_eq!(thread.resume("ignore it".to_owned()).await.unwrap().log, ["ignore it"]);
}

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
#[state(parent = Log)]
struct Item {
    #[state(input)]
    name: String,
    #[state(shared, reduce = Append)]
    log: Vec<String>,
}

#[node]
async fn review(Item { name, .. }: &Item, cx: &Context<Review>) -> NodeResult<ItemWrite::Log> {
    Ok(ItemWrite::Log(vec![format!("{name}: {}", cx.interrupt(ask(name.clone())).await?)]))
}

graph! {
    Review<Item> {
        interrupt Ask;

        START -> review -> END;
    }
}

graph! {
    Reviews<Log> {
        interrupt Ask;

        Review as reviewed -> END;
        START -> |Log { log }| for name in log { reviewed(ItemInput { name: name.clone() }) };
    }
}

#[tokio::test]
async fn every_child_of_a_for_edge_asks_for_itself() {
    let thread = Reviews::new().checkpointer(MemorySaver::new()).thread("t");
    let input = LogInput { log: vec!["a".into(), "b".into(), "c".into()] };
    let pending = thread.run(input).outcome().await.unwrap().interrupted().unwrap();
    assert_eq!(pending.iter().count(), 3);
    let answers = pending.iter().fold(Answers::new(), |answers, waiting| {
        let ReviewsInterrupt::Ask(Ask { what }) = &waiting.value;
        answers.to(waiting.id, format!("yes to {what}"))
    });
    let log = thread.resume_with(answers).await.unwrap().log;
    assert_eq!(log[3..], ["a: yes to a", "b: yes to b", "c: yes to c"]);
}

#[node]
async fn deeper(Log { log }: &Log, cx: &Context<Nested>) -> NodeResult<Line> {
    Ok(line(cx.interrupt(ask(format!("depth {}", log.len()))).await?))
}

graph! {
    Nested<Log> {
        interrupt Ask;

        START -> deeper -> |Log { log }| if log.len() < 3 { Nested as inside } else { END };
        inside -> END;
    }
}

#[tokio::test]
async fn a_graph_within_itself_asks_at_every_depth() {
    let thread = Nested::new().checkpointer(MemorySaver::new()).thread("t");
    let mut outcome = thread.run(nothing()).outcome().await.unwrap();
    for depth in 0..3 {
        let pending = outcome.interrupted().unwrap();
        assert_eq!(pending.iter().next().unwrap().value, NestedInterrupt::Ask(ask(format!("depth {depth}"))));
        outcome = thread.resume(format!("answer {depth}")).outcome().await.unwrap();
    }
    assert_eq!(outcome.done().unwrap().log, ["answer 0", "answer 1", "answer 2"]);
}
