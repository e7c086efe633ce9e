//! The cache around the call of a node's function.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Expr, Ident, Pat, Path, parse_quote};

use super::outcome;
use super::types::locals;
use crate::node::model::Node;
use crate::policy::{Cache, duration};
use crate::probe::Probe;
use crate::span::of_type;
use crate::state_pattern::Rebound;

/// The checks of a cached node, and its call within the cache:
///
/// ```text
/// type __KeptUpdate = <__Output as NodeReturn<City>>::CachedUpdate;
/// const _: () = must_be_cacheable::<__KeptUpdate>();
/// type __Codec = <CacheProbe<__Update, __Route> as Select<{ .. }>>::Type;
/// {
///     let __key = if has_cache(#cx) { Some(key([key_part(&state.city)])) } else { None };
///     cached::<__Codec, _, _>(cx, Some(ttl), __key, async move { into_result(fetch(state).await) }).await
/// }
/// ```
pub(super) fn around(
    node: &Node<'_>,
    cache: &Cache,
    output: &TokenStream,
    ended: &TokenStream,
) -> (TokenStream, TokenStream) {
    let (krate, span) = (&node.krate, outcome::span(node));
    let codec = Probe::new(krate, quote!(CacheProbe), quote!(__Update, __Route)).type_or_stub();
    let must_be_cacheable = quote!(#krate::__private::must_be_cacheable);
    let (update, route) = match node.state() {
        Some(state) => {
            let state = &state.reference.elem;
            let returned = quote!(<#output as #krate::__private::NodeReturn<#state>>);
            (quote!(#returned::CachedUpdate), quote!(#returned::CachedRoute))
        }
        None => (quote!(__Update), quote!(__Route)),
    };
    // Spanned at the user's token, where rustc reports errors of the type.
    let check = |alias: &str, ty: &TokenStream| {
        let at_return = Ident::new(alias, span);
        let check = quote_spanned!(span=> const _: () = #must_be_cacheable::<#at_return>(););
        quote!(type #at_return = #ty; #check)
    };
    let (update, route) = (check("__KeptUpdate", &update), check("__KeptRoute", &route));
    let checks = quote! {
        #update
        #route
        type __Codec = #codec;
    };
    let parts = match &cache.key {
        Some(key) => vec![key_of_function(node, key)],
        None => key_of_reads(node),
    };
    let (ttl, [_, _, cx]) = (duration(cache.ttl), locals());
    let around = quote! {{
        let __key = if #krate::__private::has_cache(#cx) {
            ::core::option::Option::Some(#krate::__private::key([#(#parts),*]))
        } else {
            ::core::option::Option::None
        };
        #krate::__private::cached::<__Codec, _, _>(#cx, #ttl, __key, async move { #ended }).await
    }};
    (checks, around)
}

/// The key of a key function: `{ use __private::key_of_one as __key_of; key_part(&__key_of(key, state)) }`
fn key_of_function(node: &Node<'_>, key: &Expr) -> TokenStream {
    let (krate, [input, state, _]) = (&node.krate, locals());
    let (function, arguments) = match (node.input().is_some(), node.state().is_some()) {
        (true, true) => (quote!(key_of_both), quote!(, &#input, #state)),
        (true, false) => (quote!(key_of_one), quote!(, &#input)),
        (false, true) => (quote!(key_of_one), quote!(, #state)),
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
    let (mut parts, [own, ..]) = (Vec::new(), locals());
    parts.extend(node.input().map(|input| quote_spanned!(of_type(input)=> #key_part(&#own))));
    let Some(state) = node.state() else { return parts };
    let span = of_type(&state.reference.elem);
    let whole = Ident::new("state", Span::mixed_site().located_at(span));
    if state.reads.whole {
        parts.push(quote_spanned!(span=> #key_part(#whole)));
        return parts;
    }
    let Some(path) = path_of(state.pattern) else { return parts };
    // The same pattern as in the function, so that rustc reports an unknown field once.
    parts.extend(
        state
            .reads
            .fields
            .iter()
            .map(|field| quote_spanned!(span=> { let #path { #field: __field, .. } = #whole; #key_part(__field) })),
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
