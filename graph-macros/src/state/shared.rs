//! A state within another: what a subgraph over it gives back.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Ident;

use super::expand::{input_ident, reducer, slot_type};
use super::model::{Field, Rule, State};

/// ```text
/// pub struct ChildStateShared { pub foo: String }
/// const _: () = {
///     type __Parent = <StateProbe<ParentState> as Select<{ .. }>>::Type;
///     impl SubgraphState<ParentState> for ChildState {
///         type Payload = ();
///         type Shared = ChildStateShared;
///         const SHARED: Option<&'static [(usize, usize)]> = Some(&[(0, FieldSet::index::<__Parent>("foo"))]);
///         fn enter(parent: &ParentState) -> Self {
///             let mut fresh = fresh::<Self>();
///             take_over(&mut fresh.foo, field_of::<__Parent, _>(parent, const { FieldSet::index::<__Parent>("foo") }));
///             fresh
///         }
///         fn leave(self, written: Option<ChildStateUpdate>) -> ChildStateShared { ChildStateShared { foo: self.foo } }
///         fn give_back(shared: ChildStateShared, written: FieldSet) -> <ParentState as State>::Update {
///             let mut __update = <ParentState as State>::Update::default();
///             let ChildStateShared { foo } = shared;
///             if written.contains(0) { __update.foo.put_instead(foo); }
///             __update
///         }
///         ..
///     }
/// };
/// ```
///
/// As with `#[derive(Update)]`, only `give_back` names the parent's fields as fields: what does not fit is said once.
pub(super) fn expand(state: &State) -> TokenStream {
    let Some(parent) = &state.parent else { return TokenStream::new() };
    let (krate, ident, shared) = (&state.krate, &state.ident, shared_ident(state));
    let span = parent.segments.last().map_or_else(Span::call_site, |last| last.ident.span());
    let required = quote_spanned!(span=> <#parent as #krate::state::State>::Update);
    let (sets, probe) = (quote!(#krate::state::FieldSet), quote!(#krate::__private::StateProbe));
    let item = shared_struct(state, &shared);

    let fields: Vec<(usize, &Field)> = state.shared().collect();
    let index = |field: &Field| {
        let name = &field.name;
        quote!(#sets::index::<__Parent>(#name))
    };
    let pairs = fields.iter().map(|(place, field)| {
        let there = index(field);
        quote!((#place, #there))
    });
    let replaced = fields
        .iter()
        .filter(|(_, field)| !matches!(field.rule, Rule::Reduce(_)))
        .map(|(place, _)| quote!(.union(#sets::one(#place))));
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
    let names = fields.iter().map(|(_, field)| &field.ident);
    let give_back = fields.iter().map(|(place, field)| put(krate, *place, field));
    let show = fields.iter().filter(|(_, field)| matches!(field.rule, Rule::Reduce(_))).map(|(_, field)| {
        let (name, reducer) = (&field.ident, reducer(state, field));
        quote!(#krate::__private::show(&shared.#name, #reducer::messages, #reducer::held, visit);)
    });
    let takes_input = state.needs_input();
    let (payload, input) = if takes_input {
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

    quote! {
        #item
        const _: () = {
            // Unused where the probe finds what it looks for.
            #[allow(unused_imports)]
            use #krate::__private::No as _;
            type __Parent = <#probe<#parent> as #krate::__private::Select<{ #probe::<#parent>::YES }>>::Type;

            #[automatically_derived]
            impl #krate::state::SubgraphState<#parent> for #ident {
                type Payload = #payload;
                type Shared = #shared;
                const TAKES_INPUT: bool = #takes_input;
                const SHARED: ::core::option::Option<&'static [(usize, usize)]> =
                    ::core::option::Option::Some(&[#(#pairs),*]);
                const REPLACED: #sets = #sets::EMPTY #(#replaced)*;

                fn enter(parent: &#parent) -> Self {
                    let mut fresh = <Self as #krate::state::State>::__fresh();
                    #(#enter)*
                    fresh
                }

                fn input(payload: #payload) -> ::core::option::Option<<Self as #krate::state::State>::Input> {
                    #input
                }

                fn leave(
                    self,
                    written: ::core::option::Option<<Self as #krate::state::State>::Update>,
                ) -> #shared {
                    let written = written.unwrap_or_else(<Self as #krate::state::State>::__nothing);
                    let _ = &written;
                    #shared { #(#leave,)* }
                }

                fn give_back(shared: #shared, written: #sets) -> #required {
                    #[allow(unused_imports)]
                    use #krate::__private::Slot as _;
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

fn shared_ident(state: &State) -> Ident {
    format_ident!("{}Shared", state.ident, span = state.ident.span())
}

/// ```text
/// pub struct ChildStateShared { pub foo: String, pub messages: Write<Vec<Message>, Messages> }
/// ```
fn shared_struct(state: &State, shared: &Ident) -> TokenStream {
    let (krate, vis, title) = (&state.krate, &state.vis, shared.to_string());
    let doc = format!("What a subgraph over [`{}`] gives back to its parent.", state.ident);
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
            Rule::Reduce(_) => format!("What was done to `{}`.", field.name),
            Rule::Overwrite | Rule::Late(_) => format!("What `{}` was at the end.", field.name),
        };
        quote!(#[doc = #doc] #vis #name: #ty)
    });
    let data = state.shared().map(|(_, field)| {
        let (ident, name, ty) = (&field.ident, &field.name, ty(field));
        quote!(#ident #name : #ty)
    });
    quote! {
        #[doc = #doc]
        #[allow(private_interfaces)]
        #vis struct #shared { #(#fields,)* }

        const _: () = {
            #krate::__private::input_data! { #shared #title { #(#data,)* } }
        };
    }
}

/// `if written.contains(0) { __update.foo.put_instead(foo); }`, what is said of the types all at the user's field.
fn put(krate: &crate::crate_path::CratePath, place: usize, field: &Field) -> TokenStream {
    let (ident, span) = (&field.ident, field.ident.span());
    // A local name belongs to the expansion, or it would not be found.
    let update = quote!(__update);
    let put = quote_spanned!(span=> #update.#ident.put_instead(#ident););
    match &field.rule {
        Rule::Overwrite => quote!(if written.contains(#place) { #put }),
        Rule::Late(_) => {
            let value = quote!(#krate::state::Late::into_inner(#ident));
            quote!(if let (true, ::core::option::Option::Some(#ident)) = (written.contains(#place), #value) { #put })
        }
        Rule::Reduce(_) => quote_spanned!(span=> #update.#ident = #ident;),
    }
}
