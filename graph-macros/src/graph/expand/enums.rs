//! The types that a graph generates: its own, and the enums of its nodes, updates, tasks and exits.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt as _;

use super::names::Names;
use super::{Expansion, docs};
use crate::graph::model::Model;
use crate::keyword;
use crate::marker::{marker, parameter as parameter_of};

/// ```text
/// #[doc = ".."] pub struct ChatGraph<__P = (ChatState, ChatDeps)> { _p: PhantomData<fn() -> __P> }
/// graph_data! { ChatGraph <__P> }
/// impl ChatGraph { pub fn new(deps: ChatDeps, store: impl IntoStore) -> App<Self> { App::__new(deps).store(store) } }
/// impl ChatGraph where for<'__any> Self: Compiles { pub fn compile() {} } // for its error message
/// ```
pub(super) fn graph_type(expansion: &Expansion<'_>) -> TokenStream {
    let model = expansion.model;
    let Model { krate, attributes, vis, ident, .. } = model;
    let title = attributes.is_empty().then(|| {
        let doc = format!("The graph `{ident}`.");
        quote!(#[doc = #doc])
    });
    let picture = docs::picture(model);
    let named = [
        Some(model.state.to_token_stream()),
        model.deps.as_ref().map(ToTokens::to_token_stream),
        model.custom.as_ref().map(ToTokens::to_token_stream),
    ];
    let graph = marker(vis, ident, &named.into_iter().flatten().collect::<Vec<_>>());
    let parameter_of_all = parameter_of(vis);
    let (parameter, deps) = match &model.deps {
        Some(deps) => (Some(quote!(deps: #deps,)), quote!(deps)),
        None => (None, quote!(())),
    };
    let (store_parameter, with_store) = if model.has_store {
        (Some(quote!(store: impl #krate::store::IntoStore)), Some(quote!(.store(store))))
    } else {
        (None, None)
    };
    let new_doc = match (&model.deps, model.has_store) {
        (None, false) => "The graph, ready to run.",
        (Some(_), false) => "The graph with the dependencies of its nodes, ready to run.",
        (None, true) => "The graph with its long-term memory, ready to run.",
        (Some(_), true) => "The graph with the dependencies of its nodes and its long-term memory, ready to run.",
    };
    quote! {
        #(#attributes)*
        #title
        #picture
        #[allow(dead_code, private_interfaces)]
        #graph

        #krate::__private::graph_data! { #ident #parameter_of_all }

        #[automatically_derived]
        #[allow(dead_code, clippy::new_ret_no_self)]
        impl #ident {
            #[doc = #new_doc]
            #vis fn new(#parameter #store_parameter) -> #krate::run::App<Self> {
                #krate::run::App::__new(#deps) #with_store
            }
        }

        #[automatically_derived]
        #[allow(dead_code)]
        impl #ident where for<'__any> Self: #krate::run::Compiles {
            #[doc(hidden)]
            #vis fn compile() {}
        }
    }
}

/// ```text
/// pub enum ChatGraphNode { Conversation, SummarizeConversation }
/// ```
pub(super) fn node_enum(expansion: &Expansion<'_>) -> TokenStream {
    let Expansion { model, names, .. } = expansion;
    let (vis, node) = (&model.vis, &names.node);
    let doc = format!("The nodes of [`{}`].", model.ident);
    let variants = model.nodes.iter().map(|known| {
        let (variant, doc) = (&known.variant, format!("The node `{}`.", known.name));
        quote!(#[doc = #doc] #variant)
    });
    quote! {
        #[doc = #doc]
        #[derive(
            ::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug, ::core::cmp::PartialEq, ::core::cmp::Eq,
            ::core::cmp::PartialOrd, ::core::cmp::Ord, ::core::hash::Hash,
        )]
        #vis enum #node { #(#variants,)* }
    }
}

/// ```text
/// pub enum ChatGraphUpdate { Conversation(<conversation as NodeFn>::Update), .. }
/// ```
pub(super) fn update_enum(expansion: &Expansion<'_>) -> TokenStream {
    let Expansion { model, names, .. } = expansion;
    let (vis, update) = (&model.vis, &names.update);
    let doc = format!("The updates of the nodes of [`{}`], a variant for each node.", model.ident);
    let variants = model.nodes.iter().map(|known| {
        let (variant, as_function) = (&known.variant, expansion.as_function(known));
        let (doc, written) =
            (format!("The update of `{}`.", known.name), quote_spanned!(known.span()=> #as_function::Update));
        quote!(#[doc = #doc] #variant(#written))
    });
    quote! {
        #[doc = #doc]
        // A public graph may have private nodes.
        #[allow(private_interfaces)]
        #vis enum #update { #(#variants,)* }
    }
}

/// ```text
/// pub enum __ReportGraphTask { Plan, WriteSection(<write_section as NodeFn>::Input), .. }
/// ```
pub(super) fn task_enum(expansion: &Expansion<'_>) -> TokenStream {
    let Expansion { model, names, .. } = expansion;
    let (vis, task) = (&model.vis, &names.task);
    let variants = model.nodes.iter().map(|known| {
        let (variant, as_function) = (&known.variant, expansion.as_function(known));
        let payload = known.has_task_input.then(|| quote_spanned!(known.span()=> (#as_function::Input)));
        quote!(#variant #payload)
    });
    quote! {
        #[doc(hidden)]
        #[allow(private_interfaces, missing_debug_implementations)]
        #vis enum #task { #(#variants,)* }
    }
}

/// The type of a graph's exits: `()` if it declares none.
pub(super) fn exit_type(expansion: &Expansion<'_>) -> TokenStream {
    let Expansion { model, names, .. } = expansion;
    let exit = &names.exit;
    if model.exits.is_empty() { quote!(()) } else { quote!(#exit) }
}

/// ```text
/// pub enum ChildGraphExit { #[default] End, TooLong }
/// graph_exit! { ChildGraphExit { End "End", TooLong "TooLong", } }
/// ```
pub(super) fn exit_enum(expansion: &Expansion<'_>) -> TokenStream {
    let Expansion { model, names, .. } = expansion;
    if model.exits.is_empty() {
        return TokenStream::new();
    }
    let (krate, vis, exit) = (&model.krate, &model.vis, &names.exit);
    let (ident, name): (Vec<_>, Vec<_>) = model.exits.iter().map(|exit| (&exit.ident, exit.ident.to_string())).unzip();
    let doc = format!("The exits of [`{}`]: how a run ends.", model.ident);
    let variants = model.exits.iter().map(|exit| {
        let (attributes, ident) = (&exit.attributes, &exit.ident);
        let doc = match &*exit.carries {
            [] => format!("`{}::{ident}`.", keyword::END),
            carries => {
                let fields: Vec<_> = carries.iter().map(|field| format!("`{}`", field.unraw())).collect();
                format!("`{}::{ident}`, behind which {} has been written.", keyword::END, fields.join(" and "))
            }
        };
        quote!(#(#attributes)* #[doc = #doc] #ident)
    });
    quote! {
        #[doc = #doc]
        #[derive(
            ::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug, ::core::default::Default,
            ::core::cmp::PartialEq, ::core::cmp::Eq, ::core::hash::Hash,
        )]
        #vis enum #exit {
            /// `END`.
            #[default]
            End,
            #(#variants,)*
        }
        #krate::__private::graph_exit! { #exit { End "End", #(#ident #name,)* } }
    }
}

/// ```text
/// graph_node! { ChatGraphNode "ChatGraph" { Conversation "conversation", .. } }
/// graph_update! { ChatGraphUpdate "ChatGraphUpdate" [ChatGraph ChatGraphNode] { Conversation 0, .. } }
/// graph_task! { __ChatGraphTask "__ChatGraphTask" [ChatGraph ChatGraphNode] { .. } }
/// ```
pub(super) fn templates(expansion: &Expansion<'_>) -> TokenStream {
    let Expansion { model, names, .. } = expansion;
    let (krate, ident, name) = (&model.krate, &model.ident, model.ident.to_string());
    let Names { node, update, task, .. } = names;
    let (update_name, task_name) = (update.to_string(), task.to_string());
    let variant: Vec<_> = model.nodes.iter().map(|known| &known.variant).collect();
    let known = model.nodes.iter().map(|known| &known.name);
    let index = 0..variant.len();
    let sent = model.nodes.iter().enumerate().filter(|(_, known)| known.has_task_input).map(|(index, known)| {
        let (variant, function) = (&known.variant, expansion.function_type(known, index));
        let input = expansion.as_function(known);
        let input = quote_spanned!(known.span()=> #input::Input);
        quote!(#variant #index (#function, #input))
    });
    quote! {
        #krate::__private::graph_node! { #node #name { #(#variant #known,)* } }
        #krate::__private::graph_update! { #update #update_name [#ident #node] { #(#variant #index,)* } }
        #krate::__private::graph_task! { #task #task_name [#ident #node] { #(#sent,)* } }
    }
}
