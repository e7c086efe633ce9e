//! The struct of a template, and the prompt that it becomes.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use super::model::{Line, Role, Template, Variable};
use crate::camel_case::camel;

/// ```text
/// #[derive(Clone, Debug)]
/// pub struct Joke<Mood, History, Topic> {
///     pub mood: Mood,
///     pub history: History,
///     pub topic: Topic,
/// }
/// impl<Mood: PromptText, History: PromptMessages, Topic: PromptText> From<Joke<Mood, History, Topic>> for Prompt {
///     fn from(Joke { mood, history, topic }: Joke<Mood, History, Topic>) -> Self {
///         let mut messages = Vec::new();
///         messages.push(Message::system(format!("You are {mood}.")));
///         messages.extend(history.into_messages());
///         messages.push(Message::user(format!("Tell me a joke about {topic}.")));
///         messages.into()
///     }
/// }
/// impl<Mood, History, Topic> Joke<Mood, History, Topic> {
///     pub fn prompt(self) -> Prompt where Mood: PromptText, History: PromptMessages, Topic: PromptText { self.into() }
/// }
/// ```
///
/// The bounds are those of the method, not of the struct: rustc would report a wrong value at the struct and at the call.
pub(super) fn template(template: &Template<'_>, is_right: bool) -> TokenStream {
    let Template { krate, attributes, vis, ident, variables, .. } = template;
    let fields: Vec<_> = variables.iter().map(|variable| &variable.ident).collect();
    let types = type_names(&fields);
    let bounds: Vec<_> = variables.iter().map(|variable| bounds(template, variable)).collect();
    let docs = variables.iter().map(doc);
    // Without variables, it has no braces either.
    let body = if fields.is_empty() { quote!(;) } else { quote!({ #(#[doc = #docs] #vis #fields: #types,)* }) };
    let pattern = if fields.is_empty() { quote!(_) } else { quote!(#ident { #(#fields),* }) };
    let lines = template.messages.iter().map(|line| push(template, line));
    let from = is_right.then(|| {
        quote! {
            #[automatically_derived]
            impl<#(#types: #bounds),*> ::core::convert::From<#ident<#(#types),*>> for #krate::model::Prompt {
                fn from(#pattern: #ident<#(#types),*>) -> Self {
                    let mut __messages = #krate::__private::Vec::new();
                    #(#lines)*
                    ::core::convert::From::from(__messages)
                }
            }
        }
    });
    let convert = if is_right { quote!(::core::convert::From::from(self)) } else { quote!(#krate::__private::never()) };
    quote! {
        #(#attributes)*
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        #vis struct #ident<#(#types),*> #body

        #from

        #[automatically_derived]
        impl<#(#types),*> #ident<#(#types),*> {
            /// The messages, as the prompt of a model.
            #[allow(dead_code)]
            #vis fn prompt(self) -> #krate::model::Prompt
            where
                #(#types: #bounds,)*
            {
                #convert
            }
        }
    }
}

/// `Mood` for `mood`, each once.
fn type_names(fields: &[&Ident]) -> Vec<Ident> {
    let mut names: Vec<Ident> = Vec::new();
    for field in fields {
        let mut name = camel(&field.to_string(), "");
        if name == "Self" || names.iter().any(|known| *known == name) {
            name = camel(&field.to_string(), "_");
        }
        names.push(Ident::new(&name, field.span()));
    }
    names
}

fn bounds(template: &Template<'_>, variable: &Variable) -> TokenStream {
    let (krate, used) = (template.krate, variable.used);
    if used.messages > 0 {
        return quote!(#krate::model::PromptMessages);
    }
    let display = used.display.then(|| quote!(#krate::model::PromptText));
    let debug = used.debug.then(|| quote!(#krate::model::PromptDebug));
    let both = display.into_iter().chain(debug);
    quote!(#(#both)+*)
}

fn doc(variable: &Variable) -> String {
    let name = &variable.ident;
    if variable.used.messages > 0 {
        format!("The messages that stand for `..{name}`.")
    } else {
        format!("What stands for `{{{name}}}`.")
    }
}

fn push(template: &Template<'_>, line: &Line<'_>) -> TokenStream {
    let krate = template.krate;
    match line {
        Line::Message(role, text) => {
            let role = match role {
                Role::System => quote!(system),
                Role::User => quote!(user),
                Role::Assistant => quote!(assistant),
            };
            quote!(__messages.push(#krate::message::Message::#role(#krate::__private::format!(#text)));)
        }
        Line::Messages(name) => {
            quote!(__messages.extend(#krate::model::PromptMessages::into_messages(#name));)
        }
    }
}
