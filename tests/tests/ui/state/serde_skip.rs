//! Row 118: a saved field that serde leaves out.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct ChatState {
    #[state(input)]
    topic: String,
    #[serde(skip)]
    count: u64,
    // Valid: what is not saved may be skipped, and JSON may leave out what is.
    #[serde(skip)]
    #[state(untracked)]
    handle: u64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[state(reduce = Append)]
    log: Vec<String>,
}

fn main() {}
