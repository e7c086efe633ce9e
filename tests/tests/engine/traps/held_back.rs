//! Custom events that are held back until their node has ended.

use super::*;

type Heard = Arc<Notify>;

/// Continues only when its event has been received.
#[node]
async fn asks(_: &Log, cx: &Context<Asking>) -> Line {
    for number in 0..3 {
        cx.emit(number);
        cx.deps().notified().await;
    }
    line("heard")
}

graph! {
    Asking<Log, Heard> {
        custom u32;

        START -> asks -> END;
    }
}

#[tokio::test(start_paused = true)]
async fn an_event_arrives_while_its_node_runs() {
    for modes in [Mode::CUSTOM, Mode::CUSTOM | Mode::VALUES | Mode::UPDATES, Mode::EVENTS, Mode::ALL] {
        let heard = Heard::default();
        let mut parts = Asking::new(heard.clone()).run(nothing()).stream(modes);
        let answered = Mutex::new(0);
        let listen = async {
            while let Some(part) = parts.next().await {
                let is_custom = match part.unwrap() {
                    Part::Custom(_) => true,
                    // In all modes, the event would be answered twice.
                    Part::Event(event) => modes == Mode::EVENTS && event.kind.to_string() == "on_custom_event",
                    _ => false,
                };
                if is_custom {
                    *answered.lock().unwrap() += 1;
                    heard.notify_one();
                }
            }
        };
        let ended = timeout(Duration::from_mins(1), listen).await;
        assert!(ended.is_ok(), "{modes:?}: {} events arrived", answered.lock().unwrap());
        assert_eq!(*answered.lock().unwrap(), 3);
        assert_eq!(parts.output().unwrap().log, ["heard"]);
    }
}
