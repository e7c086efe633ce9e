//! A state without a parent: its graphs are nodes of graphs over itself.

use proc_macro2::TokenStream;
use quote::quote;

use crate::state::model::State;

/// `impl RunsInItself for ChildState {}`
pub(super) fn runs_in_itself(state: &State) -> TokenStream {
    let (krate, ident) = (&state.krate, &state.ident);
    quote! {
        #[automatically_derived]
        impl #krate::__private::RunsInItself for #ident {}
    }
}

/// ```text
/// impl RunsInItself for ChatState {}
/// ```
///
/// A state that shares fields all the same was reported: its graphs run in those over every state, and nothing is known of
/// what they write. `graph!` would report the same mistake again.
///
/// ```text
/// impl<__P: State> SubgraphState<__P> for ChildState { const SHARED: .. = Some(&[(0, usize::MAX), ..]); .. }
/// ```
pub(super) fn expand(state: &State) -> TokenStream {
    let (krate, ident) = (&state.krate, &state.ident);
    if state.shared().next().is_none() {
        return runs_in_itself(state);
    }
    let unknown = (0..state.fields.len()).map(|here| quote!((#here, ::core::primitive::usize::MAX)));
    quote! {
        #[automatically_derived]
        impl<__P: #krate::state::State> #krate::state::SubgraphState<__P> for #ident {
            type Payload = ();
            type Returned = ();
            const HAS_TASK_INPUT: bool = false;
            const SHARED: ::core::option::Option<&'static [(usize, usize)]> = ::core::option::Option::Some(&[#(#unknown),*]);
            const REPLACED: #krate::state::FieldSet = #krate::state::FieldSet::EMPTY;

            fn enter(_: ::core::option::Option<Self>, _: &__P) -> Self {
                #krate::__private::never()
            }

            fn own(&self) -> Self {
                #krate::__private::never()
            }

            fn input((): ()) -> ::core::option::Option<<Self as #krate::state::State>::Input> {
                #krate::__private::never()
            }

            fn leave(self, _: ::core::option::Option<<Self as #krate::state::State>::Update>) {}

            fn give_back((): (), _: #krate::state::FieldSet) -> <__P as #krate::state::State>::Update {
                #krate::__private::never()
            }

            fn messages((): &(), _: &mut dyn ::core::ops::FnMut(&[#krate::__private::Message])) {}
        }
    }
}
