//! The state of a graph: typed fields, the reducers that fold writes into them, and partial updates.
mod field_set;
mod late;
mod output;
mod reducer;
mod reducers;
mod schema;
mod update;
mod write;

pub use field_set::FieldSet;
pub(crate) use field_set::same;
pub use late::Late;
pub use output::NodeOutput;
pub use reducer::Reducer;
pub use reducers::{Append, Max, Merge, Min, Overwrite, Sum, Union};
pub use schema::{Field, State};
pub(crate) use schema::{fingerprint, to_mut, unwrap_or_copy};
pub use update::{DynUpdate, Repeated, Update};
pub use write::{Slot, Write};
