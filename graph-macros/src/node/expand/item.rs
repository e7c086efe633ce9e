//! The type beside a node's function, and its impls.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Path, Type};

use super::handler;
use super::types::{graph_type, locals, parameters, state_type};
use crate::marker::marker;
use crate::node::model::Node;
use crate::primitive::is_primitive;
use crate::state_pattern::Reads;
use crate::text;

/// The parts that differ from node to node.
pub(super) struct Parts<'a> {
    /// Aliases and constants before the impls.
    pub checks: TokenStream,
    pub output: TokenStream,
    pub body: TokenStream,
    pub bounds: Vec<TokenStream>,
    /// The handler of its errors.
    pub handler: Option<&'a Path>,
}

pub(super) fn item(node: &Node<'_>, parts: &Parts<'_>) -> TokenStream {
    if node.is_method || is_primitive(node.ident) {
        return TokenStream::new();
    }
    let Parts { checks, output, body, bounds, handler } = parts;
    let Node { krate, docs, cfgs, vis, ident, .. } = node;
    let (name, doc) = (ident.to_string(), format!("The node [`{ident}`](fn@{ident})."));
    let (state, graph) = (state_type(node), graph_type(node));
    let span = ident.span();

    let parameters = parameters(node);
    let reads = reads(node, &if node.state().is_some() { quote!(__State) } else { quote!(__S) });
    let writes = quote!(<#output as #krate::__private::NodeReturn<#state>>);
    let is_async = node.is_async;
    let (has_task_input, input_name) = (node.input().is_some(), node.input().map(name_of).unwrap_or_default());
    let policy = node.policy.expand(krate);
    let input = node.input().map_or_else(|| quote!(()), ToTokens::to_token_stream);
    // Reported at the state's field.
    let shared = node.state().map(|_| quote!(for<'__any> #state: #krate::__private::Shareable));
    let bounds: Vec<_> = bounds.iter().chain(&shared).collect();
    let bounds = (!bounds.is_empty()).then(|| quote!(where #(#bounds,)*));
    let [own, whole, cx] = locals();
    let info = quote! {
        #krate::node::NodeInfo {
            name: #name,
            reads: #reads,
            writes: #writes::WRITES,
            must_write: #writes::MUST_WRITE,
            written_at: &[],
            replaces: #writes::REPLACES,
            uncombinable: #krate::state::FieldSet::EMPTY,
            inner: ::core::option::Option::None,
            has_task_input: #has_task_input,
            input: #input_name,
            is_async: #is_async,
            routes: #writes::ROUTES,
            policy: #policy,
        }
    };
    let info = match handler {
        Some(handler) => handler::info(node, handler, &info),
        None => info,
    };
    let mut named = vec![input.clone()];
    named.extend(node.state().map(|state| state.reference.elem.to_token_stream()));
    named.extend(node.returned.map(ToTokens::to_token_stream));
    let marker = marker(vis, ident, &named);
    let owned = names_static(node).then(|| {
        quote!(
            const OWNED: ::core::primitive::bool = false;
        )
    });
    let run = quote_spanned!(span=> run);
    // rustc reports here if the future is not `Send`.
    let future = quote_spanned!(span=>
        impl ::core::future::Future<Output = #krate::__private::NodeResult<(__Update, __Route)>> + ::core::marker::Send);

    quote! {
        #(#cfgs)*
        #(#docs)*
        #[doc = ""]
        #[doc = #doc]
        #[allow(non_camel_case_types, dead_code, private_interfaces, missing_debug_implementations)]
        #marker

        #(#cfgs)*
        const _: () = {
            #checks

            #[automatically_derived]
            impl #krate::node::NodeFn for #ident {
                #owned
                type Input = #input;
                type Update = __Update;
                type Route = __Route;
            }

            #[automatically_derived]
            impl<#parameters> #krate::node::Node<#state, #graph> for #ident #bounds {
                const INFO: #krate::node::NodeInfo = #info;
                type Output = #output;

                #[allow(unused_variables)]
                fn #run(
                    #own: #input,
                    #whole: &#state,
                    #cx: &#krate::context::Context<#graph>,
                ) -> #future {
                    #body
                }
            }
        };
    }
}

/// `FieldSet::named::<__State>(&["topic"])`: what its pattern and the key function of its cache bind.
fn reads(node: &Node<'_>, state: &TokenStream) -> TokenStream {
    let own = node.state().map_or_else(Reads::default, |state| state.reads.clone());
    own.and(node.key_reads()).demanded(&node.krate, state)
}

/// Whether its input or what it returns has a `&'static ..`.
fn names_static(node: &Node<'_>) -> bool {
    fn is_in(tokens: TokenStream) -> bool {
        let mut before = ' ';
        tokens.into_iter().any(|token| match token {
            TokenTree::Punct(punct) if punct.as_char() == '\'' && before == '&' => {
                before = '\'';
                false
            }
            TokenTree::Punct(punct) => {
                before = if punct.as_char() == '&' { '&' } else { ' ' };
                false
            }
            TokenTree::Ident(word) => std::mem::replace(&mut before, ' ') == '\'' && word == "static",
            TokenTree::Group(group) => is_in(group.stream()),
            TokenTree::Literal(_) => false,
        })
    }
    node.input().into_iter().chain(node.returned).any(|ty| is_in(ty.to_token_stream()))
}

/// The name of a type, without its modules.
fn name_of(ty: &Type) -> String {
    match ty {
        Type::Group(group) => name_of(&group.elem),
        Type::Path(path) => path.path.segments.last().map(text::of).unwrap_or_default(),
        other => text::of(other),
    }
}
