//! The impl of graph-core's `Graph`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt as _;

use super::names::Names;
use super::{Expansion, enums, interrupts, node_types, router, routes, subgraphs, task_results, topology, unsaved};
use crate::graph::model::Exit;

/// ```text
/// impl Graph for ChatGraph {
///     const NAME: &'static str = "ChatGraph";
///     const TOPOLOGY: Topology = Topology { .. };
///     type State = __State;
///     ..
///     fn task(node: ChatGraphNode) -> Option<__ChatGraphTask> { .. }
///     fn node_of(task: &__ChatGraphTask) -> ChatGraphNode { .. }
///     fn run(task: __ChatGraphTask, state: &__State, cx: &Context<Self>) -> impl Future<Output = ..> { .. }
///     fn route(from: Option<ChatGraphNode>, .., next: &mut Scheduler<Self>) { .. }
/// }
/// ```
pub(super) fn graph_impl(expansion: &Expansion<'_>) -> TokenStream {
    let Expansion { model, names, is_sound } = expansion;
    let Names { node, update, task, .. } = names;
    let (krate, ident, name) = (&model.krate, &model.ident, model.ident.to_string());
    let deps = model.deps.as_ref().map_or_else(|| quote!(()), |deps| quote!(#deps));
    let custom = model.custom.as_ref().map_or_else(|| quote!(#krate::graph::NoCustom), |custom| quote!(#custom));
    let interrupt = interrupts::interrupt_type(expansion);
    let task_result = task_results::result_type(expansion);
    let needs = if model.deps.is_some() { quote!(NeedsDeps) } else { quote!(NeedsNothing) };
    let given = model.context.as_ref().map_or_else(|| quote!(#krate::graph::NoContext), |given| quote!(#given));
    let needs_context = if model.context.is_some() { quote!(NeedsDeps) } else { quote!(NeedsNothing) };
    let needs_store = if model.has_store { quote!(NeedsDeps) } else { quote!(NeedsNothing) };
    let written = if *is_sound {
        quote!(#krate::__private::written_at_end::<__State>(__TOPOLOGY, __FLOW, __WRITTEN))
    } else {
        quote!(#krate::state::FieldSet::POISONED)
    };
    let written_at = written_at(expansion);
    let inside = subgraphs::members(expansion);
    let (own_unsaved, unsaved) = (unsaved::own(expansion), unsaved::name(expansion));
    let topology = topology::of(expansion);
    let routers = router::all(expansion);
    let exits = model.exits.iter().map(|exit| &exit.ident);
    let (exit, route) = (enums::exit_type(expansion), routes::route_type(expansion));

    let task_of = model.nodes.iter().map(|known| {
        let variant = &known.variant;
        let task =
            if known.has_task_input { quote!(return ::core::option::Option::None) } else { quote!(#task::#variant) };
        quote!(#node::#variant => #task)
    });
    let node_of = model.nodes.iter().map(|known| {
        let (variant, payload) = (&known.variant, known.has_task_input.then(|| quote!((_))));
        quote!(#task::#variant #payload => #node::#variant)
    });
    let run = run(expansion);

    quote! {
        #own_unsaved

        #[automatically_derived]
        impl #krate::graph::Graph for #ident {
            const NAME: &'static str = #name;
            const TOPOLOGY: #krate::graph::Topology = #topology;
            type State = __State;
            type Deps = #deps;
            type Node = #node;
            type Update = #update;
            type Custom = #custom;
            type Interrupt = #interrupt;
            type TaskResult = #task_result;
            type Exit = #exit;
            const EXITS: &'static [#exit] = &[#(#exit::#exits),*];
            type Task = #task;
            type Route = #route;
            type Needs = #krate::graph::deps::#needs;
            type Context = #given;
            type NeedsContext = #krate::graph::deps::#needs_context;
            type NeedsStore = #krate::graph::deps::#needs_store;
            const SAVED_FORM: ::core::option::Option<#krate::__private::SavedForm<Self>> = {
                #[allow(unused_imports)]
                use #krate::__private::NoSavedForm as _;
                #krate::__private::SavedFormProbe::<#ident>::FORM
            };
            const WRITTEN: #krate::state::FieldSet = #written;
            type Unsaved = #unsaved;
            const WRITTEN_AT: &'static [#krate::state::FieldSet] = &[#(#written_at),*];

            // In a graph without nodes the `match` has no arms.
            #[allow(unreachable_code)]
            fn task(node: #node) -> ::core::option::Option<#task> {
                ::core::option::Option::Some(match node { #(#task_of,)* })
            }

            fn node_of(task: &#task) -> #node {
                match *task { #(#node_of,)* }
            }

            // The same; and `input` is unused unless a node takes one.
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

/// `written_at::<__State>(__TOPOLOGY, __FLOW, __WRITTEN, 1).union(carried::<__State>(&["joke"]))`, for the plain end and
/// each exit, if there are any. What an exit should carry and does not is reported there, not in the parent.
fn written_at(expansion: &Expansion<'_>) -> Vec<TokenStream> {
    let Expansion { model, is_sound, .. } = expansion;
    let krate = &model.krate;
    let ends = if model.exits.is_empty() { 0 } else { model.exits.len() + 1 };
    let at = |end: usize| {
        if !is_sound {
            return quote!(#krate::state::FieldSet::POISONED);
        }
        let carried = end.checked_sub(1).map(|exit| carried(expansion, &model.exits[exit]));
        let carried = carried.map(|carried| quote!(.union(#carried)));
        quote!(#krate::__private::written_at::<__State>(__TOPOLOGY, __FLOW, __WRITTEN, #end) #carried)
    };
    (0..ends).map(at).collect()
}

/// `carried::<__State>(&["joke"])`: what an exit carries.
pub(super) fn carried(expansion: &Expansion<'_>, exit: &Exit) -> TokenStream {
    let krate = &expansion.model.krate;
    let names = exit.carries.iter().map(|field| field.unraw().to_string());
    quote!(#krate::__private::carried::<__State>(&[#(#names),*]))
}

/// ```text
/// let index = GraphNode::index(Self::node_of(&task));
/// <__Run as Dispatch<__State, ChatGraph, _>>::run(index, (ChatGraphUpdate::Conversation, ..), state, cx)
/// ```
///
/// Nodes that take an input or decide a route have an arm of their own.
fn run(expansion: &Expansion<'_>) -> TokenStream {
    let Expansion { model, names, .. } = expansion;
    let Names { update, task, .. } = names;
    let (krate, ident) = (&model.krate, &model.ident);
    let variants = model.nodes.iter().map(|known| {
        let variant = &known.variant;
        quote!(#update::#variant)
    });
    let none = TokenStream::new();
    let into = node_types::tree(variants.collect(), &none, &none);
    let index = quote!(let index = #krate::graph::GraphNode::index(Self::node_of(&task)););
    let others = quote!(<__Run as __private::Dispatch<__State, #ident, _>>::run(index, #into, state, cx));

    let mut own_arms = model.nodes.iter().enumerate().filter(|(_, known)| known.has_own_arm()).peekable();
    if own_arms.peek().is_none() {
        return quote!(#index #others);
    }
    let own_arms = own_arms.map(|(index, known)| {
        let (variant, as_node, route) = (&known.variant, expansion.as_node(index), routes::kept(expansion, known));
        let (payload, input) = if known.has_task_input {
            (Some(quote!((input))), quote!(input))
        } else {
            (None, quote!(__private::no_input()))
        };
        quote! {
            #task::#variant #payload => {
                let (update, route) = #as_node::run(#input, state, cx).await?;
                ::core::result::Result::Ok(#krate::__private::TaskOutput { update: #update::#variant(update), route: #route })
            }
        }
    });
    quote! {
        async move {
            #index
            match task {
                #(#own_arms)*
                #[allow(unreachable_patterns)]
                _ => #others.await,
            }
        }
    }
}
