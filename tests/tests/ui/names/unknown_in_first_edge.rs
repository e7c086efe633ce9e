//! Row 1: in the first edge.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

#[node]
async fn answer(_: &ChatState) -> Said {
    Said { topic: "answer".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ak;
        ak -> answer -> END;
    }
}

fn main() {}
