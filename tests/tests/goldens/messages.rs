//! 08 (`add_messages`), 09 (a chatbot that summarises), 33 (`push_message`).

use graph_core::prelude::*;
use graph_tests::golden::Golden;

mod reducer {
    use super::*;

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    struct Chat {
        #[state(input, reduce = AddMessages)]
        messages: Vec<Message>,
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Chat)]
    struct Said {
        messages: Messages,
    }

    #[node]
    fn append(_: &Chat) -> Said {
        Said { messages: Message::assistant("hi").with_id("m2").into() }
    }

    #[node]
    fn overwrite(_: &Chat) -> Said {
        Said { messages: Message::assistant("hi EDITED").with_id("m2").into() }
    }

    #[node]
    fn remove(_: &Chat) -> Said {
        Said { messages: Message::remove("m1").into() }
    }

    #[node]
    fn removeall(_: &Chat) -> Said {
        Said { messages: vec![Message::remove_all(), Message::user("only").with_id("m9")].into() }
    }

    graph! {
        Edit<Chat> {
            START -> append -> overwrite -> remove -> removeall -> END;
        }
    }

    #[tokio::test]
    async fn golden_08_add_messages() {
        Golden::read("08_add_messages").assert_same(|| Edit::new().checkpointer(MemorySaver::new())).await;
    }
}

mod summary {
    use super::*;

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    struct Chat {
        #[state(input, reduce = AddMessages)]
        messages: Vec<Message>,
        summary: Option<String>,
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Chat)]
    struct Reply {
        messages: Messages,
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Chat)]
    struct Summary {
        summary: Option<String>,
        messages: Messages,
    }

    #[node]
    fn conversation(Chat { messages, summary }: &Chat) -> Reply {
        let suffix = summary.iter().map(|summary| format!(" (with summary: {summary})")).collect::<String>();
        let id = messages.last().map_or(String::new(), |last| format!("ai{}", last.id()));
        Reply { messages: Message::assistant(format!("reply#{}{suffix}", messages.len())).with_id(id).into() }
    }

    #[node]
    fn summarize_conversation(Chat { messages, .. }: &Chat) -> Summary {
        let old = &messages[..messages.len() - 2];
        Summary {
            summary: Some(format!("summary of {} msgs", messages.len())),
            messages: old.iter().map(|message| Message::remove(message.id())).collect(),
        }
    }

    graph! {
        Summarising<Chat> {
            START -> conversation;
            conversation -> |chat| if chat.messages.len() > 6 { summarize_conversation } else { END };
            summarize_conversation -> END;
        }
    }

    #[tokio::test]
    async fn golden_09_chatbot_summary() {
        Golden::read("09_chatbot_summary").assert_same(|| Summarising::new().checkpointer(MemorySaver::new())).await;
    }
}

mod pushed {
    use super::*;
    use serde_json::json;

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    struct Chat {
        #[state(input, reduce = AddMessages)]
        messages: Vec<Message>,
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Chat)]
    struct Said {
        messages: Messages,
    }

    #[node]
    fn n(_: &Chat, cx: &Context<Pushes>) -> Said {
        cx.push_message(Message::assistant("pushed").with_id("p1"));
        Said { messages: Message::assistant("ret").with_id("r1").into() }
    }

    graph! {
        Pushes<Chat> {
            START -> n -> END;
        }
    }

    /// LangGraph puts the two writes of the task into one list under its node; here each is a separate event.
    #[tokio::test]
    async fn golden_33_push_message() {
        let golden = Golden::read("33_push_message");
        for mut recorded in golden.replay(|| Pushes::new().checkpointer(MemorySaver::new())).await {
            assert!(recorded.error.is_none());
            if recorded.label == "updates" {
                let list = recorded.events.remove(0);
                let [pushed, returned] = list["n"].as_array().unwrap().as_slice() else { panic!("{list}") };
                recorded.events = vec![json!({"n": {"messages": [pushed["messages"]]}}), json!({"n": returned})];
            }
            recorded.assert_same();
        }
    }
}
