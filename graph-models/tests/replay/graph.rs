//! A graph whose model breaks off in the middle of a call: nothing of it is executed, and the history stays valid when
//! the thread goes on.
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use graph_core::checkpoint::MemorySaver;
use graph_core::prelude::*;

use super::providers::{ALL, Options, Reason};
use super::server::{Answer, Server};

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

struct Deps {
    model: Arc<dyn ChatModel>,
    executed: Arc<AtomicUsize>,
}

#[node]
async fn ask(Chat { messages }: &Chat, cx: &Context<Agent>) -> NodeResult<Said> {
    Ok(Said { messages: cx.deps().model.invoke(messages, cx).await?.into() })
}

#[node]
async fn execute(Chat { messages }: &Chat, cx: &Context<Agent>) -> Said {
    let calls = messages.last().map(Message::tool_calls).unwrap_or_default();
    cx.deps().executed.fetch_add(calls.len(), Ordering::Relaxed);
    Said { messages: calls.iter().map(|call| Message::tool(&call.id, "1")).collect::<Vec<_>>().into() }
}

fn calls_tools(messages: &[Message]) -> bool {
    messages.last().is_some_and(|last| !last.tool_calls().is_empty())
}

graph! {
    Agent<Chat, Deps> {
        START -> ask -> |Chat { messages }| if calls_tools(messages) { execute } else { END };
        execute -> ask;
    }
}

#[tokio::test]
async fn a_reset_in_the_middle_of_a_call() {
    for provider in ALL {
        let calls = || (provider.calls)(&[("a", "f", &["{\"x\":", "1}"]), ("b", "g", &["{\"y\":", "2}"])]);
        let mut broken = calls();
        broken.truncate(broken.iter().position(|event| event.contains('y')).unwrap());
        let reset = Answer { reset: true, ..provider.answer(&broken) };
        // Another reply has another id.
        let last = (provider.text)(&["done"], Reason::Stop).concat().replace("\"x\"", "\"z\"");
        let last = provider.answer(&[last]);
        let server = Server::start(vec![reset, provider.answer(&calls()), last]).await;
        let executed = Arc::<AtomicUsize>::default();
        let deps = Deps { model: (provider.client)(&server, Options::default()), executed: executed.clone() };
        let graph = Agent::new(deps).checkpointer(MemorySaver::new());
        let thread = graph.thread("1");
        let error = thread.run(ChatInput { messages: Message::user("hi").into() }).await;
        assert!(error.is_err(), "{}", provider.name);
        assert_eq!(executed.load(Ordering::Relaxed), 0, "{}: half a call was executed", provider.name);

        let state = thread.continue_run().await.unwrap();
        let said: Vec<&str> = state.messages.iter().map(|message| message.role().as_str()).collect();
        assert_eq!(said, ["user", "assistant", "tool", "tool", "assistant"], "{}", provider.name);
        let results: Vec<&str> = state.messages[2..4].iter().map(Message::tool_call_id).collect();
        assert_eq!(results, ["a", "b"], "{}: each call has a result", provider.name);
        assert_eq!(executed.load(Ordering::Relaxed), 2, "{}", provider.name);
    }
}
