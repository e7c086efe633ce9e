//! The graphs that nodes run: `calls Search;`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::Expansion;
use crate::probe::Probe;

/// ```text
/// type __ParentGraph_calls_Search = <CalledProbe<Search> as Select<{ .. }>>::Type;
/// ```
pub(super) fn aliases(expansion: &Expansion<'_>) -> TokenStream {
    let (krate, model) = (&expansion.model.krate, expansion.model);
    let types = model.calls.iter().map(|call| {
        let alias = expansion.call_alias(call);
        let graph_or_stub = Probe::new(krate, quote!(CalledProbe), &call.path).type_or_stub();
        quote! {
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            type #alias = #graph_or_stub;
        }
    });
    quote!(#(#types)*)
}

/// ```text
/// const _: &'static str = <Search as Graph>::NAME;
/// impl Calls<Search> for ParentGraph { const INDEX: usize = 3; }
/// ```
pub(super) fn impls(expansion: &Expansion<'_>) -> TokenStream {
    let model = expansion.model;
    let (krate, ident) = (&model.krate, &model.ident);
    let impls = model.calls.iter().enumerate().map(|(index, call)| {
        let (path, index) = (&call.path, model.nodes.len() + index);
        // rustc reports here if it is no graph.
        let required = quote_spanned!(call.ident.span()=> <#path as #krate::graph::Graph>::NAME);
        quote! {
            const _: &'static str = #required;

            #[automatically_derived]
            impl #krate::graph::Calls<#path> for #ident {
                const INDEX: usize = #index;
            }
        }
    });
    quote!(#(#impls)*)
}

/// ```text
/// const CALLED: &'static [fn() -> TypeId] = &[TypeId::of::<Search>];
/// ```
///
/// Only if nodes run graphs.
pub(super) fn member(expansion: &Expansion<'_>) -> Option<TokenStream> {
    let calls = &expansion.model.calls;
    let paths = calls.iter().map(|call| &call.path);
    let id = quote!(::core::any::TypeId);
    (!calls.is_empty()).then(|| quote!(const CALLED: &'static [fn() -> #id] = &[#(#id::of::<#paths>),*];))
}
