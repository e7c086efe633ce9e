//! Row 4: in the first edge.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

#[derive(State, Clone, Debug, Default)]
struct OtherState {
    note: String,
}

#[derive(Update, Clone, Debug)]
#[update(OtherState)]
struct Noted {
    note: String,
}

#[node]
async fn write(_: &OtherState) -> Noted {
    Noted { note: String::new() }
}

graph! {
    ChatGraph<ChatState> {
        START -> write -> ask -> END;
    }
}

fn main() {}
