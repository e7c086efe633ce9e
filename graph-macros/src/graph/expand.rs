//! The items of a graph.

use graph_shape::Flow;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use super::members::{self, as_node};
use super::model::Model;
use super::syntax::Graph;
use super::{calls, exits, inside, items, moments, router, routes, topology};

/// The names of what a graph brings with it.
pub(super) struct Names {
    pub node: Ident,
    pub update: Ident,
    pub task: Ident,
    pub exit: Ident,
    pub route: Ident,
    pub inside: Ident,
}

impl Names {
    pub(super) fn of(graph: &Graph) -> Self {
        let ident = &graph.ident;
        let named = |name: String| Ident::new(&name, ident.span());
        Self {
            node: named(format!("{ident}Node")),
            update: named(format!("{ident}Update")),
            task: format_ident!("__{ident}Task"),
            exit: named(format!("{ident}Exit")),
            inside: named(format!("{ident}Subgraph")),
            route: format_ident!("__{ident}Route"),
        }
    }
}

/// ```text
/// pub struct ChatGraph {}
/// impl ChatGraph { pub fn new(deps: ChatDeps) -> App<Self> { .. }  pub fn mermaid() -> String { .. } }
/// pub enum ChatGraphNode { Conversation, .. }
/// pub enum ChatGraphUpdate { Conversation(<conversation as NodeFn>::Update), .. }
/// const _: () = {
///     /* the types that stand for the nodes */
///     pub enum __ChatGraphTask { Conversation, .. }
///     /* the impls of the enums, as templates */
///     impl Graph for ChatGraph { .. }
///     /* the checks that need constant evaluation */
/// };
/// ```
pub(super) fn graph(graph: &Graph, model: &Model<'_>, flow: Option<&Flow>) -> TokenStream {
    let names = Names::of(graph);
    let graph_type = items::graph_type(graph, model);
    let node = items::node_enum(graph, model, &names);
    let update = items::update_enum(graph, model, &names);
    let exit = exits::exit_enum(graph, &names);
    let (inside, inside_impls) = (inside::inside_enum(graph, model, &names), inside::impls(graph, model, &names));
    let route = routes::route_enum(graph, model, &names);
    let node_types = members::inside(graph, model);
    let task = items::task_enum(graph, model, &names);
    let templates = items::templates(graph, model, &names);
    let graph_impl = graph_impl(graph, model, &names, flow.is_some());
    let (any_types, called_types) = (members::outside(graph, model), calls::types(graph));
    let checks = flow.map(|flow| moments::checks(graph, model, flow));
    quote! {
        #graph_type
        #any_types
        #called_types
        #node
        #update
        #exit
        #inside
        const _: () = {
            #node_types
            #task
            #route
            #templates
            #inside_impls
            #graph_impl
            #checks
        };
    }
}

fn graph_impl(graph: &Graph, model: &Model<'_>, names: &Names, is_sound: bool) -> TokenStream {
    let Names { node, update, task, .. } = names;
    let (krate, ident, name) = (&graph.krate, &graph.ident, graph.ident.to_string());
    let deps = graph.deps.as_ref().map_or_else(|| quote!(()), |deps| quote!(#deps));
    let custom = graph.custom.as_ref().map_or_else(|| quote!(#krate::graph::NoCustom), |custom| quote!(#custom));
    let needs = if graph.deps.is_some() { quote!(NeedsDeps) } else { quote!(NeedsNothing) };
    let written = if is_sound {
        quote!(#krate::__private::written_at_end::<__State>(__TOPOLOGY, __FLOW, __WRITTEN))
    } else {
        quote!(#krate::state::FieldSet::one(::core::primitive::usize::MAX))
    };
    let inside = inside::members(graph, model, names);
    let topology = topology::of(graph, model);
    let routers = router::all(graph, model, names);
    let exits = graph.exits.iter().map(|exit| &exit.ident);
    let (exit, route) = (exits::exit_type(graph, names), routes::route_type(graph, model, names));

    let task_of = model.nodes.iter().map(|known| {
        let variant = &known.variant;
        let task = if known.sent { quote!(return ::core::option::Option::None) } else { quote!(#task::#variant) };
        quote!(#node::#variant => #task)
    });
    let node_of = model.nodes.iter().map(|known| {
        let (variant, payload) = (&known.variant, known.sent.then(|| quote!((_))));
        quote!(#task::#variant #payload => #node::#variant)
    });
    let run = run(graph, model, names);

    quote! {
        #[automatically_derived]
        impl #krate::graph::Graph for #ident {
            const NAME: &'static str = #name;
            const TOPOLOGY: #krate::graph::Topology = #topology;
            type State = __State;
            type Deps = #deps;
            type Node = #node;
            type Update = #update;
            type Custom = #custom;
            type Exit = #exit;
            const EXITS: &'static [#exit] = &[#(#exit::#exits),*];
            type Task = #task;
            type Route = #route;
            type Needs = #krate::graph::deps::#needs;
            const WRITTEN: #krate::state::FieldSet = #written;

            // A graph without nodes matches on nothing.
            #[allow(unreachable_code)]
            fn task(node: #node) -> ::core::option::Option<#task> {
                ::core::option::Option::Some(match node { #(#task_of,)* })
            }

            fn node_of(task: &#task) -> #node {
                match *task { #(#node_of,)* }
            }

            // The same; and not every node takes an input.
            #[allow(unused_variables, unreachable_code)]
            fn run(
                task: #task,
                state: &__State,
                cx: &#krate::context::Context<Self>,
            ) -> impl ::core::future::Future<Output = #krate::__private::NodeResult<#krate::__private::TaskOutput<Self>>> + ::core::marker::Send
            {
                #run
            }

            #[allow(unreachable_patterns, unused_variables)]
            fn route(
                from: ::core::option::Option<#node>,
                route: ::core::option::Option<Self::Route>,
                state: &__State,
                next: &mut #krate::__private::Scheduler<Self>,
            ) {
                #routers
            }

            #inside
        }
    }
}

/// ```text
/// let place = GraphNode::index(Self::node_of(&task));
/// <__Run as Dispatch<__State, ChatGraph, _>>::run(place, (ChatGraphUpdate::Conversation, ..), state, cx)
/// ```
///
/// The nodes that are run apart have an arm of their own.
fn run(graph: &Graph, model: &Model<'_>, names: &Names) -> TokenStream {
    let Names { update, task, .. } = names;
    let (krate, ident) = (&graph.krate, &graph.ident);
    let variants = model.nodes.iter().map(|known| {
        let variant = &known.variant;
        quote!(#update::#variant)
    });
    let none = TokenStream::new();
    let into = members::tree(variants.collect(), &none, &none);
    let place = quote!(let place = #krate::graph::GraphNode::index(Self::node_of(&task)););
    let others = quote!(<__Run as __private::Dispatch<__State, #ident, _>>::run(place, #into, state, cx));

    let mut apart = model.nodes.iter().enumerate().filter(|(_, known)| members::is_apart(known)).peekable();
    if apart.peek().is_none() {
        return quote!(#place #others);
    }
    let apart = apart.map(|(index, known)| {
        let (variant, as_node, route) = (&known.variant, as_node(graph, index), routes::kept(known, names));
        let (payload, input) =
            if known.sent { (Some(quote!((input))), quote!(input)) } else { (None, quote!(__private::no_input())) };
        quote! {
            #task::#variant #payload => {
                let (update, route) = #as_node::run(#input, state, cx).await?;
                ::core::result::Result::Ok(#krate::__private::TaskOutput { update: #update::#variant(update), route: #route })
            }
        }
    });
    quote! {
        async move {
            #place
            match task {
                #(#apart)*
                #[allow(unreachable_patterns)]
                _ => #others.await,
            }
        }
    }
}
