//! The parts of subgraphs in the stream of a graph.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::Ident;

use super::names::Names;
use super::{Expansion, calls};

/// A subgraph, and the names of its parts in the stream.
struct Subgraph {
    /// Nodes first, by their index, then called graphs.
    index: usize,
    name: String,
    variant: Ident,
    /// The variant for parts of its own subgraphs.
    deeper: Ident,
    /// `<__ParentGraph_child_Inner as SubgraphNode>`, or with `Recursive<..>` around a recursive graph.
    inner: TokenStream,
    /// Whether it is the graph itself.
    is_own: bool,
}

/// The nodes that are graphs, then the graphs that nodes run.
fn subgraphs(expansion: &Expansion<'_>) -> Vec<Subgraph> {
    let (krate, model) = (&expansion.model.krate, expansion.model);
    let inner = |alias: Ident, is_own: bool| {
        let any = if is_own { quote!(#krate::__private::Recursive<#alias>) } else { quote!(#alias) };
        quote!(<#any as #krate::__private::SubgraphNode>)
    };
    let nodes = model.nodes.iter().enumerate().filter(|(_, node)| node.is_subgraph()).map(|(index, node)| Subgraph {
        index,
        name: node.name.clone(),
        variant: node.variant.clone(),
        deeper: format_ident!("{}Nested", node.variant),
        inner: inner(expansion.inner_alias(node), node.is_own),
        is_own: node.is_own,
    });
    let calls = model.calls.iter().enumerate().map(|(index, call)| Subgraph {
        index: model.nodes.len() + index,
        name: call.ident.to_string(),
        variant: call.ident.clone(),
        deeper: format_ident!("{}Nested", call.ident, span = Span::call_site()),
        inner: inner(expansion.call_alias(call), call.is_own),
        is_own: call.is_own,
    });
    nodes.chain(calls).collect()
}

/// ```text
/// pub enum ParentGraphSubgraph<K: Kind = kind::Updates> {
///     Child(<__ParentGraph_child_Inner as SubgraphNode>::Item<K>),
///     ChildNested(<__ParentGraph_child_Inner as SubgraphNode>::Nested<K>),
/// }
/// ```
///
/// Only if the graph has subgraphs.
pub(super) fn inside_enum(expansion: &Expansion<'_>) -> TokenStream {
    let subgraphs = subgraphs(expansion);
    if subgraphs.is_empty() {
        return TokenStream::new();
    }
    let Expansion { model, names, .. } = expansion;
    let (krate, vis, inside) = (&model.krate, &model.vis, &names.inside);
    let doc = format!("The parts of the subgraphs of [`{}`] in a stream of kind `K`.", model.ident);
    let variants = subgraphs.iter().map(|Subgraph { name, variant, deeper, inner, .. }| {
        let doc = format!("A part of `{name}`.");
        let deeper_doc = format!("A part of a subgraph of `{name}`.");
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

/// ```text
/// impl<K: Kind> Debug for ParentGraphSubgraph<K> where .. { .. }
/// impl Serialize for ParentGraphSubgraph<Whole> where .. { .. }
/// impl<K: Kind> SubgraphOrigin for ParentGraphSubgraph<K> { .. }
/// ```
pub(super) fn impls(expansion: &Expansion<'_>) -> TokenStream {
    let subgraphs = subgraphs(expansion);
    if subgraphs.is_empty() {
        return TokenStream::new();
    }
    let Expansion { model, names, .. } = expansion;
    let (krate, inside) = (&model.krate, &names.inside);
    let (Names { update, task, .. }, ident) = (names, &model.ident);
    let (debug, serde) = (quote!(::core::fmt::Debug), quote!(#krate::__private::serde));
    let shown = subgraphs.iter().map(|Subgraph { inner, is_own, .. }| {
        let deeper = (!is_own).then(|| quote!(for<'any> #inner::Nested<K>: #debug,));
        quote!(for<'any> #inner::Item<K>: #debug, #deeper)
    });
    let show = subgraphs.iter().map(|Subgraph { variant, deeper, .. }| {
        quote! {
            Self::#variant(inside) => f.debug_tuple(::core::stringify!(#variant)).field(inside).finish(),
            Self::#deeper(inside) => f.debug_tuple(::core::stringify!(#deeper)).field(inside).finish(),
        }
    });
    let whole = quote!(#krate::run::kind::Whole);
    // Bounds on the parts of a recursive graph would be cyclic: these are on the contents of the parts.
    let written = subgraphs.iter().map(|Subgraph { inner, is_own, .. }| {
        if *is_own {
            quote! {
                for<'any> __State: #serde::Serialize + #krate::state::State<Values: #serde::Serialize>,
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
    let origin = quote!(#krate::graph::SubgraphOrigin);
    let origins = subgraphs.iter().map(|Subgraph { variant, deeper, inner, .. }| {
        quote! {
            Self::#variant(inside) => #inner::origin::<K>(inside),
            Self::#deeper(inside) => #origin::__origin(inside),
        }
    });
    let calls = calls::impls(expansion);
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
        impl<K: #krate::run::kind::Kind> #origin for #inside<K> {
            fn __origin(&self) -> (&'static str, ::core::option::Option<&'static str>) {
                match self { #(#origins)* }
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
/// const CALLED: &'static [fn() -> TypeId] = &[TypeId::of::<Search>];
/// type SubgraphItem<K: Kind> = ParentGraphSubgraph<K>;
/// fn wrap<C: Graph>(subgraph: usize, part: ChildPart<C>) -> Option<ParentGraphSubgraph<Whole>> {
///     match subgraph {
///         1 => match part {
///             ChildPart::Own(part) => same(part).map(ParentGraphSubgraph::Child),
///             ChildPart::Nested(part) => same(part).map(ParentGraphSubgraph::ChildNested),
///         },
///         _ => None,
///     }
/// }
/// fn select<K: Kind>(part: ParentGraphSubgraph<Whole>) -> Option<ParentGraphSubgraph<K>> {
///     match part {
///         ParentGraphSubgraph::Child(part) =>
///             <__ParentGraph_child_Inner as SubgraphNode>::select::<K>(part).map(ParentGraphSubgraph::Child),
///         ..
///     }
/// }
/// ```
pub(super) fn members(expansion: &Expansion<'_>) -> TokenStream {
    let Expansion { model, names, .. } = expansion;
    let (krate, inside) = (&model.krate, &names.inside);
    let subgraphs = subgraphs(expansion);
    let (kinds, whole) = (quote!(#krate::run::kind::Kind), quote!(#krate::run::kind::Whole));
    let (wrapped, option) = (quote!(#krate::__private::ChildPart), quote!(::core::option::Option));
    let ty = if subgraphs.is_empty() { quote!(#krate::graph::NoSubgraphs) } else { quote!(#inside<K>) };
    let wrap = subgraphs.iter().map(|Subgraph { index, variant, deeper, is_own, .. }| {
        let further = quote!(part);
        let further = if *is_own { quote!(#krate::__private::Box::new(#further)) } else { further };
        quote! {
            #index => match part {
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
    let called = calls::member(expansion);
    quote! {
        #called
        type SubgraphItem<K: #kinds> = #ty;

        // Without subgraphs there is one arm.
        #[allow(unused_variables, clippy::match_single_binding)]
        fn wrap<C: #krate::graph::Graph>(subgraph: usize, part: #wrapped<C>) -> #option<Self::SubgraphItem<#whole>> {
            match subgraph { #(#wrap)* _ => #option::None }
        }

        fn select<K: #kinds>(part: Self::SubgraphItem<#whole>) -> #option<Self::SubgraphItem<K>> {
            #select
        }
    }
}
