//! The field that messages are pushed to: the one whose reducer is `AddMessages`. The type decides, under whatever name.

use proc_macro2::TokenStream;
use quote::quote;

use crate::state::model::State;
use crate::state::types::{assumed, reducer_type, update_ident};

/// ```text
/// const PUSHED: FieldSet = the_only(&[(1, SameProbe::<AddMessages, __private::AddMessages>::YES)]);
/// ```
///
/// A member of the impl of `State`.
pub(super) fn field(state: &State) -> Option<TokenStream> {
    let krate = &state.krate;
    state.reduced().next()?;
    let only = the_only(state);
    Some(quote!(const PUSHED: #krate::state::FieldSet = #only;))
}

/// `the_only(&[(1, SameProbe::<AddMessages, __private::AddMessages>::YES)])`
fn the_only(state: &State) -> TokenStream {
    let krate = &state.krate;
    let fields = state.reduced().map(|(index, field)| {
        let reducer = reducer_type(state, field);
        quote!((#index, #krate::__private::SameProbe::<#reducer, #krate::message::AddMessages>::YES))
    });
    quote!(#krate::__private::the_only(&[#(#fields),*]))
}

/// ```text
/// impl HasMessages for ChatState where for<'any> Is<{ the_only(&[..]).len() == 1 }>: HasOneOf<ChatState> {
///     const MESSAGES: &'static str = pushed_name::<ChatState>();
///     fn __messages_update(messages: Messages) -> ChatStateUpdate {
///         push(&mut update.messages, <ChatState as State>::PUSHED.contains(1), &mut messages);
///         ..
///     }
/// }
/// ```
pub(super) fn messages(state: &State) -> Option<TokenStream> {
    let (krate, ident, update, assumed) = (&state.krate, &state.ident, update_ident(state), assumed(state));
    state.reduced().next()?;
    // In the bound without the state, which may be one that cannot be shared.
    let only = the_only(state);
    let pushed = quote!(<#ident as #krate::state::State>::PUSHED);
    let pushes = state.reduced().map(|(index, field)| {
        let name = &field.ident;
        quote!(#krate::__private::push(&mut update.#name, #pushed.contains(#index), &mut messages);)
    });
    Some(quote! {
        // rustc reports the trait itself, not its bound.
        #[diagnostic::do_not_recommend]
        #[automatically_derived]
        impl #krate::state::HasMessages for #ident
        where
            for<'any> #krate::__private::Is<{ #only.len() == 1 }>: #krate::__private::HasOneOf<#ident>,
            #assumed
        {
            const MESSAGES: &'static ::core::primitive::str = #krate::__private::pushed_name::<#ident>();

            fn __messages_update(messages: #krate::message::Messages) -> #update {
                let mut update = <#update as ::core::default::Default>::default();
                let mut messages = ::core::option::Option::Some(messages);
                #(#pushes)*
                update
            }
        }
    })
}
