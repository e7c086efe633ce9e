//! Row 8: a loop that nothing leaves.
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
async fn check(_: &ChatState) -> Said {
    Said { topic: "check".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> answer -> check -> answer;
    }
}

fn main() {}
