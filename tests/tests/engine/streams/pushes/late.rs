//! A push after its task has ended.

use super::*;

#[node]
async fn leaves(_: &Chat, cx: &Context<Leaving>) -> Said {
    let cx = cx.clone();
    tokio::spawn(async move {
        sleep(Duration::from_secs(1)).await;
        cx.push_message(say("too late"));
    });
    Said { messages: say("bye").into() }
}

#[node]
async fn waits(_: &Chat, cx: &Context<Leaving>) -> Said {
    sleep(Duration::from_secs(2)).await;
    cx.push_message(say("in time"));
    Said { messages: say("well").into() }
}

graph! {
    Leaving<Chat> {
        START -> leaves -> waits -> END;
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_pushed_behind_the_end_of_its_task_is_no_write_of_another() {
    let state = Leaving::new().run(nothing()).await.unwrap();
    assert_eq!(texts(&state.messages), ["bye", "in time", "well"]);
}
