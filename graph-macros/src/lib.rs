//! The macros of graph-core. Depend on graph-core, which has them in its prelude, and not on this crate.
//!
//! Each macro is a room with the same doors: `parse` (tokens, spans kept), `model` (what they mean), `check` (what is
//! wrong, all of it), `expand` (the code). What a macro has to say goes through `diagnostics`, and whatever is wrong,
//! it still makes its items, so that one mistake is one error.
mod crate_path;
mod diagnostics;
mod function;
mod graph;
mod keyword;
mod node;
mod options;
mod policy;
mod probe;
mod reads;
mod reducer;
mod source;
mod span;
mod state;
#[cfg(test)]
mod testing;
mod text;
mod update;

use proc_macro::TokenStream;

/// Makes a struct the state of a graph.
///
/// For `ChatState` it makes `ChatStateUpdate`, where every field is optional and has a setter, and, if fields are marked
/// `input`, `ChatStateInput`, which holds these; if fields are marked `output`, `ChatStateOutput`, likewise. On a field:
///
/// - `#[state(input)]`: a run is given this field;
/// - `#[state(output)]`: a run gives this field; where none is marked, it gives the whole state;
/// - `#[state(reduce = Append)]`: writes are folded in by this reducer; `reduce = Overwrite` says that the last wins,
///   which a list, map or set has to say;
/// - `#[state(untracked)]`: the field is left out of checkpoints.
///
/// On the struct, `#[state(crate = ::path)]` says where graph-core is, if it has another name.
#[proc_macro_derive(State, attributes(state))]
pub fn derive_state(input: TokenStream) -> TokenStream {
    state::derive(&syn::parse_macro_input!(input)).into()
}

/// Makes a struct an update of the state that `#[update(ChatState)]` names.
///
/// Its fields are fields of the state, and exactly those are written. A field that has a reducer is written with the
/// reducer's input. On a field:
///
/// - `#[update(maybe)]`: it is an `Option`, and leaves the state's field alone where it is `None`;
/// - `#[update(replace)]`: it is put in place of what the state's field holds, without the reducer.
///
/// On the struct, `#[update(ChatState, crate = ::path)]` says where graph-core is, if it has another name.
#[proc_macro_derive(Update, attributes(update))]
pub fn derive_update(input: TokenStream) -> TokenStream {
    update::derive(&syn::parse_macro_input!(input)).into()
}

/// Makes a function a node.
///
/// The function stays as it is, and a type of the same name stands for it in `graph!`. It takes, each only if it needs
/// it, its own input by value, the state as `&State`, and `&Context<Graph>` or `&RunContext`; it returns its update or
/// a `NodeResult` of one (any type with the update as first argument whose name ends in `Result`). What it reads is the
/// pattern of the state parameter; of a plain name, the fields behind its dots.
///
/// - `#[node(retry)]`, `#[node(retry(max_attempts = 3, initial = "500ms", factor = 2.0, max = "128s", jitter = true,
///   when = function))]`: a failed node is tried again; these are the defaults, but for `when`, which is given the
///   `&NodeError` and says whether trying again may help. Without it the error says so itself, by its `Retryable`;
/// - `#[node(timeout = "10s")]`, `#[node(timeout(run = "10m", idle = "10s"))]`: an attempt that takes longer, or gives no
///   sign of life for so long, is stopped, and has failed. Both need tokio's timer.
/// - `#[node(cache)]`, `#[node(cache(ttl = "5m", key = |State { field, .. }| field.len()))]`: where the app has a cache, the
///   node is not run where it was run before with what it reads now. The key is all that it reads, or what the key
///   function makes of what the node takes, but for its context.
/// - `#[node(on_error = handler)]`: where the node has failed for good, `handler` runs in its place, a node's function over
///   the same state that takes a `NodeFailure` and returns what the node returns.
///
/// `#[node(crate = ::path)]` says where graph-core is, if it has another name.
#[proc_macro_attribute]
pub fn node(options: TokenStream, item: TokenStream) -> TokenStream {
    node::attribute(options.into(), &item.into()).into()
}

/// Makes a function `fn(current: &mut T, new: I)` a reducer: `#[state(reduce = its_name)]`.
///
/// The function stays as it is, and a type of the same name implements `Reducer`. It has to be pure: a saved thread is
/// read back by calling it again. `#[reducer(crate = ::path)]` says where graph-core is, if it has another name.
#[proc_macro_attribute]
pub fn reducer(options: TokenStream, item: TokenStream) -> TokenStream {
    reducer::attribute(options.into(), &item.into()).into()
}

/// Behind graph-core's `graph!`, which puts the path of the crate in front.
#[doc(hidden)]
#[proc_macro]
pub fn graph_impl(input: TokenStream) -> TokenStream {
    graph::expand(input.into()).into()
}
