//! Row 2: a slip that nothing leads to, beside the node that was meant.
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
        START -> ask -> answer -> END;
        anser -> END;
    }
}

fn main() {}
