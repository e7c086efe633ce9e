//! Row 8: a loop that goes on beside the way to END.
include!("../preamble.rs");

#[node]
async fn plan(_: &ChatState) -> Said {
    Said { topic: "plan".into() }
}

#[node]
async fn search(_: &ChatState) -> Said {
    Said { topic: "search".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> plan -> search -> plan;
        search -> END;
    }
}

fn main() {}
