//! The items of a graph.
mod calls;
mod data_flow;
mod docs;
mod editor;
mod ends;
mod enums;
mod exit_arms;
mod graph_impl;
mod interrupts;
mod memories;
mod names;
mod node_types;
mod router;
mod routes;
mod subgraphs;
mod task_results;
mod topology;
mod unsaved;

use graph_shape::Flow;
use proc_macro2::TokenStream;
use quote::quote;

use self::names::Names;
use super::model::Model;

/// What every part of the expansion needs.
struct Expansion<'a> {
    model: &'a Model,
    names: Names,
    /// Whether the graph passed every check of the macro.
    is_sound: bool,
}

/// ```text
/// pub struct ChatGraph {}
/// impl ChatGraph { pub fn new(deps: ChatDeps) -> App<Self> { .. } }
/// pub enum ChatGraphNode { Conversation, .. }
/// pub enum ChatGraphUpdate { Conversation(<conversation as NodeFn>::Update), .. }
/// const _: () = {
///     /* the types that stand for the nodes */
///     pub enum __ChatGraphTask { Conversation, .. }
///     /* the impls of the enums, as templates */
///     impl Graph for ChatGraph { .. }
///     /* the checks that need constant evaluation */
/// };
/// ```
pub(super) fn graph(model: &Model, flow: Option<&Flow>) -> TokenStream {
    let expansion = Expansion { model, names: Names::of(model), is_sound: flow.is_some() };
    let editor = editor::items(&expansion);
    let graph_type = enums::graph_type(&expansion);
    let node = enums::node_enum(&expansion);
    let update = enums::update_enum(&expansion);
    let exit = enums::exit_enum(&expansion);
    let (interrupt, interrupt_impls) = (interrupts::interrupt_enum(&expansion), interrupts::impls(&expansion));
    let (task_result, task_impls) = (task_results::result_enum(&expansion), task_results::impls(&expansion));
    let (inside, inside_impls) = (subgraphs::inside_enum(&expansion), subgraphs::impls(&expansion));
    let memories = memories::checks(&expansion);
    let route = routes::route_enum(&expansion);
    let node_types = node_types::inside(&expansion);
    let task = enums::task_enum(&expansion);
    let templates = enums::templates(&expansion);
    let graph_impl = graph_impl::graph_impl(&expansion);
    let (any_types, called_types) = (node_types::outside(&expansion), calls::aliases(&expansion));
    let checks = flow.map(|flow| data_flow::checks(&expansion, flow));
    quote! {
        #editor
        #graph_type
        #any_types
        #called_types
        #node
        #update
        #exit
        #interrupt
        #task_result
        #inside
        const _: () = {
            #node_types
            #task
            #route
            #templates
            #interrupt_impls
            #task_impls
            #inside_impls
            #graph_impl
            #memories
            #checks
        };
    }
}
