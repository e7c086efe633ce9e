//! A node that writes only its pushed messages.

use super::*;

#[node]
fn only_pushes(_: &Chat, cx: &Context<Quiet>) -> ChatUpdate {
    cx.push_message(say("psst"));
    ChatUpdate::default()
}

graph! {
    Quiet<Chat> {
        START -> only_pushes -> END;
    }
}

#[tokio::test]
async fn a_push_is_a_write_though_the_update_writes_nothing() {
    let values = items(Quiet::new().run(nothing()).values()).await;
    assert_eq!(values.iter().map(|state| state.messages.len()).collect::<Vec<_>>(), [0, 1]);
}
