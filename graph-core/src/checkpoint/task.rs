//! The saved form of a task that has not run.

use serde::Serialize;

use super::FormatError;
use super::format::{decode, write_value};
use crate::__private::{ByNode, Is, ReadableInput, read_by_node};

/// The tasks of a graph, if they can be saved: the inputs of all of them can.
///
/// The lifetime is unused; see [`ReadableInput`].
#[doc(hidden)]
pub trait SavedTask<'any>: Sized {
    fn save(&self) -> Result<Vec<u8>, FormatError>;
    fn load(bytes: &[u8]) -> Result<Self, FormatError>;
}

/// A task's own input that can be saved.
#[diagnostic::on_unimplemented(
    message = "`{Self}` must be `Serialize + Deserialize` to be checkpointed",
    label = "a task has it as its input",
    note = "add `#[derive(Serialize, Deserialize)]` to `{Self}`"
)]
pub trait StorableInput<'any, const NODE: usize>: Serialize + ReadableInput<'any, NODE> {}

#[diagnostic::do_not_recommend]
impl<'any, T: Serialize + ReadableInput<'any, NODE>, const NODE: usize> StorableInput<'any, NODE> for T {}

/// `Is<true>` for a task's input or a route without a `'static` reference.
///
/// The macro looks for `&'static`. Without it, as in a struct, rustc finds out, and says so in its own words.
#[diagnostic::on_unimplemented(
    message = "`{T}` cannot be saved: what is read from a checkpoint is no `'static` reference",
    label = "a task's input, or the route that a node decides, is a `{T}`",
    note = "hold the value itself: `String` for `&'static str`"
)]
pub trait Owned<T> {}

impl<T> Owned<T> for Is<true> {}

/// The saved form of a task.
///
/// # Errors
/// Those of its input.
pub fn write_task<T: Serialize>(task: &T) -> Result<Vec<u8>, FormatError> {
    write_value(task)
}

/// Reads a task.
///
/// # Errors
/// The bytes are no such task.
pub fn read_task<'any, T: ByNode<'any>>(bytes: &[u8]) -> Result<T, FormatError> {
    decode(bytes, |decoder| read_by_node(decoder))
}
