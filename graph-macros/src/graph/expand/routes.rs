//! Routes that tasks decide.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::Expansion;
use crate::graph::model::Node;

/// The type of a graph's routes: `NoRoute` if no router takes one.
pub(super) fn route_type(expansion: &Expansion<'_>) -> TokenStream {
    let Expansion { model, names, .. } = expansion;
    let (krate, route) = (&model.krate, &names.route);
    if model.nodes.iter().any(Node::decides) { quote!(#route) } else { quote!(#krate::graph::NoRoute) }
}

/// ```text
/// pub enum __DraftGraphRoute { Review(<review as NodeFn>::Route), .. }
/// graph_route! { __DraftGraphRoute { Review 1 { <review as NodeFn>::OWNED } <review as NodeFn>::Route, .. } }
/// ```
///
/// With a variant for each node whose router takes the route.
pub(super) fn route_enum(expansion: &Expansion<'_>) -> TokenStream {
    let Expansion { model, names, .. } = expansion;
    if !model.nodes.iter().any(Node::decides) {
        return TokenStream::new();
    }
    let (vis, route) = (&model.vis, &names.route);
    let krate = &model.krate;
    let saved = model.nodes.iter().enumerate().filter(|(_, node)| node.decides()).map(|(index, known)| {
        let (variant, as_function) = (&known.variant, expansion.as_function(known));
        let decided = quote_spanned!(known.span()=> #as_function::Route);
        quote!(#variant #index { #as_function::OWNED } #decided)
    });
    let variants = model.nodes.iter().filter(|node| node.decides()).map(|known| {
        let (variant, as_function) = (&known.variant, expansion.as_function(known));
        let decided = quote_spanned!(known.span()=> #as_function::Route);
        quote!(#variant(#decided))
    });
    quote! {
        #[doc(hidden)]
        #[allow(private_interfaces, missing_debug_implementations)]
        #vis enum #route { #(#variants,)* }
        #krate::__private::graph_route! { #route { #(#saved,)* } }
    }
}

/// `Some(__DraftGraphRoute::Review(route))`, or `None` if the node's router does not take the route.
pub(super) fn kept(expansion: &Expansion<'_>, node: &Node) -> TokenStream {
    let (variant, enumeration) = (&node.variant, &expansion.names.route);
    if node.decides() {
        quote!(::core::option::Option::Some(#enumeration::#variant(route)))
    } else {
        quote!(::core::option::Option::None)
    }
}
