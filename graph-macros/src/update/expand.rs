//! The impls of an update.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::Ident;

use super::model::{Field, Update};
use crate::probe::Probe;
use crate::span::{of_path, of_type};

/// ```text
/// const _: () = {
///     type __State = <StateProbe<ChatState> as Select<{ .. }>>::Type;
///     impl Update<ChatState> for Reply {
///         const WRITES: FieldSet = FieldSet::named::<__State>(&["messages"]);
///         const MUST_WRITE: FieldSet = FieldSet::named::<__State>(&["messages"]);
///         fn prepare(&mut self) { __State::prepare_write(0, &mut self.messages); }
///         fn into_update(self) -> ChatStateUpdate {
///             let mut __update = <ChatState as State>::Update::default();
///             let Self { messages } = self;
///             __put(&mut __update.messages, messages);
///             __update
///         }
///         ..
///     }
///     impl NodeOutput<ChatState> for Reply { .. }
/// };
/// ```
///
/// Only `into_update` requires that the state is a state, and names its fields as fields; the rest uses an alias that
/// may be a stub, and indices of fields, which constant evaluation finds by name. So rustc reports what does not fit
/// once.
pub(super) fn update(update: &Update) -> TokenStream {
    let (krate, ident) = (&update.krate, &update.ident);
    let Some(state) = &update.state else { return TokenStream::new() };
    let required = quote_spanned!(of_path(state)=> <#state as #krate::__private::DerivedState>::Full);
    let sets = quote!(#krate::state::FieldSet);
    let state_or_stub = Probe::new(krate, quote!(StateProbe), state).type_or_stub();
    let as_state = quote!(<__State as #krate::state::State>);

    let named = |wanted: &dyn Fn(&Field) -> bool| {
        let names = update.fields.iter().filter(|field| wanted(field)).map(|field| &field.name);
        quote!(#sets::named::<__State>(&[#(#names),*]))
    };
    let (writes, must_write) = (named(&|_| true), named(&|field| !field.maybe));
    let replaces = named(&|field| field.replace);

    let (put, field) = (update.fields.iter().map(put), update.fields.iter().map(|field| &field.ident));
    let has_maybe = update.fields.iter().any(|field| field.maybe);
    // Unused where every field is an `Option`.
    let maybe = has_maybe.then(|| {
        quote! {
            #[allow(unused_imports)]
            use #krate::__private::{
                Maybe as __Maybe, NoOption as _, must_be_option as __must_be_option, put_maybe as __put_maybe,
                put_maybe_instead as __put_maybe_instead,
            };
        }
    });
    let prepare = update.fields.iter().map(|field| {
        let write = |value: TokenStream| {
            let index = index(field, &sets);
            quote!(#as_state::prepare_write(#index, #value);)
        };
        each(field, &quote!(&mut self), &write)
    });
    let visit = update.fields.iter().map(|field| {
        let show = |value: TokenStream| {
            let index = index(field, &sets);
            quote!(visit(#as_state::messages_in(#index, #value));)
        };
        each(field, &quote!(&self), &show)
    });
    let written = update.fields.iter().filter(|field| field.maybe).map(|field| {
        let (ident, index) = (&field.ident, index(field, &sets));
        quote!(.union(#krate::__private::only_if(__Maybe(&self.#ident).has_value(), #index)))
    });

    quote! {
        const _: () = {
            type __State = #state_or_stub;
            // Unused in an update that writes nothing. rustc reports errors of a call at its first token, which must
            // not be the path of graph-core.
            #[allow(unused_imports)]
            use #krate::__private::{put as __put, put_instead as __put_instead};
            #maybe

            fn __full(this: #ident) -> #required {
                // Unchanged in an update that writes nothing.
                #[allow(unused_mut)]
                let mut __update: #required = ::core::default::Default::default();
                let #ident { #(#field,)* } = this;
                #(#put)*
                __update
            }

            #[automatically_derived]
            impl #krate::state::Update<#state> for #ident
            where
                for<'__any> #state: #krate::__private::Shareable,
                for<'__any> Self: #krate::__private::Shareable,
            {
                const __GENERATED: #krate::__private::Generated = #krate::__private::Generated;
                const WRITES: #krate::state::FieldSet = #writes;
                const MUST_WRITE: #krate::state::FieldSet = #must_write;
                const REPLACES: #krate::state::FieldSet = #replaces;

                fn prepare(&mut self) {
                    #(#prepare)*
                }

                fn into_update(self) -> <#state as #krate::state::State>::Update
                where
                    for<'__any> #state: #krate::state::State,
                {
                    #krate::__private::full_update::<#state>(__full(self))
                }

                fn written(&self) -> #krate::state::FieldSet {
                    // A constant, so that no step looks up names. With `Self::MUST_WRITE`, rustc would report errors of
                    // `Self` twice.
                    const { #must_write } #(#written)*
                }

                fn visit_messages(&self, visit: &mut dyn ::core::ops::FnMut(&[#krate::__private::Message])) {
                    #(#visit)*
                    let _ = visit;
                }
            }

            #krate::__private::own_outcome! { [#ident] [#state] }
        };
    }
}

/// `const { FieldSet::index::<__State>("messages") }`
fn index(field: &Field, sets: &TokenStream) -> TokenStream {
    let name = &field.name;
    quote!(const { #sets::index::<__State>(#name) })
}

/// `__put(&mut __update.messages, messages);`
///
/// Spanned at the user's field, where rustc reports a type that does not fit; with a `self` in it, it would report at
/// the derive.
fn put(field: &Field) -> TokenStream {
    let (ident, span) = (&field.ident, field.ident.span());
    let function = match (field.maybe, field.replace) {
        (false, false) => "__put",
        (false, true) => "__put_instead",
        (true, false) => "__put_maybe",
        (true, true) => "__put_maybe_instead",
    };
    let function = Ident::new(function, span);
    // The local needs the hygiene of the expansion.
    let update = quote!(__update);
    let put = quote_spanned!(span=> #function(&mut #update.#ident, #ident););
    if !field.maybe {
        return put;
    }
    let at_type = Ident::new(&ident.to_string(), of_type(&field.ty));
    let required = quote_spanned!(of_type(&field.ty)=> __must_be_option(&#at_type););
    quote!(#required if let ::core::option::Option::Some(#ident) = __Maybe(#ident).value() { #put })
}

/// `act` on the field's value: `act(&self.messages)`, or `if let Some(value) = __Maybe(&self.summary).value() { act(value) }`
fn each(field: &Field, this: &TokenStream, act: &dyn Fn(TokenStream) -> TokenStream) -> TokenStream {
    let ident = &field.ident;
    if field.maybe {
        let act = act(quote!(value));
        quote!(if let ::core::option::Option::Some(value) = __Maybe(#this.#ident).value() { #act })
    } else {
        act(quote!(#this.#ident))
    }
}

/// The impls of an update with errors: of its state or any, with sets that the checks of a graph ignore.
pub(super) fn stub(update: &Update) -> TokenStream {
    let (krate, ident) = (&update.krate, &update.ident);
    if update.is_generic() {
        return TokenStream::new();
    }
    let (generics, state) = match &update.state {
        Some(state) => (TokenStream::new(), state.to_token_stream()),
        None => (quote!(<__S: #krate::state::State>), quote!(__S)),
    };
    // graph-core's checks take this set for unknown.
    let nothing = quote!(#krate::state::FieldSet::POISONED);
    quote! {
        const _: () = {
            #[automatically_derived]
            impl #generics #krate::state::Update<#state> for #ident {
                const __GENERATED: #krate::__private::Generated = #krate::__private::Generated;
                const WRITES: #krate::state::FieldSet = #nothing;
                const MUST_WRITE: #krate::state::FieldSet = #nothing;

                fn prepare(&mut self) {}

                fn into_update(self) -> <#state as #krate::state::State>::Update {
                    #krate::__private::never()
                }

                fn written(&self) -> #krate::state::FieldSet {
                    #nothing
                }

                fn visit_messages(&self, _: &mut dyn ::core::ops::FnMut(&[#krate::__private::Message])) {}
            }

            #[automatically_derived]
            impl #generics #krate::state::NodeOutput<#state> for #ident {
                type Failure = ::core::convert::Infallible;
            }

            #[automatically_derived]
            impl #krate::state::Outcome for #ident {
                type Update = Self;
                type Route = ();
                type Error = ::core::convert::Infallible;

                fn into_result(self) -> ::core::result::Result<(Self, ()), ::core::convert::Infallible> {
                    ::core::result::Result::Ok((self, ()))
                }
            }
        };
    }
}
