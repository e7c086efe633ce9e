//! What nodes decide themselves: the enum of their routes, and who is asked for it.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::expand::Names;
use super::members::{as_function, node_span};
use super::model::{Model, Node};
use super::syntax::Graph;

/// Whether the node's router routes on what each of its tasks has decided.
pub(super) fn decides(node: &Node<'_>) -> bool {
    node.exits.router.is_some_and(|router| router.route.is_some())
}

/// The type of a graph's routes.
pub(super) fn route_type(graph: &Graph, model: &Model<'_>, names: &Names) -> TokenStream {
    let (krate, route) = (&graph.krate, &names.route);
    if model.nodes.iter().any(decides) { quote!(#route) } else { quote!(#krate::graph::NoRoute) }
}

/// ```text
/// pub enum __DraftGraphRoute { Review(<review as NodeFn>::Route), .. }
/// ```
///
/// Only of nodes whose router asks.
pub(super) fn route_enum(graph: &Graph, model: &Model<'_>, names: &Names) -> TokenStream {
    if !model.nodes.iter().any(decides) {
        return TokenStream::new();
    }
    let (vis, route) = (&graph.vis, &names.route);
    let variants = model.nodes.iter().filter(|node| decides(node)).map(|known| {
        let (variant, as_function) = (&known.variant, as_function(graph, known));
        let decided = quote_spanned!(node_span(known)=> #as_function::Route);
        quote!(#variant(#decided))
    });
    quote! {
        #[doc(hidden)]
        #[allow(private_interfaces, missing_debug_implementations)]
        #vis enum #route { #(#variants,)* }
    }
}

/// What is kept of the `route` that a task of the node has ended with.
pub(super) fn kept(node: &Node<'_>, names: &Names) -> TokenStream {
    let (variant, enumeration) = (&node.variant, &names.route);
    if decides(node) {
        quote!(::core::option::Option::Some(#enumeration::#variant(route)))
    } else {
        quote!(::core::option::Option::None)
    }
}
