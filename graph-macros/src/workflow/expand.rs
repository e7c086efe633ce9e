//! The items of a workflow: its state, the update of its node, its node and its graph.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::parse_quote;

use super::model::{Argument, Workflow};
use crate::function::Function;
use crate::probe::Probe;
use crate::span::of_type;

/// ```text
/// type __EssayOutput = ..; type __EssayValue = Vec<String>; type __EssaySaved = ..;
/// #[derive(State)]
/// pub struct EssayState { #[state(input)] topic: Late<String>, #[state(output)] result: Late<__EssayValue> }
/// pub type EssayInput = EssayStateInput;
/// #[derive(Update)] #[update(EssayState)]
/// pub struct EssayReturned { result: __EssayValue }
/// #[node]
/// async fn essay(EssayState { topic, .. }: &EssayState, cx: &Context<Essay>) -> NodeResult<EssayReturned> { .. }
/// graph! { pub Essay<EssayState> { START -> essay -> END; task translate; interrupt Publish; } }
/// ```
pub(super) fn workflow(workflow: &Workflow<'_>, function: &Function, is_sound: bool) -> TokenStream {
    let (aliases, state, update) = (aliases(workflow), state(workflow), update(workflow));
    let node = if is_sound { node(workflow, function) } else { unsound(workflow, function) };
    let graph = graph(workflow, function);
    quote!(#aliases #state #update #node #graph)
}

/// The types that are in the return type.
fn aliases(workflow: &Workflow<'_>) -> TokenStream {
    let krate = &workflow.options.krate;
    let unit = parse_quote!(());
    let returned = workflow.returned.unwrap_or(&unit);
    let [chosen, output, ends, value, saved] =
        ["Chosen", "Output", "Ends", "Value", "Saved"].map(|name| hidden(workflow, name));
    let (chosen_type, ends_type) = (
        Probe::new(krate, quote!(WorkflowReturnProbe), returned).type_or_stub(),
        Probe::new(krate, quote!(FinalProbe), &output).type_or_stub(),
    );
    // rustc reports at the type.
    let at = |name: &str| {
        let mut name = hidden(workflow, name);
        name.set_span(of_type(returned));
        name
    };
    let (value_here, ends_here) = (at("Value"), at("Ends"));
    let result = quote_spanned!(of_type(returned)=> __must_be_a_workflow_result::<#value_here>());
    let arguments =
        workflow.arguments.iter().filter(|argument| !argument.is_previous).map(|Argument { ty, .. }| {
            let check = quote_spanned!(of_type(ty)=> __must_be_an_argument::<#ty>());
            quote!(const _: () = #check;)
        });
    let is_returned = workflow.returned.map(|returned| {
        let check = quote_spanned!(of_type(returned)=> __must_be_returned_by_a_workflow::<#returned>());
        quote! {
            use #krate::__private::must_be_returned_by_a_workflow as __must_be_returned_by_a_workflow;
            const _: () = #check;
        }
    });
    let saves_nothing = workflow.previous().is_none().then(|| {
        let check = quote_spanned!(of_type(returned)=> __must_save_nothing::<#ends_here>());
        quote! {
            use #krate::__private::must_save_nothing as __must_save_nothing;
            const _: () = #check;
        }
    });
    quote! {
        const _: () = {
            #[allow(unused_imports)]
            use #krate::__private::{
                must_be_a_workflow_result as __must_be_a_workflow_result, must_be_an_argument as __must_be_an_argument,
            };
            #is_returned
            #saves_nothing
            const _: () = #result;
            #(#arguments)*
        };
        #[doc(hidden)]
        type #chosen = #chosen_type;
        #[doc(hidden)]
        type #output = <#chosen as #krate::__private::WorkflowReturnOrStub<#returned>>::Output;
        #[doc(hidden)]
        type #ends = #ends_type;
        #[doc(hidden)]
        type #value = <#ends as #krate::__private::Ends<#output>>::Value;
        #[doc(hidden)]
        #[allow(dead_code)]
        type #saved = <#ends as #krate::__private::Ends<#output>>::Saved;
    }
}

fn state(workflow: &Workflow<'_>) -> TokenStream {
    let Workflow { options, vis, .. } = workflow;
    let (krate, ident, value) = (&options.krate, workflow.named("State"), hidden(workflow, "Value"));
    let doc = format!("The state of [`{}`]: its arguments and its result.", options.graph);
    let fields = workflow.arguments.iter().map(|Argument { name, ty, is_previous, .. }| {
        if *is_previous {
            quote!(#vis #name: #ty)
        } else {
            quote!(#[state(input)] #vis #name: #krate::state::Late<#ty>)
        }
    });
    let own: syn::DeriveInput = parse_quote! {
        #[state(crate = #krate)]
        #vis struct #ident {
            #(#fields,)*
            #[state(output)]
            #vis result: #krate::state::Late<#value>,
        }
    };
    let plain = workflow.arguments.iter().map(|Argument { name, ty, is_previous, .. }| {
        if *is_previous { quote!(#vis #name: #ty) } else { quote!(#vis #name: #krate::state::Late<#ty>) }
    });
    let own_fields = workflow.arguments.iter().map(|Argument { name, ty, is_previous, .. }| {
        if *is_previous { (*name, quote!(#ty), false) } else { (*name, quote!(#krate::state::Late<#ty>), true) }
    });
    let result = quote::format_ident!("result");
    let fields: Vec<_> = own_fields.chain([(&result, quote!(#krate::state::Late<#value>), true)]).collect();
    let data = data(workflow, &ident, &fields);
    let names = fields.iter().map(|(name, ..)| name);
    let derived = crate::state::derive_sole_output(&own);
    let (input, state_input) = (workflow.named("Input"), workflow.named("StateInput"));
    let input_doc = format!("The input of a run of [`{}`]: its arguments.", options.graph);
    quote! {
        #[doc = #doc]
        #[allow(private_interfaces)]
        #vis struct #ident {
            #(#plain,)*
            /// The result, once the workflow has ended.
            #vis result: #krate::state::Late<#value>,
        }

        #[automatically_derived]
        impl ::core::default::Default for #ident {
            fn default() -> Self {
                Self { #(#names: ::core::default::Default::default(),)* }
            }
        }

        #data
        #derived

        #[doc = #input_doc]
        #[allow(dead_code, private_interfaces)]
        #vis type #input = #state_input;
    }
}

/// `input_data! { EssayState "EssayState" { topic "topic" "topic" ["topic"] : Late<String> => late, .. } }`: `Clone`,
/// `PartialEq`, `Debug`, `Serialize` and `Deserialize`, each where the fields have it.
fn data(workflow: &Workflow<'_>, ident: &Ident, fields: &[(&Ident, TokenStream, bool)]) -> TokenStream {
    let (krate, title) = (&workflow.options.krate, ident.to_string());
    let field = |(name, ty, _): &(&Ident, TokenStream, bool)| {
        let text = name.unraw().to_string();
        quote!(#name #text #text [#text] : #ty)
    };
    let late = fields.iter().map(|(.., late)| late.then(|| quote!(=> late)));
    let (fields, read) = (fields.iter().map(field), fields.iter().map(field));
    quote! {
        const _: () = {
            #krate::__private::input_data! { #ident #title { #(#fields #late,)* } }
            #krate::__private::input_deserialize! { #ident { #(#read,)* } }
        };
    }
}

fn update(workflow: &Workflow<'_>) -> TokenStream {
    let Workflow { options, vis, .. } = workflow;
    let (krate, state, ident) = (&options.krate, workflow.named("State"), workflow.named("Returned"));
    let value = hidden(workflow, "Value");
    let doc = format!("What [`{}`] has returned: the update of its node.", options.graph);
    let previous = workflow.previous().map(|Argument { name, ty, .. }| quote!(#vis #name: #ty));
    let own: syn::DeriveInput = parse_quote! {
        #[update(#state, crate = #krate)]
        #vis struct #ident { #vis result: #value, #previous }
    };
    let derived = crate::update::derive(&own);
    let result = quote::format_ident!("result");
    let own_previous = workflow.previous().map(|Argument { name, ty, .. }| (*name, quote!(#ty), false));
    let fields: Vec<_> = [(&result, quote!(#value), false)].into_iter().chain(own_previous).collect();
    let data = data(workflow, &ident, &fields);
    quote! {
        #[doc = #doc]
        #[allow(private_interfaces)]
        #vis struct #ident {
            /// The result.
            #vis result: #value,
            #previous
        }

        #data
        #derived
    }
}

fn node(workflow: &Workflow<'_>, function: &Function) -> TokenStream {
    let Workflow { options, vis, ident, context, .. } = workflow;
    let (krate, graph) = (&options.krate, &options.graph);
    let (state, returned) = (workflow.named("State"), workflow.named("Returned"));
    let (chosen, ends) = (hidden(workflow, "Chosen"), hidden(workflow, "Ends"));
    let names: Vec<_> = workflow.arguments.iter().map(|argument| argument.name).collect();
    let previous = workflow.previous().map(|Argument { name, ty, .. }| {
        let saved = quote_spanned!(of_type(ty)=> ::core::option::Option::Some(__saved));
        quote!(#name: #saved)
    });
    let output = hidden(workflow, "Output");
    let split = if previous.is_some() {
        quote! {
            let (result, __saved) = <#ends as #krate::__private::Ends<_>>::split(__ended, |__value: &#output| {
                #krate::__private::Copied(__value).copied()
            });
        }
    } else {
        quote!(let result = <#ends as #krate::__private::Ends<_>>::value(__ended);)
    };
    let (docs, inner, policy) = (function.docs(), function.inner_without("previous"), &options.policy);
    let call = quote_spanned! {ident.span()=>
        #ident(#(#krate::__private::Copied(#names).copied(),)* __context)
    };
    let node: TokenStream = quote! {
        #(#docs)*
        #vis async fn #ident(
            #state { #(#names,)* .. }: &#state,
            __cx: &#krate::context::Context<#graph>,
        ) -> #krate::node::NodeResult<#returned> {
            #inner
            // Unused where every argument has `Clone`.
            #[allow(unused_imports)]
            use #krate::__private::NoClone as _;
            let __context: &#context = #krate::functional::AsContext::__as_context(__cx);
            let __returned = #call.await;
            let __ended = <#chosen as #krate::__private::WorkflowReturnOrStub<_>>::into_result(__returned)?;
            #split
            ::core::result::Result::Ok(#returned { result, #previous })
        }
    };
    crate::node::attribute(quote!(#(#policy,)* crate = #krate), &node)
}

/// The node of a workflow with errors, beside the function as it is.
fn unsound(workflow: &Workflow<'_>, function: &Function) -> TokenStream {
    let function = function.inner_without("previous");
    let stub = crate::node::stub_for_type(workflow.ident);
    let ident = workflow.ident;
    quote! {
        #[allow(dead_code)]
        #function
        #[allow(non_camel_case_types)]
        pub struct #ident {}
        #stub
    }
}

fn graph(workflow: &Workflow<'_>, function: &Function) -> TokenStream {
    let Workflow { options, vis, ident, .. } = workflow;
    let (krate, name, state) = (&options.krate, &options.graph, workflow.named("State"));
    let (docs, deps) = (function.docs(), options.deps.as_ref().map(|deps| quote!(, #deps)));
    let (tasks, interrupts) = (&options.tasks, &options.interrupts);
    let tasks = (!tasks.is_empty()).then(|| quote!(task #(#tasks),*;));
    let interrupts = (!interrupts.is_empty()).then(|| quote!(interrupt #(#interrupts),*;));
    let custom = options.custom.as_ref().map(|custom| quote!(custom #custom;));
    let context = options.context.as_ref().map(|context| quote!(context #context;));
    let store = options.has_store.then(|| quote!(store;));
    crate::graph::expand(quote! {
        [#krate]
        #(#docs)*
        #vis #name<#state #deps> {
            START -> #ident -> END;
            #tasks
            #interrupts
            #custom
            #context
            #store
        }
    })
}

/// `__EssayValue`
fn hidden(workflow: &Workflow<'_>, name: &str) -> Ident {
    quote::format_ident!("__{}{name}", workflow.options.graph)
}
