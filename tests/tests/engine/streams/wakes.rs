//! Parts from a task spawned by a node: a context is `Clone` and may be moved anywhere.

use std::sync::Arc;
use std::time::Duration;

use graph_core::prelude::*;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout};

use crate::kit::{Line, Log, items, line, nothing};

#[derive(Clone, Default)]
struct Bells {
    said: Arc<Notify>,
    go_on: Arc<Notify>,
    left_over: Arc<std::sync::Mutex<Option<Context<Elsewhere>>>>,
}

/// Waits while a spawned task emits.
#[node]
async fn waits(_: &Log, cx: &Context<Elsewhere>) -> Line {
    let (theirs, bells) = (cx.clone(), cx.deps().clone());
    let speaker = tokio::spawn(async move {
        bells.said.notified().await;
        theirs.emit("from elsewhere");
        theirs
    });
    cx.deps().go_on.notified().await;
    let theirs = speaker.await.ok();
    *cx.deps().left_over.lock().unwrap() = theirs;
    line("waits")
}

#[node]
async fn follows(_: &Log, cx: &Context<Elsewhere>) -> Line {
    if let Some(theirs) = &*cx.deps().left_over.lock().unwrap() {
        theirs.emit("after its end");
    }
    line("follows")
}

graph! {
    Elsewhere<Log, Bells> {
        custom &'static str;

        START -> waits -> follows -> END;
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_said_from_another_task_reaches_the_stream_while_the_node_waits() {
    let bells = Bells::default();
    let mut events = Elsewhere::new(bells.clone()).run(nothing()).custom();
    assert!(timeout(Duration::from_secs(1), events.next()).await.is_err(), "nobody has spoken yet");
    bells.said.notify_one();
    // The node itself continues only when it is told to, below. The clock advances only if nothing wakes the run.
    let begin = Instant::now();
    let event = timeout(Duration::from_secs(1), events.next()).await.expect("the event was lost");
    assert_eq!((event.unwrap().unwrap(), begin.elapsed()), ("from elsewhere", Duration::ZERO));
    bells.go_on.notify_one();
    assert_eq!(events.next().await.unwrap().unwrap(), "after its end");
    assert!(events.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_context_that_outlives_its_node_and_its_run_speaks_to_nobody() {
    let bells = Bells::default();
    bells.said.notify_one();
    bells.go_on.notify_one();
    let mut parts = Elsewhere::new(bells.clone()).run(nothing()).stream(Mode::CUSTOM | Mode::UPDATES);
    let mut seen = Vec::new();
    while let Some(part) = parts.next().await {
        seen.push(match part.unwrap() {
            Part::Custom(custom) => format!("{} {}", custom.node, custom.event),
            Part::Update(update) => format!("{} wrote", update.node()),
            _ => unreachable!("two modes were asked for"),
        });
    }
    assert_eq!(seen, ["waits from elsewhere", "waits wrote", "waits after its end", "follows wrote"]);
    let late = bells.left_over.lock().unwrap().take().unwrap();
    let thread = std::thread::spawn(move || {
        late.emit("after the run");
        late.node()
    });
    assert_eq!(thread.join().unwrap(), "waits");
    assert!(parts.next().await.is_none());
    assert_eq!(parts.output().unwrap().log, ["waits", "follows"]);
}

mod many {
    use super::*;

    #[node]
    async fn crowd(_: &Log, cx: &Context<Crowd>) -> Line {
        let speakers: Vec<_> = (0..16)
            .map(|speaker| {
                let cx = cx.clone();
                tokio::spawn(async move {
                    for word in 0..200 {
                        cx.emit((speaker, word));
                        if word % 7 == 0 {
                            tokio::task::yield_now().await;
                        }
                    }
                })
            })
            .collect();
        for speaker in speakers {
            speaker.await.unwrap();
        }
        line("crowd")
    }

    graph! {
        Crowd<Log> {
            custom (u32, u32);

            START -> crowd -> END;
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn nothing_that_many_threads_say_is_lost_or_out_of_order() {
        let events = items(Crowd::new().run(nothing()).custom()).await;
        for speaker in 0..16 {
            let words: Vec<_> = events.iter().filter(|(who, _)| *who == speaker).map(|(_, word)| *word).collect();
            assert_eq!(words, (0..200).collect::<Vec<_>>());
        }
    }
}
