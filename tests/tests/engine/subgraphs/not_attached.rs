//! A graph that a node runs, and forgets to attach: an error, because its own graph says that it calls it.

use graph_core::Error;
use graph_core::prelude::*;

use crate::kit::{Line, Log, given, line, nothing, read};

#[node]
fn finds(_: &Log) -> Line {
    line("found")
}

graph! {
    Search<Log> {
        START -> finds -> END;
    }
}

mod other {
    use super::*;

    graph! {
        /// Another graph of the same name.
        pub(super) Search<Log> {
            START -> finds -> END;
        }
    }
}

/// Runs `Search` as the first line says.
#[node]
async fn asks(Log { log }: &Log, cx: &Context<Asking>) -> NodeResult<Line> {
    let run = Search::new().run(nothing());
    Ok(line(match log[0].as_str() {
        "awaited" => run.await?.log.concat(),
        "beside another" => tokio::try_join!(run, async { Ok(()) })?.0.log.concat(),
        "streamed" => run.updates().finish().await?.log.concat(),
        "later" => {
            tokio::task::yield_now().await;
            run.await?.log.concat()
        }
        "attached" => run.as_child_of(cx).await?.log.concat(),
        "spawned" => run.spawn().await?.log.concat(),
        "spawned by tokio" => tokio::spawn(run).await??.log.concat(),
        "on a thread" => {
            let search = Search::new().checkpointer(MemorySaver::new());
            search.thread("inner").run(nothing()).await?.log.concat()
        }
        "not declared" => other::Search::new().run(nothing()).await?.log.concat(),
        "inside it" => Outer::new().run(nothing()).await?.log.concat(),
        "inside a child" => Middle::new().run(nothing()).as_child_of(cx).await?.log.concat(),
        _ => Asking::new().run(given("attached")).await?.log.concat(),
    }))
}

graph! {
    Asking<Log> {
        calls Search, Middle, Asking;

        START -> asks -> END;
    }
}

/// A node of a graph that calls nothing: here it is a run as any other.
#[node]
async fn runs_it(_: &Log) -> NodeResult<Line> {
    Ok(line(Search::new().run(nothing()).await?.log.concat()))
}

graph! {
    Outer<Log> {
        START -> runs_it -> END;
    }
}

graph! {
    Middle<Log> {
        START -> runs_it -> END;
    }
}

fn refused(error: &Error, called: &str, by: &str) -> bool {
    let Error::Node { source, .. } = error else { return false };
    matches!(
        source.downcast_ref(),
        Some(Error::NotAttached { graph, caller }) if *graph == called && *caller == by
    )
}

#[tokio::test]
async fn a_run_of_a_called_graph_that_is_not_attached_is_an_error() {
    for how in ["awaited", "beside another", "streamed", "later"] {
        for parallel in [false, true] {
            let run = Asking::new().run(given(how));
            let error = if parallel { run.parallel().await } else { run.await }.unwrap_err();
            assert!(refused(&error, "Search", "Asking"), "{how}, {parallel}: {error:?}");
        }
    }
    let error = Asking::new().run(given("itself")).await.unwrap_err();
    assert!(refused(&error, "Asking", "Asking"), "{error:?}");
}

#[tokio::test]
async fn the_error_says_what_to_write() {
    let error = Asking::new().run(given("awaited")).await.unwrap_err();
    let told = "node `asks` of `Asking` failed in step 1: `Search` was run inside a node of `Asking`, which calls it, \
                and not attached to it; add `.as_child_of(cx)` to the run, or `.spawn()` if it is a run of its own";
    assert_eq!(error.to_string(), told);
    let (updates, error) = read(Asking::new().run(given("streamed")).updates()).await;
    assert!(updates.is_empty() && refused(&error.unwrap(), "Search", "Asking"));
}

#[tokio::test]
async fn a_run_that_is_attached_or_of_its_own_is_none() {
    for how in ["attached", "spawned", "spawned by tokio", "on a thread", "not declared", "inside it", "inside a child"]
    {
        for parallel in [false, true] {
            let run = Asking::new().run(given(how));
            let log = if parallel { run.parallel().await } else { run.await }.unwrap().log;
            assert_eq!(log, [how, "found"], "{parallel}");
        }
    }
}

mod on_the_blocking_pool {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context as Poller, Poll, Waker};

    use super::*;

    /// Polls the run itself, as any executor but tokio's would.
    #[node(blocking)]
    fn blocks(_: &Log) -> NodeResult<Line> {
        match pin!(Search::new().run(nothing())).poll(&mut Poller::from_waker(Waker::noop())) {
            Poll::Ready(log) => Ok(line(log?.log.concat())),
            Poll::Pending => Err(NodeError::msg("nothing waits")),
        }
    }

    graph! {
        Blocks<Log> {
            calls Search;

            START -> blocks -> END;
        }
    }

    #[tokio::test]
    async fn a_blocking_node_is_noticed_too() {
        let error = Blocks::new().run(nothing()).await.unwrap_err();
        assert!(refused(&error, "Search", "Blocks"), "{error:?}");
        // Nothing is left on the thread that ran it.
        assert_eq!(Outer::new().run(nothing()).await.unwrap().log, ["found"]);
    }
}

mod retried {
    use super::*;

    #[node(retry(max_attempts = 3, initial = "1s", jitter = false))]
    async fn asks_again(_: &Log) -> NodeResult<Line> {
        Ok(line(Search::new().run(nothing()).await?.log.concat()))
    }

    graph! {
        AsksAgain<Log> {
            calls Search;

            START -> asks_again -> END;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn it_is_not_retried() {
        let error = AsksAgain::new().run(nothing()).await.unwrap_err();
        assert!(matches!(error, Error::Node { attempt: 1, .. }) && refused(&error, "Search", "AsksAgain"), "{error:?}");
    }
}
