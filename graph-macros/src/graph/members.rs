//! How the expansion names the nodes: each path of the user's once, all else through aliases.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Ident;

use super::model::{Model, Node};
use super::routes;
use super::syntax::Graph;
use crate::span::of_type;

/// What stands for the nodes and the state inside the expansion:
///
/// ```text
/// use __private::No as _;
/// const __IS_STATE: bool = StateProbe::<ChatState>::YES;
/// type __IsState = Is<__IS_STATE>;
/// const _: &'static str = <ChatState as State>::NAME;
/// type __State = <StateProbe<ChatState> as Select<__IS_STATE>>::Type;
/// type __Mentioned0 = conversation;
/// struct __Nodes(<<__Mentioned0 as NodeOrStub<__IsState>>::Type as Node<__State, ChatGraph>>::Output, ..);
/// type __Sound = Is<{ NodesProbe::<(One<__Mentioned0>, ..), __State, ChatGraph>::YES }>;
/// type __Node0 = <__Mentioned0 as NodeOrStub<__Sound>>::Type;
/// type __Written = (<__Mentioned0 as NodeFn>::Update, ..);
/// type __Debug = Is<{ DebugProbe::<__Written>::YES }>;
/// ..
/// ```
///
/// The constant of the state and the fields of `__Nodes` are where rustc says that the state is none, or a node none of this
/// graph; see graph-core's `private/probe.rs`, and `private/nodes.rs` for why all nodes are asked about together.
pub(super) fn inside(graph: &Graph, model: &Model<'_>) -> TokenStream {
    let (krate, ident, state) = (&graph.krate, &graph.ident, &graph.state);
    let required = quote_spanned!(of_type(state)=> <#state as #krate::state::State>::NAME);
    let (mut mentioned, mut fields, mut ones, mut nodes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (index, node) in model.nodes.iter().enumerate() {
        let (chosen, any) = (node_type(index), function_type(graph, node, index));
        let path = if is_subgraph(node) {
            graph_or_node(graph, node).into_token_stream()
        } else {
            node.path.to_token_stream()
        };
        let mention = format_ident!("__Mentioned{index}");
        // The same name at the user's token, which is where rustc then points.
        let at_node = Ident::new(&mention.to_string(), node_span(node));
        mentioned.push(quote!(type #mention = #path;));
        // A graph is a node of itself, and what it writes as such is what its other nodes write: see `topology`.
        if !is_own(graph, node) {
            fields.push(quote_spanned!(node_span(node)=>
                <<#at_node as __private::NodeOrStub<__IsState>>::Type as __private::Node<__State, #ident>>::Output));
        }
        ones.push(any.to_token_stream());
        nodes.push(quote!(type #chosen = <#any as __private::NodeOrStub<__Sound>>::Type;));
    }
    let written = model.nodes.iter().enumerate().map(|(index, node)| {
        let any = function_type(graph, node, index);
        quote!(<#any as __private::NodeFn>::Update)
    });
    let run = model.nodes.iter().enumerate().map(|(index, node)| {
        let (any, chosen) = (function_type(graph, node, index), node_type(index));
        if is_apart(node) { quote!(__private::StubNode<#any>) } else { chosen.to_token_stream() }
    });
    let (leaves, groups) = (quote!(__private::NodeTuple), quote!(__private::NodeTree));
    let (ones, run) = (tree(ones, &leaves, &groups), tree(run.collect(), &leaves, &groups));
    let none = TokenStream::new();
    let written = tree(written.collect(), &none, &none);
    quote! {
        // A call is shown where its first token is: a name of the user's place, not `$crate`, which is no place of his.
        use #krate::__private;
        // Unused where the probe finds what it looks for.
        #[allow(unused_imports)]
        use #krate::__private::No as _;
        const __IS_STATE: bool = __private::StateProbe::<#state>::YES;
        type __IsState = __private::Is<__IS_STATE>;
        const _: &'static str = #required;
        type __State = <__private::StateProbe<#state> as __private::Select<__IS_STATE>>::Type;
        #(#mentioned)*
        #[allow(dead_code)]
        struct __Nodes(#(#fields,)*);
        type __Sound = __private::Is<{ __private::NodesProbe::<#ones, __State, #ident>::YES }>;
        #(#nodes)*
        type __Run = #run;
        type __Written = #written;
        type __Debug = __private::Is<{ __private::DebugProbe::<__Written>::YES }>;
        type __Saved = __private::Is<{ __private::SerializeProbe::<__Written>::YES }>;
        type __Loaded = __private::Is<{ __private::ReadableProbe::<__Written>::YES }>;
    }
}

/// A tuple, of tuples where there are more than eight: `Groups<(Leaves<(A, ..)>, ..)>`, or `((a, ..), ..)`.
pub(super) fn tree(mut all: Vec<TokenStream>, leaves: &TokenStream, groups: &TokenStream) -> TokenStream {
    let tuple = |name: &TokenStream, parts: &[TokenStream]| {
        if name.is_empty() { quote!((#(#parts,)*)) } else { quote!(#name<(#(#parts,)*)>) }
    };
    let mut name = leaves;
    while all.len() > 8 {
        all = all.chunks(8).map(|chunk| tuple(name, chunk)).collect();
        name = groups;
    }
    tuple(name, &all)
}

/// For what is named like a type, and so is a graph or may well be no node: the aliases that stand for it outside the
/// constant.
///
/// ```text
/// type __ParentGraph_child_Graph = <GraphProbe<ChildGraph, ParentState> as Select<{ .. }>>::Type;
/// type __ParentGraph_child = <FnProbe<__ParentGraph_child_Graph> as Select<{ .. }>>::Type;
/// type __ParentGraph_child_Inner = <InnerProbe<__ParentGraph_child> as Select<{ .. }>>::Type;
/// ```
///
/// A function is named as it is, for documentation and editors: a function that is no node is not even a type.
pub(super) fn outside(graph: &Graph, model: &Model<'_>) -> TokenStream {
    let krate = &graph.krate;
    let types = model.nodes.iter().filter(|node| is_subgraph(node)).map(|node| {
        let (path, state, alias, mentioned) =
            (node.path, &graph.state, any_type(graph, node), graph_or_node(graph, node));
        let (probe, graphs) = (quote!(#krate::__private::FnProbe), quote!(#krate::__private::GraphProbe));
        let (inner, inners) = (inner_type(graph, node), quote!(#krate::__private::InnerProbe));
        quote! {
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            type #mentioned = <#graphs<#path, #state> as #krate::__private::Select<{
                // Unused where the probe finds what it looks for.
                #[allow(unused_imports)]
                use #krate::__private::No as _;
                #graphs::<#path, #state>::YES
            }>>::Type;
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            type #alias = <#probe<#mentioned> as #krate::__private::Select<{
                #[allow(unused_imports)]
                use #krate::__private::No as _;
                #probe::<#mentioned>::YES
            }>>::Type;
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            type #inner = <#inners<#alias> as #krate::__private::Select<{
                #[allow(unused_imports)]
                use #krate::__private::No as _;
                #inners::<#alias>::YES
            }>>::Type;
        }
    });
    quote!(#(#types)*)
}

/// Whether the node is run apart from the others: one that is sent its input, or that decides where to go.
pub(super) fn is_apart(node: &Node<'_>) -> bool {
    node.sent || routes::decides(node)
}

/// Whether the node is a graph: told by its name, which begins with a capital letter.
pub(super) fn is_subgraph(node: &Node<'_>) -> bool {
    node.path.segments.last().is_some_and(|last| last.ident.to_string().starts_with(char::is_uppercase))
}

/// Whether it is this graph itself.
pub(super) fn is_own(graph: &Graph, node: &Node<'_>) -> bool {
    node.path.is_ident(&graph.ident)
}

fn graph_or_node(graph: &Graph, node: &Node<'_>) -> Ident {
    format_ident!("__{}_{}_Graph", graph.ident, node.name, span = Span::call_site())
}

/// The node as what things can come from inside of; nothing does, where it is no graph.
pub(super) fn inner_type(graph: &Graph, node: &Node<'_>) -> Ident {
    format_ident!("__{}_{}_Inner", graph.ident, node.name, span = Span::call_site())
}

fn any_type(graph: &Graph, node: &Node<'_>) -> Ident {
    format_ident!("__{}_{}", graph.ident, node.name, span = Span::call_site())
}

/// The node inside the expansion, where it is a node at all.
pub(super) fn function_type(graph: &Graph, node: &Node<'_>, index: usize) -> Ident {
    if is_subgraph(node) { any_type(graph, node) } else { format_ident!("__Mentioned{index}") }
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
    let path = if is_subgraph(node) { any_type(graph, node).into_token_stream() } else { node.path.to_token_stream() };
    quote_spanned!(node_span(node)=> <#path as #krate::node::NodeFn>)
}

/// The last word of the node's path: the function's name, also under an alias.
pub(super) fn node_span(node: &Node<'_>) -> Span {
    node.path.segments.last().map_or_else(|| node.ident.span(), |last| last.ident.span())
}
