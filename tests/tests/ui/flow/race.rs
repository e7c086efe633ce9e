//! Row 24: two nodes of one super-step that write a field without a reducer.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

#[node]
async fn answer(_: &ChatState) -> Said {
    Said { topic: "answer".into() }
}

#[node]
async fn both(_: &ChatState) -> Said {
    Said { topic: "both".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> [answer, both];
        [answer, both] -> END;
    }
}

fn main() {}
