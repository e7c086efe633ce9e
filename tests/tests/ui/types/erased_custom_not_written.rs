use graph_core::erased::ErasedGraph;
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Log {
    #[state(input, reduce = Append)]
    log: Vec<String>,
}

#[derive(Clone, Debug)]
struct Progress(u32);

#[node]
fn greet(_: &Log, cx: &Context<Greet>) -> LogWrite::Log {
    cx.emit(Progress(1));
    LogWrite::Log(vec![])
}

graph! {
    Greet<Log> {
        custom Progress;

        START -> greet -> END;
    }
}

fn main() {
    ErasedGraph::new(Greet::new().checkpointer(MemorySaver::new()));
}
