use graph_core::erased::ErasedGraph;
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Log {
    #[state(input, reduce = Append)]
    log: Vec<String>,
}

#[derive(Clone, Debug, Default)]
struct Session {
    user: String,
}

#[node]
fn greet(_: &Log, cx: &Context<Greet>) -> LogWrite::Log {
    LogWrite::Log(vec![cx.context().user.clone()])
}

graph! {
    Greet<Log> {
        context Session;

        START -> greet -> END;
    }
}

fn main() {
    ErasedGraph::new(Greet::new().checkpointer(MemorySaver::new()));
}
