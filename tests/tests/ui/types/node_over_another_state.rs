//! Row 4: a node over another state.
include!("../preamble.rs");

#[derive(State, Clone, Debug, Default)]
struct OtherState {
    text: String,
}

#[derive(Update, Clone, Debug)]
#[update(OtherState)]
struct Wrote {
    text: String,
}

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

#[node]
async fn write(_: &OtherState) -> Wrote {
    Wrote { text: String::new() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> write -> END;
    }
}

fn main() {}
