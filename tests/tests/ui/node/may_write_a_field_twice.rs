//! A node that may write a field that it also writes, behind an alias.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    count: u64,
    #[state(reduce = Append)]
    log: Vec<String>,
}

type Both = (ChatStateWrite::Count, Option<ChatStateWrite::Count>);

#[node]
async fn ask(_: &ChatState) -> NodeResult<Both> {
    Ok((ChatStateWrite::Count(1), None))
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
