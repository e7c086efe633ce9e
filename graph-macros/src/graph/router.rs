//! Routers: the user's control flow, token for token, with calls at its leaves.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Pat;

use super::expand::Names;
use super::members::as_function;
use super::model::Model;
use super::syntax::{For, Graph, NodeRef, Router, Routing};

/// ```text
/// #[deny(unreachable_patterns)]
/// fn __route_conversation(state: &ChatState, next: &mut Scheduler<ChatGraph>) -> Routed {
///     if state.messages.len() > 6 { next.to(ChatGraphNode::SummarizeConversation) } else { next.end() }
/// }
/// let _ = match from {
///     Some(ChatGraphNode::Conversation) => __route_conversation(state, next),
///     _ => next.end(),
/// };
/// ```
pub(super) fn all(graph: &Graph, model: &Model<'_>, names: &Names) -> TokenStream {
    let from = std::iter::once(None).chain((0..model.nodes.len()).map(Some));
    let (krate, user) = (&graph.krate, &graph.state);
    let state = quote!(<__State as #krate::__private::Behind<#user>>::behind(state));
    let routed: Vec<_> = from.filter_map(|from| Some((from, model.exits(from).router?))).collect();
    let expansion = Expansion { graph, model, names, next: Ident::new("next", Span::mixed_site()) };
    let functions = routed.iter().map(|(from, router)| expansion.function(*from, router));
    let arms = routed.iter().map(|(from, router)| {
        let (function, node) = (expansion.name(*from), &names.node);
        let pattern = match from {
            Some(from) => {
                let variant = &model.nodes[*from].variant;
                quote!(::core::option::Option::Some(#node::#variant))
            }
            None => quote!(::core::option::Option::None),
        };
        match (router.route.is_some(), from) {
            (true, Some(from)) => {
                let (routes, variant) = (&names.route, &model.nodes[*from].variant);
                quote!(#pattern => match route {
                    ::core::option::Option::Some(#routes::#variant(route)) => #function(#state, route, next),
                    // A `for` edge over nothing: no task has decided anything.
                    _ => next.end(),
                })
            }
            _ => quote!(#pattern => #function(#state, next)),
        }
    });
    quote! {
        #(#functions)*
        let _ = match from {
            #(#arms,)*
            _ => next.end(),
        };
    }
}

struct Expansion<'a> {
    graph: &'a Graph,
    model: &'a Model<'a>,
    names: &'a Names,
    /// A name that the user's code does not see.
    next: Ident,
}

impl Expansion<'_> {
    fn name(&self, from: Option<usize>) -> Ident {
        format_ident!("__route_{}", self.model.name(from))
    }

    fn function(&self, from: Option<usize>, router: &Router) -> TokenStream {
        let (krate, graph, state) = (&self.graph.krate, &self.graph.ident, &self.graph.state);
        let (name, next) = (self.name(from), &self.next);
        let parameter = match &router.parameter {
            Pat::Type(typed) => quote!(#typed),
            pattern => quote!(#pattern: &#state),
        };
        // What follows START has no route to be asked about; that was reported.
        let route = router.route.as_ref().zip(from).map(|(pattern, from)| {
            let as_function = as_function(self.graph, &self.model.nodes[from]);
            quote!(#pattern: #as_function::Route,)
        });
        let body = self.routing(&router.body);
        let deny = quote_spanned!(router.span=> #[deny(unreachable_patterns)]);
        quote! {
            #deny
            #[allow(non_snake_case, unused_braces, clippy::needless_pass_by_ref_mut)]
            fn #name(#parameter, #route #next: &mut #krate::__private::Scheduler<#graph>) -> #krate::__private::Routed {
                #body
            }
        }
    }

    fn routing(&self, routing: &Routing) -> TokenStream {
        let next = &self.next;
        match routing {
            Routing::To(node) => match self.variant(node) {
                Some(node) => quote!(#next.to(#node)),
                None => quote!(#next.end()),
            },
            Routing::End(_) | Routing::Unknown => quote!(#next.end()),
            Routing::Exit(exit) => match self.model.find_exit(exit) {
                Some(_) => {
                    let exits = &self.names.exit;
                    quote!(#next.exit(#exits::#exit))
                }
                None => quote!(#next.end()),
            },
            Routing::List(leaves, _) => {
                let leaves = leaves.iter().map(|leaf| self.routing(leaf));
                quote!({ #(let _ = #leaves;)* #next.end() })
            }
            Routing::If { if_token, condition, then, otherwise } => {
                let then = self.braced(then);
                let otherwise = match &**otherwise {
                    nested @ Routing::If { .. } => self.routing(nested),
                    other => self.braced(other),
                };
                quote!(#if_token #condition #then else #otherwise)
            }
            Routing::Match { match_token, scrutinee, brace, arms } => {
                let arms = arms.iter().map(|arm| {
                    let (attributes, pattern, arrow) = (&arm.attributes, &arm.pattern, arm.arrow);
                    let body = self.braced(&arm.body);
                    quote!(#(#attributes)* #pattern #arrow #body)
                });
                let mut tokens = quote!(#match_token #scrutinee);
                brace.surround(&mut tokens, |tokens| tokens.extend(arms));
                tokens
            }
            Routing::For(each) => self.each(each),
            Routing::Block { .. } => self.braced(routing),
        }
    }

    /// The routing as a block: a block of the user's as it is, all else in braces, which stand where the leaf stands: what
    /// rustc proposes to add to a `match`, it puts behind its last arm.
    fn braced(&self, routing: &Routing) -> TokenStream {
        match routing {
            Routing::Block { brace, statements, tail } => {
                let tail = self.routing(tail);
                let mut tokens = TokenStream::new();
                brace.surround(&mut tokens, |tokens| tokens.extend(quote!(#(#statements)* #tail)));
                tokens
            }
            other => {
                let body = self.routing(other);
                quote_spanned!(other.span()=> { #body })
            }
        }
    }

    /// ```text
    /// { let mark = next.mark(); for section in items { next.send(Task::Write(section)); } next.sent(Node::Write, mark) }
    /// ```
    fn each(&self, each: &For) -> TokenStream {
        let For { for_token, pattern, in_token, items, statements, node, argument } = each;
        let next = &self.next;
        let (Some(known), task) = (self.model.find(node), &self.names.task) else { return quote!(#next.end()) };
        let (variant, variants) = (&self.model.nodes[known].variant, &self.names.node);
        let mark = Ident::new("mark", Span::mixed_site());
        // A value of the wrong type is said at the value; the name of the task's type stays out of it.
        let task = quote_spanned!(node.ident().span()=> #task::#variant);
        quote! {{
            let #mark = #next.mark();
            #for_token #pattern #in_token #items {
                #(#statements)*
                #next.send(#task(#argument));
            }
            #next.sent(#variants::#variant, #mark)
        }}
    }

    fn variant(&self, node: &NodeRef) -> Option<TokenStream> {
        let (enumeration, known) = (&self.names.node, self.model.find(node)?);
        let variant = &self.model.nodes[known].variant;
        Some(quote!(#enumeration::#variant))
    }
}
