//! Aliases of the nodes and the state. Each path of the user appears once, so that rustc reports an error in it once.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Ident;

use super::Expansion;
use super::names::{node_type, type_path};
use crate::probe::Probe;
use crate::span::of_type;

/// The aliases of the nodes and the state inside the constant.
///
/// ```text
/// use __private::No as _;
/// const __IS_STATE: bool = StateProbe::<ChatState>::YES;
/// type __IsState = Is<__IS_STATE>;
/// const _: () = <ChatState as DerivedState>::IS_DERIVED;
/// type __State = <StateProbe<ChatState> as Select<__IS_STATE>>::Type;
/// type __Mentioned0 = conversation;
/// struct __Nodes(<<__Mentioned0 as NodeOrStub<__IsState>>::Type as Node<__State, ChatGraph>>::Output, ..);
/// type __Sound = Is<{ NodesProbe::<NodeTuple<(__Mentioned0, ..)>, __State, ChatGraph>::YES }>;
/// type __Node0 = <__Mentioned0 as NodeOrStub<__Sound>>::Type;
/// type __Written = (<__Mentioned0 as NodeFn>::Update, ..);
/// type __Debug = Is<{ DebugProbe::<__Written>::YES }>;
/// ..
/// ```
///
/// rustc reports a state that is no state at the constant, and a node that is no node of this graph at the fields of
/// `__Nodes`. All nodes share one probe because each probe costs compile time.
pub(super) fn inside(expansion: &Expansion<'_>) -> TokenStream {
    let model = expansion.model;
    let (krate, ident, state) = (&model.krate, &model.ident, &model.state);
    let required = quote_spanned!(of_type(state)=> <#state as #krate::__private::DerivedState>::IS_DERIVED);
    let (mut mentioned, mut fields, mut ones, mut nodes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (index, node) in model.nodes.iter().enumerate() {
        let (chosen, any) = (node_type(index), expansion.function_type(node, index));
        let path = if node.is_subgraph() { expansion.graph_alias(node).into_token_stream() } else { type_path(node) };
        let mention = format_ident!("__Mentioned{index}");
        // Spanned at the user's token, where rustc reports errors of the type.
        let at_node = Ident::new(&mention.to_string(), node.span());
        mentioned.push(quote!(type #mention = #path;));
        // What a recursive graph writes depends on its other nodes: see `topology`.
        if !node.is_own {
            fields.push(quote_spanned!(node.span()=>
                <<#at_node as __private::NodeOrStub<__IsState>>::Type as __private::Node<__State, #ident>>::Output));
        }
        ones.push(any.to_token_stream());
        nodes.push(quote!(type #chosen = <#any as __private::NodeOrStub<__Sound>>::Type;));
    }
    let written = model.nodes.iter().enumerate().map(|(index, node)| {
        let any = expansion.function_type(node, index);
        quote!(<#any as __private::NodeFn>::Update)
    });
    let run = model.nodes.iter().enumerate().map(|(index, node)| {
        let (any, chosen) = (expansion.function_type(node, index), node_type(index));
        if node.has_own_arm() { quote!(__private::StubNode<#any>) } else { chosen.to_token_stream() }
    });
    let (leaves, groups) = (quote!(__private::NodeTuple), quote!(__private::NodeTree));
    let (ones, run) = (tree(ones, &leaves, &groups), tree(run.collect(), &leaves, &groups));
    let none = TokenStream::new();
    let written = tree(written.collect(), &none, &none);
    quote! {
        // rustc reports errors of a call at its first token, which must not be `$crate`.
        use #krate::__private;
        // Unused if the probe succeeds.
        #[allow(unused_imports)]
        use #krate::__private::No as _;
        const __IS_STATE: bool = __private::StateProbe::<#state>::YES;
        type __IsState = __private::Is<__IS_STATE>;
        const _: () = #required;
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

/// A tuple, nested if it has more than eight elements: `NodeTree<(NodeTuple<(A, ..)>, ..)>`, or `((a, ..), ..)`.
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

/// The aliases of subgraphs outside the constant, where the public enums name them.
///
/// ```text
/// type __ParentGraph_child_Graph = <GraphProbe<ChildGraph, ParentState> as Select<{ .. }>>::Type;
/// type __ParentGraph_child = <FnProbe<__ParentGraph_child_Graph> as Select<{ .. }>>::Type;
/// type __ParentGraph_child_Inner = <InnerProbe<__ParentGraph_child> as Select<{ .. }>>::Type;
/// ```
///
/// A subgraph that does not exist or is no graph is thus one error. A function needs no alias: one that is no node is
/// no type.
pub(super) fn outside(expansion: &Expansion<'_>) -> TokenStream {
    let (krate, model) = (&expansion.model.krate, expansion.model);
    let types = model.nodes.iter().filter(|node| node.is_subgraph()).map(|node| {
        let (path, state) = (&node.path, &model.state);
        let (graph, alias, inner) =
            (expansion.graph_alias(node), expansion.subgraph_alias(node), expansion.inner_alias(node));
        let graph_or_stub = Probe::new(krate, quote!(GraphProbe), quote!(#path, #state)).type_or_stub();
        let node_or_stub = Probe::new(krate, quote!(FnProbe), &graph).type_or_stub();
        let inner_or_stub = Probe::new(krate, quote!(InnerProbe), &alias).type_or_stub();
        quote! {
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            type #graph = #graph_or_stub;
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            type #alias = #node_or_stub;
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            type #inner = #inner_or_stub;
        }
    });
    quote!(#(#types)*)
}
