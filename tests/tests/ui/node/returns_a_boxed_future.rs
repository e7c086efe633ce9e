//! A node that returns a boxed future.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    count: u64,
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[node]
fn ask(_: &ChatState) -> std::pin::Pin<Box<dyn Future<Output = ChatStateWrite::Count> + Send>> {
    Box::pin(async { ChatStateWrite::Count(1) })
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
