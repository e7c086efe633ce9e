//! What comes from inside the subgraphs of a graph.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use super::calls;
use super::expand::Names;
use super::members::{inner_type, is_own, is_subgraph};
use super::model::{Model, Node};
use super::syntax::Graph;

/// A graph inside this one, its place, and how the expansion names it.
struct Subgraph {
    place: usize,
    name: String,
    variant: Ident,
    /// The variant for what comes from further in.
    deeper: Ident,
    /// `<__ParentGraph_child_Inner as SubgraphNode>`, with `Again<..>` around a graph that is a node of itself.
    inner: TokenStream,
    own: bool,
}

/// The nodes that are graphs, and then the graphs that nodes run inside themselves.
fn subgraphs(graph: &Graph, model: &Model<'_>) -> Vec<Subgraph> {
    let krate = &graph.krate;
    let nodes = model.nodes.iter().enumerate().filter(|(_, node)| is_subgraph(node));
    let subgraph = |(place, node): (usize, &Node<'_>)| {
        let (any, own) = (inner_type(graph, node), is_own(graph, node));
        let any = if own { quote!(#krate::__private::Recursive<#any>) } else { quote!(#any) };
        let deeper = format_ident!("{}Nested", node.variant);
        let (name, variant, inner) =
            (node.name.clone(), node.variant.clone(), quote!(<#any as #krate::__private::SubgraphNode>));
        Subgraph { place, name, variant, deeper, inner, own }
    };
    let called = graph.calls.iter().enumerate().map(|(index, path)| {
        let (variant, any, own) = (calls::name(path), calls::alias(graph, path), path.is_ident(&graph.ident));
        let any = if own { quote!(#krate::__private::Recursive<#any>) } else { quote!(#any) };
        let (name, deeper) = (variant.to_string(), format_ident!("{variant}Nested"));
        let inner = quote!(<#any as #krate::__private::SubgraphNode>);
        Subgraph { place: model.nodes.len() + index, name, variant, deeper, inner, own }
    });
    nodes.map(subgraph).chain(called).collect()
}

/// ```text
/// pub enum ParentGraphSubgraph<K: Kind = kind::Updates> {
///     Child(<__ParentGraph_child_Inner as SubgraphNode>::Item<K>),
///     ChildNested(<__ParentGraph_child_Inner as SubgraphNode>::Nested<K>),
/// }
/// ```
///
/// None where no node is a graph.
pub(super) fn inside_enum(graph: &Graph, model: &Model<'_>, names: &Names) -> TokenStream {
    let subgraphs = subgraphs(graph, model);
    if subgraphs.is_empty() {
        return TokenStream::new();
    }
    let (krate, vis, inside) = (&graph.krate, &graph.vis, &names.inside);
    let doc = format!("What comes from inside the subgraphs of [`{}`], in a stream of kind `K`.", graph.ident);
    let variants = subgraphs.iter().map(|Subgraph { name, variant, deeper, inner, .. }| {
        let doc = format!("From inside `{name}`.");
        let deeper_doc = format!("From inside a subgraph of `{name}`.");
        quote! {
            #[doc = #doc]
            #variant(#inner::Item<K>),
            #[doc = #deeper_doc]
            #deeper(#inner::Nested<K>),
        }
    });
    quote! {
        #[doc = #doc]
        #[allow(private_interfaces)]
        #vis enum #inside<K: #krate::run::kind::Kind = #krate::run::kind::Updates> { #(#variants)* }
    }
}

/// The impls of the enum, inside the constant: `Debug` for every kind, and `Serialize` for whole parts.
pub(super) fn impls(graph: &Graph, model: &Model<'_>, names: &Names) -> TokenStream {
    let subgraphs = subgraphs(graph, model);
    if subgraphs.is_empty() {
        return TokenStream::new();
    }
    let (krate, inside) = (&graph.krate, &names.inside);
    let (Names { update, task, .. }, ident) = (names, &graph.ident);
    let (debug, serde) = (quote!(::core::fmt::Debug), quote!(#krate::__private::serde));
    let shown = subgraphs.iter().map(|Subgraph { inner, own, .. }| {
        let deeper = (!own).then(|| quote!(for<'any> #inner::Nested<K>: #debug,));
        quote!(for<'any> #inner::Item<K>: #debug, #deeper)
    });
    let show = subgraphs.iter().map(|Subgraph { variant, deeper, .. }| {
        quote! {
            Self::#variant(inside) => f.debug_tuple(::core::stringify!(#variant)).field(inside).finish(),
            Self::#deeper(inside) => f.debug_tuple(::core::stringify!(#deeper)).field(inside).finish(),
        }
    });
    let whole = quote!(#krate::run::kind::Whole);
    // A graph within itself: that its parts can be written follows from what they are made of.
    let written = subgraphs.iter().map(|Subgraph { inner, own, .. }| {
        if *own {
            quote! {
                for<'any> __State: #serde::Serialize + #krate::state::State<Output: #serde::Serialize>,
                for<'any> #update: #serde::Serialize,
                for<'any> #task: #serde::Serialize,
                for<'any> <#ident as #krate::graph::Graph>::Custom: #serde::Serialize,
            }
        } else {
            quote! {
                for<'any> #inner::Item<#whole>: #serde::Serialize,
                for<'any> #inner::Nested<#whole>: #serde::Serialize,
            }
        }
    });
    let write = subgraphs.iter().map(|Subgraph { variant, deeper, .. }| {
        quote! {
            Self::#variant(inside) => #serde::Serialize::serialize(inside, serializer),
            Self::#deeper(inside) => #serde::Serialize::serialize(inside, serializer),
        }
    });
    let calls = calls::impls(graph, model);
    quote! {
        #calls

        #[automatically_derived]
        impl<K: #krate::run::kind::Kind> #debug for #inside<K>
        where
            #(#shown)*
        {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self { #(#show)* }
            }
        }

        #[automatically_derived]
        impl #serde::Serialize for #inside<#whole>
        where
            #(#written)*
        {
            fn serialize<S: #serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                match self { #(#write)* }
            }
        }
    }
}

/// ```text
/// type SubgraphItem<K: Kind> = ParentGraphSubgraph<K>;
/// fn wrap<C: Graph>(place: usize, part: ChildPart<C>) -> Option<ParentGraphSubgraph<Whole>> {
///     match place {
///         1 => match part {
///             ChildPart::Own(part) => same(part).map(ParentGraphSubgraph::Child),
///             ChildPart::Nested(part) => same(part).map(ParentGraphSubgraph::ChildNested),
///         },
///         _ => None,
///     }
/// }
/// fn select<K: Kind>(part: ParentGraphSubgraph<Whole>) -> Option<ParentGraphSubgraph<K>> {
///     match part {
///         ParentGraphSubgraph::Child(part) => <__ParentGraph_child_Inner as SubgraphNode>::select::<K>(part).map(ParentGraphSubgraph::Child),
///         ..
///     }
/// }
/// ```
pub(super) fn members(graph: &Graph, model: &Model<'_>, names: &Names) -> TokenStream {
    let (krate, inside) = (&graph.krate, &names.inside);
    let subgraphs = subgraphs(graph, model);
    let (kinds, whole) = (quote!(#krate::run::kind::Kind), quote!(#krate::run::kind::Whole));
    let (wrapped, option) = (quote!(#krate::__private::ChildPart), quote!(::core::option::Option));
    let ty = if subgraphs.is_empty() { quote!(#krate::graph::NoSubgraphs) } else { quote!(#inside<K>) };
    let wrap = subgraphs.iter().map(|Subgraph { place, variant, deeper, own, .. }| {
        let further = quote!(part);
        let further = if *own { quote!(#krate::__private::Box::new(#further)) } else { further };
        quote! {
            #place => match part {
                #wrapped::Own(part) => #option::map(#krate::__private::same(part), #inside::#variant),
                #wrapped::Nested(part) => #option::map(#krate::__private::same(#further), #inside::#deeper),
            },
        }
    });
    let select = if subgraphs.is_empty() {
        quote!(match part {})
    } else {
        let arms = subgraphs.iter().map(|Subgraph { variant, deeper, inner, .. }| {
            quote! {
                #inside::#variant(part) => #option::map(#inner::select::<K>(part), #inside::#variant),
                #inside::#deeper(part) => #option::map(#inner::select_nested::<K>(part), #inside::#deeper),
            }
        });
        quote!(match part { #(#arms)* })
    };
    quote! {
        type SubgraphItem<K: #kinds> = #ty;

        // Most graphs have no subgraphs, and one arm.
        #[allow(unused_variables, clippy::match_single_binding)]
        fn wrap<C: #krate::graph::Graph>(place: usize, part: #wrapped<C>) -> #option<Self::SubgraphItem<#whole>> {
            match place { #(#wrap)* _ => #option::None }
        }

        fn select<K: #kinds>(part: Self::SubgraphItem<#whole>) -> #option<Self::SubgraphItem<K>> {
            #select
        }
    }
}
