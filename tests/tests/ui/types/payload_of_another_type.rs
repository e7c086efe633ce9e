//! Row 29: a `for` edge that sends the wrong type.
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
        ask -> |state| for line in &state.log { write(line) };
        write -> END;
    }
}

fn main() {}
