//! A context is not saved: the run that continues a thread needs it again.
include!("../preamble.rs");

struct Session {
    user: String,
}

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Kept {
    #[state(input)]
    text: String,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Kept)]
struct NewText {
    text: String,
}

#[node]
async fn ask(_: &Kept, cx: &Context<KeptGraph>) -> NewText {
    NewText { text: cx.context().user.clone() }
}

graph! {
    KeptGraph<Kept> {
        context Session;

        START -> ask -> END;
    }
}

async fn go_on() {
    let _ = KeptGraph::new().checkpointer(MemorySaver::new()).thread("1").continue_run().await;
}

fn main() {
    let _ = go_on;
}
