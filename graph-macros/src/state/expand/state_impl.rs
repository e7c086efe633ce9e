//! The impl of graph-core's `State`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::field_checks::reducer_in_table;
use super::pushed;
use crate::span::of_type;
use crate::state::model::{Field, Rule, State};
use crate::state::types::{assumed, combine_probe, input_ident, reducer, run_output, update_ident, values_ident};
use crate::text;

/// ```text
/// impl State for ChatState {
///     const NAME: &'static str = "ChatState";
///     const FIELDS: &'static [Field] = &[Field { name: "messages", .. }, ..];
///     type Update = ChatStateUpdate;
///     type Input = ChatStateInput;
///     type Output = ChatState;
///     type Values = ChatState;
///     fn apply(&mut self, update: ChatStateUpdate) {
///         __private::fold(&mut self.messages, update.messages, <AddMessages as Reducer<Vec<Message>>>::reduce);
///         __private::overwrite(&mut self.summary, update.summary);
///     }
///     ..
/// }
/// ```
#[expect(clippy::too_many_lines, reason = "one impl, written down as a whole")]
pub(super) fn state(state: &State) -> TokenStream {
    let (krate, ident, name) = (&state.krate, &state.ident, state.ident.to_string());
    let (update, assumed) = (update_ident(state), assumed(state));
    let input = if state.has_input() { input_ident(state) } else { update.clone() };
    let (output, values) =
        if state.has_output() { (run_output(state), values_ident(state)) } else { (quote!(#ident), ident.clone()) };
    let fields = state.fields.iter().map(|field| field_info(state, field));
    let apply = state.written().map(|(_, field)| {
        let name = &field.ident;
        match &field.rule {
            Rule::Overwrite => quote!(#krate::__private::overwrite(&mut self.#name, update.#name);),
            Rule::Late(_) => quote!(#krate::__private::fill(&mut self.#name, update.#name);),
            Rule::Reduce(_) => {
                let reducer = reducer(state, field);
                quote!(#krate::__private::fold(&mut self.#name, update.#name, #reducer::reduce);)
            }
        }
    });
    // Spanned at the struct's name, where rustc reports missing derives.
    let span = ident.span();
    let (initial, clone) = (
        quote_spanned!(span=> #krate::__private::initial_state::<#ident>()),
        quote_spanned!(span=> #krate::__private::clone_state::<#ident>),
    );
    let unwritten = state
        .written()
        .filter(|(_, field)| matches!(field.rule, Rule::Late(_)))
        .map(|(index, Field { ident, .. })| quote!(.union(#krate::__private::unwritten(&self.#ident, #index))));
    let reduced: Vec<_> = state.reduced().collect();
    let index = reduced.iter().map(|(index, _)| index);
    let (index_again, reduced_index) = (index.clone(), index.clone());
    let reducer: Vec<_> = reduced.iter().map(|(_, field)| reducer(state, field)).collect();
    let held = reduced.iter().map(|(_, field)| &field.ident);
    let (all, every) = (state.fields.iter().map(|field| &field.ident), 0..state.fields.len());
    let combines = state.written().map(|(index, field)| match &field.rule {
        Rule::Overwrite | Rule::Late(_) => quote!(.union(#krate::state::FieldSet::one(#index))),
        Rule::Reduce(_) => {
            let probe = combine_probe(state, field);
            quote!(.union(#krate::__private::only_if(#probe::YES, #index)))
        }
    });
    let combine = state.written().map(|(_, field)| {
        let name = &field.ident;
        match &field.rule {
            Rule::Overwrite | Rule::Late(_) => {
                quote!(#krate::__private::combine_last(&mut first.#name, then.#name);)
            }
            Rule::Reduce(_) => {
                let (probe, reducer) = (combine_probe(state, field), self::reducer(state, field));
                quote! {
                    #krate::__private::combine(&mut first.#name, then.#name, #probe::combine, #reducer::reduce);
                }
            }
        }
    });

    let pushed = pushed::field(state);
    let managed = state.managed().next().is_some().then(|| {
        let fields = state.managed().map(|Field { ident, ty, .. }| {
            let value = quote_spanned!(of_type(ty)=> <#ty as #krate::state::Managed>::__at(remaining_steps));
            quote!(self.#ident = #value;)
        });
        quote! {
            const MANAGED: bool = true;

            fn __manage(&mut self, remaining_steps: ::core::primitive::usize) {
                #(#fields)*
            }
        }
    });
    let outward = state.parent.as_ref().map(|_| {
        let shared = state.shared().map(|(index, _)| index);
        let set = quote!(#krate::state::FieldSet);
        quote!(const OUTWARD: ::core::option::Option<#set> =
            ::core::option::Option::Some(#set::EMPTY #(.union(#set::one(#shared)))*);)
    });
    quote! {
        // Unused if the probes succeed.
        #[allow(unused_imports)]
        use #krate::__private::{No as _, Uncombined as _};

        #[automatically_derived]
        impl #krate::__private::DerivedState for #ident {
            type Full = #update;
        }

        #[automatically_derived]
        impl #krate::state::State for #ident
        where
            #assumed
        {
            const NAME: &'static str = #name;
            const FIELDS: &'static [#krate::state::Field] = &[#(#fields),*];
            type Update = #update;
            type Input = #input;
            type Output = #output;
            type Values = #values;

            fn __initial() -> Self {
                #initial
            }

            fn __clone(&self) -> Self {
                #clone(self)
            }

            fn __empty_update() -> #update {
                ::core::default::Default::default()
            }

            #pushed
            #managed

            const REDUCED: #krate::state::FieldSet = #krate::state::FieldSet::EMPTY #(.union(#krate::state::FieldSet::one(#reduced_index)))*;
            #outward

            const COMBINES: #krate::state::FieldSet = #krate::state::FieldSet::EMPTY #(#combines)*;

            fn __combine(first: &mut #update, then: #update) {
                let _ = (&first, &then);
                #(#combine)*
            }

            fn __field(&self, field: usize) -> &dyn ::core::any::Any {
                match field {
                    #(#every => &self.#all,)*
                    _ => &(),
                }
            }

            fn apply(&mut self, update: #update) {
                let _ = &update;
                #(#apply)*
            }

            fn unwritten(&self) -> #krate::state::FieldSet {
                #krate::state::FieldSet::EMPTY #(#unwritten)*
            }

            fn prepare_write(field: usize, write: &mut dyn ::core::any::Any) {
                match field {
                    #(#index => #krate::__private::prepare_any(write, #reducer::prepare),)*
                    _ => { let _ = write; }
                }
            }

            fn messages_in(field: usize, write: &dyn ::core::any::Any) -> &[#krate::__private::Message] {
                match field {
                    #(#index_again => #krate::__private::messages_any(write, #reducer::messages, #reducer::held),)*
                    _ => { let _ = write; &[] }
                }
            }

            fn visit_messages(&self, visit: &mut dyn ::core::ops::FnMut(&[#krate::__private::Message])) {
                #(visit(#reducer::held(&self.#held));)*
                let _ = visit;
            }
        }
    }
}

/// `Field { name: "messages", ty: "Vec<Message>", reducer: Some("AddMessages"), late: false, .. }`
fn field_info(state: &State, field: &Field) -> TokenStream {
    let (krate, name, json, ty) = (&state.krate, &field.name, state.json(field), text::of(&field.ty));
    let reducer = reducer_in_table(state, field);
    let (late, input, output) = (matches!(field.rule, Rule::Late(_)), field.input.is_some(), field.output.is_some());
    let untracked = field.untracked || field.managed;
    quote! {
        #krate::state::Field {
            name: #name,
            json: #json,
            ty: #ty,
            reducer: #reducer,
            late: #late,
            input: #input,
            output: #output,
            untracked: #untracked,
        }
    }
}
