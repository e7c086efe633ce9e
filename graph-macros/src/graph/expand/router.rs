//! Routers: the user's control flow, token for token, with calls at its leaves.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Expr, Pat};

use super::Expansion;
use super::names::node_type;
use crate::graph::model::{For, Node, Router, Routing, Target};
use crate::source::{At, Code};
use crate::state_pattern::Rebound;

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
pub(super) fn all(expansion: &Expansion<'_>) -> TokenStream {
    let Expansion { model, names, .. } = expansion;
    let (krate, user) = (&model.krate, &model.state);
    let state = quote!(<__State as #krate::__private::UserState<#user>>::user_state(state));
    let routed: Vec<_> =
        model.sources().filter_map(|from| Some((from, model.outgoing(from).router.as_ref()?))).collect();
    let routers = Routers { expansion, next: Ident::new("next", Span::mixed_site()) };
    let functions = routed.iter().map(|(from, router)| routers.function(*from, router));
    let arms = routed.iter().map(|(from, router)| {
        let (function, node) = (routers.name(*from), &names.node);
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
                    // No task ran: a `for` edge over no items.
                    _ => next.end(),
                })
            }
            _ => {
                let given = match routers.only_parameter(*from, router, &quote!('_)) {
                    Some(only) => quote!(#only::give(#state)),
                    None => state.clone(),
                };
                quote!(#pattern => #function(#given, next))
            }
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

struct Routers<'a> {
    expansion: &'a Expansion<'a>,
    /// `next`, hidden from the user's code by hygiene.
    next: Ident,
}

impl Routers<'_> {
    /// `__route_conversation`
    fn name(&self, from: Option<usize>) -> Ident {
        format_ident!("__route_{}", self.expansion.model.source_name(from))
    }

    /// ```text
    /// #[deny(unreachable_patterns)]
    /// fn __route_conversation(state: &ChatState, next: &mut Scheduler<ChatGraph>) -> Routed { .. }
    /// ```
    fn function(&self, from: Option<usize>, router: &Router) -> TokenStream {
        let model = self.expansion.model;
        let (krate, graph, state) = (&model.krate, &model.ident, &model.state);
        let (name, next) = (self.name(from), &self.next);
        let rebound = Rebound::of(&router.parameter, krate);
        let (parameter, statements) = match &rebound {
            Some(Rebound { pattern, statements }) => (pattern, Some(statements)),
            None => (&*router.parameter, None),
        };
        let (parameter, typed) = match parameter {
            // rustc reports another type at the user's token.
            Pat::Type(typed) => {
                let given = Ident::new("given", Span::mixed_site().located_at(typed.ty.span()));
                (quote!(#given: &#state), Some(quote!(let #typed = #given;)))
            }
            pattern => match self.only_parameter(from, router, &quote!('__state)) {
                Some(only) => (quote!(#pattern: #only::Type), None),
                None => (quote!(#pattern: &#state), None),
            },
        };
        let lifetime = self.only_parameter(from, router, &quote!('_)).map(|_| quote!(<'__state>));
        // A router of START has no route; a parameter for one was reported.
        let (route, given) = router.route.as_ref().zip(from).map(|route| self.route(router, route)).unzip();
        let body = self.routing(&router.body);
        let level = Ident::new(if self.expansion.is_sound { "deny" } else { "allow" }, router.at.0);
        let deny = quote_spanned!(router.at.0=> #[#level(unreachable_patterns)]);
        quote! {
            #deny
            #[allow(non_snake_case, unused_braces, clippy::needless_pass_by_ref_mut)]
            fn #name #lifetime(#parameter, #route #next: &mut #krate::__private::Scheduler<#graph>) -> #krate::__private::Routed {
                #typed
                #given
                #statements
                #body
            }
        }
    }

    /// The parameter for the route, and the statement that binds its pattern:
    ///
    /// ```text
    /// given: <review as NodeFn>::Route,
    /// let verdict = <Is<{ <__Node0 as Node<..>>::INFO.routes }> as GivenRoute<<review as NodeFn>::Route, _>>::give(given);
    /// ```
    ///
    /// Where the node decides no route, which is reported here, what is bound has whatever type the body wants.
    fn route(&self, router: &Router, (pattern, from): (&Code<Pat>, usize)) -> (TokenStream, Option<TokenStream>) {
        let (krate, node) = (&self.expansion.model.krate, &self.expansion.model.nodes[from]);
        let as_function = self.expansion.as_function(node);
        if !binds_the_route(node, router) {
            return (quote!(#pattern: #as_function::Route,), None);
        }
        let (given, as_node) = (Ident::new("given", Span::mixed_site()), self.expansion.as_node(from));
        let answer = quote!(#krate::__private::Is<{ #as_node::INFO.routes }>);
        let give = quote!(<#answer as #krate::__private::GivenRoute<#as_function::Route, _>>::give(#given));
        (quote!(#given: #as_function::Route,), Some(quote!(let #pattern = #give;)))
    }

    /// `<Is<{ <__Node0 as Node<..>>::INFO.routes }> as OnlyParameter<'__state, ChatState, <__Node0 as NodeFn>::Route>>`
    ///
    /// For a router `|verdict| match verdict { .. }` that may have forgotten the state.
    fn only_parameter(&self, from: Option<usize>, router: &Router, lifetime: &TokenStream) -> Option<TokenStream> {
        let (Pat::Ident(parameter), Routing::Match { scrutinee, .. }) = (&*router.parameter, &router.body) else {
            return None;
        };
        let from = from.filter(|from| router.route.is_none() && !self.expansion.model.nodes[*from].is_own)?;
        let Expr::Path(matched) = &**scrutinee else { return None };
        (matched.path.get_ident()? == &parameter.ident).then(|| {
            let (krate, state) = (&self.expansion.model.krate, &self.expansion.model.state);
            let (node, as_node) = (node_type(from), self.expansion.as_node(from));
            let answer = quote!(#krate::__private::Is<{ #as_node::INFO.routes }>);
            let route = quote!(<#node as #krate::node::NodeFn>::Route);
            quote!(<#answer as #krate::__private::OnlyParameter<#lifetime, #state, #route>>)
        })
    }

    fn routing(&self, routing: &Routing) -> TokenStream {
        let next = &self.next;
        match routing {
            Routing::To(Target::Node(node), _) => {
                let (enumeration, variant) = (&self.expansion.names.node, &self.expansion.model.nodes[*node].variant);
                quote!(#next.to(#enumeration::#variant))
            }
            Routing::To(Target::Exit(exit), at) => {
                let (exits, mut exit) = (&self.expansion.names.exit, self.expansion.model.exits[*exit].ident.clone());
                exit.set_span(at.0);
                quote!(#next.exit(#exits::#exit))
            }
            Routing::To(Target::End, _) | Routing::Unknown(_) => quote!(#next.end()),
            Routing::List(leaves, _) => {
                let leaves = leaves.iter().map(|leaf| self.routing(leaf));
                quote!({ #(let _ = #leaves;)* #next.end() })
            }
            Routing::If { if_token: At(if_token), condition, then, otherwise } => {
                let then = self.braced(then);
                let otherwise = match &**otherwise {
                    nested @ Routing::If { .. } => self.routing(nested),
                    other => self.braced(other),
                };
                quote!(#if_token #condition #then else #otherwise)
            }
            Routing::Match { match_token: At(match_token), scrutinee, brace, arms } => {
                let arms = arms.iter().map(|arm| {
                    let (attributes, pattern, arrow) = (&arm.attributes, &arm.pattern, arm.arrow.0);
                    let body = self.braced(&arm.body);
                    quote!(#(#attributes)* #pattern #arrow #body)
                });
                // A forgotten arm may be what the macro has reported already, as a loop or an unreachable node.
                let others = (!self.expansion.is_sound).then(|| quote!(_ => #next.end(),));
                let mut tokens = quote!(#match_token #scrutinee);
                brace.surround(&mut tokens, |tokens| tokens.extend(arms.chain(others)));
                tokens
            }
            Routing::For(each) => self.each(each),
            Routing::Block { .. } => self.braced(routing),
        }
    }

    /// The routing in braces. Generated braces have the span of the leaf: rustc suggests a missing arm of a `match`
    /// after the last one.
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
        let For { for_token: At(for_token), pattern, in_token: At(in_token), items, statements, node, at, argument } =
            each;
        let (next, names) = (&self.next, &self.expansion.names);
        let (variant, variants, task) = (&self.expansion.model.nodes[*node].variant, &names.node, &names.task);
        let mark = Ident::new("mark", Span::mixed_site());
        // Spanned at the node, so that rustc reports a value of the wrong type at the value.
        let task = quote_spanned!(at.0=> #task::#variant);
        quote! {{
            let #mark = #next.mark();
            #for_token #pattern #in_token #items {
                #(#statements)*
                #next.send(#task(#argument));
            }
            #next.sent(#variants::#variant, #mark)
        }}
    }
}

/// Whether the router is `|state, route| match route { .. }` behind a function, so that its patterns say which type the
/// route has: a node that decides none is then one error. In another router rustc reports how the route is used.
pub(super) fn binds_the_route(node: &Node, router: &Router) -> bool {
    let (Some(Pat::Ident(route)), Routing::Match { scrutinee, .. }) = (router.route.as_deref(), &router.body) else {
        return false;
    };
    let matched = matches!(&**scrutinee, Expr::Path(matched) if matched.path.is_ident(&route.ident));
    matched && !node.is_own && !node.is_subgraph()
}
