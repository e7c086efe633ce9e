//! Row 138: a memory of a subgraph over the state around it.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Chat {
    #[state(input)]
    topic: String,
}

#[node]
async fn search(_: &Chat) -> ChatWrite::Topic {
    ChatWrite::Topic(String::new())
}

graph! {
    Search<Chat> {
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
