//! Nodes that choose their route.

use graph_core::prelude::*;

use crate::kit::{Line, Log, LogInput, given, items, line, nothing};

#[derive(Clone, Debug)]
enum Verdict {
    Again,
    Both(Vec<u8>),
    Done,
}

/// Chooses by how often it has run.
#[node]
async fn review(Log { log }: &Log) -> NodeResult<Command<Line, Verdict>> {
    let verdict = match log.iter().filter(|line| *line == "review").count() {
        0 => Verdict::Again,
        1 => Verdict::Both(vec![1, 2]),
        _ => Verdict::Done,
    };
    Ok(Command::new(line("review"), verdict))
}

#[node]
async fn part(number: u8, _: &Log) -> Line {
    line(format!("part {number}"))
}

#[node]
async fn aside() -> Line {
    line("aside")
}

graph! {
    Reviews<Log> {
        START -> review;
        review -> |state, verdict| match verdict {
            Verdict::Again => review,
            Verdict::Both(parts) if state.log.len() > 1 => [aside, for number in parts { part(number) }],
            Verdict::Both(_) => END,
            Verdict::Done => END,
        };
        [part, aside] -> review;
    }
}

#[tokio::test]
async fn a_node_goes_where_it_decides() {
    let log = Reviews::new().run(nothing()).await.unwrap().log;
    assert_eq!(log, ["review", "review", "aside", "part 1", "part 2", "review"]);
}

#[tokio::test]
async fn the_stream_shows_what_was_written_and_not_where_it_goes() {
    let updates = items(Reviews::new().run(nothing()).updates()).await;
    let ReviewsUpdate::Review(update) = &updates[0] else { panic!("{:?}", updates[0]) };
    assert_eq!(*update, line("review"));
    assert_eq!(updates.len(), 6);
}

/// Each of several tasks of one node chooses its own route.
#[node]
async fn sort(number: u8, _: &Log) -> Command<Line, bool> {
    Command::new(line(format!("sort {number}")), number.is_multiple_of(2))
}

#[node]
async fn even() -> Line {
    line("even")
}

#[node]
async fn odd() -> Line {
    line("odd")
}

graph! {
    Sorts<Log> {
        START -> |state| for text in &state.log { sort(text.parse().unwrap_or(0)) };
        sort -> |_, is_even| if is_even { even } else { odd };
        even -> END;
        odd -> END;
    }
}

#[tokio::test]
async fn each_task_of_a_node_takes_its_own_way() {
    let run = |numbers: &[&str]| {
        let log: Vec<String> = numbers.iter().map(|number| (*number).to_owned()).collect();
        Sorts::new().run(LogInput { log })
    };
    assert_eq!(run(&["1", "2", "4"]).await.unwrap().log[3..], ["sort 1", "sort 2", "sort 4", "even", "odd"]);
    assert_eq!(run(&["2", "4"]).await.unwrap().log[2..], ["sort 2", "sort 4", "even"]);
    assert_eq!(run(&["3"]).await.unwrap().log[1..], ["sort 3", "odd"]);
    // No task has chosen a route: nothing follows.
    assert_eq!(run(&[]).await.unwrap().log, Vec::<String>::new());
}

/// A function with a `Command` is still a plain function.
#[tokio::test]
async fn a_command_is_what_the_function_returns() {
    let command = sort(3, &Log::default()).await;
    assert_eq!(command, Command { update: line("sort 3"), route: false });
    assert_eq!(given("x").log, ["x"]);
}
