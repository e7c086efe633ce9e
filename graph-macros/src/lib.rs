//! The macros of graph-core. Depend on graph-core, whose prelude has them, not on this crate.
//!
//! Each macro is a module with the same four stages: `parse` (tokens to syntax, with spans), `model` (the meaning),
//! `check` (every error in it), `expand` (the generated code). Errors are collected by `diagnostics`. Items are
//! generated even if there are errors, so that one mistake is one error.
mod camel_case;
mod crate_path;
mod diagnostics;
mod function;
mod graph;
mod interrupt;
mod keyword;
mod marker;
mod node;
mod options;
mod policy;
mod primitive;
mod probe;
mod prompt;
mod reducer;
mod source;
mod span;
mod state;
mod state_pattern;
mod task;
#[cfg(test)]
mod testing;
mod text;
mod tool;
mod tool_set;
mod update;
mod workflow;

use proc_macro::TokenStream;

/// Derives `State` for the state of a graph.
///
/// For `ChatState` it generates a module `ChatStateWrite` with a type for each field, which a node returns that writes
/// it (`ChatStateWrite::Topic(text)`); `ChatStateUpdate`, in which every field is optional and has a setter; if fields are
/// marked `input`, also `ChatStateInput` with these fields; if fields are marked `output`, `ChatStateOutput` likewise.
/// Options of a field:
///
/// - `#[state(input)]`: the field is part of a run's input;
/// - `#[state(output)]`: the field is part of a run's output; without any, the output is the whole state;
/// - `#[state(reduce = Append)]`: this reducer folds writes in. A collection has to name one; with
///   `reduce = Overwrite` the last write wins;
/// - `#[state(untracked)]`: the field is never saved in checkpoints; serde may skip it.
///
/// On the struct, `#[state(version = 2, migrate = function)]` says how a checkpoint of an older version is loaded: the function
/// changes its `OldFields` (`graph_core::checkpoint::OldFields`). `#[state(crate = ::path)]` is the path of graph-core, if it
/// is renamed.
#[proc_macro_derive(State, attributes(state, reduce))]
pub fn derive_state(input: TokenStream) -> TokenStream {
    state::derive(&syn::parse_macro_input!(input)).into()
}

/// Derives `Update` for a struct that writes fields of the state in `#[update(ChatState)]`.
///
/// Its fields are fields of the state, and it writes exactly those. A field with a reducer is written with the
/// reducer's input. Options of a field:
///
/// - `#[update(maybe)]`: the field is an `Option`; `None` writes nothing;
/// - `#[update(replace)]`: the field replaces the state's value, without the reducer.
///
/// On the struct, `#[update(ChatState, crate = ::path)]` is the path of graph-core, if it is renamed.
#[proc_macro_derive(Update, attributes(update))]
pub fn derive_update(input: TokenStream) -> TokenStream {
    update::derive(&syn::parse_macro_input!(input)).into()
}

/// Derives `Interrupt` for what a node asks a human: `#[interrupt(resume = Decision)]` is the type of the answer.
///
/// Both types have to be `Serialize + Deserialize`, and what is asked `Clone`. A graph whose nodes ask it declares it
/// with `interrupt ApproveRefund;`. `#[interrupt(resume = .., crate = ::path)]` is the path of graph-core, if it is
/// renamed.
#[proc_macro_derive(Interrupt, attributes(interrupt))]
pub fn derive_interrupt(input: TokenStream) -> TokenStream {
    interrupt::derive(&syn::parse_macro_input!(input)).into()
}

/// Makes a function a node.
///
/// The function stays as it is, and a type of the same name represents it in `graph!`. Its parameters, each optional,
/// are its own input by value, the state as `&State`, and `&Context<Graph>` or `&RunContext`. It returns its update or
/// a `NodeResult` of one (or any type whose name ends in `Result` and whose first argument is the update). It reads the
/// fields that the pattern of its state parameter binds: there a `Late` field is its value, and the graph proves that it
/// was written. The whole state, as `state: &State`, demands nothing: its `Late` fields are options.
///
/// - `#[node(retry)]`, `#[node(retry(max_attempts = 3, initial = "500ms", factor = 2.0, max = "128s", jitter = true,
///   when = function))]`: retries a failed node. These are the defaults, except for `when`, which takes the
///   `&NodeError` and returns whether to retry; without it, the error's `Retryable` decides: an error of parsing is not
///   retried, an unknown one is;
/// - `#[node(timeout = "10s")]`, `#[node(timeout(run = "10m", idle = "10s"))]`: an attempt that takes longer, or that
///   shows no progress for as long, is cancelled and has failed. Both need tokio's timer;
/// - `#[node(cache)]`, `#[node(cache(ttl = "5m", key = |State { field, .. }| field.len()))]`: if the app has a cache, a
///   node that has run with the same key is skipped. The key is everything that the node reads, or what the key
///   function returns for the node's parameters (without the context);
/// - `#[node(blocking)]`: a function that is not async and takes long runs on tokio's blocking pool, beside the other tasks
///   of its super-step. It cannot be interrupted, so it has no timeout;
/// - `#[node(on_error = handler)]`: after the last failed attempt `handler` runs in its place: a node over the same
///   state that takes a `NodeFailure` and returns the same type.
///
/// `#[node(crate = ::path)]` is the path of graph-core, if it is renamed.
#[proc_macro_attribute]
pub fn node(options: TokenStream, item: TokenStream) -> TokenStream {
    node::attribute(options.into(), &item.into()).into()
}

/// Makes a function `fn(current: &mut T, new: I)` a reducer: `#[state(reduce = its_name)]`.
///
/// The function stays as it is, and a type of the same name implements `Reducer`. It has to be pure: restoring a thread
/// calls it again. `#[reducer(crate = ::path)]` is the path of graph-core, if it is renamed.
#[proc_macro_attribute]
pub fn reducer(options: TokenStream, item: TokenStream) -> TokenStream {
    reducer::attribute(options.into(), &item.into()).into()
}

/// Makes a function a task: its result is saved before the caller goes on, and a node that runs again gets the saved result.
///
/// Nodes call it as the function that it is, with their context: `translate(&text, cx).await?`. Their graph declares it
/// with `task translate;`, their workflow with `tasks(translate)`. The last parameter is `&RunContext`, or
/// `&Context<Graph>` for a task of one graph, which can ask a human, and call other tasks. The arguments may borrow. It
/// returns a `NodeResult` of a type that is `Clone + Serialize + Deserialize`. See `graph_core::functional`.
///
/// - `#[task(retry)]`, `#[task(retry(max_attempts = 3, ..))]`: retries a failed task, with the options and the defaults of
///   `#[node(retry(..))]`. Its arguments have to be `Clone`;
/// - `#[task(timeout = "10s")]`: an attempt that takes longer is cancelled and has failed.
///
/// `#[task(crate = ::path)]` is the path of graph-core, if it is renamed.
#[proc_macro_attribute]
pub fn task(options: TokenStream, item: TokenStream) -> TokenStream {
    task::attribute(options.into(), &item.into()).into()
}

/// Makes a function a tool, which a model may call: `tools![multiply]` is a set of them.
///
/// The function stays as it is, and a type of the same name is the tool. The model is told its name, its doc comment, and of
/// each parameter the name, the doc comment and the JSON Schema of its type, which is `Deserialize + JsonSchema`; it
/// may leave out an `Option`. What does not fit goes back to the model, and the function is not called. It returns what is
/// `Serialize`, a text, content blocks, or a `Result` of one, whose error goes back to the model too. See
/// `graph_core::tool`.
///
/// - A reference is the context: `&RunContext`, or `&Context<Graph>` in a `ToolSet<Graph>`.
/// - `#[inject] database: &Database` or `#[inject] client: Client`: the model never sees it. It is given where the tool
///   is put into its set: `tools![lookup(database)]`.
///
/// Options:
///
/// - `#[tool(name = "search")]`: its name for the model, if not that of the function;
/// - `#[tool(external)] fn click(selector: String) -> bool;`: it runs elsewhere, in a browser or behind a queue. The call is an
///   interrupt, `graph_core::tool::ExternalCall`, which is answered by the id of the call;
/// - `#[tool(strict = true)]`, or `false`: whether the provider enforces the schema (`graph_core::model::Strict`); by default,
///   where it is known to, and the schema has no parts of any form;
/// - `#[tool(retry)]`, `#[tool(retry(max_attempts = 3, ..))]`: retries a failed call, with the options and the defaults of
///   `#[node(retry(..))]`;
/// - `#[tool(timeout = "10s")]`: an attempt that takes longer is cancelled and has failed.
///
/// `#[tool(crate = ::path)]` is the path of graph-core, if it is renamed.
#[proc_macro_attribute]
pub fn tool(options: TokenStream, item: TokenStream) -> TokenStream {
    tool::attribute(options.into(), &item.into()).into()
}

/// Makes a function a workflow: a graph of one node, whose input is the function's arguments and whose output is its
/// result.
///
/// `#[workflow(Essay)] async fn essay(topic: String, cx: &Context<Essay>) -> NodeResult<String>` makes the graph `Essay`,
/// its input `EssayInput { topic }`, its state `EssayState` and what else `graph!` makes. A run of it returns the `String`.
/// What the graph declares stands behind its name:
///
/// - `tasks(translate, tools::search)`: the `#[task]`s that it calls;
/// - `interrupts(Publish)`: what it asks a human;
/// - `custom = Progress`: the type of its custom events;
/// - `context = Settings`: what each run is given;
/// - `deps = Tools`: its dependencies, as in `Essay::new(tools)`;
/// - `store`: long-term memory, as in `Essay::new(store)`;
/// - `retry(..)`, `timeout = ".."`: as of a node.
///
/// A parameter `#[previous] last: Option<T>` is what the thread's last run has returned, or the `save` of its `Final`.
/// See `graph_core::functional`. `crate = ::path` is the path of graph-core, if it is renamed.
#[proc_macro_attribute]
pub fn workflow(options: TokenStream, item: TokenStream) -> TokenStream {
    workflow::attribute(options.into(), &item.into()).into()
}

/// graph-core's `prompt!` calls it, with the path of the crate in front.
#[doc(hidden)]
#[proc_macro]
pub fn prompt_impl(input: TokenStream) -> TokenStream {
    prompt::expand(input.into()).into()
}

/// graph-core's `tools!` calls it, with the path of the crate in front.
#[doc(hidden)]
#[proc_macro]
pub fn tools_impl(input: TokenStream) -> TokenStream {
    tool_set::expand(input.into()).into()
}

/// graph-core's `graph!` calls it, with the path of the crate in front.
#[doc(hidden)]
#[proc_macro]
pub fn graph_impl(input: TokenStream) -> TokenStream {
    graph::expand(input.into()).into()
}
