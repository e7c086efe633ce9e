//! Deferred nodes: they wait until nothing else is left to run.

use graph_core::prelude::*;
use graph_core::run::TaskState;
use serde_json::json;

use crate::kit::{Line, Log, given, items, line, nothing};

macro_rules! nodes {
    ($($node:ident)*) => {$(
        #[node]
        fn $node(_: &Log) -> Line {
            line(stringify!($node))
        }
    )*};
}

nodes!(a b c d e last other);

#[node]
fn item(text: String) -> Line {
    line(text)
}

mod unequal {
    use super::*;

    graph! {
        Unequal<Log> {
            START -> a -> [b, c];
            b -> last;
            c -> d -> e -> last;
            last -> END;
            defer last;
        }
    }

    #[tokio::test]
    async fn branches_of_different_lengths_meet_in_one_run_of_it() {
        assert_eq!(Unequal::new().run(nothing()).await.unwrap().log, ["a", "b", "c", "d", "e", "last"]);
    }

    #[test]
    fn the_pictures_say_that_it_waits() {
        assert!(Unequal::mermaid().contains("\tlast(last<hr/><small><em>defer = True</em></small>)\n"));
        assert!(Unequal::ascii().contains("defer = True"));
        assert_eq!(Unequal::json()["nodes"][4]["metadata"], json!({ "defer": true }));
    }
}

mod several {
    use super::*;

    // `b` schedules `other` in step 2, `c` schedules `last` in step 3; both wait. `other` leads to a node that runs
    // afterwards.
    graph! {
        Several<Log> {
            START -> a -> [b, d];
            b -> other;
            d -> c -> last;
            other -> e;
            e -> END;
            last -> END;
            defer last, other;
        }
    }

    #[tokio::test]
    async fn all_that_were_put_aside_run_in_one_step() {
        let tasks = items(Several::new().run(nothing()).tasks()).await;
        let starts = tasks.iter().filter(|task| matches!(task.state, TaskState::Started { .. }));
        let steps: Vec<_> = starts.map(|task| (task.step, task.node.name())).collect();
        assert_eq!(steps, [(1, "a"), (2, "b"), (2, "d"), (3, "c"), (4, "last"), (4, "other"), (5, "e")]);
    }
}

mod routed {
    use super::*;

    // A router, an edge, and a `for` edge without items lead to it, each in another step.
    graph! {
        Routed<Log> {
            START -> [a, b];
            a -> |Log { log, .. }| if log.is_empty() { c } else { [last, c] };
            b -> last;
            c -> |Log { log, .. }| for text in log.iter().filter(|text| *text == "?") { item(text.clone()) };
            item -> last -> END;
            defer last;
        }
    }

    #[tokio::test]
    async fn whatever_leads_to_it_it_runs_once() {
        assert_eq!(Routed::new().run(nothing()).await.unwrap().log, ["a", "b", "c", "last"]);
        assert_eq!(Routed::new().run(given("?")).await.unwrap().log, ["?", "a", "b", "c", "?", "last"]);
    }
}

mod rounds {
    use super::*;

    graph! {
        Rounds<Log> {
            START -> a -> [b, c];
            c -> d -> last;
            b -> last;
            last -> |Log { log, .. }| if log.len() < 10 { a } else { END };
            defer last;
        }
    }

    #[tokio::test]
    async fn in_a_loop_it_runs_once_a_round() {
        let round = ["a", "b", "c", "d", "last"];
        assert_eq!(Rounds::new().run(nothing()).await.unwrap().log, round.repeat(2));
    }
}

mod joined {
    use super::*;

    // `last` waits for a join, `e` for a join that a deferred node is a source of.
    graph! {
        Joined<Log> {
            START -> [a, b] -> last;
            a -> c -> d -> END;
            [last, a] -> e -> END;
            defer last;
        }
    }

    #[tokio::test]
    async fn joins_lead_to_it_and_wait_for_it() {
        assert_eq!(Joined::new().run(nothing()).await.unwrap().log, ["a", "b", "c", "d", "last", "e"]);
    }
}

mod left {
    use super::*;

    graph! {
        Left<Log> {
            exit Enough;

            START -> [a, b];
            a -> last -> END;
            b -> |Log { log, .. }| if log[0] == "enough" { END::Enough } else { c };
            c -> END;
            defer last;
        }
    }

    #[tokio::test]
    async fn an_exit_ends_what_was_put_aside() {
        assert_eq!(Left::new().run(given("more")).await.unwrap().log, ["more", "a", "b", "c", "last"]);
        assert_eq!(Left::new().run(given("enough")).await.unwrap().log, ["enough", "a", "b"]);
    }
}

mod saved {
    use super::*;

    // `last` is deferred while `c` runs; only `a` leads to it, unless the log says otherwise.
    graph! {
        Saved<Log> {
            START -> [a, b];
            a -> |Log { log, .. }| if log[0] == "skip" { END } else { last };
            b -> c -> END;
            last -> END;
            defer last;
        }
    }

    fn thread() -> graph_core::thread::Thread<Saved> {
        Saved::new().checkpointer(MemorySaver::new()).thread("t")
    }

    #[tokio::test]
    async fn what_was_put_aside_is_still_there_when_the_run_is_continued() {
        let thread = thread();
        thread.run(given("do")).recursion_limit(1).await.unwrap_err();
        assert_eq!(thread.state().await.unwrap().next, [SavedNode::C], "`last` does not run next");
        assert_eq!(thread.continue_run().await.unwrap().log, ["do", "a", "b", "c", "last"]);
    }

    #[tokio::test]
    async fn what_runs_next_is_saved_as_that() {
        let thread = thread();
        thread.run(given("do")).recursion_limit(2).await.unwrap_err();
        assert_eq!(thread.state().await.unwrap().next, [SavedNode::Last]);
        assert_eq!(thread.continue_run().await.unwrap().log, ["do", "a", "b", "c", "last"]);
    }

    #[tokio::test]
    async fn a_run_that_is_continued_twice_keeps_it_aside() {
        let thread = thread();
        thread.run(given("do")).recursion_limit(1).await.unwrap_err();
        thread.continue_run().recursion_limit(1).await.unwrap_err();
        assert_eq!(thread.continue_run().await.unwrap().log, ["do", "a", "b", "c", "last"]);
    }

    #[tokio::test]
    async fn a_new_turn_knows_nothing_of_what_was_put_aside() {
        let thread = Turns::new().checkpointer(MemorySaver::new()).thread("t");
        thread.run(given("do")).recursion_limit(1).await.unwrap_err();
        assert_eq!(thread.run(given("skip")).await.unwrap().log, ["do", "a", "b", "skip", "a", "b", "c"]);
    }

    // As above, but for the last input.
    graph! {
        Turns<Log> {
            START -> [a, b];
            a -> |Log { log, .. }| if log.iter().any(|line| line == "skip") { END } else { last };
            b -> c -> END;
            last -> END;
            defer last;
        }
    }
}
