//! Row 139: an unsaved subgraph that asks.
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

#[derive(Interrupt, Clone, Debug, Serialize, Deserialize)]
#[interrupt(resume = bool)]
struct Sure;

#[node]
async fn search(_: &Notes, cx: &Context<Search>) -> NodeResult<NotesWrite::Topic> {
    cx.interrupt(Sure).await?;
    Ok(NotesWrite::Topic(String::new()))
}

graph! {
    Search<Notes> {
        interrupt Sure;
        START -> search -> END;
    }
}

graph! {
    Chats<Chat> {
        interrupt Sure;
        unsaved helper;

        START -> Search as helper -> END;
    }
}

fn main() {}
