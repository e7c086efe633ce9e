#![doc = include_str!("../docs/pages/state.md")]
mod combine;
mod field_set;
mod has_messages;
mod late;
mod managed;
mod output;
mod reducer;
mod reducers;
mod run_output;
mod schema;
mod several;
mod subgraph_state;
mod update;
mod write;

pub use combine::Combine;
pub use field_set::FieldSet;
pub(crate) use field_set::same;
pub use has_messages::HasMessages;
pub use late::Late;
pub use managed::{IsLastStep, Managed, RemainingSteps};
pub use output::{Awaited, NodeOutput, Outcome};
pub use reducer::Reducer;
pub use reducers::{Append, Max, Merge, Min, Overwrite, Sum, Union};
pub use run_output::{RunOutput, RunValues};
#[doc(hidden)]
pub use schema::unwrap_or_copy;
pub use schema::{Field, State};
pub(crate) use schema::{fingerprint, to_mut};
#[doc(hidden)]
pub use subgraph_state::RunsInItself;
pub(crate) use subgraph_state::outward;
pub use subgraph_state::{SubgraphState, SubgraphUpdate};
pub use update::{CloneUpdate, DynUpdate, Update};
pub use write::{Slot, Write};
