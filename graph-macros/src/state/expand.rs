//! The items that a state brings with it: its update, its input, its output, and the impls of all four.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{DeriveInput, Ident};

use super::model::{Field, Rule, State};
use super::{impls, parse, ready, shared};
use crate::diagnostics::Diagnostics;

/// ```text
/// pub struct ChatStateUpdate { pub messages: Write<Vec<Message>, <AddMessages as Reducer<Vec<Message>>>::Input>, .. }
/// impl ChatStateUpdate { /* setters */ }
/// pub struct ChatStateInput { pub messages: <AddMessages as Reducer<Vec<Message>>>::Input }
/// pub struct ChatStateOutput { pub messages: Vec<Message> }
/// const _: () = { impl State for ChatState { .. } /* and the impls of update and input */ };
/// const _: () = { impl RunOutput<ChatState> for ChatStateOutput { .. } };
/// ```
pub(super) fn state(state: &State) -> TokenStream {
    let reducers = reducer_types(state);
    let update = update_struct(state);
    let setters = setters(state);
    let input = state.has_input().then(|| input_struct(state));
    let output = state.has_output().then(|| output_struct(state));
    let state_impl = impls::state(state);
    let update_impls = impls::full_update(state);
    let messages_impl = state.messages().map(|(_, field)| impls::messages(state, field));
    let input_impls = state.has_input().then(|| impls::input(state));
    let shared = shared::expand(state);
    let output_impls = state.has_output().then(|| {
        let impls = impls::output(state);
        quote!(const _: () = { #impls };)
    });
    quote! {
        #reducers
        #update
        #setters
        #input
        #shared
        #output
        const _: () = {
            #state_impl
            #update_impls
            #input_impls
            #messages_impl
        };
        #output_impls
    }
}

/// What stands in for a state that could not be read, so that the rest of the file says nothing about it.
pub(super) fn stub(input: &DeriveInput) -> TokenStream {
    // Its options were looked at, and complained about, before.
    let quiet = Diagnostics::new();
    let (krate, _) = parse::struct_options(&input.attrs, &quiet);
    let _ = quiet.finish();
    let empty = State { krate, vis: input.vis.clone(), ident: input.ident.clone(), fields: Vec::new(), parent: None };
    if input.generics.params.is_empty() { state(&empty) } else { update_struct(&empty) }
}

pub(super) fn update_ident(state: &State) -> Ident {
    format_ident!("{}Update", state.ident, span = state.ident.span())
}

pub(super) fn input_ident(state: &State) -> Ident {
    format_ident!("{}Input", state.ident, span = state.ident.span())
}

pub(super) fn output_ident(state: &State) -> Ident {
    format_ident!("{}Output", state.ident, span = state.ident.span())
}

/// `<CombineProbe<AddMessages, Vec<Message>>>`: how two writes to the field become one.
pub(super) fn combine_probe(state: &State, field: &Field) -> TokenStream {
    let (krate, ty) = (&state.krate, &field.ty);
    let named = match &field.rule {
        Rule::Reduce(path) if ready::surely_fits(path, ty) => path.to_token_stream(),
        _ => chosen_ident(state, field).to_token_stream(),
    };
    quote!(#krate::__private::CombineProbe::<#named, #ty>)
}

/// What a node writes: `T`, or the reducer's input.
pub(super) fn written_type(state: &State, field: &Field) -> TokenStream {
    match &field.rule {
        Rule::Overwrite => field.ty.to_token_stream(),
        Rule::Late(inner) => inner.to_token_stream(),
        Rule::Reduce(_) => {
            let reducer = reducer(state, field);
            quote!(#reducer::Input)
        }
    }
}

/// `<AddMessages as Reducer<Vec<Message>>>`, or with what a probe has chosen: `<__ChatStateLog as Reducer<Log>>`.
pub(super) fn reducer(state: &State, field: &Field) -> TokenStream {
    let (krate, ty) = (&state.krate, &field.ty);
    match &field.rule {
        Rule::Reduce(path) if ready::surely_fits(path, ty) => quote!(<#path as #krate::state::Reducer<#ty>>),
        Rule::Reduce(_) => {
            let chosen = chosen_ident(state, field);
            quote!(<#chosen as #krate::state::Reducer<#ty>>)
        }
        Rule::Overwrite | Rule::Late(_) => quote!(<#krate::state::Overwrite as #krate::state::Reducer<#ty>>),
    }
}

/// The reducers of which it takes rustc to tell that they fit:
///
/// ```text
/// type __ChatStateLongestNamed = keep_longest;
/// type __ChatStateLongest = <ReducerProbe<__ChatStateLongestNamed, String> as Select<{ .. }>>::Type;
/// const _: () = { let _ = <__ChatStateLongestNamed as Reducer<String>>::reduce; };
/// ```
///
/// The constant is where rustc says that one does not; see graph-core's `private/probe.rs`.
fn reducer_types(state: &State) -> TokenStream {
    let krate = &state.krate;
    let types = state.fields.iter().filter_map(|field| {
        let (ty, chosen) = (&field.ty, chosen_ident(state, field));
        let Rule::Reduce(path) = &field.rule else { return None };
        if ready::surely_fits(path, ty) {
            return None;
        }
        let span = reducer_span(field);
        let named = Ident::new(&format!("{chosen}Named"), span);
        let required = quote_spanned!(span=> <#named as #krate::state::Reducer<#ty>>::reduce);
        let probe = quote!(#krate::__private::ReducerProbe);
        Some(quote! {
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            type #named = #path;
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            type #chosen = <#probe<#named, #ty> as #krate::__private::Select<{
                // Unused where the probe finds what it looks for.
                #[allow(unused_imports)]
                use #krate::__private::No as _;
                #probe::<#named, #ty>::YES
            }>>::Type;
            const _: () = {
                let _ = #required;
            };
        })
    });
    quote!(#(#types)*)
}

fn chosen_ident(state: &State, field: &Field) -> Ident {
    format_ident!("__{}_{}", state.ident, field.name)
}

fn reducer_span(field: &Field) -> proc_macro2::Span {
    match &field.rule {
        Rule::Reduce(path) => parse::reducer_span(path),
        Rule::Overwrite | Rule::Late(_) => field.ident.span(),
    }
}

/// The field's place in the update: `Option<T>`, or `Write<T, <R as Reducer<T>>::Input>`.
pub(super) fn slot_type(state: &State, field: &Field) -> TokenStream {
    let (krate, written, ty) = (&state.krate, written_type(state, field), &field.ty);
    match &field.rule {
        Rule::Overwrite | Rule::Late(_) => quote!(::core::option::Option<#written>),
        Rule::Reduce(_) => quote!(#krate::state::Write<#ty, #written>),
    }
}

/// `<>`: where rustc would add the name of a type that is not there as a parameter, which is nothing to propose for a
/// generated struct, and without which it says of the field what it said of the user's own: once.
fn no_generics() -> TokenStream {
    quote!(<>)
}

fn update_struct(state: &State) -> TokenStream {
    let (vis, update) = (&state.vis, update_ident(state));
    let doc = format!("A write to [`{}`]: every field is optional.", state.ident);
    let fields = state.fields.iter().map(|field| {
        let (ident, ty) = (&field.ident, slot_type(state, field));
        let doc = match &field.rule {
            Rule::Overwrite | Rule::Late(_) => format!("The new value of `{}`, if it is written.", field.name),
            Rule::Reduce(_) => format!("What is done to `{}`.", field.name),
        };
        quote!(#[doc = #doc] #vis #ident: #ty)
    });
    let no_generics = no_generics();
    quote! {
        #[doc = #doc]
        // A reducer may be a private matter of a public state.
        #[allow(private_interfaces)]
        #vis struct #update #no_generics { #(#fields,)* }
    }
}

fn input_struct(state: &State) -> TokenStream {
    let (vis, input) = (&state.vis, input_ident(state));
    let doc = format!("What a run over [`{}`] is given.", state.ident);
    let fields = state.inputs().map(|(_, field)| {
        let (ident, ty) = (&field.ident, written_type(state, field));
        let doc = format!("Written to `{}` before the first node runs.", field.name);
        quote!(#[doc = #doc] #vis #ident: #ty)
    });
    let no_generics = no_generics();
    quote! {
        #[doc = #doc]
        #[allow(private_interfaces)]
        #vis struct #input #no_generics { #(#fields,)* }
    }
}

fn output_struct(state: &State) -> TokenStream {
    let (vis, output) = (&state.vis, output_ident(state));
    let doc = format!("What a run over [`{}`] gives.", state.ident);
    let fields = state.outputs().map(|Field { ident, ty, name, .. }| {
        let doc = format!("What the run left in `{name}`.");
        quote!(#[doc = #doc] #vis #ident: #ty)
    });
    let no_generics = no_generics();
    quote! {
        #[doc = #doc]
        #[allow(private_interfaces)]
        #vis struct #output #no_generics { #(#fields,)* }
    }
}

/// ```text
/// pub fn summary(mut self, summary: Option<String>) -> Self { Slot::put(&mut self.summary, summary); self }
/// pub fn replace_messages(mut self, messages: Vec<Message>) -> Self { .. }
/// pub fn clear_messages(mut self) -> Self { .. }
/// ```
fn setters(state: &State) -> TokenStream {
    let (krate, vis, update) = (&state.krate, &state.vis, update_ident(state));
    let setters = state.fields.iter().map(|field| {
        let (ident, written) = (&field.ident, written_type(state, field));
        let replacing = matches!(field.rule, Rule::Reduce(_)).then(|| replacing_setters(state, field));
        let doc = match &field.rule {
            Rule::Overwrite | Rule::Late(_) => format!("Writes `{}`.", field.name),
            Rule::Reduce(_) => format!("Folds this into `{}`.", field.name),
        };
        quote! {
            #[doc = #doc]
            #[must_use]
            #vis fn #ident(mut self, #ident: #written) -> Self {
                #krate::__private::Slot::put(&mut self.#ident, #ident);
                self
            }
            #replacing
        }
    });
    quote! {
        #[automatically_derived]
        #[allow(dead_code, private_interfaces)]
        impl #update { #(#setters)* }
    }
}

fn replacing_setters(state: &State, field: &Field) -> TokenStream {
    let (krate, vis, ident, ty) = (&state.krate, &state.vis, &field.ident, &field.ty);
    let (replace, clear) = (format_ident!("replace_{}", field.name), format_ident!("clear_{}", field.name));
    let replace_doc = format!("Puts this in place of what `{}` holds.", field.name);
    let clear_doc = format!("Puts the default in place of what `{}` holds.", field.name);
    quote! {
        #[doc = #replace_doc]
        #[must_use]
        #vis fn #replace(mut self, #ident: #ty) -> Self {
            #krate::__private::Slot::put_instead(&mut self.#ident, #ident);
            self
        }

        #[doc = #clear_doc]
        #[must_use]
        #vis fn #clear(self) -> Self
        where
            for<'__any> #ty: ::core::default::Default,
        {
            self.#replace(::core::default::Default::default())
        }
    }
}
