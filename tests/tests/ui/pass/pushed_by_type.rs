//! Messages are pushed to the field whose reducer is `AddMessages`, under whatever name, and to no other.
use graph_core::message::AddMessages as Conversation;
use graph_core::prelude::{Context, Message, NodeResult, State, graph, node};
use graph_core::state::Reducer;

/// Of the same name, and not that of graph-core.
struct AddMessages;

impl Reducer<Vec<Message>> for AddMessages {
    type Input = Message;

    fn reduce(current: &mut Vec<Message>, input: Message) {
        current.insert(0, input);
    }
}

#[derive(State, Clone, Debug, Default)]
struct Chat {
    #[state(reduce = self::AddMessages)]
    drafts: Vec<Message>,
    #[state(reduce = Conversation)]
    messages: Vec<Message>,
}

#[node]
fn say(_: &Chat, cx: &Context<ChatGraph>) -> NodeResult<ChatWrite::Drafts> {
    cx.push_message(Message::assistant("one moment"));
    Ok(ChatWrite::Drafts(Message::assistant("draft")))
}

graph! {
    ChatGraph<Chat> {
        START -> say -> END;
    }
}

fn main() {
    let chat = ChatGraph::new().run(ChatUpdate::default()).blocking().unwrap();
    assert_eq!((chat.messages[0].text().as_str(), chat.messages.len()), ("one moment", 1));
    assert_eq!((chat.drafts[0].text().as_str(), chat.drafts.len()), ("draft", 1));
}
