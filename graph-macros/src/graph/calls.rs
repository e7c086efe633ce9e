//! The graphs that nodes run inside themselves: `calls Search;`.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::parse::ParseStream;
use syn::{Ident, Path, Token};

use super::model::Model;
use super::syntax::Graph;
use crate::diagnostics::Diagnostics;
use crate::text;

/// `Search, tools::Fetch`, after `calls`
pub(super) fn parse(graph: &mut Graph, input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<()> {
    loop {
        let path = input.call(Path::parse_mod_style)?;
        if graph.calls.iter().any(|known| name(known) == name(&path)) {
            let message = format!("`{}` stands twice among the graphs that are called", text::of(&path));
            diagnostics.error(&path, message);
        } else {
            graph.calls.push(path);
        }
        if input.is_empty() {
            return Ok(());
        }
        input.parse::<Token![,]>()?;
    }
}

/// The name under which what comes from a called graph is told.
pub(super) fn name(path: &Path) -> Ident {
    // A path that was parsed has a last segment.
    path.segments[path.segments.len() - 1].ident.clone()
}

pub(super) fn alias(graph: &Graph, path: &Path) -> Ident {
    format_ident!("__{}_calls_{}", graph.ident, name(path), span = Span::call_site())
}

/// For each graph that nodes run inside themselves, what stands for it.
///
/// ```text
/// type __ParentGraph_calls_Search = <CalledProbe<Search> as Select<{ .. }>>::Type;
/// ```
pub(super) fn types(graph: &Graph) -> TokenStream {
    let krate = &graph.krate;
    let types = graph.calls.iter().map(|path| {
        let (alias, probe) = (alias(graph, path), quote!(#krate::__private::CalledProbe));
        quote! {
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            type #alias = <#probe<#path> as #krate::__private::Select<{
                // Unused where the probe finds what it looks for.
                #[allow(unused_imports)]
                use #krate::__private::No as _;
                #probe::<#path>::YES
            }>>::Type;
        }
    });
    quote!(#(#types)*)
}

/// `const _: &str = <Search as Graph>::NAME; impl Calls<Search> for ParentGraph { const INDEX: usize = 3; }`
pub(super) fn impls(graph: &Graph, model: &Model<'_>) -> TokenStream {
    let (krate, ident) = (&graph.krate, &graph.ident);
    let impls = graph.calls.iter().enumerate().map(|(index, path)| {
        let place = model.nodes.len() + index;
        // Where rustc says that it is no graph.
        let required = quote_spanned!(name(path).span()=> <#path as #krate::graph::Graph>::NAME);
        quote! {
            const _: &'static str = #required;

            #[automatically_derived]
            impl #krate::graph::Calls<#path> for #ident {
                const INDEX: usize = #place;
            }
        }
    });
    quote!(#(#impls)*)
}
