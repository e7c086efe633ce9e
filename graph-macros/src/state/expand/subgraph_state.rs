//! The impl of graph-core's `SubgraphState`: a subgraph over this state runs in a graph over the parent state.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Ident;

use super::item_impls::{is_readable, names};
use super::no_parent;
use super::shared_reducers::{alike, compared};
use crate::crate_path::CratePath;
use crate::probe::Probe;
use crate::span::of_path;
use crate::state::model::{Field, Rule, State};
use crate::state::types::{assumed, input_ident, reducer, shared_ident, slot_type};

/// ```text
/// pub struct ChildStateShared { pub foo: String }
/// const _: () = {
///     type __Parent = <StateProbe<ParentState> as Select<{ .. }>>::Type;
///     /* whether the parent folds the shared fields alike: see `shared_reducers` */
///     impl SubgraphState<ParentState> for ChildState {
///         type Payload = ();
///         type Returned = ChildStateShared;
///         const SHARED: Option<&'static [(usize, usize)]> = Some(&[(0, FieldSet::index::<__Parent>("foo"))]);
///         fn enter(kept: Option<Self>, parent: &ParentState) -> Self {
///             let mut fresh = fresh::<Self>();
///             take_over(&mut fresh.foo, field_of::<__Parent, _>(parent, const { FieldSet::index::<__Parent>("foo") }));
///             fresh
///         }
///         fn leave(self, written: Option<ChildStateUpdate>) -> ChildStateShared { ChildStateShared { foo: self.foo } }
///         fn give_back(shared: ChildStateShared, written: FieldSet) -> <ParentState as State>::Update {
///             let mut __update = <ParentState as State>::Update::default();
///             let ChildStateShared { foo } = shared;
///             if written.contains(0) { __share(&mut __update.foo, foo); }
///             __update
///         }
///         ..
///     }
/// };
/// ```
///
/// Only `give_back` names the parent's fields as fields, so that rustc reports a name or type that does not fit once.
#[expect(clippy::too_many_lines, reason = "one impl, written down as a whole")]
pub(super) fn expand(state: &State) -> TokenStream {
    let Some(parent) = &state.parent else { return no_parent::expand(state) };
    let runs_in_itself = no_parent::runs_in_itself(state);
    let (krate, ident, shared) = (&state.krate, &state.ident, shared_ident(state));
    let span = of_path(parent);
    let required = quote_spanned!(span=> <#parent as #krate::state::State>::Update);
    let sets = quote!(#krate::state::FieldSet);
    let parent_or_stub = Probe::new(krate, quote!(StateProbe), parent).type_or_stub();
    let item = shared_struct(state, &shared);

    let fields: Vec<(usize, &Field)> = state.shared().collect();
    let index = |field: &Field| {
        let name = &field.name;
        quote!(#sets::index::<__Parent>(#name))
    };
    let pairs = fields.iter().map(|(here, field)| {
        let there = index(field);
        quote!((#here, #there))
    });
    let replaced = fields
        .iter()
        .filter(|(_, field)| !matches!(field.rule, Rule::Reduce(_)))
        .map(|(here, _)| quote!(.union(#sets::one(#here))));
    let enter = fields.iter().map(|(_, field)| {
        let (name, there) = (&field.ident, index(field));
        let take = match field.rule {
            Rule::Late(_) => quote!(take_over_late),
            _ => quote!(take_over),
        };
        quote! {
            #krate::__private::#take(
                &mut fresh.#name,
                #krate::__private::field_of::<__Parent, #parent>(parent, const { #there }),
            );
        }
    });
    let leave = fields.iter().map(|(_, field)| {
        let name = &field.ident;
        match field.rule {
            Rule::Reduce(_) => quote!(#name: written.#name),
            Rule::Overwrite | Rule::Late(_) => quote!(#name: self.#name),
        }
    });
    let own = state.fields.iter().filter(|field| field.shared.is_none() && !field.managed).map(|field| &field.ident);
    let names = fields.iter().map(|(_, field)| &field.ident);
    let give_back = fields.iter().map(|(here, field)| put(krate, *here, field));
    let show = fields.iter().filter(|(_, field)| matches!(field.rule, Rule::Reduce(_))).map(|(_, field)| {
        let (name, reducer) = (&field.ident, reducer(state, field));
        quote!(#krate::__private::show(&shared.#name, #reducer::messages, #reducer::held, visit);)
    });
    let folded_alike = compared(state);
    let has_task_input = state.needs_input();
    let (payload, input) = if has_task_input {
        let input = input_ident(state);
        (quote!(#input), quote!(::core::option::Option::Some(payload)))
    } else {
        (
            quote!(()),
            quote!({
                let () = payload;
                ::core::option::Option::None
            }),
        )
    };

    let assumed = assumed(state);
    quote! {
        #runs_in_itself
        #item
        const _: () = {
            type __Parent = #parent_or_stub;
            #folded_alike

            #[automatically_derived]
            impl #krate::state::SubgraphState<#parent> for #ident
            where
                #assumed
                for<'__any> #shared: #krate::__private::Shareable,
            {
                type Payload = #payload;
                type Returned = #shared;
                const HAS_TASK_INPUT: bool = #has_task_input;
                const SHARED: ::core::option::Option<&'static [(usize, usize)]> =
                    ::core::option::Option::Some(&[#(#pairs),*]);
                const REPLACED: #sets = #sets::EMPTY #(#replaced)*;

                fn enter(kept: ::core::option::Option<Self>, parent: &#parent) -> Self {
                    let mut fresh = kept.unwrap_or_else(<Self as #krate::state::State>::__initial);
                    #(#enter)*
                    fresh
                }

                fn own(&self) -> Self {
                    // Unused where every field has `Clone`.
                    #[allow(unused_imports)]
                    use #krate::__private::NoClone as _;
                    // Unchanged where all fields are shared.
                    #[allow(unused_mut)]
                    let mut own = <Self as #krate::state::State>::__initial();
                    #(own.#own = #krate::__private::Copied(&self.#own).copied();)*
                    own
                }

                fn input(payload: #payload) -> ::core::option::Option<<Self as #krate::state::State>::Input> {
                    #input
                }

                fn leave(
                    self,
                    written: ::core::option::Option<<Self as #krate::state::State>::Update>,
                ) -> #shared {
                    let written = written.unwrap_or_else(<Self as #krate::state::State>::__empty_update);
                    let _ = &written;
                    #shared { #(#leave,)* }
                }

                fn give_back(shared: #shared, written: #sets) -> #required {
                    // rustc reports errors of a call at its first token, which must not be the path of graph-core.
                    #[allow(unused_imports)]
                    use #krate::__private::share as __share;
                    #[allow(unused_mut)]
                    let mut __update: #required = ::core::default::Default::default();
                    let #shared { #(#names,)* } = shared;
                    let _ = &written;
                    #(#give_back)*
                    __update
                }

                fn messages(shared: &#shared, visit: &mut dyn ::core::ops::FnMut(&[#krate::__private::Message])) {
                    #(#show)*
                    let _ = (shared, visit);
                }
            }
        };
    }
}

/// ```text
/// pub struct ChildStateShared { pub foo: String, pub messages: Write<Vec<Message>, Messages> }
/// ```
fn shared_struct(state: &State, shared: &Ident) -> TokenStream {
    let (krate, vis, title) = (&state.krate, &state.vis, shared.to_string());
    let doc = format!("The update that a subgraph over [`{}`] makes to its parent.", state.ident);
    let ty = |field: &Field| match &field.rule {
        Rule::Reduce(_) => slot_type(state, field),
        Rule::Overwrite | Rule::Late(_) => {
            let ty = &field.ty;
            quote!(#ty)
        }
    };
    let fields = state.shared().map(|(_, field)| {
        let (name, ty) = (&field.ident, ty(field));
        let doc = match &field.rule {
            Rule::Reduce(_) => format!("The writes to `{}`.", field.name),
            Rule::Overwrite | Rule::Late(_) => format!("The final value of `{}`.", field.name),
        };
        quote!(#[doc = #doc] #vis #name: #ty)
    });
    let data: Vec<_> = state
        .shared()
        .map(|(_, field)| {
            let (ident, names, ty) = (&field.ident, names(state, field), ty(field));
            quote!(#ident #names : #ty)
        })
        .collect();
    let deserialize = is_readable(state.shared().map(|(_, field)| field))
        .then(|| quote!(#krate::__private::input_deserialize! { #shared { #(#data,)* } }));
    quote! {
        #[doc = #doc]
        #[allow(private_interfaces)]
        #vis struct #shared { #(#fields,)* }

        const _: () = {
            #krate::__private::input_data! { #shared #title { #(#data,)* } }
            #deserialize
        };
    }
}

/// `if written.contains(0) { __share(&mut __update.foo, foo); }`
///
/// Spanned at the user's field, where rustc reports a type that does not fit.
fn put(krate: &CratePath, index: usize, field: &Field) -> TokenStream {
    let (ident, span) = (&field.ident, field.ident.span());
    // The local needs the hygiene of the expansion.
    let update = quote!(__update);
    let put = quote_spanned!(span=> __share(&mut #update.#ident, #ident););
    match &field.rule {
        Rule::Overwrite => quote!(if written.contains(#index) { #put }),
        Rule::Late(_) => {
            let value = quote!(#krate::state::Late::into_option(#ident));
            quote!(if let (true, ::core::option::Option::Some(#ident)) = (written.contains(#index), #value) { #put })
        }
        Rule::Reduce(_) => {
            let (alike, give) = (alike(field), quote!(#krate::__private::GiveTo));
            quote_spanned!(span=> #give::<_, #krate::__private::Is<#alike>>::give_to(#ident, &mut #update.#ident);)
        }
    }
}
