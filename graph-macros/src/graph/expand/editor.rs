//! The user's tokens for editors: go to definition, completion, references and rename.
//!
//! An editor looks for the token under the cursor in the expansion, and takes the first that has its place in the source.
//! So these items come first, and name each mention of a node as the function that it is. rustc never sees them, so that an
//! unknown name is one error there.

use proc_macro2::{Span, TokenStream};
use quote::quote;

use super::Expansion;
use crate::graph::model::{Model, Node, Router, Routing};

/// ```text
/// #[allow(unexpected_cfgs)]
/// const _: () = {
///     #[cfg(rust_analyzer)]
///     fn __editor() {
///         draft(|state| { let _ = &state.rounds; });
///         let _ = plan_stops;
///         draft(|state| if state.rounds < 3 { let _ = plan_stops; } else { let _ = sum_up; });
///     }
/// };
/// ```
pub(super) fn items(expansion: &Expansion<'_>) -> TokenStream {
    let model = expansion.model;
    let state = &model.state;
    let mentions = model.mentions.iter().map(|(node, at)| mention(&model.nodes[*node], *at));
    let routers = model.sources().filter_map(|from| model.outgoing(from).router.as_ref());
    let routers = routers.map(|router| closure(model, router));
    let drafts = &*model.drafts;
    let carried = model.exits.iter().flat_map(|exit| &exit.carries);
    quote! {
        // Cargo does not know the name.
        #[allow(unexpected_cfgs)]
        const _: () = {
            #[cfg(rust_analyzer)]
            fn __editor() {
                fn draft(_: impl ::core::ops::Fn(&#state)) {}
                #(draft(#drafts);)*
                #(draft(|state| { let _ = &state.#carried; });)*
                #(#mentions)*
                #(draft(#routers);)*
            }
        };
    }
}

/// `let _ = plan_stops;`: a function; a graph is a type.
fn mention(node: &Node, at: Span) -> TokenStream {
    let mut path = node.path.0.clone();
    if let Some(last) = path.segments.last_mut() {
        last.ident.set_span(at);
    }
    if node.is_subgraph() { quote!(let _: #path;) } else { quote!(let _ = #path;) }
}

/// The router as a closure over its state.
fn closure(model: &Model, router: &Router) -> TokenStream {
    let (parameter, body) = (&router.parameter, routing(model, &router.body));
    quote!(|#parameter| { #body })
}

fn routing(model: &Model, routing: &Routing) -> TokenStream {
    let inner = |inner: &Routing| self::routing(model, inner);
    match routing {
        Routing::To(target, at) => {
            target.node().map_or_else(TokenStream::new, |node| mention(&model.nodes[node], at.0))
        }
        Routing::Unknown(_) => TokenStream::new(),
        Routing::List(leaves, _) => leaves.iter().map(inner).collect(),
        Routing::If { condition, then, otherwise, .. } => {
            let (then, otherwise) = (inner(then), inner(otherwise));
            quote!(if #condition { #then } else { #otherwise })
        }
        Routing::Match { scrutinee, arms, .. } => {
            let arms = arms.iter().map(|arm| {
                let (pattern, body) = (&arm.pattern, inner(&arm.body));
                quote!(#pattern => { #body })
            });
            quote!(match #scrutinee { #(#arms)* })
        }
        Routing::For(each) => {
            let (pattern, items, statements, argument) = (&each.pattern, &each.items, &each.statements, &each.argument);
            let node = mention(&model.nodes[each.node], each.at.0);
            quote!(for #pattern in #items { #(#statements)* #node let _ = #argument; })
        }
        Routing::Block { statements, tail, .. } => {
            let tail = inner(tail);
            quote!({ #(#statements)* #tail })
        }
    }
}
