//! What the macros' expansions refer to. Not API: it may change in any release.
mod all_nodes;
mod bind;
mod cache_probe;
mod context_probe;
mod copied;
mod error_handler;
mod exits;
mod field_probes;
mod graph;
mod graph_templates;
mod interrupt;
mod known_reducer;
mod merged;
mod node;
mod node_return;
mod only_parameter;
mod owned_deserialize;
mod probe;
mod pushed;
mod retry_probe;
mod saved_fields;
mod saved_form;
mod saved_templates;
mod serde_data;
mod shareable;
mod shared_reducers;
mod state;
mod state_templates;
mod task_function;
mod task_results;
mod task_templates;
mod tool;
mod update_fields;
mod write_templates;

/// The reducers that a collection may have forgotten.
pub mod reducers {
    pub use crate::state::{Append, Merge, Union};
}

/// What a macro gives to a trait that only macros implement.
#[derive(Clone, Copy, Debug)]
pub struct Generated;

pub use std::boxed::Box;
pub use std::format;
pub use std::string::String;
pub use std::sync::Arc;
pub use std::vec::Vec;

pub use graph_macros::{graph_impl, prompt_impl, tools_impl};
pub use serde;
pub use serde_json;

pub use self::all_nodes::{
    AsDebug, AsDyn, DebugOrStub, DebugProbe, DeserializeOrStub, NodesProbe, ReadableProbe, SaveUpdate, SerializeOrStub,
    SerializeProbe, UpdateOrStub, UpdateVisitor,
};
pub use self::bind::{Bind, Bound, bind};
pub use self::cache_probe::{
    CacheCodec, CacheProbe, Cacheable, KeyPart, RealCodec, StubCodec, key, key_of_both, key_of_none, key_of_one,
    key_part, must_be_cacheable,
};
pub use self::context_probe::{ContextProbe, Lent, Lone, is_context};
pub use self::copied::{Copied, NoClone};
pub use self::error_handler::{
    HandlerProbe, Handles, Handling, StubHandler, failure_of, handled_by, must_be_node, must_handle,
};
pub use self::exits::{Exits, ExitsProbe, NoExits};
pub use self::field_probes::{
    CollectionProbe, FieldFacts, LateProbe, ManagedProbe, if_it_folds, is_late, is_plain, overwrites, unsaid,
};
pub use self::graph::{ByNode, find_node, read_by_node, read_node, task_of};
pub use self::interrupt::{
    AnswerOrStub, AnswerProbe, AskedOrStub, AskedProbe, InterruptOrStub, InterruptProbe, must_be_an_answer,
    must_be_asked,
};
pub use self::known_reducer::SameReducer;
pub use self::node::{clone_input, never, no_input, with_defaults};
pub use self::node_return::{NodeReturn, OutcomeProbe, RealOutput, Returns, StubOutcome, StubOutput, writes_once};
pub use self::only_parameter::{GivenRoute, OnlyParameter};
pub use self::owned_deserialize::{Readable, ReadableInput, next_value, read_value};
pub use self::probe::{
    CalledProbe, CombineProbe, FnProbe, GraphProbe, InnerProbe, Is, No, NodeOrStub, NodeProbe, OutputProbe,
    ReducerProbe, Select, StateProbe, StubFn, StubNode, Uncombined, UserState,
};
pub use self::pushed::{HasOneOf, push, pushed_name, the_only};
pub use self::retry_probe::{ClassifyError, ErrorProbe};
pub use self::saved_fields::{
    Form, Held, Key, MergeForm, Plain, SameProbe, SavedSlot, Storable, StorableProbe, ValueForm, With, saved_key,
    unsaved_field,
};
pub use self::saved_form::{NoSavedForm, SavedFormProbe};
pub use self::serde_data::{Fields, Titled, Wire, first_of, missing, read_fields};
pub use self::shareable::{DerivedState, Shareable, full_update, must_be_shareable};
pub use self::shared_reducers::{FoldedBy, FoldedByProbe, GiveTo, folded_alike, is_folded_alike};
pub use self::state::{
    clone_state, combine, combine_last, field_of, fill, fold, initial_state, messages_any, only_if, overwrite, prepare,
    prepare_any, show, take_over, take_over_late, unwritten, written, written_value,
};
pub use self::task_function::{
    Both, Ends, FinalProbe, One, TaskReturnOrStub, TaskReturnProbe, WorkflowReturnOrStub, WorkflowReturnProbe,
    call_again, call_once, must_be_a_context, must_be_a_task_value, must_be_a_workflow_result, must_be_an_argument,
    must_be_returned_by_a_task, must_be_returned_by_a_workflow, must_save_nothing,
};
pub use self::task_results::{TaskFnProbe, TaskOrStub};
pub use self::tool::{
    Fallible, FallibleProbe, IsToolContext, LendsToTool, NoTool, NoToolName, Plain as PlainReturn, StubTool,
    ToolArgument, ToolArgumentOrStub, ToolArgumentProbe, ToolNameProbe, ToolReturn, ToolValue, has_a_name_of_its_own,
    must_be_a_tool, must_be_a_tool_argument, must_be_a_tool_context, tool_output,
};
pub use self::update_fields::{Maybe, NoOption, must_be_option, put, put_instead, put_maybe, put_maybe_instead, share};
pub use self::write_templates::{FieldType, Writable, read_field};
pub use crate::checkpoint::SavedForm;
pub use crate::checkpoint::route::{StorableRoute, no_route};
pub use crate::checkpoint::task::{Owned, StorableInput, read_task, write_task};
pub use crate::checkpoint::{FieldError, FieldWriter, LoadError, SavedField, SavedRoute, SavedTask};
pub use crate::graph::data_flow;
pub use crate::graph::data_flow::{
    Arms, Checked, DataFlow, End, Finding, Last, Parallel, Precision, SuperStep, carried, carries, clean, decides,
    ends_written, findings, router_reads, start_reads, takes_no_input, written as written_before, written_at,
    written_at_end,
};
pub use crate::graph::unsaved::{FieldName, UnsavedField, first_unsaved};
pub use crate::graph::{
    ChildPart, Recursive, SubgraphNode, TaskOutput, must_ask_nothing, must_keep_something, recursive, same,
};
pub use crate::interrupt::{GraphInterrupt, InterruptKind};
pub use crate::message::Message;
pub use crate::node::{Node, NodeFn, NodeResult};
pub use crate::run::policy::cache::{cached, has_cache};
pub use crate::run::{Dispatch, NodeTree, NodeTuple, Routed, Scheduler};
pub use crate::state::{DynUpdate, RunsInItself, Slot, unwrap_or_copy};
pub use crate::tool::NamedTool;
pub use crate::{
    __graph_data as graph_data, __graph_exit as graph_exit, __graph_interrupt as graph_interrupt,
    __graph_node as graph_node, __graph_route as graph_route, __graph_task as graph_task,
    __graph_task_result as graph_task_result, __graph_update as graph_update, __runs_task as runs_task,
};
pub use crate::{
    __input_data as input_data, __input_deserialize as input_deserialize, __own_outcome as own_outcome,
    __saved_fields as saved_fields, __update_data as update_data, __update_deserialize as update_deserialize,
    __write_data as write_data, __write_deserialize as write_deserialize,
};
