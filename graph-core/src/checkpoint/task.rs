//! The saved form of a task that has not run.

use serde::Serialize;

use super::Saved;
use crate::__private::Readable;

/// The tasks of a graph, if they can be saved: the inputs of all of them can.
#[doc(hidden)]
pub trait SavedTask: Saved {}

/// A task's own input that can be saved.
#[diagnostic::on_unimplemented(
    message = "`{Self}` must be `Serialize + Deserialize` to be checkpointed",
    label = "a task has it as its input",
    note = "add `#[derive(Serialize, Deserialize)]` to `{Self}`"
)]
pub trait StorableInput: Serialize + Readable {}

#[diagnostic::do_not_recommend]
impl<T: Serialize + Readable> StorableInput for T {}
