//! Lists the examples; each runs with `cargo run -p graph-examples --example <name>`.

/// Each example with what it shows.
const EXAMPLES: [(&str, &str); 13] = [
    ("joke", "the smallest graph: two nodes in a line, typed updates"),
    ("draw", "the pictures of a graph: Mermaid, Graphviz, SVG, for a terminal, JSON"),
    ("chatbot", "memory, a summary branch, every stream mode; `-- --chat` to talk to it"),
    ("map_reduce", "one task an item, gathered by a reducer"),
    ("progress", "typed custom events behind a progress bar"),
    ("parallel_tokens", "several models at once, told apart by node"),
    ("multi_user", "many threads at once"),
    ("replay", "a recorded stream, played back with batched tokens"),
    ("subgraph", "a graph as a node of another: shared fields, exits, what happens inside"),
    ("command", "a node that decides itself where to go, to several at once or to a task an item"),
    ("supervisor", "hands work to two others, which are subgraphs, until it is done"),
    ("breakpoint", "a run that stops before a node, goes on, is drained; an output type"),
    ("policies", "a node that is tried again, has a time, is in the cache, fails into a handler"),
];

fn main() {
    for (name, shows) in EXAMPLES {
        println!("{name:16} {shows}");
    }
}
