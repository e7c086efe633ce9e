//! What the expansions of the macros name. Not API: it changes without notice.
mod graph;
mod node;
mod serde_data;
mod state;

pub use std::string::String;
pub use std::sync::Arc;

pub use graph_macros::graph_impl;
pub use serde;

pub use self::graph::{ByNode, read_by_node, read_node, read_value};
pub use self::node::{no_input, never};
pub use self::serde_data::{Fields, Wire, missing, read_fields};
pub use self::state::{
    fill, fold, messages_any, overwrite, prepare, prepare_any, show, unwritten, only_if, written,
};
pub use crate::graph::check::takes_no_input;
pub use crate::message::Message;
pub use crate::node::NodeResult;
pub use crate::state::{DynUpdate, Slot};
pub use crate::{__graph_node as graph_node, __graph_task as graph_task, __graph_update as graph_update};
pub use crate::{__input_data as input_data, __update_data as update_data};
