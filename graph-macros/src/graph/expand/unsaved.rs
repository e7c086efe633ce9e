//! The first late field that the graph binds and does not save, as a type.

use proc_macro2::TokenStream;
use quote::quote;

use super::Expansion;

/// ```text
/// const __UNSAVED: usize = first_unsaved::<__State>(
///     &<ParentGraph as Graph>::TOPOLOGY,
///     &[FieldSet::named::<ParentState>(&["joke"])],
/// );
/// ```
///
/// The index of such a field of the graph's own state. The sets are those that routers bind.
pub(super) fn own(expansion: &Expansion<'_>) -> TokenStream {
    let model = expansion.model;
    let (krate, ident, state) = (&model.krate, &model.ident, &model.state);
    let routers = model.sources().filter_map(|from| {
        let router = model.outgoing(from).router.as_ref()?;
        Some(router.reads.demanded(krate, &quote!(#state)))
    });
    quote! {
        const __UNSAVED: ::core::primitive::usize = #krate::__private::first_unsaved::<__State>(
            &<#ident as #krate::graph::Graph>::TOPOLOGY,
            &[#(#routers),*],
        );
    }
}

/// ```text
/// <<__State as UnsavedField<__UNSAVED>>::Name as FieldName>::Or<<__ParentGraph_child_Inner as SubgraphNode>::Unsaved>
/// ```
///
/// The field's name, or that of a subgraph. A graph that contains itself binds no more for that.
pub(super) fn name(expansion: &Expansion<'_>) -> TokenStream {
    let model = expansion.model;
    let krate = &model.krate;
    let own = quote!(<__State as #krate::__private::UnsavedField<__UNSAVED>>::Name);
    let subgraphs = model.nodes.iter().filter(|node| node.is_subgraph() && !node.is_own).map(|node| {
        let inner = expansion.inner_alias(node);
        quote!(<#inner as #krate::__private::SubgraphNode>::Unsaved)
    });
    subgraphs.fold(own, |first, then| quote!(<#first as #krate::__private::FieldName>::Or<#then>))
}
