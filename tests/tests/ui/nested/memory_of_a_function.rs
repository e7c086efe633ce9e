//! Row 137: a memory of a function.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Chat {
    #[state(input)]
    topic: String,
}

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
#[state(parent = Chat)]
struct Notes {
    #[state(shared)]
    topic: String,
    seen: u64,
}

#[node]
async fn search(_: &Notes) -> NodeResult<NotesWrite::Topic> {
    Ok(NotesWrite::Topic(String::new()))
}

#[node]
async fn plan(_: &Chat) -> ChatWrite::Topic {
    ChatWrite::Topic(String::new())
}

graph! {
    Search<Notes> {
        START -> search -> END;
    }
}

graph! {
    Chats<Chat> {
        per_thread plan;

        START -> plan -> Search as helper -> END;
    }
}

fn main() {}
