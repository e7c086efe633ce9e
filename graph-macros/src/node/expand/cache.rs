//! The cache around the call of a node's function.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Expr, Pat, Path, parse_quote};

use super::types::route;
use crate::node::model::Node;
use crate::policy::{Cache, duration};
use crate::probe::Probe;
use crate::span::of_type;
use crate::state_pattern::Rebound;

/// The checks of a cached node, and its call within the cache:
///
/// ```text
/// const _: () = must_be_cacheable::<Reported>();
/// type __Codec = <CacheProbe<Reported, ()> as Select<{ .. }>>::Type;
/// {
///     let __key = if has_cache(cx) { Some(key([key_part(&state.city)])) } else { None };
///     cached::<__Codec, _, _>(cx, Some(ttl), __key, async move { into_result(fetch(state).await) }).await
/// }
/// ```
pub(super) fn around(node: &Node<'_>, cache: &Cache, ended: &TokenStream) -> (TokenStream, TokenStream) {
    let (krate, route) = (&node.krate, route(node));
    let Some(update) = node.update() else { return (TokenStream::new(), ended.clone()) };
    let codec = Probe::new(krate, quote!(CacheProbe), quote!(#update, #route)).type_or_stub();
    let must_be_cacheable = quote!(#krate::__private::must_be_cacheable);
    let update_check = quote_spanned!(of_type(update)=> const _: () = #must_be_cacheable::<#update>(););
    let route_check =
        node.route().map(|route| quote_spanned!(of_type(route)=> const _: () = #must_be_cacheable::<#route>();));
    let checks = quote! {
        #update_check
        #route_check
        type __Codec = #codec;
    };
    let parts = match &cache.key {
        Some(key) => vec![key_of_function(node, key)],
        None => key_of_reads(node),
    };
    let ttl = duration(cache.ttl);
    let around = quote! {{
        let __key = if #krate::__private::has_cache(cx) {
            ::core::option::Option::Some(#krate::__private::key([#(#parts),*]))
        } else {
            ::core::option::Option::None
        };
        #krate::__private::cached::<__Codec, _, _>(cx, #ttl, __key, async move { #ended }).await
    }};
    (checks, around)
}

/// The key of a key function: `{ use __private::key_of_one as __key_of; key_part(&__key_of(key, state)) }`
fn key_of_function(node: &Node<'_>, key: &Expr) -> TokenStream {
    let krate = &node.krate;
    let (function, arguments) = match (node.input().is_some(), node.state().is_some()) {
        (true, true) => (quote!(key_of_both), quote!(, &input, state)),
        (true, false) => (quote!(key_of_one), quote!(, &input)),
        (false, true) => (quote!(key_of_one), quote!(, state)),
        (false, false) => (quote!(key_of_none), quote!()),
    };
    // rustc reports errors of a call at its first token, which must not be the path of graph-core.
    let key = key_function(node, key);
    let made = quote_spanned!(key.span()=> __key_of(#key #arguments));
    quote! {{
        use #krate::__private::#function as __key_of;
        #krate::__private::key_part(&#made)
    }}
}

/// The key function; a closure with a pattern of the state has its late fields bound as in the node itself.
fn key_function(node: &Node<'_>, key: &Expr) -> Expr {
    let mut key = key.clone();
    if let Expr::Closure(closure) = &mut key
        && node.state().is_some()
        && let Some(state) = closure.inputs.last_mut()
        && let Some(Rebound { pattern, statements }) = Rebound::of(state, &node.krate)
    {
        *state = pattern;
        let body = &closure.body;
        closure.body = parse_quote!({ #statements #body });
    }
    key
}

/// The key of everything that the node reads: `key_part(&input)`, `key_part(&state.topic)`
fn key_of_reads(node: &Node<'_>) -> Vec<TokenStream> {
    let key_part = {
        let krate = &node.krate;
        quote!(#krate::__private::key_part)
    };
    let mut parts = Vec::new();
    parts.extend(node.input().map(|input| quote_spanned!(of_type(input)=> #key_part(&input))));
    let Some(state) = node.state() else { return parts };
    let span = of_type(&state.reference.elem);
    if state.reads.whole {
        parts.push(quote_spanned!(span=> #key_part(state)));
        return parts;
    }
    let Some(path) = path_of(state.pattern) else { return parts };
    // The same pattern as in the function, so that rustc reports an unknown field once.
    parts.extend(
        state
            .reads
            .fields
            .iter()
            .map(|field| quote_spanned!(span=> { let #path { #field: __field, .. } = state; #key_part(__field) })),
    );
    parts
}

/// The `ChatState` of the pattern `ChatState { .. }`.
fn path_of(pattern: &Pat) -> Option<&Path> {
    match pattern {
        Pat::Paren(inner) => path_of(&inner.pat),
        Pat::Reference(inner) => path_of(&inner.pat),
        Pat::Type(typed) => path_of(&typed.pat),
        Pat::Ident(name) => path_of(&name.subpat.as_ref()?.1),
        Pat::Struct(pattern) => Some(&pattern.path),
        _ => None,
    }
}
