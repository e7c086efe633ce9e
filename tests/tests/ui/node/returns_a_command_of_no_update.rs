//! A command of what is no update, behind an alias.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    count: u64,
    #[state(reduce = Append)]
    log: Vec<String>,
}

type Full = NodeResult<Command<u64, bool>>;

#[node]
async fn ask(_: &ChatState) -> Full {
    Ok(Command::new(0, true))
}

graph! {
    ChatGraph<ChatState> {
        START -> ask;
        ask -> |_, _| END;
    }
}

fn main() {}
