//! A node that is not run where what it would write is known.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Expr, Pat, Path};

use super::expand::route;
use super::model::Node;
use super::policy::{Cache, in_millis};
use crate::reads::Reads;
use crate::span::of_type;

/// The checks of a cached node, and what goes around its call:
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
    let probe = quote!(#krate::__private::CacheProbe);
    let must_be_cacheable = quote!(#krate::__private::must_be_cacheable);
    let update_check = quote_spanned!(of_type(update)=> const _: () = #must_be_cacheable::<#update>(););
    let route_check =
        node.route().map(|route| quote_spanned!(of_type(route)=> const _: () = #must_be_cacheable::<#route>();));
    let checks = quote! {
        #update_check
        #route_check
        type __Codec = <#probe<#update, #route> as #krate::__private::Select<{
            // Unused where the probe finds what it looks for.
            #[allow(unused_imports)]
            use #krate::__private::No as _;
            #probe::<#update, #route>::YES
        }>>::Type;
    };
    let parts = match &cache.key {
        Some(key) => vec![given(node, key)],
        None => read(node),
    };
    let ttl = in_millis(cache.ttl);
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

/// The part that a key function makes of what the node takes.
fn given(node: &Node<'_>, key: &Expr) -> TokenStream {
    let krate = &node.krate;
    let (function, arguments) = match (node.input.is_some(), node.state.is_some()) {
        (true, true) => (quote!(key_of_both), quote!(, &input, state)),
        (true, false) => (quote!(key_of_one), quote!(, &input)),
        (false, true) => (quote!(key_of_one), quote!(, state)),
        (false, false) => (quote!(key_of_none), quote!()),
    };
    // A call is shown where its first token is: a name of the user's place, not the path, which is no place of his.
    let made = quote_spanned!(key.span()=> __key_of(#key #arguments));
    quote! {{
        use #krate::__private::#function as __key_of;
        #krate::__private::key_part(&#made)
    }}
}

/// The parts that the node reads: its own input, and the fields of the state, or the whole.
fn read(node: &Node<'_>) -> Vec<TokenStream> {
    let key_part = {
        let krate = &node.krate;
        quote!(#krate::__private::key_part)
    };
    let mut parts = Vec::new();
    parts.extend(node.input.map(|input| quote_spanned!(of_type(input)=> #key_part(&input))));
    let Some((state, reads)) = &node.state else { return parts };
    let span = of_type(state);
    match reads {
        Reads::Nothing => {}
        Reads::Whole => parts.push(quote_spanned!(span=> #key_part(state))),
        Reads::Fields(fields) => parts.extend(fields.iter().map(|field| match node.pattern.and_then(path_of) {
            // As the function takes the state apart, so that a field that is not there is one error.
            Some(path) => quote_spanned!(span=> { let #path { #field: __field, .. } = state; #key_part(__field) }),
            None => quote_spanned!(span=> #key_part(&state.#field)),
        })),
    }
    parts
}

/// The `ChatState` of the pattern `ChatState { .. }`.
fn path_of(pattern: &Pat) -> Option<&Path> {
    match pattern {
        Pat::Paren(inner) => path_of(&inner.pat),
        Pat::Reference(inner) => path_of(&inner.pat),
        Pat::Type(typed) => path_of(&typed.pat),
        Pat::Struct(pattern) => Some(&pattern.path),
        _ => None,
    }
}

/// What a key function reads of the state: of a closure, what it names; of any other function, all that it may.
pub(super) fn key_reads(node: &Node<'_>) -> Reads {
    let key = node.policy.cache.as_ref().and_then(|cache| cache.key.as_ref());
    match key {
        Some(_) if node.state.is_none() => Reads::Nothing,
        Some(Expr::Closure(key)) => {
            key.inputs.last().map_or(Reads::Nothing, |state| Reads::of(state, &key.body.to_token_stream()))
        }
        Some(_) => Reads::Whole,
        None => Reads::Nothing,
    }
}
