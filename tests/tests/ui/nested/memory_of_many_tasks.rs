//! Row 137: a memory of a subgraph that a `for` edge leads to.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Chat {
    #[state(input, reduce = Append)]
    topics: Vec<String>,
}

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
#[state(parent = Chat)]
struct Notes {
    #[state(input)]
    topic: String,
    #[state(shared, reduce = Append)]
    topics: Vec<String>,
}

#[node]
async fn search(_: &Notes) -> NotesWrite::Topic {
    NotesWrite::Topic(String::new())
}

graph! {
    Search<Notes> {
        START -> search -> END;
    }
}

graph! {
    Chats<Chat> {
        per_thread helper;

        START -> |Chat { topics }| for topic in topics { (Search as helper)(NotesInput { topic: topic.clone() }) };
        helper -> END;
    }
}

fn main() {}
