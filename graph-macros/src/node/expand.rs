//! The type beside a node's function.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{Ident, Path, Type};

use super::model::{Context, Node};
use super::{body, cache, handler};
use crate::crate_path::CratePath;
use crate::reads::Reads;
use crate::span::of_type;
use crate::text;

/// ```text
/// struct plan {}
/// const _: () = {
///     use __private::No as _;
///     type __State = <StateProbe<ReportState> as Select<{ .. }>>::Type;
///     type __Return = NodeResult<Plan>;
///     const _: fn(__Return) -> NodeResult<(Plan, ())> = <__Return as NodeOutput<ReportState>>::into_result;
///     type __Output = <OutputProbe<__Return, Plan, (), ReportState> as Select<{ .. }>>::Type;
///     impl NodeFn for plan { type Input = (); type Update = Plan; type Route = (); }
///     impl<__G: Graph> Node<ReportState, __G> for plan {
///         const INFO: NodeInfo = NodeInfo { name: "plan", reads: .., writes: .., .. };
///         type Output = __Output;
///         fn run(input: (), state: &ReportState, cx: &Context<__G>) -> impl Future<Output = NodeResult<(Plan, ())>> + Send {
///             async move { <__Output as Output<ReportState>>::into_result(plan(state).await) }
///         }
///     }
/// };
/// ```
pub(super) fn node(node: &Node<'_>) -> TokenStream {
    let krate = &node.krate;
    let (Some(returned), Some(update)) = (node.output, node.update()) else { return stub(node) };
    let state = state_type(node);
    let (state_alias, route) = (state_alias(node), route(node));
    let handler = node.policy.on_error.as_ref();

    if node.state.is_none() {
        // A node without a state is one over every state that its update belongs to: the bound says it all.
        let output = quote!(#krate::__private::RealOutput<#returned>);
        let (checks, body) = body::of(node, &output, &state);
        let mut bounds = vec![quote!(#returned: #krate::__private::Returns<#state, Update = #update, Route = #route>)];
        bounds.extend(handler.and_then(|_| handler::bound(node)));
        let update = update.to_token_stream();
        return item(node, &Insides { checks, output, update, body, bounds, handler });
    }

    let as_output = quote_spanned!(of_type(returned)=> <#returned as #krate::state::NodeOutput<#state>>);
    let required = quote_spanned!(of_type(returned)=> #as_output::into_result);
    let probe = quote!(#krate::__private::OutputProbe);
    let choice = quote! {
        #state_alias
        const _: fn(#returned) -> #krate::__private::NodeResult<(#update, #route)> = #required;
        type __Output = <#probe<#returned, #update, #route, #state> as #krate::__private::Select<
            { #probe::<#returned, #update, #route, #state>::YES },
        >>::Type;
    };
    let output = quote!(__Output);
    let (checks, body) = body::of(node, &output, &state);
    let bounds = handler.and_then(|_| handler::bound(node));
    let (checks, update) = (quote!(#choice #checks), update.to_token_stream());
    item(node, &Insides { checks, output, update, body, bounds: bounds.into_iter().collect(), handler })
}

/// What stands in for a node that could not be read: for its state, or else any, so that graphs say nothing about it.
pub(super) fn stub(node: &Node<'_>) -> TokenStream {
    let krate = &node.krate;
    let update = node.update().map_or_else(|| quote!(()), ToTokens::to_token_stream);
    let route = route(node);
    let output = quote!(#krate::__private::StubOutput<(), #update, #route>);
    let body = quote!(async move { let _ = (input, state, cx); #krate::__private::never() });
    item(node, &Insides { checks: state_alias(node), output, update, body, bounds: Vec::new(), handler: None })
}

/// A node of every graph, for a type that was meant to be one.
pub(super) fn stand_in(ident: &Ident) -> TokenStream {
    let krate = CratePath::default();
    let stub = quote!(<#krate::__private::StubNode<#ident> as #krate::node::Node<__S, __G>>);
    quote! {
        const _: () = {
            #[automatically_derived]
            impl #krate::node::NodeFn for #ident {
                type Input = ();
                type Update = ();
                type Route = ();
            }

            #[automatically_derived]
            impl<__S: #krate::state::State, __G: #krate::graph::Graph> #krate::node::Node<__S, __G> for #ident {
                const INFO: #krate::node::NodeInfo = #stub::INFO;
                type Output = #krate::__private::StubOutput<(), ()>;

                async fn run(_: (), _: &__S, _: &#krate::context::Context<__G>) -> #krate::__private::NodeResult<((), ())> {
                    #krate::__private::never()
                }
            }
        };
    }
}

/// The state, or what stands in for one that is none, about which only the graph speaks.
fn state_alias(node: &Node<'_>) -> TokenStream {
    let krate = &node.krate;
    let probe = quote!(#krate::__private::StateProbe);
    let alias = node.state.as_ref().map(|(state, _)| {
        quote! {
            // Unused where the probe finds what it looks for.
            #[allow(unused_imports)]
            use #krate::__private::No as _;
            type __State = <#probe<#state> as #krate::__private::Select<{ #probe::<#state>::YES }>>::Type;
        }
    });
    alias.unwrap_or_default()
}

/// What is inside of the items of a node.
struct Insides<'a> {
    /// What comes before the impls.
    checks: TokenStream,
    output: TokenStream,
    update: TokenStream,
    body: TokenStream,
    bounds: Vec<TokenStream>,
    /// The handler of its errors.
    handler: Option<&'a Path>,
}

fn item(node: &Node<'_>, insides: &Insides<'_>) -> TokenStream {
    if !node.is_free {
        return TokenStream::new();
    }
    let Insides { checks, output, update, body, bounds, handler } = insides;
    let Node { krate, docs, cfgs, vis, ident, .. } = node;
    let (name, doc) = (ident.to_string(), format!("The node [`{ident}`](fn@{ident})."));
    let (state, graph) = (state_type(node), graph_type(node));
    let span = ident.span();

    let parameters = parameters(node);
    let reads = reads(node, &if node.state.is_some() { quote!(__State) } else { quote!(__S) });
    let writes = quote!(<#output as #krate::__private::NodeReturn<#state>>);
    let is_async = node.is_async;
    let (takes_input, input_name) = (node.input.is_some(), node.input.map(name_of).unwrap_or_default());
    let policy = node.policy.expand(krate);
    let input = node.input.map_or_else(|| quote!(()), ToTokens::to_token_stream);
    let (route, routes) = (route(node), node.route().is_some());
    let bounds = (!bounds.is_empty()).then(|| quote!(where #(#bounds,)*));
    let info = quote! {
        #krate::node::NodeInfo {
            name: #name,
            reads: #reads,
            writes: #writes::WRITES,
            must_write: #writes::MUST_WRITE,
            replaces: #writes::REPLACES,
            uncombined: #krate::state::FieldSet::EMPTY,
            inner: ::core::option::Option::None,
            takes_input: #takes_input,
            input: #input_name,
            is_async: #is_async,
            routes: #routes,
            policy: #policy,
        }
    };
    let info = match handler {
        Some(handler) => handler::info(node, handler, &info),
        None => info,
    };
    let run = quote_spanned!(span=> run);
    // Where rustc points if the future cannot be sent.
    let future = quote_spanned!(span=>
        impl ::core::future::Future<Output = #krate::__private::NodeResult<(#update, #route)>> + ::core::marker::Send);

    quote! {
        #(#cfgs)*
        #(#docs)*
        #[doc = ""]
        #[doc = #doc]
        #[allow(non_camel_case_types, missing_debug_implementations)]
        #vis struct #ident {}

        #(#cfgs)*
        const _: () = {
            #checks

            #[automatically_derived]
            impl #krate::node::NodeFn for #ident {
                type Input = #input;
                type Update = #update;
                type Route = #route;
            }

            #[automatically_derived]
            impl<#parameters> #krate::node::Node<#state, #graph> for #ident #bounds {
                const INFO: #krate::node::NodeInfo = #info;
                type Output = #output;

                #[allow(unused_variables)]
                fn #run(
                    input: #input,
                    state: &#state,
                    cx: &#krate::context::Context<#graph>,
                ) -> #future {
                    #body
                }
            }
        };
    }
}

/// The type parameters of a node's impl.
pub(super) fn parameters(node: &Node<'_>) -> TokenStream {
    let krate = &node.krate;
    let state = node.state.is_none().then(|| quote!(__S: #krate::state::State,));
    let graph = (!matches!(node.context, Some(Context::Of(_)))).then(|| quote!(__G: #krate::graph::Graph,));
    quote!(#state #graph)
}

pub(super) fn state_type(node: &Node<'_>) -> TokenStream {
    node.state.as_ref().map_or_else(|| quote!(__S), |(state, _)| state.to_token_stream())
}

/// Where it goes, if it decides that itself.
pub(super) fn route(node: &Node<'_>) -> TokenStream {
    node.route().map_or_else(|| quote!(()), ToTokens::to_token_stream)
}

pub(super) fn graph_type(node: &Node<'_>) -> TokenStream {
    match node.context {
        Some(Context::Of(graph)) => graph.to_token_stream(),
        _ => quote!(__G),
    }
}

fn reads(node: &Node<'_>, state: &TokenStream) -> TokenStream {
    let krate = &node.krate;
    let own = node.state.as_ref().map_or(&Reads::Nothing, |(_, reads)| reads).set(krate, state);
    match cache::key_reads(node) {
        Reads::Nothing => own,
        reads => {
            let reads = reads.set(krate, state);
            quote!(#own.union(#reads))
        }
    }
}

/// A type by its name, without the modules before it.
fn name_of(ty: &Type) -> String {
    match ty {
        Type::Group(group) => name_of(&group.elem),
        Type::Path(path) => path.path.segments.last().map(text::of).unwrap_or_default(),
        other => text::of(other),
    }
}
