//! Row 8: a router that leads back into its loop whatever it decides.
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
        START -> plan -> |state| if state.topic.is_empty() { [plan, search] } else { plan };
        search -> END;
    }
}

fn main() {}
