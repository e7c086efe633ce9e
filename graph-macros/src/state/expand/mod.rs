//! The items that a state brings with it: its update, its input, its output, and the impls of all four.
mod field_checks;
mod item_impls;
mod items;
mod no_parent;
mod pushed;
mod reducers;
mod saved;
mod setters;
mod shared_reducers;
mod state_impl;
mod subgraph_state;
mod unsaved;
mod writes;

use proc_macro2::TokenStream;
use quote::quote;

use super::model::State;

/// ```text
/// pub struct ChatStateUpdate { pub messages: Write<Vec<Message>, <AddMessages as Reducer<Vec<Message>>>::Input>, .. }
/// impl ChatStateUpdate { /* setters */ }
/// pub mod ChatStateWrite { pub struct Messages(pub ..); .. } /* and the impls of each */
/// pub struct ChatStateInput { pub messages: <AddMessages as Reducer<Vec<Message>>>::Input }
/// pub struct ChatStateOutput { pub messages: Vec<Message>, pub answer: String }
/// pub struct ChatStateValues { pub messages: Vec<Message>, pub answer: Late<String> }
/// const _: () = { impl State for ChatState { .. } /* the impls of update and input, and the checks of the fields */ };
/// const _: () = { impl RunOutput<ChatState> for ChatStateOutput { .. } };
/// const _: () = { impl RunValues<ChatState> for ChatStateValues { .. } };
/// ```
pub(super) fn state(state: &State) -> TokenStream {
    let reducers = reducers::aliases(state);
    let update = items::update_struct(state);
    let setters = setters::setters(state);
    let writes = writes::module(state);
    let input = if state.has_input() { items::input_struct(state) } else { items::input_alias(state) };
    let output = state.has_output().then(|| {
        let output = (!state.is_sole_output).then(|| items::output_struct(state));
        let values = items::values_struct(state);
        quote!(#output #values)
    });
    let checks = field_checks::checks(state);
    let state_impl = state_impl::state(state);
    let folded = shared_reducers::declared(state);
    let update_impls = item_impls::full_update(state);
    let (saved, unsaved) = (saved::fields(state), unsaved::names(state));
    let messages_impl = pushed::messages(state);
    let input_impls = state.has_input().then(|| item_impls::input(state));
    let shared = subgraph_state::expand(state);
    let own_output = (!state.has_output()).then(|| item_impls::own_output(state));
    let output_impls = state.has_output().then(|| {
        let output = if state.is_sole_output { item_impls::sole_output(state) } else { item_impls::output(state) };
        let values = item_impls::values(state);
        quote!(const _: () = { #output }; const _: () = { #values };)
    });
    quote! {
        #reducers
        #update
        #setters
        #writes
        #input
        #shared
        #output
        const _: () = {
            #state_impl
            #folded
            #update_impls
            #saved
            #unsaved
            #input_impls
            #own_output
            #messages_impl
            #checks
        };
        #output_impls
    }
}

/// The items of a state that could not be parsed, without fields, so that the rest of the file has no errors about
/// them. A generic state gets its update only.
pub(super) fn stub(empty: &State, is_generic: bool) -> TokenStream {
    if is_generic { items::update_struct(empty) } else { state(empty) }
}
