//! Exits: the ways in which a run can end, each ending the whole run.

use graph_core::prelude::*;

use crate::kit::{Line, Log, given, line};

#[node]
async fn first() -> Line {
    line("first")
}

#[node]
async fn beside() -> Line {
    line("beside")
}

#[node]
async fn after() -> Line {
    line("after")
}

graph! {
    Leaves<Log> {
        /// Too much was said.
        exit TooLong;
        exit Empty;

        START -> |state| if state.log.iter().all(String::is_empty) { END::Empty } else { [first, beside] };
        first -> |state| if state.log.len() > 3 { END::TooLong } else { END };
        beside -> after -> END;
    }
}

#[tokio::test]
async fn an_exit_ends_the_whole_run_when_its_super_step_ends() {
    let app = Leaves::new();
    assert_eq!(app.run(given("x")).await.unwrap().log, ["x", "beside", "first", "after"]);
    let long = LogInput { log: vec!["x".into(), "y".into()] };
    // Nodes that ran beside the exit's node count; their successors do not run.
    assert_eq!(app.run(long).await.unwrap().log, ["x", "y", "beside", "first"]);
    assert_eq!(app.run(given("")).await.unwrap().log, [""]);
}

#[test]
fn exits_are_an_enum_and_stand_in_the_pictures() {
    assert_eq!(LeavesExit::default(), LeavesExit::End);
    assert_ne!(LeavesExit::TooLong, LeavesExit::Empty);
    assert!(Leaves::mermaid().contains("END::TooLong"), "{}", Leaves::mermaid());
    assert!(Leaves::ascii().contains("END::Empty"), "{}", Leaves::ascii());
}

/// Exits that edges and joins lead to, as the parent graph sees them.
mod by_an_edge {
    use super::*;

    graph! {
        Edge<Log> {
            exit Taken;

            START -> first -> END::Taken;
        }
    }

    graph! {
        Join<Log> {
            exit Taken;

            START -> [first, beside];
            [first, beside] -> END::Taken;
        }
    }

    graph! {
        Asks<Log> {
            START -> Edge as edge;
            edge -> |_, exit| match exit {
                EdgeExit::End => END,
                EdgeExit::Taken => Join as join,
            };
            join -> |_, exit| match exit {
                JoinExit::End => END,
                JoinExit::Taken => after,
            };
            after -> END;
        }
    }

    #[tokio::test]
    async fn an_edge_and_a_join_take_the_exit_that_they_lead_to() {
        assert_eq!(Asks::new().run(given("x")).await.unwrap().log, ["x", "first", "beside", "first", "after"]);
    }

    graph! {
        Stops<Log> {
            exit Taken;

            START -> [first, beside];
            first -> END::Taken;
            beside -> after -> END;
        }
    }

    #[tokio::test]
    async fn an_exit_by_an_edge_ends_the_whole_run_too() {
        assert_eq!(Stops::new().run(given("x")).await.unwrap().log, ["x", "beside", "first"]);
    }
}

use crate::kit::LogInput;
