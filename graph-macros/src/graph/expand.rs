//! The items of a graph.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Ident;

use super::model::{Model, Node};
use super::syntax::Graph;
use super::{items, moments, router, topology};

/// The names of what a graph brings with it.
pub(super) struct Names {
    pub node: Ident,
    pub update: Ident,
    pub task: Ident,
}

impl Names {
    pub(super) fn of(graph: &Graph) -> Self {
        let ident = &graph.ident;
        let named = |name: String| Ident::new(&name, ident.span());
        Self {
            node: named(format!("{ident}Node")),
            update: named(format!("{ident}Update")),
            task: format_ident!("__{ident}Task"),
        }
    }
}

/// ```text
/// pub struct ChatGraph {}
/// impl ChatGraph { pub fn new(deps: ChatDeps) -> App<Self> { .. }  pub fn mermaid() -> String { .. } }
/// pub enum ChatGraphNode { Conversation, .. }
/// pub enum ChatGraphUpdate { Conversation(<conversation as NodeFn>::Update), .. }
/// const _: () = {
///     /* the types that stand for the nodes */
///     pub enum __ChatGraphTask { Conversation, .. }
///     /* the impls of the enums, as templates */
///     impl Graph for ChatGraph { .. }
///     /* the checks that need constant evaluation */
/// };
/// ```
pub(super) fn graph(graph: &Graph, model: &Model<'_>, sound: bool) -> TokenStream {
    let names = Names::of(graph);
    let graph_type = items::graph_type(graph, model);
    let node = items::node_enum(graph, model, &names);
    let update = items::update_enum(graph, model, &names);
    let node_types = node_types(graph, model);
    let task = items::task_enum(graph, model, &names);
    let templates = items::templates(graph, model, &names);
    let graph_impl = graph_impl(graph, model, &names);
    let any_types = any_types(graph, model);
    let checks = sound.then(|| {
        let (inputs, moments) = (checks(graph, model), moments::checks(graph, model));
        let krate = &graph.krate;
        // A call is shown where its first token is: a name of the user's place, not `$crate`, which is no place of his.
        quote! {
            #[allow(unused_imports)]
            use #krate::__private;
            #inputs
            #moments
        }
    });
    quote! {
        #graph_type
        #any_types
        #node
        #update
        const _: () = {
            #node_types
            #task
            #templates
            #graph_impl
            #checks
        };
    }
}

/// What stands for the nodes and the state inside the expansion:
///
/// ```text
/// use __private::No as _;
/// type __State = ChatState;
/// type __Fn0 = conversation;
/// const _: NodeInfo = <__Fn0 as Node<__State, ChatGraph>>::INFO;
/// type __Node0 = <NodeProbe<__Fn0, __State, ChatGraph> as Chosen<{ NodeProbe::<..>::YES }>>::Type;
/// ```
///
/// The constant is where rustc says that a node is none of this graph; see graph-core's `private/probe.rs`.
fn node_types(graph: &Graph, model: &Model<'_>) -> TokenStream {
    let (krate, ident, state) = (&graph.krate, &graph.ident, &graph.state);
    let types = model.nodes.iter().enumerate().map(|(index, node)| {
        let (path, chosen) = (node.path, node_type(index));
        let function = format_ident!("__Fn{index}");
        let required = quote_spanned!(node_span(node)=> <#function as #krate::node::Node<__State, #ident>>::INFO);
        let (probe, any) = (quote!(#krate::__private::NodeProbe), function_type(graph, node, index));
        quote! {
            type #function = #path;
            const _: #krate::node::NodeInfo = #required;
            type #chosen = <#probe<#any, __State, #ident> as #krate::__private::Chosen<
                { #probe::<#any, __State, #ident>::YES },
            >>::Type;
        }
    });
    quote! {
        #[allow(unused_imports)]
        use #krate::__private::No as _;
        type __State = #state;
        #(#types)*
    }
}

/// For what is named like a type, and so may well be no node: the alias that stands for it outside the constant.
///
/// ```text
/// type __ChatGraph_Answer = <FnProbe<Answer> as Chosen<{ .. }>>::Type;
/// ```
///
/// A function is named as it is, for documentation and editors: a function that is no node is not even a type.
fn any_types(graph: &Graph, model: &Model<'_>) -> TokenStream {
    let krate = &graph.krate;
    let types = model.nodes.iter().filter(|node| is_named_like_a_type(node)).map(|node| {
        let (path, alias) = (node.path, any_type(graph, node));
        let probe = quote!(#krate::__private::FnProbe);
        quote! {
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            type #alias = <#probe<#path> as #krate::__private::Chosen<{
                #[allow(unused_imports)]
                use #krate::__private::No as _;
                #probe::<#path>::YES
            }>>::Type;
        }
    });
    quote!(#(#types)*)
}

fn is_named_like_a_type(node: &Node<'_>) -> bool {
    node.path.segments.last().is_some_and(|last| last.ident.to_string().starts_with(char::is_uppercase))
}

fn any_type(graph: &Graph, node: &Node<'_>) -> Ident {
    format_ident!("__{}_{}", graph.ident, node.name, span = Span::call_site())
}

/// The node inside the expansion, where it is a node at all.
pub(super) fn function_type(graph: &Graph, node: &Node<'_>, index: usize) -> Ident {
    if is_named_like_a_type(node) { any_type(graph, node) } else { format_ident!("__Fn{index}") }
}

/// The node as the expansion runs it, or what stands in for it.
fn node_type(index: usize) -> Ident {
    format_ident!("__Node{index}")
}

/// `<__Node0 as Node<ChatState, ChatGraph>>`
pub(super) fn as_node(graph: &Graph, index: usize) -> TokenStream {
    let (krate, ident, chosen) = (&graph.krate, &graph.ident, node_type(index));
    quote!(<#chosen as #krate::node::Node<__State, #ident>>)
}

/// `<conversation as NodeFn>`: what a node takes and gives, whatever it is a node of.
pub(super) fn as_function(graph: &Graph, node: &Node<'_>) -> TokenStream {
    let krate = &graph.krate;
    let path = if is_named_like_a_type(node) {
        any_type(graph, node).into_token_stream()
    } else {
        node.path.to_token_stream()
    };
    quote_spanned!(node_span(node)=> <#path as #krate::node::NodeFn>)
}

/// The last word of the node's path: the function's name, also under an alias.
pub(super) fn node_span(node: &Node<'_>) -> Span {
    node.path.segments.last().map_or_else(|| node.ident.span(), |last| last.ident.span())
}

fn graph_impl(graph: &Graph, model: &Model<'_>, names: &Names) -> TokenStream {
    let Names { node, update, task } = names;
    let (krate, ident, name) = (&graph.krate, &graph.ident, graph.ident.to_string());
    let deps = graph.deps.as_ref().map_or_else(|| quote!(()), |deps| quote!(#deps));
    let custom = graph.custom.as_ref().map_or_else(|| quote!(#krate::graph::NoCustom), |custom| quote!(#custom));
    let topology = topology::of(graph, model);
    let routers = router::all(graph, model, names);

    let task_of = model.nodes.iter().map(|known| {
        let variant = &known.variant;
        let some = quote!(::core::option::Option::Some(#task::#variant));
        let task = if known.sent { quote!(::core::option::Option::None) } else { some };
        quote!(#node::#variant => #task)
    });
    let node_of = model.nodes.iter().map(|known| {
        let (variant, payload) = (&known.variant, known.sent.then(|| quote!((_))));
        quote!(#task::#variant #payload => #node::#variant)
    });
    let run = model.nodes.iter().enumerate().map(|(index, known)| {
        let (variant, as_node) = (&known.variant, as_node(graph, index));
        let (payload, input) = if known.sent {
            (Some(quote!((input))), quote!(input))
        } else {
            (None, quote!(#krate::__private::no_input()))
        };
        quote! {
            #task::#variant #payload => {
                ::core::result::Result::map(#as_node::run(#input, state, cx).await, #update::#variant)
            }
        }
    });

    quote! {
        #[automatically_derived]
        impl #krate::graph::Graph for #ident {
            const NAME: &'static str = #name;
            const TOPOLOGY: #krate::graph::Topology = #topology;
            type State = __State;
            type Deps = #deps;
            type Node = #node;
            type Update = #update;
            type Custom = #custom;
            type Task = #task;

            fn task(node: #node) -> ::core::option::Option<#task> {
                match node { #(#task_of,)* }
            }

            fn node_of(task: &#task) -> #node {
                match *task { #(#node_of,)* }
            }

            #[allow(unused_variables)]
            fn run(
                task: #task,
                state: &__State,
                cx: &#krate::context::Context<Self>,
            ) -> impl ::core::future::Future<Output = #krate::__private::NodeResult<#update>> + ::core::marker::Send
            {
                async move {
                    match task { #(#run,)* }
                }
            }

            #[allow(unreachable_patterns, unused_variables)]
            fn route(from: ::core::option::Option<#node>, state: &__State, next: &mut #krate::graph::Next<Self>) {
                #routers
            }
        }
    }
}

/// `const _: () = takes_no_input(<write as Node<..>>::INFO);`, at each node that an ordinary edge leads to.
fn checks(graph: &Graph, model: &Model<'_>) -> TokenStream {
    let checks = model.nodes.iter().enumerate().filter_map(|(index, node)| Some((index, node.pulled?)));
    checks
        .map(|(index, span)| {
            let as_node = as_node(graph, index);
            let check = quote_spanned!(span=> __private::takes_no_input(#as_node::INFO));
            quote!(const _: () = #check;)
        })
        .collect()
}
