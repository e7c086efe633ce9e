//! Pushes of several tasks of one step: their order.

use super::*;

#[derive(Update, Clone, Debug)]
#[update(Chat)]
struct Shortened {
    #[update(replace)]
    messages: Vec<Message>,
}

/// Ends after the others, and pushes before and after they end.
#[node]
async fn slow(_: &Chat, cx: &Context<Beside>) -> Done {
    cx.push_message(say("slow 1"));
    sleep(Duration::from_secs(2)).await;
    cx.push_message(say("slow 2"));
    Done { done: true }
}

#[node]
async fn shorten(_: &Chat) -> Shortened {
    sleep(Duration::from_secs(1)).await;
    Shortened { messages: vec![say("short")] }
}

/// Writes only its pushed messages.
#[derive(Update, Clone, Debug)]
#[update(Chat)]
struct Nothing {}

#[node]
fn quick(_: &Chat, cx: &Context<Beside>) -> Nothing {
    cx.push_message(say("quick"));
    Nothing {}
}

graph! {
    Beside<Chat> {
        START -> [slow, shorten, quick];
        [slow, shorten, quick] -> END;
    }
}

#[tokio::test(start_paused = true)]
async fn a_node_that_replaces_the_messages_does_not_replace_what_others_push_beside_it() {
    let input = ChatInput { messages: say("long").into() };
    let state = Beside::new().run(input).await.unwrap();
    assert_eq!(texts(&state.messages), ["short", "quick", "slow 1", "slow 2"]);
}

#[node]
async fn ask(name: String, _: &Chat, cx: &Context<Many>) -> Said {
    cx.push_message(say(&format!("asking {name}")));
    sleep(Duration::from_secs(10 - name.len() as u64)).await;
    Said { messages: say(&format!("{name} knows")).into() }
}

graph! {
    Many<Chat> {
        START -> |_| for name in ["Al", "Dora"] { ask(name.to_owned()) };
        ask -> END;
    }
}

#[tokio::test(start_paused = true)]
async fn what_tasks_push_stands_with_what_they_return_in_the_order_of_the_tasks() {
    let state = Many::new().run(nothing()).await.unwrap();
    assert_eq!(texts(&state.messages), ["asking Al", "Al knows", "asking Dora", "Dora knows"]);
}
