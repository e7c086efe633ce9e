//! Row 30: a router's leaf for a node that needs an input.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Logged {
    log: Vec<String>,
}

#[node]
async fn write(line: String) -> Logged {
    Logged { log: vec![line] }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask;
        ask -> |state| if state.count > 3 { write } else { END };
        write -> END;
    }
}

fn main() {}
