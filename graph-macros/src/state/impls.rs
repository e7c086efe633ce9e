//! The impls for a state, its update and its input.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::expand::{combine_probe, input_ident, output_ident, reducer, slot_type, update_ident, written_type};
use super::model::{Field, Rule, State};
use crate::text;

/// ```text
/// impl State for ChatState {
///     const NAME: &'static str = "ChatState";
///     const FIELDS: &'static [Field] = &[Field { name: "messages", .. }, ..];
///     type Update = ChatStateUpdate;
///     type Input = ChatStateInput;
///     type Output = ChatState;
///     fn apply(&mut self, update: ChatStateUpdate) {
///         __private::fold(&mut self.messages, update.messages, <AddMessages as Reducer<Vec<Message>>>::reduce);
///         __private::overwrite(&mut self.summary, update.summary);
///     }
///     ..
/// }
/// ```
pub(super) fn state(state: &State) -> TokenStream {
    let (krate, ident, name) = (&state.krate, &state.ident, state.ident.to_string());
    let update = update_ident(state);
    let input = if state.has_input() { input_ident(state) } else { update.clone() };
    let output = if state.has_output() { output_ident(state) } else { ident.clone() };
    let fields = state.fields.iter().map(|field| field_info(state, field));
    let apply = state.fields.iter().map(|field| {
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
    // Spanned at the struct's name: that is where its derives are missing.
    let span = ident.span();
    let (fresh, copy) = (
        quote_spanned!(span=> #krate::__private::fresh::<#ident>()),
        quote_spanned!(span=> #krate::__private::copy::<#ident>),
    );
    let unwritten = state
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| matches!(field.rule, Rule::Late(_)))
        .map(|(index, Field { ident, .. })| quote!(.union(#krate::__private::unwritten(&self.#ident, #index))));
    let reduced: Vec<_> = reduced(state).collect();
    let index = reduced.iter().map(|(index, _)| index);
    let index_again = index.clone();
    let reducer: Vec<_> = reduced.iter().map(|(_, field)| reducer(state, field)).collect();
    let held = reduced.iter().map(|(_, field)| &field.ident);
    let (all, every) = (state.fields.iter().map(|field| &field.ident), 0..state.fields.len());
    let combines = state.fields.iter().enumerate().map(|(index, field)| match &field.rule {
        Rule::Overwrite | Rule::Late(_) => quote!(.union(#krate::state::FieldSet::one(#index))),
        Rule::Reduce(_) => {
            let probe = combine_probe(state, field);
            quote!(.union(#krate::__private::only_if(#probe::YES, #index)))
        }
    });
    let combine = state.fields.iter().map(|field| {
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

    let pushed = state
        .messages()
        .map(|(index, _)| quote!(const PUSHED: #krate::state::FieldSet = #krate::state::FieldSet::one(#index);));
    quote! {
        // Unused where a probe finds what it looks for.
        #[allow(unused_imports)]
        use #krate::__private::{No as _, Uncombined as _};

        #[automatically_derived]
        impl #krate::state::State for #ident {
            const NAME: &'static str = #name;
            const FIELDS: &'static [#krate::state::Field] = &[#(#fields),*];
            type Update = #update;
            type Input = #input;
            type Output = #output;

            fn __fresh() -> Self {
                #fresh
            }

            fn __copy(&self) -> Self {
                #copy(self)
            }

            fn __nothing() -> #update {
                ::core::default::Default::default()
            }

            #pushed

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

fn reduced(state: &State) -> impl Iterator<Item = (usize, &Field)> {
    state.fields.iter().enumerate().filter(|(_, field)| matches!(field.rule, Rule::Reduce(_)))
}

fn field_info(state: &State, field: &Field) -> TokenStream {
    let (krate, name, ty) = (&state.krate, &field.name, text::of(&field.ty));
    let reducer = match &field.rule {
        Rule::Reduce(path) => {
            let reducer = text::of(path);
            quote!(::core::option::Option::Some(#reducer))
        }
        Rule::Overwrite | Rule::Late(_) => quote!(::core::option::Option::None),
    };
    let (late, input, output) = (matches!(field.rule, Rule::Late(_)), field.input.is_some(), field.output.is_some());
    let untracked = field.untracked;
    quote! {
        #krate::state::Field {
            name: #name,
            ty: #ty,
            reducer: #reducer,
            late: #late,
            input: #input,
            output: #output,
            untracked: #untracked,
        }
    }
}

/// ```text
/// impl Default, Clone, Debug, Serialize, Deserialize for ChatStateUpdate
/// impl Update<ChatState> for ChatStateUpdate { .. }
/// impl NodeOutput<ChatState> for ChatStateUpdate { .. }
/// ```
pub(super) fn full_update(state: &State) -> TokenStream {
    let (krate, ident, update) = (&state.krate, &state.ident, update_ident(state));
    let field: Vec<_> = state.fields.iter().map(|field| &field.ident).collect();
    let name = state.fields.iter().map(|field| &field.name);
    let slot = state.fields.iter().map(|field| slot_type(state, field));
    let update_name = update.to_string();
    let index = 0..field.len();

    let reduced: Vec<_> = reduced(state).map(|(_, field)| field).collect();
    let reduced_ident = reduced.iter().map(|field| &field.ident);
    let reduced_again = reduced_ident.clone();
    let reducer: Vec<_> = reduced.iter().map(|field| reducer(state, field)).collect();

    quote! {
        #krate::__private::update_data! { #update #update_name { #(#field #name : #slot,)* } }

        #[automatically_derived]
        impl #krate::state::Update<#ident> for #update {
            const WRITES: #krate::state::FieldSet = #krate::state::FieldSet::all::<#ident>();
            const MUST_WRITE: #krate::state::FieldSet = #krate::state::FieldSet::EMPTY;

            fn prepare(&mut self) {
                #(#krate::__private::prepare(&mut self.#reduced_ident, #reducer::prepare);)*
            }

            fn into_update(self) -> <#ident as #krate::state::State>::Update {
                self
            }

            fn written(&self) -> #krate::state::FieldSet {
                #krate::state::FieldSet::EMPTY
                    #(.union(#krate::__private::written(&self.#field, #index)))*
            }

            fn visit_messages(&self, visit: &mut dyn ::core::ops::FnMut(&[#krate::__private::Message])) {
                #(#krate::__private::show(&self.#reduced_again, #reducer::messages, #reducer::held, visit);)*
                let _ = visit;
            }
        }

        #[automatically_derived]
        impl #krate::state::NodeOutput<#ident> for #update {
            type Update = Self;
            type Route = ();

            fn into_result(self) -> #krate::__private::NodeResult<(Self, ())> {
                ::core::result::Result::Ok((self, ()))
            }
        }
    }
}

/// The same for `ChatStateInput`, whose fields are all there.
pub(super) fn input(state: &State) -> TokenStream {
    let (krate, ident, input, update) = (&state.krate, &state.ident, input_ident(state), update_ident(state));
    let field: Vec<_> = state.inputs().map(|(_, field)| &field.ident).collect();
    let name: Vec<_> = state.inputs().map(|(_, field)| &field.name).collect();
    let written = state.inputs().map(|(_, field)| written_type(state, field));
    let input_name = input.to_string();

    let reduced: Vec<_> =
        state.inputs().map(|(_, field)| field).filter(|field| matches!(field.rule, Rule::Reduce(_))).collect();
    let reduced_ident = reduced.iter().map(|field| &field.ident);
    let reduced_again = reduced_ident.clone();
    let reducer: Vec<_> = reduced.iter().map(|field| reducer(state, field)).collect();

    quote! {
        #krate::__private::input_data! { #input #input_name { #(#field #name : #written,)* } }

        #[automatically_derived]
        impl #krate::state::Update<#ident> for #input {
            const WRITES: #krate::state::FieldSet = #krate::state::FieldSet::named::<#ident>(&[#(#name),*]);
            const MUST_WRITE: #krate::state::FieldSet = Self::WRITES;

            fn prepare(&mut self) {
                #(#reducer::prepare(&mut self.#reduced_ident);)*
            }

            fn into_update(self) -> <#ident as #krate::state::State>::Update {
                <#update as ::core::default::Default>::default() #(.#field(self.#field))*
            }

            fn written(&self) -> #krate::state::FieldSet {
                Self::WRITES
            }

            fn visit_messages(&self, visit: &mut dyn ::core::ops::FnMut(&[#krate::__private::Message])) {
                #(visit(#reducer::messages(&self.#reduced_again));)*
                let _ = visit;
            }
        }
    }
}

/// That `ChatStateOutput` is what a run gives.
pub(super) fn output(state: &State) -> TokenStream {
    let (krate, ident, output) = (&state.krate, &state.ident, output_ident(state));
    let field: Vec<_> = state.outputs().map(|field| &field.ident).collect();
    let name: Vec<_> = state.outputs().map(|field| &field.name).collect();
    let ty = state.outputs().map(|field| &field.ty);
    let late = state.outputs().map(|field| matches!(field.rule, Rule::Late(_)).then(|| quote!(=> late)));
    let output_name = output.to_string();
    quote! {
        #krate::__private::input_data! { #output #output_name { #(#field #name : #ty #late,)* } }

        #[automatically_derived]
        impl #krate::state::RunOutput<#ident> for #output {
            const SHOWN: #krate::state::FieldSet = #krate::state::FieldSet::named::<#ident>(&[#(#name),*]);

            fn __of(state: &#krate::__private::Arc<#ident>) -> #krate::__private::Arc<Self> {
                #krate::__private::Arc::new(Self { #(#field: ::core::clone::Clone::clone(&state.#field),)* })
            }

            fn __owned(output: #krate::__private::Arc<Self>) -> Self {
                #krate::__private::Arc::unwrap_or_clone(output)
            }
        }
    }
}

/// That messages can be pushed to the field. Where its reducer is one of that name with another input, they cannot.
pub(super) fn messages(state: &State, field: &Field) -> TokenStream {
    let (krate, ident, update) = (&state.krate, &state.ident, update_ident(state));
    let (field_ident, name, written) = (&field.ident, &field.name, written_type(state, field));
    let messages = quote!(#krate::message::Messages);
    quote! {
        #[automatically_derived]
        impl #krate::state::MessagesState for #ident
        where
            for<'any> #messages: ::core::convert::Into<#written>,
        {
            const MESSAGES: &'static str = #name;

            fn __say(messages: #messages) -> #update {
                <#update as ::core::default::Default>::default().#field_ident(::core::convert::Into::into(messages))
            }
        }
    }
}
