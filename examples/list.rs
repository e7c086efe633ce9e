//! Lists the examples; each runs with `cargo run -p graph-examples --example <name>`.

/// Each example with what it shows.
const EXAMPLES: [(&str, &str); 20] = [
    ("joke", "the smallest graph: two nodes in a line, typed updates"),
    ("agent", "a model that calls tools: written with `graph!`, and ready-made"),
    ("structured", "a model that answers with a Rust type, shown while it arrives; a prompt template"),
    ("draw", "the pictures of a graph: Mermaid, Graphviz, SVG, for a terminal, JSON"),
    ("chatbot", "memory, a summary branch, every stream mode; `-- --chat` to talk to it"),
    ("map_reduce", "one task for each item, collected by a reducer"),
    ("progress", "typed custom events behind a progress bar"),
    ("parallel_tokens", "several models at once, told apart by node"),
    ("multi_user", "many threads at once"),
    ("replay", "a recorded stream, replayed with batched tokens"),
    ("subgraph", "a graph as a node of another: shared fields, exits, streams from inside"),
    ("command", "a node that chooses its route, to several nodes or to a task for each item"),
    ("supervisor", "hands work to two subgraphs until it is done"),
    ("breakpoint", "a run that stops before a node, continues, is drained; an output type"),
    ("approval", "a human decides in the middle of a run, perhaps in another process"),
    ("workflow", "plain async code whose finished tasks do not run again"),
    ("time_travel", "checkpoints read, replayed and forked"),
    ("migrate", "a thread saved by an older version of its state"),
    ("memory_store", "facts about a user, remembered across threads and found by what is asked"),
    ("policies", "nodes with a retry, a timeout, a cache, an error handler"),
];

fn main() {
    for (name, shows) in EXAMPLES {
        println!("{name:16} {shows}");
    }
}
