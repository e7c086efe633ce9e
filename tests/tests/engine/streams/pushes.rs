//! Messages that nodes push: heard at once, written when the task has ended.

use std::time::Duration;

use graph_core::prelude::*;
use graph_core::run::{MessageContent, TaskState};
use serde_json::json;
use tokio::time::{Instant, sleep};

use crate::kit::{items, read};

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Chat {
    #[state(input, reduce = AddMessages)]
    messages: Vec<Message>,
    done: bool,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Chat)]
struct Said {
    messages: Messages,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Chat)]
struct Done {
    done: bool,
}

fn nothing() -> ChatInput {
    ChatInput { messages: Messages::new() }
}

fn texts(messages: &[Message]) -> Vec<String> {
    messages.iter().map(Message::text).collect()
}

fn say(text: &str) -> Message {
    Message::assistant(text)
}

mod alone {
    use super::*;

    #[node]
    async fn search(_: &Chat, cx: &Context<Search>) -> Said {
        cx.push_message(say("looking").with_id("p1"));
        sleep(Duration::from_secs(60)).await;
        cx.push_message(say("still looking"));
        // Returned once more, under the id that has been heard: it changes the message, and is not streamed again.
        Said { messages: vec![say("found"), say("looked").with_id("p1")].into() }
    }

    graph! {
        Search<Chat> {
            START -> search -> END;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_pushed_is_streamed_whole_and_at_once_and_stands_before_what_is_returned() {
        let begin = Instant::now();
        let mut pieces = Search::new().run(nothing()).messages();
        let first = pieces.next().await.unwrap().unwrap();
        assert_eq!(begin.elapsed(), Duration::ZERO, "the node has not ended");
        let MessageContent::Whole(message) = &first.content else { panic!("no whole message") };
        assert_eq!((message.id(), first.node, first.attempt, first.step), ("p1", SearchNode::Search, 1, 1));
        let mut rest = Vec::new();
        while let Some(piece) = pieces.next().await {
            rest.push(piece.unwrap().text().into_owned());
        }
        assert_eq!(rest, ["still looking", "found"]);
        let messages = &pieces.output().unwrap().messages;
        assert_eq!(texts(messages), ["looked", "still looking", "found"]);
        assert!(messages.iter().all(|message| !message.id().is_empty()));
    }

    #[tokio::test(start_paused = true)]
    async fn the_updates_have_it_when_the_task_has_ended() {
        let (parts, error) = read(Search::new().run(nothing()).stream(Mode::UPDATES | Mode::TASKS)).await;
        assert!(error.is_none());
        let told: Vec<_> = parts
            .iter()
            .map(|part| match part {
                Part::Task(task) if matches!(task.state, TaskState::Started { .. }) => "start".to_owned(),
                Part::Task(_) => "end".to_owned(),
                Part::Pushed(pushed) => format!("{} {}: {}", pushed.node, pushed.field, pushed.message.text()),
                Part::Update(_) => "update".to_owned(),
                other => panic!("{other:?}"),
            })
            .collect();
        let pushed = ["search messages: looking", "search messages: still looking"];
        assert_eq!(told, ["start", pushed[0], pushed[1], "update", "end"]);
        let json = serde_json::to_value(&parts[1]).unwrap();
        assert_eq!((&json["type"], &json["data"]["search"]["messages"][0]["id"]), (&json!("updates"), &json!("p1")));
        let ids = |part: &Part<Search>| match part {
            Part::Pushed(pushed) => pushed.task,
            Part::Task(task) => task.id,
            other => panic!("{other:?}"),
        };
        assert_eq!(ids(&parts[0]), ids(&parts[1]), "one task");
        assert_eq!(items(Search::new().run(nothing()).updates()).await.len(), 1, "the nodes' own updates");
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_pushed_is_saved_and_read_back() {
        let thread = Search::new().checkpointer(MemorySaver::new()).thread("t");
        for turn in 1..=3 {
            let input = ChatInput { messages: Message::user(format!("turn {turn}")).into() };
            let state = thread.run(input).await.unwrap();
            // The log is read back by folding what was written in again.
            assert_eq!(thread.state().await.unwrap().values.messages, state.messages);
            assert_eq!(state.messages.len(), 1 + 3 * turn, "one of each turn stands in the place of the first turn's");
        }
    }
}

mod silent {
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
}

mod failing {
    use super::*;

    #[node(retry(max_attempts = 3, initial = "1s"))]
    async fn flaky(_: &Chat, cx: &Context<Flaky>) -> NodeResult<Done> {
        cx.push_message(say(&format!("attempt {}", cx.attempt())));
        if cx.attempt() < 3 {
            return Err(NodeError::msg("not yet"));
        }
        Ok(Done { done: true })
    }

    graph! {
        Flaky<Chat> {
            START -> flaky -> END;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_failed_attempts_pushed_was_heard_and_is_not_written() {
        let mut pieces = Flaky::new().run(nothing()).messages();
        let mut heard = Vec::new();
        while let Some(piece) = pieces.next().await {
            let piece = piece.unwrap();
            heard.push((piece.text().into_owned(), piece.attempt));
        }
        let attempt = |number| (format!("attempt {number}"), number);
        assert_eq!(heard, [attempt(1), attempt(2), attempt(3)]);
        assert_eq!(texts(&pieces.finish().await.unwrap().messages), ["attempt 3"]);
    }

    #[node]
    async fn fails(_: &Chat, cx: &Context<Fails>) -> NodeResult<Done> {
        cx.push_message(say("lost"));
        Err(NodeError::msg("no"))
    }

    graph! {
        Fails<Chat> {
            START -> fails -> END;
        }
    }

    #[tokio::test]
    async fn what_a_failed_task_pushed_is_not_written() {
        let thread = Fails::new().checkpointer(MemorySaver::new()).thread("t");
        assert!(thread.run(nothing()).await.is_err());
        assert!(thread.state().await.unwrap().values.messages.is_empty());
    }
}

mod side_by_side {
    use super::*;

    #[derive(Update, Clone, Debug)]
    #[update(Chat)]
    struct Shortened {
        #[update(replace)]
        messages: Vec<Message>,
    }

    /// Ends after the others, and pushes before and after they do.
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

    /// Writes nothing but what it pushes.
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
        assert_eq!(texts(&state.messages), ["short", "slow 1", "slow 2", "quick"]);
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
}

mod late {
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
}

mod inside {
    use super::*;

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    #[state(parent = Chat)]
    struct Piece {
        #[state(shared, reduce = AddMessages)]
        messages: Vec<Message>,
        note: String,
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Piece)]
    struct Noted {
        note: String,
    }

    #[node]
    fn note(_: &Piece, cx: &Context<Inner>) -> Noted {
        cx.push_message(say("noted"));
        Noted { note: "a".into() }
    }

    graph! {
        Inner<Piece> {
            START -> note -> END;
        }
    }

    #[node]
    fn only_pushes(_: &Chat, cx: &Context<Same>) -> Done {
        cx.push_message(say("the same"));
        Done { done: true }
    }

    graph! {
        Same<Chat> {
            START -> only_pushes -> END;
        }
    }

    graph! {
        Middle<Chat> {
            START -> Inner as inner -> Same as same -> END;
        }
    }

    graph! {
        Outer<Chat> {
            START -> Middle as middle -> END;
        }
    }

    #[tokio::test]
    async fn what_is_pushed_inside_subgraphs_comes_out_though_their_nodes_write_something_else() {
        let input = ChatInput { messages: say("hi").into() };
        let values = items(Outer::new().run(input).values()).await;
        assert_eq!(texts(&values.last().unwrap().messages), ["hi", "noted", "the same"]);

        let pieces = items(Outer::new().run(nothing()).messages()).await;
        let heard: Vec<_> = pieces.iter().map(|piece| piece.text().into_owned()).collect();
        assert_eq!(heard, ["noted", "the same"], "whole, when the subgraph ends");
        let pieces = items(Outer::new().run(nothing()).subgraphs().messages()).await;
        assert_eq!(pieces.len(), 2, "from inside, and not once more when they come out");
    }
}

mod beside_policies {
    use super::*;
    use graph_core::cache::MemoryCache;
    use graph_core::node::NodeFailure;

    #[node(retry(max_attempts = 2, initial = "1ms", jitter = false), on_error = handles)]
    async fn fails(_: &Chat, cx: &Context<Handled>) -> NodeResult<Done> {
        cx.push_message(say(&format!("attempt {}", cx.attempt())));
        Err(NodeError::msg("told to"))
    }

    #[node]
    async fn handles(_: NodeFailure, cx: &Context<Handled>) -> Done {
        cx.push_message(say("handled"));
        Done { done: true }
    }

    graph! { Handled<Chat> { START -> fails -> END; } }

    #[tokio::test(start_paused = true)]
    async fn what_a_handler_pushed_is_written_and_what_its_node_pushed_is_not() {
        let state = Handled::new().run(nothing()).await.unwrap();
        assert_eq!(texts(&state.messages), ["handled"]);
    }

    #[node(cache)]
    async fn says(_: &Chat, cx: &Context<Kept>) -> Done {
        cx.push_message(say("said"));
        Done { done: true }
    }

    graph! { Kept<Chat> { START -> says -> END; } }

    #[tokio::test]
    async fn a_node_that_pushes_is_not_kept_in_a_cache() {
        let app = Kept::new().cache(MemoryCache::new());
        for _ in 0..2 {
            let state = app.run(nothing()).await.unwrap();
            assert_eq!(texts(&state.messages), ["said"]);
        }
    }
}
