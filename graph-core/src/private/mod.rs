//! What the expansions of the macros name. Not API: it changes without notice.
mod asked;
mod cached;
mod graph;
mod graph_templates;
mod group;
mod handled;
mod node;
mod nodes;
mod output;
mod probe;
mod readable;
mod serde_data;
mod state;
mod state_templates;

pub use std::boxed::Box;
pub use std::string::String;
pub use std::sync::Arc;

pub use graph_macros::graph_impl;
pub use serde;

pub use self::asked::{Asked, ErrorProbe};
pub use self::cached::{
    CacheCodec, CacheProbe, Cacheable, KeyPart, RealCodec, StubCodec, cached, has_cache, key, key_of_both, key_of_none,
    key_of_one, key_part, must_be_cacheable,
};
pub use self::graph::{ByNode, find_node, read_by_node, read_node, task_of};
pub use self::group::{Groups, Leaves, Runs};
pub use self::handled::{
    HandlerProbe, Handles, Handling, StubHandler, failure_of, handled_by, must_be_node, must_handle,
};
pub use self::node::{clone_input, never, no_input, with_defaults};
pub use self::nodes::{DebugProbe, Held, Loaded, NodesProbe, ReadableProbe, SerializeProbe, Shown, Stored};
pub use self::output::{Output, RealOutput, Returns, StubOutput};
pub use self::probe::{
    Behind, CalledProbe, Chosen, CombineProbe, Fitting, FnProbe, GraphProbe, InnerProbe, Is, No, NodeProbe,
    OutputProbe, ReducerProbe, StateProbe, StubFn, StubNode, Uncombined,
};
pub use self::readable::{Readable, next_value, read_value};
pub use self::serde_data::{Fields, Titled, Wire, missing, read_fields};
pub use self::state::{
    combine, combine_last, copy, field_of, fill, fold, fresh, messages_any, only_if, overwrite, prepare, prepare_any,
    show, take_over, take_over_late, unwritten, written,
};
pub use crate::graph::data_flow;
pub use crate::graph::data_flow::{
    Checked, Finding, clean, findings, router_reads, start_reads, takes_no_input, written as written_before,
    written_at_end,
};
pub use crate::message::Message;
pub use crate::node::{Node, NodeFn, NodeResult};
pub use crate::state::{DynUpdate, Slot};
pub use crate::{__graph_node as graph_node, __graph_task as graph_task, __graph_update as graph_update};
pub use crate::{__input_data as input_data, __update_data as update_data};
