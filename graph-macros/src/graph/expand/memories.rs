//! What a thread keeps of subgraphs: `per_thread child;`, `unsaved child;`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::Expansion;
use crate::graph::model::SubgraphMemory;

/// ```text
/// const _: () = __must_keep_something::<__ParentGraph_child>();
/// const _: () = __must_ask_nothing::<__ParentGraph_other>();
/// ```
pub(super) fn checks(expansion: &Expansion<'_>) -> TokenStream {
    let krate = &expansion.model.krate;
    let nodes = expansion.model.nodes.iter().filter(|node| !node.is_own);
    let checks: Vec<_> = nodes
        .filter_map(|node| {
            let mut alias = expansion.subgraph_alias(node);
            let span = node.memory_at.as_ref().map_or_else(|| node.ident.span(), |at| at.0);
            // rustc reports at the type.
            alias.set_span(span);
            let check = match node.memory {
                SubgraphMemory::PerCall => return None,
                SubgraphMemory::PerThread => quote_spanned!(span=> __must_keep_something::<#alias>()),
                SubgraphMemory::Unsaved => quote_spanned!(span=> __must_ask_nothing::<#alias>()),
            };
            Some(quote!(const _: () = #check;))
        })
        .collect();
    if checks.is_empty() {
        return TokenStream::new();
    }
    // rustc reports errors of a call at its first token, which must not be the path of graph-core.
    quote! {
        #[allow(unused_imports)]
        use #krate::__private::{
            must_ask_nothing as __must_ask_nothing, must_keep_something as __must_keep_something,
        };
        #(#checks)*
    }
}
