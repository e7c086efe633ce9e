//! The types that a graph makes, and the templates of graph-core that implement what all graphs have.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::expand::Names;
use super::members::{as_function, function_type, node_span};
use super::model::Model;
use super::picture;
use super::syntax::Graph;

pub(super) fn graph_type(graph: &Graph, model: &Model<'_>) -> TokenStream {
    let Graph { krate, attributes, vis, ident, .. } = graph;
    let title = attributes.is_empty().then(|| {
        let doc = format!("The graph `{ident}`.");
        quote!(#[doc = #doc])
    });
    let picture = picture::doc(graph, model);
    let (parameter, deps) = match &graph.deps {
        Some(deps) => (Some(quote!(deps: #deps)), quote!(deps)),
        None => (None, quote!(())),
    };
    let new_doc = if graph.deps.is_some() {
        "The graph, ready to run with what its nodes are given."
    } else {
        "The graph, ready to run."
    };
    quote! {
        #(#attributes)*
        #title
        #picture
        #[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
        #vis struct #ident {}

        #[automatically_derived]
        #[allow(dead_code, clippy::new_ret_no_self)]
        impl #ident {
            #[doc = #new_doc]
            #[must_use]
            #vis fn new(#parameter) -> #krate::run::App<Self> {
                #krate::run::App::__new(#deps)
            }

            /// The graph as the text of a Mermaid flowchart.
            #[must_use]
            #vis fn mermaid() -> #krate::__private::String {
                #krate::graph::mermaid::<Self>()
            }
        }
    }
}

/// ```text
/// pub enum ChatGraphNode { Conversation, SummarizeConversation }
/// ```
pub(super) fn node_enum(graph: &Graph, model: &Model<'_>, names: &Names) -> TokenStream {
    let (vis, node) = (&graph.vis, &names.node);
    let doc = format!("The nodes of [`{}`].", graph.ident);
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
pub(super) fn update_enum(graph: &Graph, model: &Model<'_>, names: &Names) -> TokenStream {
    let (vis, update) = (&graph.vis, &names.update);
    let doc = format!("What the nodes of [`{}`] write: a variant for each.", graph.ident);
    let variants = model.nodes.iter().map(|known| {
        let (variant, as_function) = (&known.variant, as_function(graph, known));
        let (doc, written) =
            (format!("What `{}` wrote.", known.name), quote_spanned!(node_span(known)=> #as_function::Update));
        quote!(#[doc = #doc] #variant(#written))
    });
    quote! {
        #[doc = #doc]
        // The nodes may be a private matter of a public graph.
        #[allow(private_interfaces)]
        #vis enum #update { #(#variants,)* }
    }
}

/// ```text
/// pub enum __ReportGraphTask { Plan, WriteSection(<write_section as NodeFn>::Input), .. }
/// ```
pub(super) fn task_enum(graph: &Graph, model: &Model<'_>, names: &Names) -> TokenStream {
    let (vis, task) = (&graph.vis, &names.task);
    let variants = model.nodes.iter().map(|known| {
        let (variant, as_function) = (&known.variant, as_function(graph, known));
        let payload = known.sent.then(|| quote_spanned!(node_span(known)=> (#as_function::Input)));
        quote!(#variant #payload)
    });
    quote! {
        #[doc(hidden)]
        #[allow(private_interfaces, missing_debug_implementations)]
        #vis enum #task { #(#variants,)* }
    }
}

pub(super) fn templates(graph: &Graph, model: &Model<'_>, names: &Names) -> TokenStream {
    let (krate, ident, name) = (&graph.krate, &graph.ident, graph.ident.to_string());
    let Names { node, update, task, .. } = names;
    let (update_name, task_name) = (update.to_string(), task.to_string());
    let variant: Vec<_> = model.nodes.iter().map(|known| &known.variant).collect();
    let known = model.nodes.iter().map(|known| &known.name);
    let index = 0..variant.len();
    let sent = model.nodes.iter().enumerate().filter(|(_, known)| known.sent).map(|(index, known)| {
        let (variant, function) = (&known.variant, function_type(graph, known, index));
        let input = as_function(graph, known);
        let input = quote_spanned!(node_span(known)=> #input::Input);
        quote!(#variant #index (#function, #input))
    });
    quote! {
        #krate::__private::graph_node! { #node #name { #(#variant #known,)* } }
        #krate::__private::graph_update! { #update #update_name [#ident #node] { #(#variant #index,)* } }
        #krate::__private::graph_task! { #task #task_name [#ident #node] { #(#sent,)* } }
    }
}
