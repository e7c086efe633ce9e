//! Row 137: a subgraph with two memories.
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

graph! {
    Search<Notes> {
        START -> search -> END;
    }
}

graph! {
    Chats<Chat> {
        per_thread helper;
        unsaved helper;

        START -> Search as helper -> END;
    }
}

fn main() {}
