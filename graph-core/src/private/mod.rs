//! What the expansions of the macros name. Not API: it changes without notice.
mod node;
mod serde_data;
mod state;

pub use serde;

pub use self::node::{no_input, never};
pub use self::serde_data::{Fields, Wire, missing, read_fields};
pub use self::state::{
    fill, fold, messages_any, overwrite, prepare, prepare_any, show, unwritten, only_if, written,
};
pub use crate::graph::check::takes_no_input;
pub use crate::message::Message;
pub use crate::node::NodeResult;
pub use crate::state::Slot;
pub use crate::{__input_data as input_data, __update_data as update_data};
