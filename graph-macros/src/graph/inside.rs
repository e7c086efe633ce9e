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
    /// `<__ParentGraph_child_Inner as Inner>`, with `Again<..>` around a graph that is a node of itself.
    inner: TokenStream,
    own: bool,
}

/// The nodes that are graphs, and then the graphs that nodes run inside themselves.
fn subgraphs(graph: &Graph, model: &Model<'_>) -> Vec<Subgraph> {
    let krate = &graph.krate;
    let nodes = model.nodes.iter().enumerate().filter(|(_, node)| is_subgraph(node));
    let subgraph = |(place, node): (usize, &Node<'_>)| {
        let (any, own) = (inner_type(graph, node), is_own(graph, node));
        let any = if own { quote!(#krate::graph::Again<#any>) } else { quote!(#any) };
        let deeper = format_ident!("{}Inside", node.variant);
        let (name, variant, inner) = (node.name.clone(), node.variant.clone(), quote!(<#any as #krate::graph::Inner>));
        Subgraph { place, name, variant, deeper, inner, own }
    };
    let called = graph.calls.iter().enumerate().map(|(index, path)| {
        let (variant, any, own) = (calls::name(path), calls::alias(graph, path), path.is_ident(&graph.ident));
        let any = if own { quote!(#krate::graph::Again<#any>) } else { quote!(#any) };
        let (name, deeper) = (variant.to_string(), format_ident!("{variant}Inside"));
        let inner = quote!(<#any as #krate::graph::Inner>);
        Subgraph { place: model.nodes.len() + index, name, variant, deeper, inner, own }
    });
    nodes.map(subgraph).chain(called).collect()
}

/// ```text
/// pub enum ParentGraphInside<K: Kind = kind::Updates> {
///     Child(<__ParentGraph_child_Inner as Inner>::Inside<K>),
///     ChildInside(<__ParentGraph_child_Inner as Inner>::Deeper<K>),
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
            #variant(#inner::Inside<K>),
            #[doc = #deeper_doc]
            #deeper(#inner::Deeper<K>),
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
        let deeper = (!own).then(|| quote!(for<'any> #inner::Deeper<K>: #debug,));
        quote!(for<'any> #inner::Inside<K>: #debug, #deeper)
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
                for<'any> #inner::Inside<#whole>: #serde::Serialize,
                for<'any> #inner::Deeper<#whole>: #serde::Serialize,
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
/// type Inside<K: Kind> = ParentGraphInside<K>;
/// fn wrap<C: Graph>(place: usize, part: Wrapped<C>) -> Option<ParentGraphInside<Whole>> {
///     match place {
///         1 => match part {
///             Wrapped::Part(part) => same(part).map(ParentGraphInside::Child),
///             Wrapped::Deeper(part) => same(part).map(ParentGraphInside::ChildInside),
///         },
///         _ => None,
///     }
/// }
/// fn select<K: Kind>(part: ParentGraphInside<Whole>) -> Option<ParentGraphInside<K>> {
///     match part {
///         ParentGraphInside::Child(part) => <__ParentGraph_child_Inner as Inner>::select::<K>(part).map(ParentGraphInside::Child),
///         ..
///     }
/// }
/// ```
pub(super) fn members(graph: &Graph, model: &Model<'_>, names: &Names) -> TokenStream {
    let (krate, inside) = (&graph.krate, &names.inside);
    let subgraphs = subgraphs(graph, model);
    let (kinds, whole) = (quote!(#krate::run::kind::Kind), quote!(#krate::run::kind::Whole));
    let (wrapped, option) = (quote!(#krate::graph::Wrapped), quote!(::core::option::Option));
    let ty = if subgraphs.is_empty() { quote!(#krate::graph::NoInside) } else { quote!(#inside<K>) };
    let wrap = subgraphs.iter().map(|Subgraph { place, variant, deeper, own, .. }| {
        let further = quote!(part);
        let further = if *own { quote!(#krate::__private::Box::new(#further)) } else { further };
        quote! {
            #place => match part {
                #wrapped::Part(part) => #option::map(#krate::graph::same(part), #inside::#variant),
                #wrapped::Deeper(part) => #option::map(#krate::graph::same(#further), #inside::#deeper),
            },
        }
    });
    let select = if subgraphs.is_empty() {
        quote!(match part {})
    } else {
        let arms = subgraphs.iter().map(|Subgraph { variant, deeper, inner, .. }| {
            quote! {
                #inside::#variant(part) => #option::map(#inner::select::<K>(part), #inside::#variant),
                #inside::#deeper(part) => #option::map(#inner::select_deeper::<K>(part), #inside::#deeper),
            }
        });
        quote!(match part { #(#arms)* })
    };
    quote! {
        type Inside<K: #kinds> = #ty;

        // Most graphs have no subgraphs, and one arm.
        #[allow(unused_variables, clippy::match_single_binding)]
        fn wrap<C: #krate::graph::Graph>(place: usize, part: #wrapped<C>) -> #option<Self::Inside<#whole>> {
            match place { #(#wrap)* _ => #option::None }
        }

        fn select<K: #kinds>(part: Self::Inside<#whole>) -> #option<Self::Inside<K>> {
            #select
        }
    }
}
