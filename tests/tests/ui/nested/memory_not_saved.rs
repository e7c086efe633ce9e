//! Row 138: a memory of a state that cannot be saved.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Chat {
    #[state(input)]
    topic: String,
}

#[derive(Clone, Debug, Default)]
struct Seen(u64);

#[derive(State, Clone, Debug, Default)]
#[state(parent = Chat)]
struct Notes {
    #[state(shared)]
    topic: String,
    seen: Seen,
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

        START -> Search as helper -> END;
    }
}

fn main() {}
