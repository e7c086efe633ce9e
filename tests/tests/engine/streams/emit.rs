//! Custom events: from sync and async nodes, at once, in any number.

use std::time::Duration;

use graph_core::prelude::*;
use tokio::time::sleep;

use crate::kit::{Line, Log, items, line, nothing};

#[node]
fn sync_node(_: &Log, cx: &Context<Speaking>) -> Line {
    cx.emit(1);
    cx.emit(2);
    line("sync")
}

#[node]
async fn async_node(_: &Log, cx: &Context<Speaking>) -> Line {
    cx.emit(3);
    sleep(Duration::from_secs(1)).await;
    cx.emit(4);
    line("async")
}

graph! {
    Speaking<Log> {
        custom u32;

        START -> sync_node -> async_node -> END;
    }
}

#[tokio::test(start_paused = true)]
async fn events_come_in_order_and_before_the_update_of_their_node() {
    let parts = items(Speaking::new().run(nothing()).stream(Mode::CUSTOM | Mode::UPDATES)).await;
    let seen: Vec<_> = parts
        .iter()
        .map(|part| match part {
            Part::Custom(custom) => {
                assert_eq!((custom.attempt, custom.step), (1, if custom.event < 3 { 1 } else { 2 }));
                format!("{} {}", custom.node, custom.event)
            }
            Part::Update(update) => update.node().to_string(),
            _ => unreachable!("two modes were asked for"),
        })
        .collect();
    assert_eq!(seen, ["sync_node 1", "sync_node 2", "sync_node", "async_node 3", "async_node 4", "async_node"]);
}

#[tokio::test(start_paused = true)]
async fn an_event_is_there_while_its_node_waits() {
    let mut events = Speaking::new().run(nothing()).custom().from(SpeakingNode::AsyncNode);
    let begin = tokio::time::Instant::now();
    assert_eq!(events.next().await.unwrap().unwrap(), 3);
    assert_eq!(begin.elapsed(), Duration::ZERO);
    assert_eq!(events.next().await.unwrap().unwrap(), 4);
    assert_eq!(begin.elapsed(), Duration::from_secs(1));
}

mod flushing {
    use super::*;

    /// Emits without waiting, except for the flushes.
    #[node]
    async fn flushes(_: &Log, cx: &Context<Flushing>) -> Line {
        for number in 0..3 {
            cx.emit(("flushes", number));
            cx.flush().await;
        }
        line("flushes")
    }

    #[node]
    async fn also(_: &Log, cx: &Context<Flushing>) -> Line {
        for number in 0..3 {
            cx.emit(("also", number));
            cx.flush().await;
        }
        line("also")
    }

    graph! {
        Flushing<Log> {
            custom (&'static str, u32);

            START -> [flushes, also];
            flushes -> END;
            also -> END;
        }
    }

    #[tokio::test]
    async fn flushing_hands_over_what_there_is_and_lets_the_others_speak() {
        let events = items(Flushing::new().run(nothing()).custom()).await;
        assert_eq!(events, [("also", 0), ("flushes", 0), ("also", 1), ("flushes", 1), ("also", 2), ("flushes", 2)]);
        // If the mode is not streamed, there is nothing to emit and nothing to wait for.
        assert_eq!(Flushing::new().run(nothing()).await.unwrap().log, ["also", "flushes"]);
    }
}

mod flood {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[node]
    fn floods(_: &Log, cx: &Context<Flood>) -> Line {
        (0..100_000).for_each(|number| cx.emit(number));
        line("floods")
    }

    graph! {
        Flood<Log> {
            custom u32;

            START -> floods -> END;
        }
    }

    #[tokio::test]
    async fn a_flood_loses_nothing() {
        let events = items(Flood::new().run(nothing()).custom()).await;
        assert!(events.iter().copied().eq(0..100_000));
    }

    #[node]
    async fn drips(_: &Log, cx: &Context<Drip>) -> Line {
        for number in 0..1_000 {
            cx.deps().store(number, Ordering::SeqCst);
            cx.emit(number);
            cx.flush().await;
        }
        line("drips")
    }

    graph! {
        Drip<Log, Arc<AtomicU32>> {
            custom u32;

            START -> drips -> END;
        }
    }

    #[tokio::test]
    async fn a_node_that_flushes_goes_no_further_than_its_stream_is_read() {
        let at = Arc::new(AtomicU32::new(0));
        let mut events = Drip::new(at.clone()).run(nothing()).custom();
        while let Some(event) = events.next().await {
            assert_eq!(event.unwrap(), at.load(Ordering::SeqCst));
        }
        assert_eq!(at.load(Ordering::SeqCst), 999);
    }
}
